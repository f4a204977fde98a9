"""An Excel workbook, ours or anybody's, as what it brings to a record book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from positions.errors import DataError, Finding, MissingExtraError, allowed
from positions.exchange.exact_texts import ExactTexts
from positions.exchange.headings import STATEMENT_HEADINGS
from positions.exchange.incoming import ImportSource, Incoming, IncomingStatement
from positions.exchange.statement_rows import read_document_rows, read_statement_rows
from positions.exchange.tables import Cell, Line
from positions.exchange.xlsx_codebook import fingerprint
from positions.exchange.xlsx_lists import column_letters
from positions.exchange.xlsx_readme import read_marks
from positions.exchange.xlsx_safety import check_workbook
from positions.exchange.xlsx_write import CODEBOOK_SHEET, DOCUMENT_SHEET, EXACT_SHEET, README_SHEET, STATEMENTS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_SEARCHED: Final = 20
_MOST_MERGED: Final = 5


def read_xlsx(source: ImportSource) -> Incoming:
    """Return the statements and documents of a workbook as edits of what the book holds.

    The statements are on the sheet of that name, else on the first one that has their headings. Of formulas the values
    count, hidden rows and sheets as others. Raises ``DataError`` for what is no workbook that can be opened.
    """
    try:
        import python_calamine
    except ImportError:
        raise MissingExtraError("Excel", "excel") from None
    check_workbook(source.path)
    name = source.path.name
    try:
        with python_calamine.CalamineWorkbook.from_path(source.path) as workbook:
            return _read_workbook(workbook, source, name)
    except python_calamine.PasswordError:
        raise DataError([Finding(name, "", "it is protected by a password; save it without one")]) from None
    except python_calamine.CalamineError as error:
        raise DataError([Finding(name, "", f"not a whole Excel workbook: {error}")]) from None


def _read_workbook(workbook: CalamineWorkbook, source: ImportSource, name: str) -> Incoming:
    made_from, mark = read_marks(_rows(workbook, README_SHEET))
    exact = ExactTexts.read(_rows(workbook, EXACT_SHEET))
    sheet = _statement_sheet(workbook, name)
    lines = _lines(sheet, name)
    incoming = read_statement_rows(lines, source.codebook, name=name)
    findings = [*_merged(sheet, name), *incoming.findings]
    statements = _restore(exact, "statement", incoming.statements, findings)
    documents: tuple[IncomingStatement, ...] = ()
    notes = list(incoming.notes)
    if documents_sheet := _named_sheet(workbook, DOCUMENT_SHEET):
        read, wrong, read_notes = read_document_rows(_lines(documents_sheet, name), source.codebook, name=name)
        findings += [*_merged(documents_sheet, name), *wrong]
        notes += read_notes
        documents = _restore(exact, "document", read, findings)
    if mark and mark != fingerprint(iter(_rows(workbook, CODEBOOK_SHEET))):
        notes.append(
            f"{name} {CODEBOOK_SHEET}: what was changed there is not taken in; `positions codebook` changes it"
        )
    return replace(
        incoming,
        statements=statements,
        document_fields=documents,
        findings=tuple(findings),
        notes=tuple(notes),
        made_from=made_from or incoming.made_from,
    )


def _restore(
    exact: ExactTexts, kind: str, rows: Sequence[IncomingStatement], findings: list[Finding]
) -> tuple[IncomingStatement, ...]:
    restored = [exact.restore(kind, row) for row in rows]
    findings += [row for row in restored if isinstance(row, Finding)]
    return tuple(row for row in restored if not isinstance(row, Finding))


def _named_sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet | None:
    own = next((one for one in workbook.sheet_names if one.strip().casefold() == name), None)
    return workbook.get_sheet_by_name(own) if own else None


def _statement_sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    """Return the sheet of statements; raise ``DataError`` naming the sheets that there are."""
    if sheet := _named_sheet(workbook, STATEMENTS):
        return sheet
    for one in workbook.sheet_names:
        if one.strip().casefold() in (DOCUMENT_SHEET, CODEBOOK_SHEET, README_SHEET, EXACT_SHEET):
            continue
        sheet = workbook.get_sheet_by_name(one)
        if any(STATEMENT_HEADINGS.count(row) > 1 for row in islice(sheet.iter_rows(), _SEARCHED)):
            return sheet
    sheets = ", ".join(workbook.sheet_names)
    words = f"no sheet of statements: found {sheets}, allowed: {allowed_sheet(workbook.sheet_names)}"
    raise DataError([Finding(name, "", words)])


def allowed_sheet(names: Sequence[str]) -> str:
    """Say how a sheet of statements is known."""
    hint = allowed(names[0] if names else "", [STATEMENTS]).partition("; ")[2]
    return f"a sheet {STATEMENTS!r}, or one with headings such as Document, Quote, Stance{f'; {hint}' if hint else ''}"


def _rows(workbook: CalamineWorkbook, name: str) -> list[Sequence[object]]:
    sheet = _named_sheet(workbook, name)
    return list(sheet.iter_rows()) if sheet else []


def _lines(sheet: CalamineSheet, name: str) -> Iterator[Line]:
    """Yield the rows of a sheet by their numbers; what calculates to an error is empty."""
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells: list[Cell] = list(row)
        yield f"{name} {sheet.name}:{number}", cells


def _merged(sheet: CalamineSheet, name: str) -> list[Finding]:
    """Find merged cells below the headings: only their first one holds a value."""
    rows = enumerate(islice(sheet.iter_rows(), _SEARCHED))
    top = next((number for number, row in rows if STATEMENT_HEADINGS.count(row) > 1), 0)
    ranges = [one for one in sheet.merged_cell_ranges or [] if one[1][0] > top]
    findings = []
    for start, end in ranges[:_MOST_MERGED]:
        cells = f"{column_letters(start[1])}{start[0] + 1}:{column_letters(end[1])}{end[0] + 1}"
        findings.append(Finding(f"{name} {sheet.name}", "", f"{cells} are merged cells; part them and fill each in"))
    if len(ranges) > _MOST_MERGED:
        findings.append(Finding(f"{name} {sheet.name}", "", f"{len(ranges) - _MOST_MERGED} more merged cells"))
    return findings
