"""Where a workspace lies: the folder that is meant, the shipped example, and whether its text has changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from positions.errors import WorkspaceError
from positions.files.model_cache import cache_folder
from positions.files.reading import read_bytes
from positions.store.published import CODEBOOK, FILES

VARIABLE: Final = "POSITIONS_DATA"
EXAMPLE: Final = Path(__file__).parent.parent / "example"
"""Where a built wheel carries the shipped case; a checkout has it at the top instead."""


def find_folder(folder: str | Path | None = None) -> Path:
    """Return the data folder that is meant; raise ``WorkspaceError`` where a named one is no workspace."""
    if named := folder or os.environ.get(VARIABLE):
        for place in (Path(named), Path(named) / "data"):
            if (place / CODEBOOK).is_file():
                return place
        raise WorkspaceError(f"{named}: no workspace, {CODEBOOK} is missing; `positions init {named}` makes one")
    for place in (Path("data"), Path()):
        if (place / CODEBOOK).is_file():
            return place
    return _example_copy()


def text_signature(folder: Path) -> str:
    """Tell whether a folder's text may have changed: size and times of its files, which no edit leaves alone."""
    parts = []
    for name in (CODEBOOK, *FILES.values()):
        path = folder / name
        if path.exists():
            found = path.stat()
            parts.append(f"{name}:{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}")
    return " ".join(parts)


def _example_copy() -> Path:
    """Return the data folder of a copy of the shipped example, made once for each content of the example."""
    import shutil
    import tempfile

    source = EXAMPLE if EXAMPLE.is_dir() else Path(__file__).parent.parent.parent
    base = cache_folder()
    target = base / f"example-{_digest(source / 'data')[:12]}"
    if not target.exists():
        try:
            base.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(dir=base))
        except OSError:
            target = scratch = Path(tempfile.mkdtemp())
        for name in ("data", "seeds"):
            shutil.copytree(source / name, scratch / name, ignore=shutil.ignore_patterns("positions.db*"))
        if target != scratch:
            try:
                scratch.rename(target)
            except OSError:  # another process was first; its copy is the same
                shutil.rmtree(scratch)
    return target / "data"


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in [*sorted(folder.glob("*.toml")), *(folder / name for name in FILES.values())]:
        if path.exists():
            total.update(read_bytes(path))
    return total.hexdigest()
