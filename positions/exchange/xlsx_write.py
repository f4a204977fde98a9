"""A record book as an Excel workbook that a colleague can read, edit and send back."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from positions.errors import MissingExtraError
from positions.exchange.cells import record_texts
from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.exact_texts import HEADINGS, ExactTexts
from positions.exchange.made_from import MadeFrom
from positions.exchange.xlsx_codebook import fingerprint, sheet_rows, word_lists
from positions.exchange.xlsx_columns import (
    DOCUMENTS,
    FIRST_SERIAL_DAY,
    SheetColumn,
    statement_columns,
    statement_words,
)
from positions.exchange.xlsx_lists import Validation, validations
from positions.exchange.xlsx_readme import readme_rows
from positions.model.dates import PartialDate
from positions.model.lists import count_words
from positions.wording.fields import DOCUMENT_WORDS

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

STATEMENTS: Final = "statements"
DOCUMENT_SHEET: Final = "documents"
CODEBOOK_SHEET: Final = "codebook"
README_SHEET: Final = "read-me"
EXACT_SHEET: Final = "exact texts"
ROOM_BELOW: Final = 1000
"""How many rows below the last one have drop-downs too, for what a colleague adds."""
_MADE: Final = datetime(2000, 1, 1)
"""What a workbook says that it was made: the same content gives the same bytes."""
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_urls": False,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
}


def write_xlsx(content: BookContent) -> Exported:
    """Return a workbook with sheets of statements, documents, the codebook's words, and how it is read back.

    Rows are written to the disk as they come, so that memory does not grow with them; a text that no cell holds stands
    on a sheet of its own, in parts.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("Excel", "excel") from None
    with tempfile.TemporaryDirectory(prefix="positions-") as folder:
        target = Path(folder) / "book.xlsx"
        with xlsxwriter.Workbook(target, {**_OPTIONS, "tmpdir": folder}) as workbook:
            workbook.set_properties({"title": content.codebook.title, "created": _MADE})
            _Writer(workbook, content).write()
        written = target.read_bytes()
    texts = sum(document.text is not None for document in content.documents)
    left_out = (f"the texts of {count_words(texts, 'document')}: they stay in the book",) if texts else ()
    return Exported({ONLY: written}, left_out=left_out)


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook, content: BookContent) -> None:
        self._book = workbook
        self._content = content
        self._exact = ExactTexts()
        self._lists = word_lists(content.codebook)
        self._head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._formats = {
            "text": workbook.add_format({"num_format": "@", "valign": "top"}),
            "long": workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
            "words": workbook.add_format({"num_format": "@", "valign": "top", "italic": True, "font_color": "#555555"}),
            "number": workbook.add_format({"valign": "top"}),
            "date": workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        }

    def write(self) -> None:
        """Write all sheets, in the order in which they stand."""
        self._write_statements()
        self._write_documents()
        self._write_table(CODEBOOK_SHEET, sheet_rows(self._lists))
        mark = fingerprint(sheet_rows(self._lists))
        rows = readme_rows(self._content, made_from=MadeFrom.of(self._content).text(), codebook_mark=mark)
        self._write_table(README_SHEET, rows, widths=(24, 100), is_headed=False)
        if exact := list(self._exact.rows()):
            self._write_table(EXACT_SHEET, iter((HEADINGS, *exact)), widths=(12, 20, 16, 100))

    def _write_statements(self) -> None:
        columns = statement_columns()
        sheet = self._add_sheet(STATEMENTS, columns)
        documents = {document.id: document for document in self._content.documents}
        for number, record in enumerate(self._content.records, 1):
            texts = record_texts(record.statement)
            words = statement_words(self._content.codebook, texts, documents.get(record.statement.document))
            self._write_row(sheet, number, columns, texts, words)
        last = len(self._content.records) + ROOM_BELOW
        for validation in validations(columns, self._lists, len(documents)):
            _add_validation(sheet, validation, last)

    def _write_documents(self) -> None:
        sheet = self._add_sheet(DOCUMENT_SHEET, DOCUMENTS)
        counts = Counter(record.statement.document for record in self._content.records)
        for number, document in enumerate(self._content.documents, 1):
            texts = record_texts(document)
            size = str(len(document.text)) if document.text is not None else ""
            words = {"characters": size, "statements": str(counts[document.id])}
            self._write_row(sheet, number, DOCUMENTS, {name: texts[name] for name in DOCUMENT_WORDS}, words)

    def _add_sheet(self, name: str, columns: Sequence[SheetColumn]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        _fit_paper(sheet, pages=3)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width, self._formats[column.look])
            sheet.write_string(0, number, column.heading, self._head)
        rows = len(self._content.records if name == STATEMENTS else self._content.documents)
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{rows + ROOM_BELOW}"})
        return sheet

    def _write_row(
        self,
        sheet: Worksheet,
        number: int,
        columns: Sequence[SheetColumn],
        texts: Mapping[str, str],
        words: Mapping[str, str],
    ) -> None:
        kind = "statement" if columns is not DOCUMENTS else "document"
        for index, column in enumerate(columns):
            text = (words if column.is_words else texts).get(column.field, "")
            if not text:
                continue
            form = self._formats[column.look]
            if column.look == "number":
                sheet.write_number(number, index, float(text), form)
            elif column.look == "date" and (day := _exact_day(text)):
                sheet.write_datetime(number, index, datetime(day.year, day.month, day.day), form)
            else:
                field = f"{column.field} in words" if column.is_words else column.field
                shown = self._exact.show(kind, texts["id"], field, text)
                sheet.write_string(number, index, shown, form)

    def _write_table(
        self, name: str, rows: Iterator[Sequence[Any]], *, widths: Sequence[int] = (), is_headed: bool = True
    ) -> None:
        sheet = self._book.add_worksheet(name)
        for number, row in enumerate(rows):
            form = self._head if is_headed and number == 0 else self._formats["long" if widths else "text"]
            for index, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, index, cell)
                elif cell != "":
                    sheet.write_string(number, index, self._exact.show(name, str(number), str(index), cell), form)
        for index, width in enumerate(widths or (18,) * 40):
            sheet.set_column(index, index, width)
        if is_headed:
            sheet.freeze_panes(1, 0)
            _fit_paper(sheet, pages=1)


def _add_validation(sheet: Worksheet, validation: Validation, last: int) -> None:
    options = {
        "validate": "list",
        "source": validation.source,
        "ignore_blank": True,
        "error_type": "warning",
        "error_title": "Not in the list",
        "error_message": "The codebook does not know it. Names are understood too; anything else is refused.",
    }
    sheet.data_validation(1, validation.column, last, validation.column, options)


def _exact_day(text: str) -> date | None:
    """Return the day of a date that is exactly known and that spreadsheets can count."""
    day = PartialDate.parse(text)
    return day.last if day.first == day.last and "/" not in text and day.last >= FIRST_SERIAL_DAY else None


def _fit_paper(sheet: Any, *, pages: int) -> None:
    """Print a sheet across so many pages of A4, its heads on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(pages, 0)
