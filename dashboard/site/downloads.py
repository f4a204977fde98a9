"""What a site offers to be taken away: the tables of every page on every day, the documents' texts, the report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.pages import PAGES
from dashboard.query.case import Picture
from dashboard.query.view import View
from dashboard.server.data_routes import rows_as_data
from dashboard.site.addresses import SUBJECTS
from dashboard.site.html_page import HEAD
from positions.wording.serialise import csv_bytes


def page_files(name: str, shown: Sequence[tuple[View, Picture]]) -> dict[str, bytes]:
    """Return the data of a page by path; ``shown`` has its view and picture on each day, or on the last day alone.

    Its JSON has the tables of the last day, each as ``columns`` and ``data``: a name for every value would double it.
    Each of its tables is a CSV with all days, the day looked at (``as_of``) in its first column; a table that is the
    same on all days has no such column. What nobody has said has no row in it. Statements of a day are left out: the
    page of documents has those of all days. What is about one issue or party has no CSV: its rows are among those of
    the first page and of the documents.
    """
    view = shown[-1][0]
    frames = [PAGES[view.page].tables(picture, view) for view, picture in shown]
    days = [picture.state.as_of.isoformat() for _, picture in shown]
    tables = {table: _split_rows(frame) for table, frame in frames[-1].items()}
    content = {"page": view.page, "query": view.query_string(), "tables": tables}
    rest = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).removeprefix("{")
    files = {f"data/{name}.json": b'{"head":"' + HEAD + b'",' + rest.encode() + b"\n"}
    for table in frames[-1] if view.page not in SUBJECTS else ():
        by_day = [rows_as_data(tables[table]) for tables in frames]
        columns = list(map(str, frames[-1][table].columns))
        if all(rows == by_day[-1] for rows in by_day):
            files[f"data/{name}-{table}.csv"] = csv_bytes(by_day[-1], columns)
        elif table != "statements":
            spoken = ((day, row) for day, rows in zip(days, by_day, strict=True) for row in rows if is_spoken(row))
            dated = [{"as_of": day, **row} for day, row in spoken]
            files[f"data/{name}-{table}.csv"] = csv_bytes(dated, ["as_of", *columns])
    return files


def is_spoken(row: Mapping[str, Any]) -> bool:
    """Return whether a row tells of something said: most of the parties' places on each element are unstated."""
    return row.get("standing") != "unstated"


def _split_rows(frame: pd.DataFrame) -> dict[str, Any]:
    return {"columns": list(map(str, frame.columns)), "data": [list(row.values()) for row in rows_as_data(frame)]}
