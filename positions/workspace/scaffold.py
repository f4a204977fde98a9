"""Make an empty workspace from the commented template."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from positions.errors import WorkspaceError
from positions.files.writing import write_new

_EMPTY: Final = ("documents.jsonl", "statements.jsonl")


def make_workspace(folder: Path) -> None:
    """Make an empty workspace: a commented codebook, empty data files and a folder for documents.

    Raises ``WorkspaceError`` where the folder holds one already or cannot be made.
    """
    from importlib.resources import files

    if (folder / "codebook.toml").exists():
        raise WorkspaceError(f"{folder}: is a workspace already; nothing was changed")
    try:
        (folder / "seeds").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{folder}: cannot be made: {error.strerror}") from None
    for name in _EMPTY:
        if not (folder / name).exists():
            write_new(folder / name, b"")
    write_new(folder / ".gitignore", b"positions.db*\npositions.columns.npz\n", force=True)
    template = files("positions") / "templates" / "codebook.toml"
    write_new(folder / "codebook.toml", template.read_bytes())
