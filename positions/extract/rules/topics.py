"""Topics: which issue, element or place some words are about, by the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from positions.extract.language.english import english_words
from positions.extract.language.lexicon import Lexicon, Places, Topic
from positions.extract.language.phrases import Match, Phrases, Token, keep_outermost

HOSTING: Final = "hosting"
"""Stands for the place that the holder would offer as its own."""


class TopicMention(NamedTuple):
    """A topic in tokens ``first`` to ``end`` of a sentence; the other parts are those of the lexicon's ``Topic``.

    ``talking`` marks the issue of talking itself, ``loose`` a term that claims nothing by itself: a word that it needs
    is missing, or one that excludes it is there.
    """

    first: int
    end: int
    issue: str
    element: str | None
    pole: int
    stance: int | None
    together: bool = False
    reach: int | None = None
    talking: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Term:
    topic: int
    element: str | None


# Compiled words are kept: a lexicon's examples are tried with each term alone, beside the same other words.
@lru_cache(maxsize=256)
def _compile_words(words: tuple[str, ...]) -> Phrases[bool]:
    return Phrases((word, True) for word in words)


@lru_cache(maxsize=16)
def _compile_numbered(lists: tuple[tuple[str, ...], ...]) -> Phrases[int]:
    return Phrases((word, number) for number, words in enumerate(lists) for word in words)


class _PlaceTerms:
    """The words for the places of one options issue, compiled for search."""

    def __init__(self, places: Places) -> None:
        self.issue = places.issue
        self.terms = Phrases(
            [
                *((term, element) for element, terms in places.terms.items() for term in terms),
                *((term, HOSTING) for term in places.hosting),
            ]
        )
        self.near = _compile_words(places.near)
        self.never = _compile_words(places.never)

    def find(self, tokens: Sequence[Token], context: Sequence[Token]) -> Iterator[TopicMention]:
        """Yield the places of a sentence if it, or the one before for named places, tells that they are venues."""
        matches = keep_outermost(self.terms.find(tokens))
        is_here = bool(matches and self.near.find(tokens))
        if not matches or not (is_here or self.near.find(context)):
            return
        hidden = [range(match.first, match.end) for match in self.never.find(tokens)]
        companions = english_words().venues.companions
        for match in matches:
            before = tokens[match.first - 1].low if match.first else ""
            if (match.value == HOSTING and not is_here) or before in companions:
                continue
            if not any(match.first in span for span in hidden):
                yield TopicMention(match.first, match.end, self.issue, match.value, 1, None)


class Topics:
    """The topics of a lexicon, compiled for search in tokens."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._topics = lexicon.topics
        self._talking = lexicon.talking
        self._terms = Phrases(
            (term, _Term(number, topic.element)) for number, topic in enumerate(lexicon.topics) for term in topic.terms
        )
        self._near = [_compile_words(topic.near) for topic in lexicon.topics]
        self._unless = [_compile_words(topic.unless) for topic in lexicon.topics]
        self._never = _compile_numbered(tuple(topic.never for topic in lexicon.topics))
        self._places = [_PlaceTerms(places) for places in lexicon.places]

    def find(
        self, tokens: Sequence[Token], *, context: Sequence[Token] = (), loosely: bool = False
    ) -> list[TopicMention]:
        """Return the topics of a sentence; ``context`` is the sentence before, which may say what a place is for.

        ``loosely``: those too without a word that they need, or with one that excludes them.
        """
        topics: list[TopicMention] = []
        matches = self._terms.find(tokens)
        hidden = self._never.find(tokens) if matches else []
        for match in matches:
            topic = self._topics[match.value.topic]
            covers = (one for one in hidden if one.first < match.end and match.first < one.end)
            if any(one.value == match.value.topic for one in covers):
                continue
            if (applies := self._applies(match, tokens, context)) or loosely:
                topics.append(self._mention(match, topic)._replace(loose=not applies))
        for places in self._places:
            for place in places.find(tokens, context):
                if not any(topic.first <= place.first < topic.end for topic in topics if not topic.loose):
                    topics.append(place)
        return topics

    def _applies(self, match: Match[_Term], tokens: Sequence[Token], context: Sequence[Token]) -> bool:
        """Return whether the words that a topic needs are near, and those that exclude it are not."""
        number = match.value.topic
        topic, near = self._topics[number], self._near[number]
        if topic.near and not (near.find(context) or _finds_beside(near, match, tokens)):
            return False
        return not (topic.unless and self._unless[number].find(tokens))

    def _mention(self, match: Match[_Term], topic: Topic) -> TopicMention:
        return TopicMention(
            *(
                match.first,
                match.end,
                topic.issue,
                topic.element,
                topic.pole,
                topic.stance,
                topic.together,
                topic.reach,
            ),
            talking=topic.issue == self._talking,
        )


def _finds_beside(words: Phrases[bool], match: Match[_Term], tokens: Sequence[Token]) -> bool:
    """Return whether some words stand in a sentence beside a match, not within it."""
    return words.may_begin_in(tokens) and bool(words.find([*tokens[: match.first], *tokens[match.end :]]))
