"""When a sentence was said: by its own words, the same voice's before, the story's lead, or the publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Token
from positions.extract.language.time_expressions import ResolvedTime, find_time, is_time_word
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.attribution import Attribution
from positions.model.dates import PartialDate

_BACK: Final = 8
"""How many sentences back a voice's own time is looked for."""
_LEAD: Final = 4
"""How many first sentences of a story may set its day."""
_STORY: Final = -1
"""Stands for the story's day among the times of its first sentence."""
_RECENT: Final = 3
"""How many days before the publication that day may be."""
_NEAR: Final = (7, 9)
"""How many words behind a verb of speaking may date it: before what is said, and behind it."""
_INSERTING: Final = frozenset(",()—–")
_WEEK: Final = 7
_QUOTE_MARKS: Final = frozenset('"“”‘')


def resolve_said_on(
    lines: Sequence[AttributedSentence], number: int, attribution: Attribution | None, published: date
) -> ResolvedTime:
    """Return when the sentence ``number`` was said, and on which basis."""
    line = lines[number]
    if attribution is not None and (time := _find_own_time(line, attribution, published)):
        return time
    for before in (lines[other] for other in range(number - 1, max(-1, number - _BACK), -1)):
        if not _is_same_voice(before, line) or not before.attributions:
            continue
        if time := _find_own_time(before, before.attributions[0][0], published):
            return ResolvedTime(time.date, "inherited")
    return _find_lead_time(lines, published) or publication_time(published)


def _is_same_voice(before: AttributedSentence, line: AttributedSentence) -> bool:
    """Return whether the same speaker is the first in two sentences, whoever says it with them."""
    return (before.voice and before.voice[:-1]) == (line.voice and line.voice[:-1])


def publication_time(published: date) -> ResolvedTime:
    """Return the day of the publication as the time of an utterance."""
    return ResolvedTime(PartialDate.of(published), "document")


def _find_lead_time(lines: Sequence[AttributedSentence], published: date) -> ResolvedTime | None:
    """Return the day that the story's first sentences set, which is looked for once in a document."""
    if _STORY not in lines[0].times:
        lines[0].times[_STORY] = _read_lead_time(lines, published)
    return lines[0].times[_STORY]


def _read_lead_time(lines: Sequence[AttributedSentence], published: date) -> ResolvedTime | None:
    """Return the day that the story's first sentences set, if it is just before the publication."""
    for line in lines[:_LEAD]:
        words = [token for token, quoted in zip(line.tokens, line.quoted, strict=True) if not quoted]
        time = find_time(words, published, None)
        if time and time.date.first and (published - time.date.first).days <= _RECENT:
            return ResolvedTime(time.date, "inherited")
    return None


def _find_own_time(line: AttributedSentence, attribution: Attribution, published: date) -> ResolvedTime | None:
    """Return the time beside a verb of speaking, which is looked for once in a sentence."""
    if attribution.verb not in line.times:
        line.times[attribution.verb] = _read_own_time(line, attribution, published)
    return line.times[attribution.verb]


def _read_own_time(line: AttributedSentence, attribution: Attribution, published: date) -> ResolvedTime | None:
    """Return the time beside a verb of speaking: behind it, between it and its subject, or in the words before."""
    if time := find_time(_time_words(line, attribution), published, None):
        return time
    opening = [] if attribution.tail else _opening(line, attribution)
    time = find_time(opening, published, None)
    if time and opening[0].low in english_words().passing.background:
        # "After talks on Friday" dates what was said then, "after annexing Crimea in 2014" does not.
        is_recent = time.date.first is not None and (published - time.date.first).days <= _WEEK
        return time if is_recent else None
    return time


def _time_words(line: AttributedSentence, attribution: Attribution) -> list[Token]:
    """Return the words behind a verb of speaking and before it that may date it, without what is said."""
    tokens, subject, verb = line.tokens, attribution.subject, attribution.verb
    ends = english_words().grammar.content | _QUOTE_MARKS
    before, behind = _NEAR
    after: Sequence[Token] = tokens[attribution.after :]
    if not attribution.tail:
        after = after[:before] if _tells_when(after) or _has_addressee(line, attribution) else []
    most = min(len(after), behind) if attribution.tail else len(after)
    stop = next((n for n in range(most) if after[n].low in ends or line.quoted[attribution.after + n]), most)
    between = _without_insertions(tokens[subject.end : verb] if subject.end < verb else [])
    return [*_without_events(after[:stop]), *_without_events(between)]


def _without_events(tokens: Sequence[Token]) -> list[Token]:
    """Return words up to the date of an event: "commenting on the summit of June 2024", not "the hours of Sunday"."""
    words = english_words()
    for index in range(1, len(tokens) - 1):
        is_part = tokens[index - 1].low in words.times.parts or not tokens[index - 1].text.islower()
        if tokens[index].low in words.times.day_links and is_time_word(tokens[index + 1].low) and not is_part:
            return list(tokens[:index])
    return list(tokens)


def _tells_when(tokens: Sequence[Token]) -> bool:
    """Return whether words behind a verb begin as those that date or place it do: "on Friday", "in Istanbul"."""
    words = english_words()
    openers = words.passing.prepositions | words.grammar.endings | words.subjects.tails | words.subjects.speaking
    return bool(tokens) and (tokens[0].low in openers or is_time_word(tokens[0].low))


def _has_addressee(line: AttributedSentence, attribution: Attribution) -> bool:
    """Return whether the verb is one behind which stands who was told: "told reporters on Friday that"."""
    verbs = english_words().subjects.telling
    return any(token.low in verbs for token in line.tokens[attribution.verb : attribution.after])


def _opening(line: AttributedSentence, attribution: Attribution) -> list[Token]:
    """Return the words before a subject that may date its verb; none if they belong to another clause.

    "On Friday" does, but not "They met in March 2022, a round that", nor "They signed in 2015, but".
    """
    grammar = english_words().grammar
    links = grammar.relatives | grammar.content | grammar.coordinators | grammar.contrasts
    last = min(attribution.subject.first, attribution.verb)
    opening = [token for token, quoted in zip(line.tokens[:last], line.quoted, strict=False) if not quoted]
    linked = next((token.low for token in reversed(opening) if token.low not in grammar.articles), "")
    return [] if linked in links else opening


def _without_insertions(tokens: Sequence[Token]) -> list[Token]:
    """Return the words between a subject and its verb without what tells of the subject: "who took office in 2019"."""
    speaking = english_words().subjects.speaking
    kept: list[Token] = []
    is_kept = True
    for number, token in enumerate(tokens):
        if token.low in _INSERTING:
            following = tokens[number + 1].low if number + 1 < len(tokens) else ""
            is_kept = following in speaking or is_time_word(following)
        elif is_kept:
            kept.append(token)
    return kept
