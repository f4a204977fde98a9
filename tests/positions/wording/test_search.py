"""What was found is told in sentences that name the conditions, and nothing found says what to try."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from positions.wording.search import COUNT_COLUMNS, FOUND_COLUMNS, advice_words, count_rows, found_row, found_words
from tests.examples import golden_codebook
from tests.positions.analysis.test_search import found, records


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({}, "25 statements: all there are."),
        ({"parties": ("USA",), "words": "geneva"}, "1 of 25 statements: party United States; with the words geneva."),
        (
            {"issues": ("venue", "neutrality"), "until": date(2022, 3, 1)},
            "7 of 25 statements: issue Venue or Neutrality; said by 1 March 2022.",
        ),
        (
            {"since": date(2022, 3, 12), "until": date(2022, 3, 12), "confidence": ("0.5",)},
            "1 of 25 statements: confidence 0.50 to 0.69; said on 12 March 2022.",
        ),
        ({"elements": ("venue/geneva",), "since": date(2022, 3, 2)}, None),
    ],
)
def test_what_was_found_is_told_with_its_conditions(conditions: dict[str, Any], words: str | None) -> None:
    expected = words or "1 of 25 statements: part of the issue Venue: Geneva; said from 2 March 2022."
    assert found_words(found(**conditions), golden_codebook()) == expected


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({}, ""),
        ({"words": "?!"}, "Words to search for have a letter or a digit."),
        (
            {"parties": ("USA",), "words": "wire"},
            "Nothing was found; with other parties there is 1; with other words there are 6.",
        ),
        ({"words": "geneva wire nowhere"}, "Nothing was found; alone, geneva is in 2 and wire is in 1."),
        (
            {"words": "nowhere"},
            "Nothing was found; try fewer words or conditions. Words are found by their beginnings: "
            "negotia finds “negotiations”.",
        ),
        ({"parties": ("nobody",), "voices": ("loud",)}, "Nothing was found; try fewer words or conditions."),
    ],
)
def test_nothing_found_says_what_to_try(conditions: dict[str, Any], words: str) -> None:
    assert advice_words(found(**conditions)) == words


def test_rows_have_their_columns() -> None:
    row = found_row(records()[-1], golden_codebook())
    assert tuple(row) == FOUND_COLUMNS
    assert row["said_on"] == "2022-03-12"
    counts = list(count_rows(found(words="wire"), golden_codebook()))
    assert all(tuple(one) == COUNT_COLUMNS for one in counts)
    assert {"facet": "outlet", "value": "The Wire", "label": "The Wire", "statements": 1} in counts
