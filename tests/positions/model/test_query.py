from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from positions.errors import QueryError
from positions.model.query import EVERYTHING, Query, answerable_day

DAYS = (date(2022, 2, 24), date(2022, 3, 1))


def test_a_query_is_limited_by_what_was_known_and_public_not_by_its_day() -> None:
    assert not EVERYTHING.is_limited
    assert not Query(as_of=DAYS[0]).is_limited
    assert Query(known_at=datetime(2026, 1, 1, tzinfo=UTC)).is_limited
    assert Query(public_by=DAYS[0]).is_limited


def test_the_last_day_with_a_statement_answers_if_none_is_named() -> None:
    assert answerable_day(None, DAYS) == DAYS[-1]
    assert answerable_day(DAYS[0], DAYS) == DAYS[0]
    today = datetime.now(UTC).date()
    assert answerable_day(today, DAYS) == today


def test_where_a_limited_query_admits_nothing_yet_silence_is_the_answer() -> None:
    public, known = Query(public_by=date(2022, 1, 1)), Query(known_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert answerable_day(None, (), query=public) == date(2022, 1, 1)
    assert answerable_day(None, (), query=known) == date(2026, 1, 1)
    assert answerable_day(None, DAYS, query=public) == DAYS[-1]
    assert answerable_day(date(2022, 2, 23), DAYS, query=public) == date(2022, 2, 23)
    with pytest.raises(QueryError, match="to: found .* in the future"):
        answerable_day(datetime.now(UTC).date() + timedelta(days=1), (), query=known, name="to")


@pytest.mark.parametrize(
    ("as_of", "days", "message"),
    [
        (None, (), "nothing is known yet"),
        (date(2022, 3, 1), (), "nothing is known yet"),
        (date(2022, 2, 23), DAYS, "before the first statement on 24 February 2022"),
        (datetime.now(UTC).date() + timedelta(days=1), DAYS, "in the future"),
    ],
)
def test_a_day_without_an_answer_is_refused(as_of: date | None, days: tuple[date, ...], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        answerable_day(as_of, days)
