"""Find the files that a command names, and read each as a document with its text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from positions.errors import WorkspaceError
from positions.extract.sources.document_id import plain_id
from positions.model.dates import PartialDate
from positions.model.document import Document, sha256_of

SUFFIXES: Final = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".eml", ".mhtml")
"""Suffixes of the files that are read from a folder; a file that is named itself may have any."""
UNIDENTIFIED: Final = "Unidentified outlet"
"""The outlet of a document if neither the text nor the file names it."""


def read_new_document(path: Path, *, published_on: PartialDate | None = None, outlet: str = "") -> Document:
    """Read a file as a document that nobody has recorded yet.

    Its id is the file's name with the first digits of the text's hash, so that two files of one name stay apart.
    Raises ``DataError`` if the file is not a text or has no date, ``WorkspaceError`` if it cannot be read.
    """
    from positions.extract.sources.reader import read_source  # deferred: it imports parsers

    source = read_source(path, published_on=published_on)
    name = document_name(path, sha256_of(source.text.encode()))
    return source.document(id=name, outlet=outlet or source.outlet or UNIDENTIFIED, file=f"seeds/{name}.txt")


def document_name(path: Path, digest: str) -> str:
    """Return the id of a new document: the file's name in the signs that an id may have, and the hash's beginning."""
    plain = plain_id(path.stem)[:48].strip("-._")
    return f"{plain}-{digest[:8]}" if plain else digest[:16]


def find_files(path: str) -> Iterator[str]:
    """Yield a file, or all documents in a folder and below in order of name, without hidden ones.

    Raises ``WorkspaceError`` for a folder without any.
    """
    if not Path(path).is_dir():
        yield path
        return
    is_empty = True
    for file in _walk_folder(path):
        is_empty = False
        yield file
    if is_empty:
        raise WorkspaceError(f"{path}: a folder without documents ({', '.join(SUFFIXES)})")


def _walk_folder(folder: str) -> Iterable[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # to read it says why it cannot be read
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk_folder(entry.path)
        elif entry.name.lower().endswith(SUFFIXES):
            yield entry.path
