"""Which issue, element or place some words are about, with a small lexicon of its own."""

from __future__ import annotations

import pytest

from positions.extract.rules.topics import HOSTING
from tests.positions.extract.small_lexicon import find_topics


@pytest.mark.parametrize(
    ("text", "context", "issues"),
    [
        ("The army has tanks.", "", ["aid"]),
        ("They have tanks.", "", []),
        ("They have tanks.", "The army came.", ["aid"]),
        ("The army museum has tanks.", "", []),
        ("The army has fish tanks.", "", []),
        ("The army has fish tanks and tanks.", "", ["aid"]),
        ("Nothing is said.", "The army has tanks.", []),
        ("", "", []),
    ],
)
def test_a_topic_needs_its_near_and_fears_its_unless_and_never(text: str, context: str, issues: list[str]) -> None:
    assert [topic.issue for topic in find_topics(text, context)] == issues


@pytest.mark.parametrize(
    ("text", "context", "elements"),
    [
        ("The venue is Minsk.", "", ["minsk"]),
        ("Minsk it is.", "They looked for a venue.", ["minsk"]),
        ("Minsk is cold.", "", []),
        ("The venue of the Minsk agreements", "", []),
        ("The venue is our capital.", "", [HOSTING]),
        ("Our capital is cold.", "They looked for a venue.", []),
    ],
)
def test_a_place_needs_its_occasion(text: str, context: str, elements: list[str]) -> None:
    assert [topic.element for topic in find_topics(text, context)] == elements


def test_a_topic_carries_what_its_lexicon_says_of_it() -> None:
    (met,) = find_topics("They met.")
    assert (met.first, met.end, met.together, met.stance, met.talking) == (1, 2, True, 2, True)
    (deal,) = find_topics("A deal.")
    assert (deal.reach, deal.pole, deal.talking) == (3, 1, False)
