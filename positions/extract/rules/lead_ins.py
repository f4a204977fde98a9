"""What introduces a list holds for its items: "Putin named two conditions:" and the lines or parts behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.stance import POLARITY, SentenceCues, StanceReading
from positions.extract.rules.topics import TopicMention

_LONGEST: Final = 12
"""The most items of a list."""
_COLON: Final = ":"
_JOINT: Final = ";"
_NEAR: Final = 5
"""The most words between the word that says what a list is of and the colon behind it."""


def find_lead_in(lines: Sequence[AttributedSentence], number: int) -> AttributedSentence | None:
    """Return the sentence that introduces the list of which a line is an item; ``None`` if it is none."""
    if not _is_item(lines, number):
        return None
    for before in range(number - 1, max(-1, number - _LONGEST - 1), -1):
        if lines[before].tokens[-1].low == _COLON:
            return lines[before]
        if not _is_item(lines, before):
            return None
    return None


def _is_item(lines: Sequence[AttributedSentence], number: int) -> bool:
    """Return whether a line stands behind a bullet or a number, or is joined to its neighbour by a semicolon."""
    if lines[number].sentence.item:
        return True
    return bool(number) and _JOINT in (lines[number].tokens[-1].low, lines[number - 1].tokens[-1].low)


def read_list_stance(topic: TopicMention, cues: SentenceCues, colon: int, *, is_own: bool) -> StanceReading | None:
    """Return how an item is taken by the last cue before the colon that introduces it; ``None`` if by none.

    ``is_own`` if the cue stands in the item's own sentence, whose holder is then that of the cue.
    """
    cue = next((one for one in reversed(cues.cues) if one.end <= colon <= one.end + _NEAR), None)
    if cue is None or topic.reach is not None or topic.stance is not None:
        return None
    sign, strength = POLARITY[cue.value]
    return StanceReading(sign * strength * topic.pole, cue.first if is_own else None, cue.value, condition=False)


def colon_before(line: AttributedSentence, index: int) -> int | None:
    """Return the colon that introduces the list in which a token stands; ``None`` before a clause or a quotation."""
    grammar = english_words().grammar
    for number in range(index - 1, 1, -1):
        low = line.tokens[number].low
        if low == _COLON:
            return number
        if low in grammar.auxiliaries or low in grammar.modals or line.quoted[number]:
            return None
    return None
