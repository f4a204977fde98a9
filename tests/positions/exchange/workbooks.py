"""Workbooks as colleagues send them: an export opened, edited and saved by a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

Sheets = dict[str, list[list[Any]]]


def read_sheets(path: Path) -> Sheets:
    """Read all cells of a workbook, by sheet."""
    with python_calamine.CalamineWorkbook.from_path(path) as workbook:
        return {name: list(workbook.get_sheet_by_name(name).iter_rows()) for name in workbook.sheet_names}


def save_sheets(path: Path, sheets: Sheets) -> Path:
    """Save cells as a workbook, dates as dates and all text as text."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False}) as workbook:
        days = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, days)
                    elif isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    else:
                        sheet.write(number, column, cell)
    return path


def edit_sheets(path: Path, edit: Callable[[Sheets], None]) -> Path:
    """Edit a workbook and save it under the same name."""
    sheets = read_sheets(path)
    edit(sheets)
    return save_sheets(path, sheets)


def set_cell(rows: list[list[Any]], record_id: str, heading: str, value: object) -> None:
    """Write into the cell of a record, under a heading."""
    row = next(row for row in rows if row[0] == record_id)
    row[rows[0].index(heading)] = value
