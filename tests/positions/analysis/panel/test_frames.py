"""Panels as tables: documented columns, and the tidy and the wide form tell the same."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

from positions.analysis.panel import build_panel, distance_frame, panel_frame
from positions.analysis.panel.frames import ISSUES, SERIES, TIDY
from tests.examples import golden_codebook
from tests.positions.analysis.panel.history import History, golden_history, histories


def test_the_golden_example_as_frames() -> None:
    book = golden_codebook()
    panel = build_panel(golden_history().columns(), book)
    series = distance_frame(panel, book).set_index(["party", "other", "day"])
    found = series.loc[("RUS", "UKR", "2022-03-05")]
    assert tuple(found) == pytest.approx((15 / 16, 487 / 1040, 199 / 208, 9 / 13, False))
    tidy, wide = panel_frame(panel, book), panel_frame(panel, book, "wide")
    assert wide.shape == (11, len(panel.places))
    assert wide.loc["2022-03-05", ("UKR", "neutrality", "")] == 0.125
    assert wide.notna().sum().sum() == len(tidy)
    last = tidy[(tidy["day"] == "2022-03-11") & (tidy["holder"] == "UKR") & (tidy["issue"] == "neutrality")]
    row = last.iloc[0]
    assert (row.stance, row.stance_to, row.value, row.value_to) == (-1, 0, 0.25, 0.5)
    assert (row.since, row.reported, row.contested, row.entry) == (pd.Timestamp("2022-03-10"), False, False, 15)


def test_frames_have_the_documented_columns_and_dtypes_even_when_empty() -> None:
    book = golden_codebook()
    for columns in (History().columns(), golden_history().columns()):
        panel = build_panel(columns, book)
        assert panel_frame(panel, book, "wide").index.name == "day"
        for frame, allowed in (
            (panel_frame(panel, book), TIDY),
            (distance_frame(panel, book), SERIES),
            (distance_frame(panel, book, by_issue=True), ISSUES),
        ):
            assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == allowed


@given(histories())
def test_the_tidy_and_the_wide_frame_tell_the_same(history: History) -> None:
    book = golden_codebook()
    panel = build_panel(history.columns(), book)
    tidy, wide = panel_frame(panel, book), panel_frame(panel, book, "wide")
    assert wide.notna().sum().sum() == len(tidy)
    for row in tidy.itertuples():
        element = "" if pd.isna(row.element) else row.element
        assert wide.loc[row.day, (row.holder, row.issue, element)] == (row.value + row.value_to) / 2
