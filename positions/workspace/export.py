"""Export the whole history of a record book as stable text for git."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from positions.errors import WorkspaceError
from positions.files.reading import read_bytes
from positions.files.writing import write_files
from positions.model.codebook_version import CODEBOOK
from positions.model.document import Document
from positions.model.revision import Revision
from positions.store.published import FILES, OPTIONAL, line_text


def write_folder(
    folder: Path, revisions: Iterable[Revision], *, codebook: Path, force: bool = False, mode: int = 0o666
) -> None:
    """Write a whole history as a data folder, sorted by id and number: the same log gives the same bytes.

    Documents' texts are written if their files are missing. Nothing is overwritten unless ``force``; after an error or
    an interruption no file has changed. ``mode`` are the files' permissions.
    """
    ordered = sorted(revisions, key=lambda revision: (revision.id, revision.number))
    texts = {
        name: "".join(line_text(revision) for revision in ordered if revision.kind == kind).encode()
        for kind, name in FILES.items()
    }
    for name in (FILES[kind] for kind in OPTIONAL):
        if not texts[name] and not (folder / name).exists():
            del texts[name]
    texts[CODEBOOK] = read_bytes(codebook)
    for name in texts:
        if (folder / name).exists() and not force:
            raise WorkspaceError(f"{folder / name}: exists already; --force overwrites it")
    files: dict[Path, bytes] = {}
    for revision in ordered:
        if isinstance(document := revision.content, Document) and document.text is not None and document.file:
            path = Path(os.path.normpath(folder / document.file))  # a folder that is not there yet has no above
            if not path.exists():
                files.setdefault(path, document.text.encode())
    write_files(files | {folder / name: content for name, content in texts.items()}, mode=mode)
