"""What governs a topic's noun phrase, and what the phrase only describes."""

from __future__ import annotations

import pytest

from positions.extract.language.phrases import tokenize
from positions.extract.rules.noun_phrases import governor_of, is_described


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Moscow spoke ahead of the next round of talks", "part of scene"),
        ("Kyiv spoke during the recent direct talks", "scene"),
        ("Kyiv is ready for direct talks", "purpose"),
        ("They agreed on an unconditional truce , and on talks", "matter"),
        ("They want a truce and talks", "joined"),
        ("The talks", "opening"),
        ("He welcomes talks", "object"),
        ("Not before the talks", "wait"),
        ("The start of talks", "part of opening"),
    ],
)
def test_what_stands_before_a_phrase_governs_it(text: str, role: str) -> None:
    tokens = tokenize(text)
    verbs = {
        index for index, token in enumerate(tokens) if token.low in ("spoke", "ready", "agreed", "want", "welcomes")
    }
    governor = governor_of(tokens, len(tokens) - 1, verbs)
    assert ("part of " if governor.is_part else "") + governor.role == role


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ceasefire negotiations", True), ("ceasefire would", False), ("ceasefire", False), ("ceasefire, he", False)],
)
def test_a_noun_before_another_one_describes_it(text: str, expected: bool) -> None:
    assert is_described(tokenize(text), 1, ()) is expected
