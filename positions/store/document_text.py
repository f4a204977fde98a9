"""The text of a document as it was coded, wherever it is now.

It lies in the file that the document names. Two people may have put two texts into one file: then git has both in it,
between its marks; or somebody chose one, mixed them or deleted the file, and the other is only in git's history; once
they were merged each has a file of its own beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from glob import escape
from pathlib import Path
from typing import Any, Final

from positions.errors import DataError, Finding, WorkspaceError
from positions.files.git_history import find_past_file
from positions.files.reading import decode, json_lines, read_bytes
from positions.model.document import same_text, sha256_of
from positions.store.conflict_marks import conflict_sides

DOCUMENTS: Final = "documents.jsonl"


def with_text(content: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return a document's fields with its text, strictly read and not empty; its line ends are those that were coded.

    Raises ``DataError`` if the text is not what was coded, ``WorkspaceError`` if the file cannot be read.
    """
    name = content.get("file")
    if not isinstance(name, str):
        return dict(content)
    return {**content, "text": _visible(_coded_text(folder, name, str(content.get("sha256"))), name)}


def _visible(content: bytes, name: str) -> str:
    text = decode(content, where=name)
    if not text.strip():
        raise DataError([Finding(name, "", "the document is empty")])
    return text


def _coded_text(folder: Path, name: str, sha256: str) -> bytes:
    path = folder / name
    raw, missing = b"", None
    try:
        raw = read_bytes(path)
    except WorkspaceError as error:
        missing = error
    for candidate in _candidates(path, raw):
        if (coded := same_text(candidate, sha256)) is not None:
            return coded
    past = find_past_file(path, lambda text: same_text(text, sha256) is not None)
    if past and _is_of_two(folder, name):
        return same_text(past.content, sha256) or past.content
    if missing:
        raise missing
    _visible(raw, name)
    changed = f"found sha256 {sha256_of(raw)}, allowed: {sha256}; it has changed since it was coded"
    back = f"; `git checkout {past.commit[:12]} -- {name}` brings that back" if past else ""
    raise DataError([Finding(name, "", changed + back)])


def _candidates(path: Path, raw: bytes) -> Iterator[bytes]:
    """Yield the texts that the file holds, and those of the files beside it that a merge made of it."""
    yield raw
    yield from (side.encode() for side in conflict_sides(raw.decode(errors="replace")))
    for other in sorted(path.parent.glob(f"{escape(path.stem)}-*{escape(path.suffix)}")):
        yield read_bytes(other)


def _is_of_two(folder: Path, name: str) -> bool:
    """Return whether the folder's lines say of two texts that they are in one file."""
    path = folder / DOCUMENTS
    lines = (fields for _, fields in json_lines(path) if isinstance(fields, dict)) if path.is_file() else ()
    return len({fields.get("sha256") for fields in lines if fields.get("file") == name}) > 1
