"""Put a site into a folder: only what changed is written, and nothing of anybody else's is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from dashboard.site.html_page import HEAD, STAMP
from positions.errors import WorkspaceError
from positions.files.reading import read_bytes
from positions.files.writing import write_files
from positions.model.lists import join_words

MANIFEST: Final = "site.json"
"""The file that makes a folder a site, and says of which log it was made and which files belong to it."""
FORMAT: Final = "positions site 1"


@dataclass(frozen=True, slots=True)
class SiteState:
    """What a site was made of: the negotiation, the head of the log, words on both and on the day it was made."""

    title: str
    head: str
    words: str
    made: str


@dataclass(frozen=True, slots=True)
class SiteChange:
    """What an update does to a folder: the files to write, by path, those to remove, and how many stay as they are.

    ``kept`` are files that belong to the site no longer and stay because somebody changed them.
    """

    written: Mapping[str, bytes]
    removed: tuple[str, ...]
    unchanged: int
    kept: tuple[str, ...]


def plan_change(
    folder: Path, contents: Mapping[str, bytes], state: SiteState, *, left: Iterable[str] = (), force: bool = False
) -> SiteChange:
    """Return what makes a folder the site of ``contents``, by path, and of the pages ``left`` as they are there.

    A page whose content is as before is not written anew, though the log has grown: it goes on saying of which log it
    was made. Raises ``WorkspaceError``, unless ``force``, for a folder with files that is not a site, for files that
    were changed since the site was written, and for others where the site has some of its own.
    """
    before = _read_manifest(folder, force=force)
    files: dict[str, dict[str, str]] = {path: before[path] for path in left if path in before}
    written: dict[str, bytes] = {}
    foreign = []
    for path, content in contents.items():
        digest, known = _digest(content), before.get(path)
        on_disk = _file_digest(folder / path)
        if on_disk and (known is None or on_disk != known["file"]):
            foreign.append(path)
        if known and known["content"] == digest and on_disk == known["file"]:
            files[path] = known
            continue
        written[path] = _stamped(content, state)
        files[path] = {"content": digest, "file": _digest(written[path])}
    if foreign and not force:
        names = join_words(foreign, most=5)
        raise WorkspaceError(f"{folder}: {names}: not as the site was written; --force overwrites what was changed")
    gone = {path: _file_digest(folder / path) for path in before.keys() - files.keys()}
    removed = tuple(sorted(path for path, digest in gone.items() if digest == before[path]["file"]))
    kept = tuple(sorted(path for path, digest in gone.items() if digest and path not in removed))
    if written or removed or before.keys() != files.keys():
        written[MANIFEST] = _manifest(state, files)
    return SiteChange(written, removed, len(contents) - len(written.keys() & contents.keys()), kept)


def apply_change(folder: Path, change: SiteChange) -> None:
    """Write and remove the files of a change: all are whole before the first takes its place (``WorkspaceError``)."""
    write_files({folder / path: content for path, content in change.written.items()})
    for path in change.removed:
        try:
            (folder / path).unlink(missing_ok=True)
        except OSError as error:
            raise WorkspaceError(f"{folder / path}: cannot be removed: {error.strerror}") from None


def read_site_files(folder: Path, *, force: bool = False) -> frozenset[str]:
    """Return the paths of the files that belong to the site in a folder; empty if there is none.

    Raises ``WorkspaceError``, unless ``force``, for a folder with files that is not a site.
    """
    return frozenset(_read_manifest(folder, force=force))


def _read_manifest(folder: Path, *, force: bool) -> dict[str, dict[str, str]]:
    path = folder / MANIFEST
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(f"{folder}: is not a folder")
    if not path.exists():
        # Others keep their own files there, such as those of a version control.
        others = [one.name for one in folder.iterdir() if not one.name.startswith(".")] if folder.exists() else []
        if others and not force:
            names = join_words(sorted(others), most=3)
            raise WorkspaceError(f"{folder}: has {names} and is not a site; --force writes a site there nevertheless")
        return {}
    try:
        manifest = json.loads(read_bytes(path))
        files: dict[str, dict[str, str]] = manifest["files"] if manifest["format"] == FORMAT else {}
        return {
            str(name): {"content": str(one["content"]), "file": str(one["file"])}
            for name, one in files.items()
            if ".." not in PurePosixPath(name).parts and not PurePosixPath(name).is_absolute()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        if force:
            return {}
        raise WorkspaceError(f"{path}: cannot be read as a site's; --force writes the site anew") from None


def _manifest(state: SiteState, files: Mapping[str, Mapping[str, str]]) -> bytes:
    content = {"format": FORMAT, "title": state.title, "head": state.head, "made": state.made}
    return json.dumps({**content, "files": dict(sorted(files.items()))}, ensure_ascii=False, indent=1).encode() + b"\n"


def _stamped(content: bytes, state: SiteState) -> bytes:
    return content.replace(STAMP, state.words.encode()).replace(HEAD, state.head.encode())


def _digest(content: bytes) -> str:
    # It tells an old content from a new one, not a friend from a foe.
    return hashlib.sha256(content).hexdigest()[:20]


def _file_digest(path: Path) -> str:
    try:
        return _digest(path.read_bytes()) if path.exists() else ""
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be read: {error.strerror}") from None
