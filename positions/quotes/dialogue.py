"""Direct speech that a dash opens, as "— Мы готовы, — сказал он." and "—No aceptaremos —dijo él—. Nunca." do.

A dash opens items of lists as well. A line is dialogue if the outlet's words are inserted into it, if its dash stands
right before the first word, if somebody is said to speak in the line before, or if a line beside it is dialogue; else
nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from positions.language.reading_words import all_reading_words, word_pattern
from positions.quotes.text_view import Span

_OPENS: Final = re.compile(r"([—–―]|--(?!-)|-(?=[ \u00a0]))([ \u00a0]*)")
_BEFORE_WORD: Final = "¿¡“„«\"'‘…"
_ENDED: Final = re.compile(r"[.!?…؟][\"”»'’)]{0,2}\Z")
_CUT: Final = re.compile(
    r"(?P<stop>[,.!?…»”\"]?)(?P<before>[ \u00a0]{0,3})"
    r"(?P<dash>[—–―]|--(?!-)|(?<=[ \u00a0])-(?=[ \u00a0]))(?P<after>[ \u00a0]{0,3})"
)
_SIGNS: Final = ".,;:!?… \u00a0"


_BACK: Final = 200
"""Characters of the line above in which a verb of speaking is looked for."""


class _Turn(NamedTuple):
    """A line that a dash opens: where its first word begins, its end, the dash, and whether a blank is behind that."""

    inside: int
    end: int
    dash: str
    is_apart: bool


def find_dialogue(text: str, paragraphs: Sequence[Span]) -> dict[int, tuple[Span, ...]]:
    """Return the words that are spoken in each paragraph of dialogue, by the paragraph's start."""
    turns = [_read_turn(text, paragraph) for paragraph in paragraphs]
    spoken: dict[int, tuple[Span, ...]] = {}
    for is_turn, group in groupby(range(len(paragraphs)), key=lambda number: turns[number] is not None):
        numbers = list(group)
        run = [turn for number in numbers if (turn := turns[number])]
        before = paragraphs[numbers[0] - 1] if numbers[0] else Span(0, 0)
        if is_turn and _is_dialogue(text, run, text[before.start : before.end]):
            for number, turn in zip(numbers, run, strict=True):
                spoken[paragraphs[number].start] = tuple(_spoken_spans(text, turn))
    return spoken


def _read_turn(text: str, paragraph: Span) -> _Turn | None:
    match = _OPENS.match(text, *paragraph)
    if match is None or match.end() >= paragraph.end:
        return None
    first = text[match.end()]
    is_word = first in _BEFORE_WORD or (first.isalpha() and not first.islower())
    return _Turn(match.end(), paragraph.end, match[1], bool(match[2])) if is_word else None


def _is_dialogue(text: str, run: Sequence[_Turn], before: str) -> bool:
    """Return whether lines in a row that dashes open are dialogue; ``before`` is the line above them."""
    if before.endswith(":") and _saying().search(before[-_BACK:]):
        return True
    if len(run) > 1 and any("?" in text[turn.inside : turn.end] for turn in run) and run[0].dash != "-":
        return True
    return any(_is_sure(text, turn) for turn in run)


def _is_sure(text: str, turn: _Turn) -> bool:
    if not turn.is_apart and _ENDED.search(text[max(turn.inside, turn.end - 4) : turn.end]):
        return True
    return any(_inserts(text, match, turn) for match in _cuts(text, turn))


def _cuts(text: str, turn: _Turn) -> Iterator[re.Match[str]]:
    """Yield the dashes of a line, and its commas before words of speaking, in order."""
    commas = [] if turn.dash == "-" else _comma().finditer(text, turn.inside, turn.end)
    yield from sorted([*_CUT.finditer(text, turn.inside, turn.end), *commas], key=lambda match: match.start())


def _inserts(text: str, match: re.Match[str], turn: _Turn) -> bool:
    """Return whether the outlet's words begin at a dash or a comma."""
    if match.re is _comma():
        return True
    follows = text[match.end() : match.end() + 1]
    if not follows.islower() or match.end() >= turn.end:
        return False
    is_spanish = bool(match["before"]) and not match["after"] and match["dash"] != "-"
    return bool(match["stop"]) or is_spanish or _saying().match(text, match.end(), turn.end) is not None


def _resumes(match: re.Match[str]) -> bool:
    return match.re is _CUT and (bool(match["stop"]) or not match["before"])


def _spoken_spans(text: str, turn: _Turn) -> Iterator[Span]:
    start, is_speaking = turn.inside, True
    for match in _cuts(text, turn):
        if is_speaking and _inserts(text, match, turn):
            end = match.start() + (1 if match.re is _comma() else len(match["stop"]))
            if end > start:
                yield Span(start, end)
            is_speaking = False
        elif not is_speaking and _resumes(match):
            start, is_speaking = match.end(), True
            while start < turn.end and text[start] in _SIGNS:
                start += 1
    if is_speaking and start < turn.end:
        yield Span(start, turn.end)


@cache
def _saying() -> re.Pattern[str]:
    """Return the pattern of verbs of speaking, of any language that writes dialogue so, a few words on."""
    verbs = word_pattern(verb for words in all_reading_words() for verb in words.dialogue)
    return re.compile(rf"(?:[\w'’-]{{1,40}}\s){{0,2}}?(?:{verbs})\b", re.IGNORECASE)


@cache
def _comma() -> re.Pattern[str]:
    return re.compile(rf",\s(?={_saying().pattern})", re.IGNORECASE)
