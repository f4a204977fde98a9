"""Topics: which issue, element or place some words are about, by the lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from positions.extract.language.lexicon import Lexicon, Topic
from positions.extract.language.phrases import Match, Phrases, Token, keep_outermost

HOSTING: Final = "hosting"
"""Stands for the place that the holder would offer as its own."""


class TopicMention(NamedTuple):
    """A topic in tokens ``first`` to ``end``; its parts are those of the lexicon's ``Topic``."""

    first: int
    end: int
    issue: str
    element: str | None
    pole: int
    stance: int | None
    together: bool = False
    reach: int | None = None
    talking: bool = False


@dataclass(frozen=True, slots=True)
class _Term:
    topic: int
    element: str | None


class Topics:
    """The topics of a lexicon, ready to be found."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._topics = lexicon.topics
        self._talking = lexicon.talking
        self._places = lexicon.places
        self._terms = Phrases(
            (term, _Term(number, topic.element)) for number, topic in enumerate(lexicon.topics) for term in topic.terms
        )
        self._near = [Phrases((word, True) for word in topic.near) for topic in lexicon.topics]
        self._unless = [Phrases((word, True) for word in topic.unless) for topic in lexicon.topics]
        self._never = Phrases((word, number) for number, topic in enumerate(lexicon.topics) for word in topic.never)
        self._spots = [
            (places, Phrases([*((term, element) for element, terms in places.terms.items() for term in terms),
                              *((term, HOSTING) for term in places.hosting)]),
             Phrases((word, True) for word in places.near), Phrases((word, True) for word in places.never))
            for places in lexicon.places
        ]  # fmt: skip

    def heard(self, tokens: Sequence[Token], *, context: Sequence[Token] = ()) -> list[TopicMention]:
        """Return the topics of a sentence; ``context`` is the sentence before, where a place's occasion may stand."""
        found: list[TopicMention] = []
        terms_found = self._terms.find(tokens)
        hidden = self._never.find(tokens) if terms_found else []
        for match in terms_found:
            topic: Topic = self._topics[match.value.topic]
            if any(h.value == match.value.topic and h.first < match.end and match.first < h.end for h in hidden):
                continue
            if topic.near and not self._stands_near(match, tokens, context):
                continue
            if topic.unless and self._unless[match.value.topic].find(tokens):
                continue
            found.append(
                TopicMention(
                    match.first,
                    match.end,
                    topic.issue,
                    topic.element,
                    topic.pole,
                    topic.stance,
                    topic.together,
                    topic.reach,
                    topic.issue == self._talking,
                )
            )
        for places, terms, near, never in self._spots:
            spots = keep_outermost(terms.find(tokens))
            here = bool(spots and near.find(tokens))
            if not spots or not (here or near.find(context)):
                continue
            covered = [range(match.first, match.end) for match in never.find(tokens)]
            for spot in spots:
                named = any(topic.first <= spot.first < topic.end for topic in found)
                beside = tokens[spot.first - 1].low if spot.first else ""
                if (spot.value == HOSTING and not here) or beside == "with":
                    continue
                if not named and not any(spot.first in span for span in covered):
                    found.append(TopicMention(spot.first, spot.end, places.issue, spot.value, 1, None))
        return found

    def _stands_near(self, match: Match[_Term], tokens: Sequence[Token], context: Sequence[Token]) -> bool:
        near = self._near[match.value.topic]
        return bool(near.find([*tokens[: match.first], *tokens[match.end :]]) or near.find(context))
