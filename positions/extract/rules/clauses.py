"""Which clause of its sentence a token stands in, and which words of it a claim needs.

Clauses are apart here if they are set against each other ("while", "although", a semicolon), if one opens the sentence
before another ("As talks began, Kyiv …"), or if "and" begins one with a subject and a verb of its own. What only lists,
restricts or continues stays within its clause: "but only if", "France, and Germany".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Token
from positions.extract.rules.mentions import Mention

_SHORTEST: Final = 4
"""The fewest tokens of a clause that is set apart."""
_SUBJECT: Final = 3
"""The most words between what opens a clause and its subject."""


def find_clauses(tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[int, ...]:
    """Return the tokens at which a sentence's clauses begin that are set against each other; the first is 0."""
    words, subjects = english_words(), _possible_subjects(mentions)
    starts = [0]
    if end := _opening_end(tokens, subjects):
        starts.append(end)
    for index in range(_SHORTEST, len(tokens) - 1):
        if tokens[index].low not in _contrasts() or index - starts[-1] < _SHORTEST:
            continue
        start = index - (tokens[index - 1].low in words.clauses.stressing)
        is_apart = tokens[start - 1].low in words.clauses.pauses or _subject_at(tokens, subjects, index + 1)
        if is_apart and tokens[index + 1].low not in words.clauses.bound:
            starts.append(start)
    return tuple(starts)


def find_joints(tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[int, ...]:
    """Return the tokens at which a clause is added: behind a semicolon, or "and" with a subject and a verb."""
    pauses, coordinators = english_words().clauses.pauses, english_words().grammar.coordinators
    joints = []
    behind = [index + 1 for index, token in enumerate(tokens) if token.low == ";" or token.low in pauses]
    for index in (one for one in behind if _SHORTEST <= one < len(tokens) - 1):
        if tokens[index - 1].low == ";":
            joints.append(index)
        elif tokens[index].low in coordinators:
            subject = _subject_at(tokens, _possible_subjects(mentions), index + 1)
            if subject is not None and _has_verb(tokens, subject.end):
                joints.append(index)
    return tuple(joints)


def find_aside(tokens: Sequence[Token], first: int, end: int) -> int:
    """Return where a clause ends between two tokens because a participle or a relative clause only adds to it."""
    words = english_words()
    for index in range(first, end - 1):
        following = tokens[index + 1].low
        if tokens[index].low == "," and (
            following in words.grammar.personal_relatives
            or (following.endswith(words.suffixes.participle) and tokens[index + 1].text.islower())
        ):
            return index
    return end


def _possible_subjects(mentions: Sequence[Mention]) -> dict[int, Mention]:
    return {mention.first: mention for mention in mentions if mention.kind != "stranger"}


def clause_at(starts: Sequence[int], index: int, length: int) -> range:
    """Return the tokens of the clause that a token stands in; ``length`` is that of the sentence in tokens."""
    number = bisect_right(starts, index)
    return range(starts[number - 1], starts[number] if number < len(starts) else length)


@cache
def _contrasts() -> frozenset[str]:
    words = english_words()
    return frozenset(words.clauses.contrasts) | words.grammar.contrasts


def _opening_end(tokens: Sequence[Token], subjects: dict[int, Mention]) -> int | None:
    """Return where the main clause begins behind one that opens the sentence: "While Kyiv agreed, Moscow"."""
    words = english_words()
    opener = next((token.low for token in tokens[:2] if token.low not in words.clauses.stressing), "")
    is_plain_question = opener in words.clauses.asking and tokens[1].low not in words.stance.questions
    if opener not in words.clauses.opening or is_plain_question:
        return None
    for index in range(_SHORTEST, len(tokens) - _SHORTEST):
        if tokens[index].low != ",":
            continue
        if tokens[index + 1].low in words.governors.expletives:
            return index + 1
        subject = _subject_at(tokens, subjects, index + 1)
        if subject is not None and tokens[subject.end].low not in (",", *words.grammar.coordinators):
            return index + 1
    return None


def _subject_at(tokens: Sequence[Token], subjects: dict[int, Mention], first: int) -> Mention | None:
    """Return the name that may be a clause's subject at a token, behind articles, titles and capitals at most."""
    articles = english_words().grammar.articles
    for index in range(first, min(first + _SUBJECT, len(tokens) - 1)):
        if mention := subjects.get(index):
            return mention if mention.end < len(tokens) else None
        if tokens[index].low not in articles and not tokens[index].text[:1].isupper():
            return None
    return None


def _has_verb(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a finite verb stands at a token, as far as its form tells."""
    token, words = tokens[index], english_words()
    if token.low in words.grammar.auxiliaries | words.grammar.modals:
        return True
    return token.text.islower() and token.low.endswith((*words.suffixes.past, *words.suffixes.finite))
