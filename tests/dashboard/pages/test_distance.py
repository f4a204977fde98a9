from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.figures import DARK, LIGHT
from dashboard.pages import PAGES
from dashboard.pages.distance import comparison_of, gap_frame
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from positions.wording.party_style import party_styles


def at(source: CaseStore, **fields: Any) -> tuple[Any, View]:
    view = source.fit_view(View(page="movement", mode="day", **fields))
    return source.picture(view), view


def test_the_parts_add_up_to_the_distance_on_every_day_and_pair(source: CaseStore) -> None:
    for day in source.case(View()).days:
        for parties in (("RUS", "UKR"), ("RUS", "USA"), ("UKR", "GBR")):
            picture, view = at(source, as_of=day, parties=parties)
            comparison = comparison_of(picture, view)
            assert comparison is not None
            frame = gap_frame(comparison, picture)
            known = frame[frame["comparable"]]
            assert known["contribution"].sum() == pytest.approx(comparison.distance or 0)
            assert known["share"].sum() == pytest.approx(comparison.coverage or 0)
            assert len(frame) == len(comparison.issues)
            if len(known):
                assert known["end"].iloc[-1] == pytest.approx(comparison.distance)
                assert list(known["contribution"]) == sorted(known["contribution"], reverse=True)
            assert (frame.loc[~frame["comparable"], "silent"] != "").all()


def test_the_chart_is_plain_values_and_says_who_is_silent(source: CaseStore) -> None:
    import json

    picture, view = at(source, as_of=date(2022, 2, 27))
    for palette in (LIGHT, DARK):
        (figure,) = PAGES["movement"].figures(picture, view, party_styles(picture.case.codebook), palette)
        told = json.dumps(figure)
        assert "not comparable: Ukraine has not said" in told
        assert "Distance, on 43\\u00a0% of the agenda" in told
        assert figure["layout"]["height"] > 100


def test_the_page_tells_and_lists_it(source: CaseStore) -> None:
    picture, view = at(source, as_of=date(2022, 2, 27))
    page, style = PAGES["movement"], party_styles(picture.case.codebook)
    told = str(page.above(picture, view, style))
    comparison = comparison_of(picture, view)
    assert comparison is not None
    assert f"are {comparison.distance:.2f} apart [{comparison.lo:.2f}, {comparison.hi:.2f}] on " in told
    assert "By issue" in str(page.below(picture, view, style))
    assert list(page.tables(picture, view)) == ["parts", "statements"]
    refs = {ref for issue in comparison_of(picture, view).issues for ref in issue.basis}  # type: ignore[union-attr]
    assert set(page.tables(picture, view)["statements"]["statement"]) == refs


def test_the_mode_is_in_the_address() -> None:
    view = View(page="movement", mode="day", parties=("RUS", "USA"))
    assert view.address() == "/movement?parties=RUS,USA&mode=day"
    assert read_address(view.address()) == view
    assert read_address("/movement?mode=sideways").mode == "days"


def test_the_page_is_named_by_the_pair(source: CaseStore) -> None:
    picture, view = at(source, parties=("RUS", "USA"))
    assert PAGES["movement"].heading(picture, view) == "Russia and the United States on one day"
    assert PAGES["movement"].heading(picture, View(page="movement")) == ""
