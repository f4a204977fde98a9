"""Statements in force as CSV that a spreadsheet opens: words in UTF-8, cells that cannot be taken for formulas."""

from __future__ import annotations

from positions.exchange.content import ONLY, BookContent, Exported
from positions.model.statement import Statement
from positions.wording.serialise import csv_text


def write_csv(content: BookContent) -> Exported:
    """Return a row for each statement, in order of id, with a column for each field of a statement."""
    unset = dict.fromkeys(Statement.model_fields)  # a field that is seldom set is left out where it is not
    rows = [unset | record.statement.model_dump(mode="json") for record in content.records]
    return Exported({ONLY: csv_text(rows, list(Statement.model_fields)).encode()})
