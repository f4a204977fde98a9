from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.quotes.clause_bounds import widen_to_clauses


def clause(text: str, part: str) -> str:
    start = text.index(part)
    first, last = widen_to_clauses(text, start, start + len(part))
    return text[first:last]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        (
            "denied. “I have to refute the claims that we have refused to negotiate. Ukraine was ready,” he said.",
            "we have refused to negotiate",
            "I have to refute the claims that we have refused to negotiate.",
        ),
        (
            "Peskov denied reports that “Russia has refused to talk.”",
            "Russia has refused to talk",
            "Peskov denied reports that “Russia has refused to talk.",
        ),
        ("Peskov said: “Russia is ready to talk.”", "is ready", "Russia is ready to talk."),
        ('Asked again, he said, "We will come," and left.', "come", "We will come," + '" and left.'),
        ('"We will come," he said.', "will", "We will come,"),
        ("Kyiv is ready, but Moscow is not.", "Moscow", "but Moscow is not."),
        ("Kyiv is ready, but Moscow is not.", "Kyiv", "Kyiv is ready"),
        ("We agree; they do not.", "agree", "We agree"),
        ("Mr. Putin met U.S. President Joe Biden on Feb. 20 in Minsk. They spoke.", "met", None),
        ("Zelensky refuses diplomacy\nOn his part, he spoke.", "refuses", "Zelensky refuses diplomacy"),
        ("He denied the\nclaims that\nKyiv refused.", "Kyiv", "He denied the\nclaims that\nKyiv refused."),
        (
            "The chief envoy of Ukraine said that\nZelensky has refused to talk to any\nof them in Minsk. He left.",
            "has refused to talk",
            "The chief envoy of Ukraine said that\nZelensky has refused to talk to any\nof them in Minsk.",
        ),
        ("He denied the re-\nfusal to talk. We left.", "talk", "He denied the re-\nfusal to talk."),
        ("at gunpoint … This is not diplomacy", "is not", "This is not diplomacy"),
        ("‘Can’t we hurry it up?’ We can.", "can", "We can."),
        ("He wrote “go on.” some time ago", "go", "He wrote “go on."),
    ],
)  # fmt: skip
def test_a_span_grows_to_its_clause(text: str, part: str, whole: str | None) -> None:
    assert clause(text, part) == (whole or text.partition(" They")[0])


SIGNS = "aB .,;:!?…\n“”\"'()-"


@given(st.text(SIGNS, max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_span_only_grows_and_only_once(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    first, last = widen_to_clauses(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert widen_to_clauses(text, first, last) == (first, last)


@pytest.mark.parametrize("unit", [".", ".”", " ", "\n", ", ", "“", "'", "a.", ":", " .\n"])
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        widen_to_clauses(text, size // 2, size // 2 + 1)
        return time.process_time() - began

    assert seconds(80_000) < 30 * max(seconds(10_000), 0.005)
