"""Create a workspace, empty from the commented template or as a copy of the shipped case."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from positions.errors import WorkspaceError
from positions.extract.language.lexicon import LEXICON
from positions.files.writing import write_new
from positions.store.local_lines import LOCAL

EXAMPLE: Final = Path(__file__).parent.parent / "example"
"""The shipped case in a built wheel; a checkout has it at the top."""
_TEMPLATES: Final = ("codebook.toml", LEXICON)
_EMPTY: Final = ("documents.jsonl", "statements.jsonl")
_IGNORED: Final = f"positions.db*\npositions.columns.npz\n{LOCAL}\n".encode()
_ATTRIBUTES: Final = b"""# A line for each revision: when two people add some, git keeps both sides' lines.
*.jsonl merge=union text eol=lf
*.toml text eol=lf
# The source documents are kept byte for byte.
seeds/** -text
"""


def make_workspace(folder: Path) -> None:
    """Create an empty workspace: a commented codebook and lexicon, empty data files and a folder for documents.

    Raises ``WorkspaceError`` if the folder holds one already or cannot be made.
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
    _prepare_git(folder)
    for name in _TEMPLATES:
        if not (folder / name).exists():
            write_new(folder / name, (files("positions") / "templates" / name).read_bytes())


def copy_example(folder: Path) -> None:
    """Create a workspace as a copy of the shipped case: its data, its documents, and the files for git.

    Raises ``WorkspaceError`` if the folder is not empty or cannot be created.
    """
    import shutil

    if folder.exists() and any(folder.iterdir()):
        raise WorkspaceError(f"{folder}: is not empty; nothing was changed")
    try:
        for name in ("data", "seeds"):
            left_out = shutil.ignore_patterns("positions.db*", "positions.columns.npz")
            shutil.copytree(example_folder() / name, folder / name, ignore=left_out)
    except OSError as error:
        raise WorkspaceError(f"{folder}: cannot be made: {error.strerror}") from None
    _prepare_git(folder)


def example_folder() -> Path:
    """Return the folder of the shipped case: in the wheel, or at the top of a checkout."""
    return EXAMPLE if EXAMPLE.is_dir() else EXAMPLE.parent.parent


def _prepare_git(folder: Path) -> None:
    """Write the files that tell git what to ignore, what to merge line by line, and what to keep byte for byte."""
    write_new(folder / ".gitignore", _IGNORED, force=True)
    write_new(folder / ".gitattributes", _ATTRIBUTES, force=True)


def is_under_git(folder: Path) -> bool:
    """Return whether git keeps a folder, so that others may work in clones of it at the same time."""
    path = folder.resolve()
    return any((parent / ".git").exists() for parent in (path, *path.parents))
