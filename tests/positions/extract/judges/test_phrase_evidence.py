"""Evidence of where a topic's phrase and clause stand, read through the generator."""

from __future__ import annotations

import pytest

from tests.positions.extract.judges.test_generator import of, proposals


@pytest.mark.parametrize(
    ("text", "holder", "issue", "expected"),
    [
        ("Putin flew home amid a ceasefire deadline.", "RUS", "ceasefire", {"phrase_scene", "topic_describes"}),
        ("Russia is ready for talks.", "RUS", "talks", {"phrase_purpose", "topic_alone", "holder_opens"}),
        ("Zelensky called for a ceasefire.", "UKR", "ceasefire", {"phrase_purpose", "phrase_said"}),
        ("Russia wants a ceasefire and talks.", "RUS", "talks", {"phrase_joined"}),
        ("Kyiv praised the start of talks with Russia.", "UKR", "talks", {"phrase_part", "both_near"}),
        (
            "The Kremlin praised the US-Russia talks.",
            "RUS",
            "talks",
            {"third_near", "holder_before_cue"},
        ),
        ("Russia wants talks with Turkey.", "RUS", "talks", {"third_beside"}),
        ("The talks, which Russia refuses, began.", "RUS", "talks", {"clause_of_thing"}),
        ("Macron dismissed Moscow's offer of talks.", "RUS", "talks", {"holder_owns", "holder_owns_will"}),
        ("There was no ceasefire, Zelensky said.", "UKR", "ceasefire", {"clause_expletive", "clause_nobody"}),
    ],
)
def test_the_evidence_tells_where_a_phrase_stands(text: str, holder: str, issue: str, expected: set[str]) -> None:
    evidence = of(proposals(text), holder, issue).evidence
    assert expected <= set(evidence)


def test_a_name_in_a_longer_word_and_an_agent_are_told_apart() -> None:
    assert (
        "holder_hyphened" in of(proposals("The Kremlin dismissed a US-backed ceasefire."), "USA", "ceasefire").evidence
    )
    agent = of(proposals("A ceasefire was rejected by Moscow."), "RUS", "ceasefire").evidence
    assert "holder_agent" in agent
    assert "holder_hyphened" not in agent
