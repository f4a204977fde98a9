"""The classes of what a page shows on some of its days: each day's rule hides what is not shown then, and no more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.site.variant_classes import MOST_RANGED, day_classes, hidden_on
from tests.dashboard.site.conftest import is_hidden

DAYS = 6
ALL = frozenset(range(DAYS))


@given(st.data(), st.sampled_from([DAYS, MOST_RANGED + 1]))
def test_an_element_is_shown_on_its_days_alone(data: st.DataObject, count: int) -> None:
    within = data.draw(st.frozensets(st.integers(0, DAYS - 1), min_size=1))
    shown = data.draw(st.frozensets(st.sampled_from(sorted(within)), min_size=1))
    classes = day_classes(shown, within, count).split()
    assert [day for day in sorted(within) if not is_hidden(classes, day)] == sorted(shown)
    for day in within:
        selectors = hidden_on(day, count)[len(":is(") : -1].replace(f".v:not(.d{day})", "").split(",")
        by_rule = any(f".{one}" in selectors for one in classes) or ("v" in classes and f"d{day}" not in classes)
        assert by_rule == (day not in shown)


def test_the_shortest_way_is_taken() -> None:
    assert day_classes(ALL, ALL, DAYS) == ""
    assert day_classes({3}, ALL, DAYS) == "v d3"
    assert day_classes(ALL - {3}, ALL, DAYS) == "x3"
    assert day_classes({2, 3, 4, 5}, ALL, DAYS) == "f2"
    assert day_classes({1, 2, 3, 4}, ALL, DAYS) == "x0 x5"
    assert day_classes({0, 5}, frozenset({0, 3, 5}), DAYS) == "x3"
