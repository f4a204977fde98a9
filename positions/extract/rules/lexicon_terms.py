"""Terms that a lexicon lacks, from statements that people accepted: words of theirs that speak of one topic only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from positions.extract.language.english import english_words
from positions.extract.language.lexicon import Lexicon
from positions.extract.language.phrases import tokenize
from positions.extract.rules.topics import Topics
from positions.model.codebook import Codebook

About: TypeAlias = tuple[str, str | None]
"""An issue, and its element if it has any."""
_Uses: TypeAlias = Mapping[str, set[tuple[About, str]]]
_LONGEST: Final = 3
"""The most words of a suggested term."""
_PURE: Final = 0.75
"""The least share of a term's sentences that are about its topic."""
_MOST_TERMS: Final = 8
"""The most terms suggested for a topic at once."""


class CodedWords(NamedTuple):
    """The words of a statement or candidate, and what it is about."""

    about: About
    words: str


class TopicSuggestion(NamedTuple):
    """Terms for a topic, each with an example of ``yes`` that holds it.

    ``unheard`` of ``coded`` statements are about the topic without that any term is heard in their words.
    """

    about: About
    terms: tuple[str, ...]
    yes: tuple[str, ...]
    unheard: int
    coded: int


def suggest_terms(
    lexicon: Lexicon, codebook: Codebook, *, accepted: Sequence[CodedWords], rejected: Sequence[CodedWords] = ()
) -> tuple[TopicSuggestion, ...]:
    """Suggest terms for topics that are not heard in the words coded on them, in the order of the codebook.

    A term has one to three words, no name, no word of grammar or stance, and is in two of the unheard sentences of its
    topic (in one if the lexicon has no term for it). At most one in four of the sentences that hold it is about
    something else or was rejected. The same words give the same terms.
    """
    topics = Topics(lexicon)
    worded = {(topic.issue, topic.element) for topic in lexicon.topics}
    worded |= {(places.issue, element) for places in lexicon.places for element in places.terms}
    sentences: dict[About, list[str]] = defaultdict(list)
    for coded in accepted:
        if (words := " ".join(coded.words.split())) not in sentences[coded.about]:
            sentences[coded.about].append(words)
    used = _sentences_by_term([*accepted, *rejected], _name_words(codebook))
    wrong = {(coded.about, " ".join(coded.words.split())) for coded in rejected}
    suggestions = []
    for about in _declared(codebook):
        unheard = [words for words in sentences[about] if not _is_heard(about, words, topics)]
        chosen = _choose_terms(about, unheard, used, wrong, needed=2 if about in worded else 1)
        if chosen:
            yes = tuple(dict.fromkeys(chosen.values()))
            suggestions.append(TopicSuggestion(about, tuple(chosen), yes, len(unheard), len(sentences[about])))
    return tuple(suggestions)


def _declared(codebook: Codebook) -> Iterator[About]:
    for issue in codebook.issues:
        yield issue.id, None
        yield from ((issue.id, element.id) for element in issue.elements)


def _is_heard(about: About, words: str, topics: Topics) -> bool:
    return any((one.issue, one.element) == about for one in topics.find(tokenize(words)))


def _choose_terms(
    about: About, unheard: Sequence[str], used: _Uses, wrong: Set[tuple[About, str]], *, needed: int
) -> dict[str, str]:
    """Choose terms that hold the most sentences which none before holds, each with the first of those sentences."""
    left = list(unheard)
    held = {term: [words for words in unheard if (about, words) in uses] for term, uses in used.items()}
    fitting = {
        term: words
        for term, words in held.items()
        if len(words) >= needed and words and _share(about, used[term], wrong) >= _PURE
    }
    chosen: dict[str, str] = {}
    while left and len(chosen) < _MOST_TERMS:
        ranked = {term: sum(one in left for one in words) for term, words in fitting.items()}
        best = max(ranked, key=lambda term: (ranked[term], len(term.split()), term), default="")
        if not best or not ranked[best]:
            break
        chosen[best] = next(words for words in left if words in fitting[best])
        left = [words for words in left if words not in fitting[best]]
    return chosen


def _share(about: About, uses: Set[tuple[About, str]], wrong: Set[tuple[About, str]]) -> float:
    """Return the share of a term's sentences that are about the topic, by what people decided."""
    sentences = {words for _, words in uses}
    right = {words for one, words in uses if one == about and (about, words) not in wrong}
    return len(right) / len(sentences)


def _sentences_by_term(coded: Iterable[CodedWords], names: frozenset[str]) -> dict[str, set[tuple[About, str]]]:
    used: dict[str, set[tuple[About, str]]] = defaultdict(set)
    for about, words in coded:
        plain = " ".join(words.split())
        for term in _terms_in(plain, names):
            used[term].add((about, plain))
    return used


def _terms_in(words: str, names: frozenset[str]) -> set[str]:
    """Return the runs of up to three words that begin and end with one that means something."""
    lows = [token.low for token in tokenize(words)]
    small = _small_words() | names
    runs = (lows[first : first + size] for first in range(len(lows)) for size in range(1, _LONGEST + 1))
    return {
        " ".join(run)
        for run in runs
        if run[0] not in small
        and run[-1] not in small
        and all(word.isalpha() and word not in names for word in run)
        and len(run[0]) > 2
    }


def _name_words(codebook: Codebook) -> frozenset[str]:
    """Return the words of the names of parties and speakers, in lower case."""
    spellings = [party.name for party in codebook.parties]
    for speaker in codebook.speakers:
        spellings += [speaker.name, *speaker.aliases]
    return frozenset(token.low for spelling in spellings for token in tokenize(spelling))


@cache
def _small_words() -> frozenset[str]:
    """Return the words of grammar, time, speaking and stance, which mean no topic by themselves."""
    words = english_words()
    groups = [*words.speech, *words.cues]
    lists: list[Iterable[str]] = [
        *(value for part in (words.grammar, words.subjects) for _, value in part),
        *(words.passing.prepositions, words.passing.breaks, words.passing.background, words.passing.describing),
        *(words.persons.he, words.persons.we, words.persons.they, words.persons.it, words.persons.both),
        *(words.times.weekdays, words.times.numbers, words.times.days, words.times.weeks, words.times.last),
        *(term.replace("*", "").split("|") for group in groups for term in group.terms if " " not in term),
        *(words.conditions.positive, words.conditions.negative, words.turns.terms),
    ]
    return frozenset(word.lower() for one in lists for word in one)
