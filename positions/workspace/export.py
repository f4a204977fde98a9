"""Export records: the whole history as stable text for git, or the statements in force as a table."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from positions.errors import MissingExtraError, QueryError, WorkspaceError
from positions.files.formats import format_of
from positions.files.reading import read_bytes
from positions.files.writing import write_files, write_new
from positions.model.codebook_version import CODEBOOK
from positions.model.document import Document
from positions.model.revision import Record, Revision
from positions.model.statement import Statement
from positions.store.published import FILES, OPTIONAL, line_text
from positions.wording.serialise import csv_text

ENDINGS: Final = {".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet"}
"""What a file of statements may end in, with its format."""


def is_folder_name(name: str) -> bool:
    """Return whether an export to a name is one to a folder: it exists as one, ends in a slash, or has no ending.

    Raises ``QueryError`` for the screen and for a file whose ending is not in :data:`ENDINGS`.
    """
    path = Path(name)
    if name == "-":
        raise QueryError(f"-: an export goes to a folder or a file, allowed endings: {', '.join(ENDINGS)}")
    if path.is_dir() or name.endswith(("/", os.sep)) or not path.suffix:
        return True
    format_of(path, ENDINGS)
    return False


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


def write_statements(path: Path, records: Sequence[Record], *, force: bool = False, mode: int = 0o666) -> int:
    """Write statements as ``.jsonl``, ``.csv`` (safe for spreadsheets) or ``.parquet``; return their number."""
    unset = dict.fromkeys(Statement.model_fields)  # a field that is seldom set is left out where it is not
    rows = [unset | record.statement.model_dump(mode="json") for record in records]
    form = format_of(path, ENDINGS)
    if form == "parquet":
        content = _parquet(records)
    elif form == "csv":
        content = csv_text(rows, list(Statement.model_fields)).encode()
    else:
        content = "".join(f"{record.statement.model_dump_json(exclude_none=True)}\n" for record in records).encode()
    write_new(path, content, force=force, mode=mode)
    return len(rows)


def _parquet(records: Sequence[Record]) -> bytes:
    from positions.workspace.statement_frame import build_statement_frame

    target = io.BytesIO()
    try:
        build_statement_frame(records).to_parquet(target, index=False)
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    return target.getvalue()
