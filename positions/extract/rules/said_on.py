"""When a sentence was said: by its own words, the same voice's before, the story's lead, or the publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Token
from positions.extract.language.time_expressions import ResolvedTime, find_time
from positions.extract.rules.attribution import Attribution
from positions.extract.rules.speakers import AttributedSentence
from positions.model.dates import PartialDate

_BACK: Final = 8
"""How many sentences back a voice's own time is looked for."""
_LEAD: Final = 4
"""How many first sentences of a story may set its day."""
_RECENT: Final = 3
"""How many days before the publication that day may be."""
_NEAR: Final = (7, 9)
"""How many words behind a verb of speaking may date it: before what is said, and behind it."""
_QUOTE_MARKS: Final = frozenset('"“”‘')


def resolve_said_on(
    lines: Sequence[AttributedSentence], number: int, attribution: Attribution | None, published: date
) -> ResolvedTime:
    """Return when the sentence ``number`` was said, and on which basis."""
    line = lines[number]
    if attribution is not None and (time := find_time(_time_words(line, attribution), published, None)):
        return time
    for before in (lines[other] for other in range(number - 1, max(-1, number - _BACK), -1)):
        if before.voice != line.voice or not before.attributions:
            continue
        if time := find_time(_time_words(before, before.attributions[0][0]), published, None):
            return ResolvedTime(time.date, "inherited")
    return _find_lead_time(lines, published) or publication_time(published)


def publication_time(published: date) -> ResolvedTime:
    """Return the day of the publication as the time of an utterance."""
    return ResolvedTime(PartialDate.of(published), "document")


def _find_lead_time(lines: Sequence[AttributedSentence], published: date) -> ResolvedTime | None:
    """Return the day that the story's first sentences set, if it is just before the publication."""
    for line in lines[:_LEAD]:
        words = [token for token, quoted in zip(line.tokens, line.quoted, strict=True) if not quoted]
        time = find_time(words, published, None)
        if time and time.date.first and (published - time.date.first).days <= _RECENT:
            return ResolvedTime(time.date, "inherited")
    return None


def _time_words(line: AttributedSentence, attribution: Attribution) -> list[Token]:
    """Return the words beside a verb of speaking that may date it, without what is said."""
    tokens, subject, verb = line.tokens, attribution.subject, attribution.verb
    ends = english_words().grammar.content | _QUOTE_MARKS
    before, behind = _NEAR
    opening = tokens[: min(subject.first, verb)] if not attribution.tail else []
    after = tokens[attribution.after :] if attribution.tail else tokens[attribution.after : attribution.after + before]
    most = min(len(after), behind) if attribution.tail else len(after)
    stop = next((n for n in range(most) if after[n].low in ends or line.quoted[attribution.after + n]), most)
    between = tokens[subject.end : verb] if subject.end < verb else []
    return [*after[:stop], *between, *(token for n, token in enumerate(opening) if not line.quoted[n])]
