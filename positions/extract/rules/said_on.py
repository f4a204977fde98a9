"""When a sentence was said: by its own words, the same voice's before, the story's lead, or the publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from positions.extract.language.phrases import Token
from positions.extract.language.time_expressions import ResolvedTime, find_time
from positions.extract.rules.attribution import Attribution
from positions.extract.rules.speakers import AttributedSentence, voice_of
from positions.model.dates import PartialDate

_BACK: Final = 8
"""How many sentences back a voice's own time is looked for."""
_LEAD: Final = 4
"""How many sentences set a story's day, and _RECENT how many days before the publication that day may be."""
_RECENT: Final = 3
_ENDS: Final = ("that", '"', "“", "”", "‘")


def resolve_said_on(
    lines: Sequence[AttributedSentence], number: int, one: Attribution | None, published: date
) -> ResolvedTime:
    """Return when the sentence ``number`` was said, with its basis."""
    line = lines[number]
    if one is not None and (found := find_time(_time_words(line, one), published, None)):
        return found
    for other in range(number - 1, max(-1, number - _BACK), -1):
        before = lines[other]
        if voice_of(before) != voice_of(line) or not before.said:
            continue
        if found := find_time(_time_words(before, before.said[0][0]), published, None):
            return ResolvedTime(found.date, "inherited")
    return _find_lead_time(lines, published) or publication_time(published)


def publication_time(published: date) -> ResolvedTime:
    """Return the publication's own day."""
    return ResolvedTime(PartialDate.of(published), "document")


def _find_lead_time(lines: Sequence[AttributedSentence], published: date) -> ResolvedTime | None:
    """Return the day on which the story's first sentences set it, where it is just before the publication."""
    for line in lines[:_LEAD]:
        words = [token for token, quoted in zip(line.tokens, line.quoted, strict=True) if not quoted]
        found = find_time(words, published, None)
        if found and found.date.first and (published - found.date.first).days <= _RECENT:
            return ResolvedTime(found.date, "inherited")
    return None


def _time_words(line: AttributedSentence, one: Attribution) -> list[Token]:
    """Return the words beside a verb of speaking where a time would be when it was said, not what was said."""
    tokens = line.tokens
    opening = tokens[: min(one.subject.first, one.verb)] if not one.tail else []
    after = tokens[one.after :] if one.tail else tokens[one.after : one.after + 7]
    most = min(len(after), 9) if one.tail else len(after)
    stop = next((n for n in range(most) if after[n].low in _ENDS or line.quoted[one.after + n]), most)
    between = tokens[one.subject.end : one.verb] if one.subject.end < one.verb else []
    return [*after[:stop], *between, *(token for n, token in enumerate(opening) if not line.quoted[n])]
