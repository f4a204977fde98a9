"""A day on which no text can have been published is none, wherever a text or page gives it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from positions.extract.sources.publication_date import date_in_address, date_in_text, parse_date

TOMORROW = datetime.now(UTC).date() + timedelta(days=3)


@pytest.mark.parametrize(
    "bad", ["1970-01-01", "1969-12-31", "1900-01-01", "2099-01-01", "2098-12-31", TOMORROW.isoformat()]
)
def test_an_impossible_day_is_passed_over(bad: str) -> None:
    assert parse_date(f"{bad}T00:00:00Z") is None
    assert date_in_address(f"https://example.org/{bad.replace('-', '/')}/story") is None
    published = date_in_text(f"Published {bad}\n\n25 February 2022\n\nThe talks went on.")
    assert published is not None
    assert published.day.last == date(2022, 2, 25)


def test_an_old_day_and_today_are_possible() -> None:
    today = datetime.now(UTC).date()
    assert [parse_date(day) for day in ("1962-10-28", "1901-01-01", today.isoformat())] == [
        date(1962, 10, 28),
        date(1901, 1, 1),
        today,
    ]


@pytest.mark.parametrize("written", ["２５ February ２０２２", "٢٥ February ٢٠٢٢", "२०२२-०२-२५"])
def test_digits_of_other_scripts_are_no_date_of_publication(written: str) -> None:
    assert parse_date(written) is None
