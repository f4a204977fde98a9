"""The golden example as a log, and its trend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from dashboard.query.day_frames import choose_pairs, trend_frame
from positions.analysis.panel import build_panel
from positions.model.document import Document
from positions.model.revision import Record
from positions.store.columns import build_columns
from positions.store.entry import EMPTY, GENESIS, Entry, Head, LogRow, content_text, seal_entry
from tests.examples import START, golden_codebook, golden_records


def golden_trend(days: Sequence[date], records: Sequence[Record] | None = None) -> pd.DataFrame:
    """The distances of some records, those of the golden example where none are given, on some days."""
    panel = build_panel(build_columns(rows_of(records or golden_records())), golden_codebook(), days=days)
    return trend_frame(panel, golden_codebook(), days, choose_pairs(golden_codebook()))


def rows_of(records: Sequence[Record]) -> Iterator[LogRow]:
    """Records as a log whose document was published at its end."""
    paper = {"id": "doc", "title": "doc", "outlet": "The Example", "published_on_basis": "explicit"}
    document = Document.model_validate({**paper, "published_on": "2022-03-31"})
    first = Entry("document", "doc", 1, "add", content_text(document), START, "example", "", None)
    yield seal_entry(first, after=EMPTY)
    for number, record in enumerate(records, 1):
        content = record.statement.model_dump_json(exclude_none=True)
        entry = Entry("statement", record.statement.id, 1, "add", content, record.recorded_at, "example", "", None)
        yield seal_entry(entry, after=Head(number, GENESIS))
