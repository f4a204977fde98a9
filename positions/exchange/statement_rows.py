"""A table of statements, from whatever kind of file, as what it brings to a record book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from positions.errors import DataError, Finding
from positions.exchange.cells import CellReader, FieldKinds
from positions.exchange.headings import DOCUMENT_HEADINGS, HEAD, STATEMENT_HEADINGS
from positions.exchange.incoming import Incoming, IncomingStatement
from positions.exchange.made_from import MadeFrom
from positions.exchange.tables import Line, SheetRow, read_table
from positions.model.codebook import Codebook
from positions.model.field_use import Holds, declared_fields
from positions.model.statement import Statement

STATEMENT_KINDS: Final[FieldKinds] = {field.name: field.use.holds for field in declared_fields(Statement)}
_DOCUMENT_HOLDS: Final[Mapping[str, Holds]] = {
    "id": "document",
    "title": "text",
    "outlet": "name",
    "origin": "name",
    "published_on": "date",
    "published_on_basis": "word",
    "author": "name",
    "url": "name",
    "language": "name",
    "note": "text",
}


def read_statement_rows(lines: Iterable[Line], codebook: Codebook, *, name: str, notes: Iterable[str] = ()) -> Incoming:
    """Return the statements of a table as edits of what the book holds; what cannot be understood is a finding.

    ``name`` is the file's, ``notes`` what was said of it already.
    """
    reader = CellReader(codebook)
    heads: dict[str, None] = {}
    statements: list[IncomingStatement] = []
    findings: list[Finding] = []
    try:
        for row in read_table(lines, STATEMENT_HEADINGS, name=name):
            if isinstance(row, Finding):
                findings.append(row)
                continue
            cells = dict(row.cells)
            if head := str(cells.pop(HEAD, "")).strip():
                heads[head] = None
            _add_row(row._replace(cells=cells), reader, STATEMENT_KINDS, statements, findings)
    except DataError as error:
        findings += error.findings
    made_from = MadeFrom.parse(next(iter(heads))) if len(heads) == 1 else None
    several = [f"{name}: its rows are from {len(heads)} exports"] if len(heads) > 1 else []
    return Incoming(
        statements=tuple(statements),
        findings=tuple(findings),
        notes=(*notes, *several, *reader.notes),
        edited_in=name,
        made_from=made_from,
    )


def read_document_rows(
    lines: Iterable[Line], codebook: Codebook, *, name: str
) -> tuple[list[IncomingStatement], list[Finding], list[str]]:
    """Return the documents' metadata of a table, what is wrong with it, and what was read otherwise than it stands."""
    reader = CellReader(codebook)
    documents: list[IncomingStatement] = []
    findings: list[Finding] = []
    try:
        for row in read_table(lines, DOCUMENT_HEADINGS, name=name):
            if isinstance(row, Finding):
                findings.append(row)
            else:
                _add_row(row, reader, _DOCUMENT_HOLDS, documents, findings)
    except DataError as error:
        findings += error.findings
    return documents, findings, list(reader.notes)


def _add_row(
    row: SheetRow, reader: CellReader, kinds: FieldKinds, rows: list[IncomingStatement], findings: list[Finding]
) -> None:
    fields = reader.read_row(row.cells, kinds, where=row.where)
    if isinstance(fields, list):
        findings += fields
    else:
        rows.append(IncomingStatement(row.where, fields, row.words))
