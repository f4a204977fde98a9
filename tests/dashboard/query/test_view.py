from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query.view import PAGE_IDS, View, ViewOptions, fit_view, last_stop, read_address, read_view

DAYS = (date(2022, 1, 31), date(2022, 2, 25), date(2022, 4, 14))
names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", fullmatch=True).filter(str.isascii)
views = st.builds(
    View,
    as_of=st.none() | st.dates(),
    known_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    public_by=st.none() | st.dates(),
    statement=st.none() | st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", fullmatch=True).filter(str.isascii),
    axis=st.sampled_from(["event", "calendar"]),
    page=st.sampled_from(PAGE_IDS),
    compare=st.none() | st.dates(),
    parties=st.lists(names, unique=True, max_size=3).map(tuple),
    issues=st.lists(names, unique=True, max_size=3).map(tuple),
    issue=st.none() | names,
    party=st.none() | names,
    outlet=st.text(max_size=60).map(lambda text: " ".join(text.encode("utf-8", "ignore").decode().split())),
    document=st.none() | names,
    search=st.text(max_size=60).map(lambda text: " ".join(text.encode("utf-8", "ignore").decode().split())),
    since=st.none() | st.dates(),
    speaker=st.none() | names,
    voice=st.none() | st.sampled_from(["self", "ascribed", "framing"]),
    confidence=st.none() | st.sampled_from(["0.9", "0"]),
    number=st.integers(1, 9999),
    embed=st.booleans(),
)


@given(views)
def test_a_view_is_read_back_as_it_was_written(view: View) -> None:
    assert read_address(view.address()) == view


@given(st.text() | st.text(alphabet="?&=%+;-_:.TZ0123456789asofknwtpublicyxe", max_size=80))
def test_reading_never_fails(query: str) -> None:
    assert read_view(read_view(query).query_string()) == read_view(query)


@given(st.text(), st.text(), st.text(), st.text())
def test_reading_never_fails_in_the_parts_either(day: str, instant: str, ref: str, axis: str) -> None:
    view = read_view(f"?as_of={day}&known_at={instant}&public_by={day}&statement={ref}&axis={axis}")
    assert read_view(view.query_string()) == view


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-12:00", "soon"])
def test_an_instant_beyond_the_calendar_is_left_out(instant: str) -> None:
    assert read_view(f"?known_at={instant}").known_at is None


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/movement?from=2022-02-25&to=2022-04-14", "/movement?as_of=2022-04-14&compare=2022-02-25"),
        ("/movement?as_of=2022-02-27&from=2022-02-24", "/movement?as_of=2022-02-27&compare=2022-02-24"),
        (
            "/movement?as_of=2022-02-27&compare=2022-02-23&from=2022-02-24&to=2022-02-28",
            "/movement?as_of=2022-02-28&compare=2022-02-24",
        ),
        ("/movement?from=soon&compare=2022-02-24", "/movement?compare=2022-02-24&from=soon"),
    ],
)
def test_the_first_and_last_day_of_old_links_are_those_compared(link: str, address: str) -> None:
    assert read_address(link).address() == address


def test_the_plain_view_has_no_query() -> None:
    assert View().query_string() == ""
    assert read_view(None) == View()


def test_a_query_is_readable() -> None:
    view = View(date(2022, 2, 25), datetime(2026, 1, 1, tzinfo=UTC), date(2022, 3, 1), "003-22", "calendar")
    assert view.query_string() == (
        "?as_of=2022-02-25&known_at=2026-01-01T00:00:00.000000Z&public_by=2022-03-01&axis=calendar&statement=003-22"
    )


@pytest.mark.parametrize(
    ("asked", "stop"),
    [
        (date(1990, 1, 1), None),
        (date(2022, 1, 31), 0),
        (date(2022, 2, 25), 1),
        (date(2022, 3, 10), 1),
        (date(2099, 1, 1), 2),
    ],
)
def test_any_day_can_be_looked_at_and_stands_at_the_stop_before_it(asked: date, stop: int | None) -> None:
    assert fit_view(View(as_of=asked), ViewOptions(DAYS, ())).as_of == asked
    assert last_stop(asked, DAYS) == stop


def test_without_a_day_the_last_one_with_statements_is_looked_at() -> None:
    assert fit_view(View(), ViewOptions(DAYS, ())).as_of == DAYS[-1]


def test_what_is_not_known_is_set_aside_and_stays_in_the_address() -> None:
    options = ViewOptions(DAYS, {"1-2"}, {"000"}, ["RUS"], ["venue"])
    view = fit_view(
        read_address("/issue?as_of=yesterday&parties=RUS,XYZ&issue=venus&document=999&statement=1-1"), options
    )
    assert view.unknown == (
        ("as_of", "yesterday"),
        ("statement", "1-1"),
        ("document", "999"),
        ("issue", "venus"),
        ("parties", "XYZ"),
    )
    assert (view.parties, view.issue) == (("RUS",), None)
    again = fit_view(read_address(replace(view, as_of=None).address()), options)
    assert replace(again, unknown=()) == replace(view, unknown=())
    assert set(again.unknown) == set(view.unknown)


def test_what_narrows_a_search_is_read_only_if_it_can_be() -> None:
    view = read_address("/statements?q=minsk&voice=loud&confidence=2&since=soon&speaker=a%20b&outlet=%20The%20Wire%20")
    assert (view.search, view.outlet) == ("minsk", "The Wire")
    assert view.unknown == (("since", "soon"), ("speaker", "a b"), ("voice", "loud"), ("confidence", "2"))


def test_an_unknown_statement_is_dropped() -> None:
    assert fit_view(View(statement="a"), ViewOptions(DAYS, {"b"})).statement is None
    assert fit_view(View(statement="b"), ViewOptions(DAYS, {"b"})).statement == "b"


def test_without_days_there_is_no_day() -> None:
    assert fit_view(View(as_of=DAYS[0]), ViewOptions((), ())).as_of is None
