"""What turns a stance around beside "not": exceptions, refused requests, dropped demands, harm that is not wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from positions.extract.language.english import Phrase, english_words
from positions.extract.language.phrases import Match, Token
from positions.extract.rules.topics import TopicMention

Scope: TypeAlias = Literal["all", "none"]
_QUANTIFIER_GAP: Final = 5
"""The most words between "any" and the exception: "any city for talks except"."""
_VERB_GAP: Final = 3
"""The most words between a verb and the request that it refuses, or the demand that it drops."""
_REQUEST_GAP: Final = 14
"""The most words between a request and what is asked for: "an invitation from Zelensky to hold talks"."""
_HARM_GAP: Final = 3
"""The most words between a verb of harm and what it harms."""
_REFUSAL: Final = 6
"""The most words between "not" and the harm that is not wanted."""


class RefusedRequest(NamedTuple):
    """A request behind whose noun a topic stands: the token of the verb that refuses it."""

    verb: int
    noun: int


def reversal_words() -> dict[str, list[tuple[Phrase, str]]]:
    """Return the language's words of exception, request and harm, as lists to search in tokens."""
    words = english_words()
    lists = {
        "exceptions": words.exceptions.terms,
        "nouns": words.requests.nouns,
        "own": words.requests.own,
        "dropping": words.requests.dropping,
        "harms": words.turns.harms,
    }
    return {name: [(term, name) for term in terms] for name, terms in lists.items()}


@dataclass(frozen=True, slots=True)
class Reversals:
    """The words of a sentence that may turn the stance on a topic of it around."""

    tokens: Sequence[Token]
    exceptions: list[Match[str]]
    nouns: list[Match[str]]
    own: list[Match[str]]
    dropping: list[Match[str]]
    harms: list[Match[str]]

    @classmethod
    def of(cls, tokens: Sequence[Token], words: Mapping[str, list[Match[str]]]) -> Reversals:
        """Return the words of a sentence among all that were found in it, by the lists of :func:`reversal_words`."""
        return cls(tokens, words["exceptions"], words["nouns"], words["own"], words["dropping"], words["harms"])

    def excepted_from(self, topic: TopicMention) -> Scope | None:
        """Return from what a topic is excepted: "any city except Minsk" (all), "nowhere but Minsk" (none)."""
        words = english_words().exceptions
        index = topic.first
        ends = {one.end for one in self.exceptions}
        while index and index not in ends and self._may_lie_between(index - 1):
            index -= 1
        match = next((one for one in self.exceptions if one.first < index <= one.end or one.end == index), None)
        if match and match.first <= 1:
            return self._fronted_scope(topic)
        first = match.first if match else index - 1
        if first < 0 or (match is None and self.tokens[first].low not in words.after_all):
            return None
        before = [token.low for token in self.tokens[max(0, first - _QUANTIFIER_GAP) : first]]
        if any(low in words.none for low in before):
            return "none"
        return "all" if match or any(low in words.all for low in before) else None

    def _may_lie_between(self, index: int) -> bool:
        token = self.tokens[index]
        return token.low in english_words().exceptions.between or token.text[:1].isupper()

    def _fronted_scope(self, topic: TopicMention) -> Scope | None:
        """Return from what a topic is excepted that opens its sentence: "Except for Minsk, any city would do"."""
        words = english_words().exceptions
        behind = [token.low for token in self.tokens[topic.end : topic.end + _QUANTIFIER_GAP]]
        if any(low in words.none for low in behind):
            return "none"
        return "all" if any(low in words.all for low in behind) else None

    def refused_request(self, refusals: Sequence[Match[str]], topic: TopicMention) -> RefusedRequest | None:
        """Return the refusal of a request for a topic: "rejected an invitation from Zelensky to hold talks"."""
        for noun in self.nouns:
            if not self._leads_to(noun, topic):
                continue
            for verb in refusals:
                if 0 <= noun.first - verb.end <= _VERB_GAP and not self._has_break(verb.end, noun.first):
                    return RefusedRequest(verb.first, noun.first)
        return None

    def dropped_demand(self, topic: TopicMention) -> int | None:
        """Return the token of the verb with which a demand for a topic is dropped: "withdraw its demand for"."""
        for noun in self.own:
            if not self._leads_to(noun, topic) or not self._is_own(noun):
                continue
            for verb in self.dropping:
                if 0 <= noun.first - verb.end <= _VERB_GAP and not self._has_break(verb.end, noun.first):
                    return verb.first
        return None

    def spared(self, turns: frozenset[int], topic: TopicMention) -> int | None:
        """Return the token of the harm to a topic that is not wanted: "I don't want to endanger the talks"."""
        for harm in self.harms:
            near = 0 <= topic.first - harm.end <= _HARM_GAP and not self._has_break(harm.end, topic.first)
            before = range(max(0, harm.first - _REFUSAL), harm.first)
            if near and any(index in turns and not self._has_break(index, harm.first) for index in before):
                return harm.first
        return None

    def _leads_to(self, noun: Match[str], topic: TopicMention) -> bool:
        is_behind = noun.end <= topic.first <= noun.end + _REQUEST_GAP
        return is_behind and not self._has_break(noun.end, topic.first)

    def _is_own(self, noun: Match[str]) -> bool:
        own = english_words().grammar.possessive_pronouns
        return any(token.low in own for token in self.tokens[max(0, noun.first - _VERB_GAP) : noun.first])

    def _has_break(self, first: int, end: int) -> bool:
        grammar = english_words()
        breaks = grammar.passing.breaks - grammar.grammar.content
        return any(token.low in breaks or token.low == "," for token in self.tokens[first:end])
