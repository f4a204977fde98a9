"""Which words of a sentence state a claim: its clause, without who says it, but with all that decides its sense."""

from __future__ import annotations

from typing import Final

from positions.extract.language.english import english_words
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.attribution import Attribution
from positions.extract.rules.clauses import clause_at, find_aside, find_joints
from positions.extract.rules.speech import REPORT
from positions.extract.rules.topic_reading import TopicReading
from positions.quotes.text_view import Span

_SHORTEST: Final = 5
"""The fewest words of a quote; what is shorter is told with the words around it."""
_INTRODUCED: Final = 8
"""The most words between a verb of speaking and "that"."""

_SEPARATORS: Final = frozenset({",", ";", ":", "—", "–", "-"})


def find_span(reading: TopicReading, *, direct: bool) -> Span:
    """Return the words that state a claim, half-open in code points: a quotation's, if it is ``direct``, or a clause's.

    The clause holds the topic and the cue that governs it. What somebody reports is quoted without who reports it; a
    verb that takes a stance itself ("denied", "urged") belongs to the claim.
    """
    if direct:
        return _quotation_in(reading)
    first, end = _clause_around(reading)
    if reading.attribution is not None:
        first, end = _cut_attribution(reading, reading.attribution, first, end)
    return _trim(reading.line, first, end)


def _quotation_in(reading: TopicReading) -> Span:
    """Return the words of the sentence in the quotation that holds the topic."""
    whole = reading.line.sentence.span
    quote = reading.line.quote_at(reading.topic.first)
    return Span(max(whole.start, quote.start), min(whole.end, quote.end)) if quote else whole


def _clause_around(reading: TopicReading) -> tuple[int, int]:
    """Return the tokens from the beginning of the clause to its end that hold the topic and its cue."""
    line, (low, high) = reading.line, _deciding(reading)
    starts = tuple(sorted({*line.clauses, *find_joints(line.tokens, line.mentions)}))
    first = clause_at(starts, low, len(line.tokens)).start
    end = find_aside(line.tokens, high, clause_at(starts, high - 1, len(line.tokens)).stop)
    return (first, end) if end - first >= _SHORTEST else (0, len(line.tokens))


def _deciding(reading: TopicReading) -> tuple[int, int]:
    """Return the first of the tokens that decide a claim, and the one behind the last of them."""
    topic, cue = reading.topic, reading.stance.cue
    return (topic.first, topic.end) if cue is None else (min(cue, topic.first), max(cue + 1, topic.end))


def _cut_attribution(reading: TopicReading, attribution: Attribution, first: int, end: int) -> tuple[int, int]:
    """Cut who says it from a clause, if that leaves enough and takes nothing away from the claim."""
    low, high = _deciding(reading)
    if attribution.kind != REPORT:
        return first, end
    if attribution.tail:
        last = min(attribution.subject.first, attribution.verb)
        while last > high and reading.line.tokens[last - 1].low not in english_words().clauses.pauses:
            last -= 1
        return (first, last) if high < last < end and last - first >= _SHORTEST else (first, end)
    content = _content_start(reading.line, attribution, low)
    is_cut = content is not None and first < content <= low and end - content >= _SHORTEST
    return (content or first, end) if is_cut else (first, end)


def _content_start(line: AttributedSentence, attribution: Attribution, low: int) -> int | None:
    """Return the token at which what is said begins: behind "that", or with a subject; ``None`` without a clause.

    "Expressed the hope" reports no clause: what is hoped needs the verb.
    """
    after, grammar = attribution.after, english_words().grammar
    for index in range(after, min(low, after + _INTRODUCED)):
        if line.tokens[index].low in grammar.content:
            return index + 1
    first = after
    while first < low and (line.tokens[first].low in grammar.articles or line.tokens[first].low in _SEPARATORS):
        first += 1
    subject = next((one for one in line.mentions if one.first <= first < one.end), None)
    is_subject = subject is not None and line.tokens[subject.end].low not in grammar.genitive
    return after if is_subject or (after < low and line.tokens[after].low in _SEPARATORS) else None


def _trim(line: AttributedSentence, first: int, end: int) -> Span:
    """Return the span of some tokens without signs and links at their edges; a sentence keeps its own edges."""
    tokens, whole, words = line.tokens, line.sentence.span, english_words()
    opening = words.passing.breaks - words.grammar.relatives | words.grammar.coordinators | words.grammar.contrasts
    while first and first < end - 1 and (tokens[first].low in opening or tokens[first].low in _SEPARATORS):
        first += 1
    while end < len(tokens) and end > first + 1 and tokens[end - 1].low in _SEPARATORS:
        end -= 1
    return Span(tokens[first].start if first else whole.start, tokens[end - 1].end if end < len(tokens) else whole.end)
