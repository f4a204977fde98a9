"""What a site offers to be taken away: the tables of every page on every day, the documents' texts, the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboard.pages import PAGES
from dashboard.query.case import Picture
from dashboard.query.view import View
from dashboard.server.data_routes import rows_as_data
from dashboard.site.html_page import HEAD
from positions.wording.serialise import csv_text, json_text

Tables = dict[str, list[dict[str, Any]]]


def page_files(name: str, shown: Sequence[tuple[View, Picture]]) -> dict[str, bytes]:
    """Return the CSV and the JSON of a page by path; ``shown`` has its view and picture on each day.

    The JSON has the tables that are the same on all days once, under ``tables``, the others by day, under ``days``. The
    CSV has the main table, with the day looked at (``as_of``) first if it is not the same on all days.
    """
    frames = [PAGES[view.page].tables(picture, view) for view, picture in shown]
    days = [picture.state.as_of for _, picture in shown]
    by_day = [{table: rows_as_data(frame) for table, frame in tables.items()} for tables in frames]
    always = {table: rows for table, rows in by_day[-1].items() if all(day.get(table) == rows for day in by_day)}
    content = {
        "page": shown[-1][0].page,
        "view": shown[-1][0].query_string(),
        "tables": always,
        "days": _differing(days, by_day, always) if len(always) < len(by_day[-1]) else {},
    }
    rest = json_text(content).lstrip().removeprefix("{").encode()
    return {
        f"data/{name}.json": b'{"head": "' + HEAD + b'", ' + rest,
        f"data/{name}.csv": _main_table(days, frames, by_day, always).encode(),
    }


def _differing(days: Sequence[date], by_day: Sequence[Tables], always: Mapping[str, Any]) -> dict[str, Tables]:
    return {
        day.isoformat(): {table: rows for table, rows in tables.items() if table not in always}
        for day, tables in zip(days, by_day, strict=True)
    }


def _main_table(
    days: Sequence[date],
    frames: Sequence[Mapping[str, pd.DataFrame]],
    by_day: Sequence[Tables],
    always: Mapping[str, Any],
) -> str:
    main = next(iter(frames[-1]))
    columns = list(map(str, frames[-1][main].columns))
    if main in always:
        return csv_text(by_day[-1][main], columns)
    rows = [
        {"as_of": day.isoformat(), **row}
        for day, tables in zip(days, by_day, strict=True)
        for row in tables.get(main, ())
    ]
    return csv_text(rows, ["as_of", *columns])
