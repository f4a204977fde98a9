from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.extract.sources.publication_date import date_in_address, date_in_text, parse_date, strip_date

BODY = """
The Kremlin said on Friday it was ready for the talks agreed on 21 March 2014.
On February 24, 2022, Russia attacked.
More follows.
"""


@pytest.mark.parametrize(
    "line",
    [
        "25 February 2022",
        "February 25, 2022",
        "Feb. 25, 2022",
        "Feb 25 2022",
        "February 25th, 2022",
        "Friday, 25 February 2022",
        "Fri 25 Feb 2022 18.45 GMT",
        "2022-02-25",
        "2022-02-25T18:30:00+03:00",
        "25.02.2022",
        "25/02/2022",
        "02/25/2022",
        "25-Feb-2022",
        "25 Feb, 2022 14:12",
        "KYIV, Feb 25, 2022 (Agency) - The Kremlin said so.",
        "KYIV, Ukraine (AB) — Feb. 25, 2022",
        "MOSCOW, February 25, 2022. /ABCD/. The Kremlin said so.",
        "WASHINGTON, Friday, Feb. 25, 2022 (Agency) -- The White House said so.",
        "Beijing, 25 February 2022 (Agency) -- China said so.",
        "(Kyiv) 25 Feb 2022 — The Kremlin said so.",
        "Published: 25 February 2022",
        "Published February 25, 2022 at 9:00 AM EST",
        "Published 6:30 PM EST, Fri February 25, 2022",
        "First published on Friday 25 February 2022 18.45 GMT",
        "Published: 21:15 GMT, 25 February 2022 | Updated: 23:10 GMT, 26 February 2022",
        "Updated Feb. 26, 2022 9:00 am ET\nPublished Feb. 25, 2022",
        "Updated 25 Feb 2022",
        "Last updated: 25 February 2022",
        "Article published: 25.02.2022, 18:04",
        "Posted on February 25, 2022 by admin",
        "Date: 2022-02-25",
        "date 2022-02-25 Ukraine and Russia are discussing a place for talks",
        "By Jane Doe | Feb. 25, 2022 | 5:30 pm",
        "By Jane Doe, The Example, February 25th, 2022",
        "Source: The Daily | 2022-02-25 10:12:07 | Editor: J. D.",
        "Evening Briefing, Channel 8. Programme of 25 February 2022, 18:00. Unedited; may contain errors.",
        "The Kremlin, Moscow, February 25, 2022",
        "February 25, 2022, 06:00 The Kremlin, Moscow",
        "5 min read · 25 Feb 2022",
        "LONDON | February 25, 2022",
    ],
)
def test_the_forms_in_which_newspapers_print_their_date(line: str) -> None:
    found = date_in_text(f"Putin ready for talks\n\n{line}\n{BODY}")
    assert found is not None
    assert (found.day.text, found.basis) == ("2022-02-25", "explicit")


@pytest.mark.parametrize(
    "line",
    [
        "Putin's speech of 21 February 2022",
        "Timeline: what happened on 24 February 2022",
        "On 24 February 2022 Russia attacked Ukraine, and talks began.",
        "On February 24, 2022, Russia attacked.",
        "It was signed on February 12, 2015.",
        "The deal of 12 February 2015",
        "Since February 24, 2022 - the day of the attack - they talk",
        "03/04/2022",
        "31 February 2022",
        "Talks resumed on Friday.",
        "Friday, 25 February",
        "KYIV, Feb 25 (Agency) - The Kremlin said on Friday that the accords of 2015 were dead.",
        "dated 12 February 2015, the accords are dead, Moscow said",
        "Published on 12 February 2015, the decree says that all must now talk to each other",
        "The decree published on 12 February 2015 says",
        "Released on 12 February 2015, the prisoners went home to their families in Kyiv",
        "Created in 2014, the group meets",
        "Putin, February 24, 2022 and the talks that never were",
        "Kyiv has said it will not negotiate before 24 February 2023.",
    ],
)
def test_a_date_among_the_words_is_no_publication_date(line: str) -> None:
    assert date_in_text(f"Putin ready for talks\n{line}\nMore follows.") is None


def test_a_date_line_at_the_foot_counts_and_one_in_the_middle_does_not() -> None:
    body = "\n".join(["A line of the body that goes on for some words."] * 30)
    assert date_in_text(f"{body}\n24 February 2022\n{body}") is None
    found = date_in_text(f"{body}\nPublished 25 February 2022")
    assert found is not None
    assert found.day.text == "2022-02-25"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("2022-02-25-talks.txt", "Talks go on"),
        ("kremlin_20220225.txt", "Talks go on"),
        ("talks.txt", "KYIV, Feb 25 (Agency) - Talks go on.\n© 2022 Agency"),
    ],
)
def test_what_the_text_does_not_print_whole_is_marked_as_inferred(name: str, text: str) -> None:
    found = date_in_text(text, name=name)
    assert found is not None
    assert (found.day.text, found.basis) == ("2022-02-25", "inferred")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/2022/02/25/putin-ready",
        "https://www.example.com/world/2022/feb/25/putin-ready",
        "https://example.com/a-20220225.html",
        "https://example.com/a/2022-02-25",
    ],
)
def test_an_address_tells_the_day(url: str) -> None:
    assert date_in_address(url) == date(2022, 2, 25)
    found = date_in_text("Talks go on", url=url)
    assert found is not None
    assert found.basis == "explicit"


def test_what_is_no_day_is_no_date() -> None:
    assert date_in_address("https://example.com/2022/13/45/") is None
    assert date_in_address("https://example.com/world-a76595") is None
    assert parse_date("in the year 2022") is None
    assert parse_date("2022-02-25T23:30:00Z") == date(2022, 2, 25)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("date 2022-02-26 Ukraine is ready", "Ukraine is ready"),
        ("February 25, 2022", ""),
        ("Published 25 February 2022", ""),
        ("Ukraine is ready", "Ukraine is ready"),
        ("25 February 2022 was a black day", "25 February 2022 was a black day"),
    ],
)
def test_a_line_without_its_date(line: str, rest: str) -> None:
    assert strip_date(line) == rest


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=30))
def test_no_text_breaks_it(text: str, url: str, name: str) -> None:
    date_in_text(text, url=url, name=name)
    strip_date(text)


UNITS = ["25 ", "Feb ", "A ", "(", "2022-", "1.1.", "Published ", "\n", "a", "| ", "/2022/1/1", "© ", "A, ", "\nA", "-"]


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        date_in_text(text, url=text, name="x")
        date_in_text(text)
        return time.process_time() - began

    assert seconds(80_000) < 30 * max(seconds(10_000), 0.005)
