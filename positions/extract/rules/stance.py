"""Stances: how much the holder of a topic wants it.

The lexicon says which words mean which issue and which way they point. How much somebody wants it is read from the
language's cues (ready, rules out, could), the words that reverse them (not, never, denies) and conditions (if, until).
If no cue governs a topic, its stance stays unresolved.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from positions.extract.language.english import English, english_words
from positions.extract.language.phrases import Match, PhraseLists, Token, keep_outermost
from positions.extract.rules.cue_forms import (
    is_agenda,
    is_aim,
    is_inserted,
    is_month_name,
    is_others_verb,
    is_short_gap,
    opens_condition,
    read_intransitive,
    read_threat,
)
from positions.extract.rules.noun_phrases import is_hyphened
from positions.extract.rules.reversals import Reversals, reversal_words
from positions.extract.rules.topics import TopicMention

POLARITY: Final = {
    "demand": (1, 2), "commit": (1, 2), "act": (1, 2), "open": (1, 1), "discuss": (1, 1),
    "undecided": (0, 0), "reluctant": (-1, 1), "reject": (-1, 2),
}  # fmt: skip
"""For each class of cue its direction and its strength, in steps of stance."""
REACH: Final = 22
"""The most words between a topic and the cue that governs it."""
_BREAK: Final = 9
"""How many words a break between a topic and a cue counts for."""
_AFTER_CONDITION: Final = 12
_AFTER_EXCHANGE: Final = 24
"""The most words between a condition and its topic; what is given "in return for" may be a list."""


class StanceReading(NamedTuple):
    """How a topic is taken: the ``stance`` (``None``: unresolved), the token of the governing cue and its class.

    ``kind`` is a key of :data:`POLARITY`, empty if no cue governs the topic, or "skip" if the topic claims nothing.
    With ``condition`` something else waits for the topic.
    """

    stance: int | None
    cue: int | None
    kind: str
    condition: bool


class StanceCues:
    """The language's cues of stance, compiled for search in tokens."""

    def __init__(self, words: English | None = None) -> None:
        words = words or english_words()
        self._words = PhraseLists(
            {
                "cues": [(term, group.kind) for group in words.cues for term in group.terms],
                "turns": [(term, "turn") for term in words.turns.terms],
                "denials": [(term, "denial") for term in words.turns.denials],
                "conditions": [
                    *((term, "positive") for term in words.conditions.positive),
                    *((term, "negative") for term in words.conditions.negative),
                ],
                **reversal_words(),
            }
        )

    def find(self, tokens: Sequence[Token]) -> SentenceCues:
        """Find all cues of a sentence once, for all of its topics."""
        words = self._words.find(tokens)
        cues = (cue for cue in keep_outermost(words["cues"]) if not is_month_name(cue, tokens))
        return SentenceCues(
            tokens,
            [read_threat(read_intransitive(cue, tokens), tokens) for cue in cues],
            frozenset(index for match in words["turns"] for index in range(match.first, match.end)),
            [match.first for match in words["denials"]],
            [match for match in keep_outermost(words["conditions"]) if opens_condition(match, tokens)],
            Reversals.of(tokens, words),
        )


@dataclass(frozen=True, slots=True)
class SentenceCues:
    """A sentence's tokens with its cues, reversing words (``turns``), denials and conditions."""

    tokens: Sequence[Token]
    cues: list[Match[str]]
    turns: frozenset[int]
    denials: list[int]
    conditions: list[Match[str]]
    reversals: Reversals

    def read_stance(self, topic: TopicMention, *, other_tokens: Collection[int] = ()) -> StanceReading:
        """Read how a topic is taken; ``other_tokens`` are tokens of names or topics, which are not cues here."""
        reading = self._read_request(topic) or self._read_cues(topic, other_tokens)
        scope = None if reading.kind == "skip" and topic.reach else self.reversals.excepted_from(topic)
        if scope is None:
            return reading
        # "Any place that is not Minsk": the exception's own "not" refuses nothing else.
        has_turn = any(index in self.turns for index in range(topic.first - 3, topic.first))
        is_wanted = scope == "none" or (not has_turn and (reading.stance or 0) * topic.pole < 0)
        stance = (2 if scope == "none" else 1) if is_wanted else -2
        return StanceReading(stance * topic.pole, reading.cue, "commit" if is_wanted else "reject", condition=False)

    def _read_request(self, topic: TopicMention) -> StanceReading | None:
        """Read a topic of what is asked for: a refused request, a dropped demand, harm that is not wanted."""
        if topic.stance is not None and topic.stance < 0:
            return None
        if (verb := self.reversals.dropped_demand(topic)) is not None:
            # Whoever does not insist any longer may still want it: only a demand that is kept says what is wanted.
            is_kept = self._turn_before(verb) is not None or self._is_refused(verb)
            stance, kind = (2 * topic.pole, "demand") if is_kept else (None, "open")
            return StanceReading(stance, verb if is_kept else None, kind, condition=False)
        refusals = [cue for cue in self.cues if cue.value == "reject"]
        if request := self.reversals.refused_request(refusals, topic):
            is_turned = self._turn_before(request.verb) is not None
            against = any(request.noun < cue.first < topic.first for cue in refusals)
            stance = (1 if is_turned or against else -2) * topic.pole
            return StanceReading(stance, request.verb, "open" if stance * topic.pole > 0 else "reject", condition=False)
        if (harm := self.reversals.spared(self.turns, topic)) is not None:
            return StanceReading(topic.pole, harm, "open", condition=False)
        return None

    def _is_refused(self, verb: int) -> bool:
        """Return whether a verb is what somebody refuses to do: "refused to drop"."""
        return any(cue.value == "reject" and 0 <= verb - cue.end <= 1 for cue in self.cues)

    def _read_cues(self, topic: TopicMention, other_tokens: Collection[int]) -> StanceReading:
        """Read how a topic is taken by the cue that governs it."""
        questions = english_words().stance.questions
        if any(token.low in questions for token in self.tokens[max(0, topic.first - 8) : topic.first]):
            return StanceReading(None, None, "skip", condition=False)
        if condition := self._condition_before(topic):
            return self._read_condition(topic, condition)
        if topic.stance is not None:
            turned = self._turn_before(topic.first) is not None
            return StanceReading(-topic.stance if turned else topic.stance, topic.first, "commit", condition=False)
        outside = (cue for cue in self.cues if cue.first not in other_tokens)
        apart = (cue for cue in outside if not topic.first <= cue.first < topic.end)
        cues = [cue for cue in apart if not self._only_describes(cue, topic)]
        cue = self._governing_cue(cues, topic) or self._own_act(topic)
        if cue is None or self._cost(cue, topic) > (topic.reach or REACH):
            return self._read_denied(topic) or StanceReading(None, None, "skip" if topic.reach else "", condition=False)
        sign, strength, first, kind = self._join_chain(cue, cues, topic)
        if (
            kind == "discuss"
            and sign > 0
            and is_agenda(self.tokens, next(one for one in cues if one.first == first), topic)
        ):
            return StanceReading(None, None, "skip", condition=False)
        stance = sign * strength * topic.pole
        return StanceReading(self._weaken(stance, topic), first, kind, condition=False)

    def _read_denied(self, topic: TopicMention) -> StanceReading | None:
        """Read what is only negated, without a cue, as refused: "he would not negotiate", "there will be no talks"."""
        turn = self._turn_before(topic.first)
        if topic.reach or turn is None or topic.first - turn > 2:
            return None
        return StanceReading(self._weaken(-2 * topic.pole, topic), turn, "reject", condition=False)

    def _governing_cue(self, cues: list[Match[str]], topic: TopicMention) -> Match[str] | None:
        """Return the nearest cue; an act yields to what is wanted of the topic, if that is a little further off."""
        cue = min(cues, key=lambda cue: self._cost(cue, topic), default=None)
        if cue is None or cue.value != "act":
            return cue
        wanted = (
            other
            for other in cues
            if other.value in ("reject", "demand", "reluctant") and not self._is_parallel(other, cue)
        )
        better = min(wanted, key=lambda cue: self._cost(cue, topic), default=None)
        return better if better and self._cost(better, topic) <= self._cost(cue, topic) + 5 else cue

    def _is_parallel(self, cue: Match[str], act: Match[str]) -> bool:
        """Return whether an act stands beside a cue with an object of its own: "stop the war and begin talks"."""
        grammar = english_words().grammar
        if not cue.end < act.first or self.tokens[act.first - 1].low not in grammar.coordinators:
            return False
        return self.tokens[cue.end].low not in grammar.infinitive

    def _own_act(self, topic: TopicMention) -> Match[str] | None:
        """Return the act that a topic's own words tell of: "swapped 390 prisoners", "paused all military aid"."""
        if topic.talking:
            ready = (cue for cue in self.cues if cue.first == topic.first and cue.end < topic.end)
            return next((cue for cue in ready if cue.value in ("commit", "open", "reject", "reluctant")), None)
        kinds = ("act",) if topic.pole > 0 else ("act", "reject", "reluctant")
        suffixes = english_words().suffixes
        own = (cue for cue in self.cues if topic.first <= cue.first < topic.end and cue.value in kinds)
        verb = (cue for cue in own if self.tokens[cue.first].low.endswith(suffixes.past + suffixes.participle))
        act = next(verb, None)
        return act and act._replace(value="act")

    def _cost(self, cue: Match[str], topic: TopicMention) -> int:
        """Return how far a cue is from a topic, in words; breaks and commas between them count for several."""
        is_before = cue.first < topic.first
        gap = self.tokens[cue.end : topic.first] if is_before else self.tokens[topic.end : cue.first]
        language = english_words()
        breaks = sum(1 for token in gap if token.low in language.passing.breaks)
        commas = sum(1 for token in gap if token.low == ",")
        # "should stop its attacks and pull out": what stands before "and" has its object.
        has_object = is_before and len(gap) > 1 and gap[-1].low in language.grammar.coordinators
        has_object = has_object and cue.value in ("reject", "act")
        return len(gap) + (0 if is_before else 2) + _BREAK * breaks + 3 * commas + _BREAK * has_object

    def _only_describes(self, cue: Match[str], topic: TopicMention) -> bool:
        """Return whether a participle only describes the topic: "sanctions imposed on his country"."""
        if is_hyphened(self.tokens, cue.first):
            return True  # "a US-backed truce"
        if is_inserted(self.tokens, cue, topic) or is_aim(self.tokens, cue, topic):
            return True
        if cue.first >= topic.end and is_others_verb(self.tokens, cue):
            return True
        is_word = cue.value == "discuss" and cue.end - cue.first == 1 and cue.first >= topic.end
        if is_word and not self.tokens[cue.first].low.endswith(english_words().suffixes.past):
            return True  # "the rockets do not fly, he said in a video address"
        if cue.first == topic.end and self.tokens[cue.first].low in english_words().stance.against:
            return True  # "sanctions against Russia"
        if cue.value != "act" or not 0 <= cue.first - topic.end <= 1 or topic.talking:
            return False
        return cue.end < len(self.tokens) and self.tokens[cue.first].low.endswith(english_words().suffixes.past)

    def _join_chain(self, cue: Match[str], cues: list[Match[str]], topic: TopicMention) -> tuple[int, int, int, str]:
        """Join the cue with those that govern it: "refuses to hold", "ready to discuss", "did not rule out".

        Return direction, strength, first token and class of the whole chain.
        """
        used: set[int] = set()
        sign, strength = self._direction(cue, topic, used)
        first, kind, rejects = cue.first, cue.value, cue.value == "reject"
        for outer in sorted((one for one in cues if one.end <= cue.first), key=lambda one: -one.end):
            gap = self.tokens[outer.end : first]
            if outer.first >= first or not is_short_gap(gap):
                continue
            if any(token.low in english_words().passing.breaks or token.low == "," for token in gap):
                break
            turn, force = self._direction(outer, topic, used)
            if kind == "act" and outer.value == "act":
                first = outer.first
                continue
            # A refusal refuses the whole; what is only discussed or possible stays so.
            sign, strength = sign * turn, 2 if turn < 0 and force == 2 else min(strength, force)
            if rejects and outer.value == "reject":
                strength = 1
            rejects = rejects or outer.value == "reject"
            first, kind = outer.first, outer.value if outer.value in ("demand", "reject", "reluctant") else kind
        if kind != "reject" and self._is_ended(cue, cues, topic):
            sign, strength = -sign, 2
        if any(index < first and first - index < 10 for index in self.denials):
            sign, strength = -sign, 1 if rejects else strength
        return sign, strength, first, kind

    def _is_ended(self, cue: Match[str], cues: list[Match[str]], topic: TopicMention) -> bool:
        """Return whether what is wanted of a topic before the cue is its end: "deliveries would have to stop"."""
        own = (one for one in self.cues if topic.first <= one.first < topic.end)
        if cue.first < topic.end or any(one.value == "reject" for one in own):
            return False
        grammar = english_words().grammar
        ends = (one for one in cues if one.value == "reject" and 0 <= one.first - cue.end <= 2)
        last = grammar.endings - grammar.infinitive
        return any(one.end >= len(self.tokens) or self.tokens[one.end].low in last for one in ends)

    def _direction(self, cue: Match[str], topic: TopicMention, used: set[int]) -> tuple[int, int]:
        """Return a cue's direction and strength; a reversing word reverses one cue of a chain and joins ``used``."""
        sign, strength = POLARITY[cue.value]
        if cue.value == "discuss" and topic.talking:
            strength = 2
        if any(index in self.turns for index in range(cue.first, cue.end)):
            return sign, strength
        of_topic = self._turn_before(topic.first) if cue.first >= topic.end else None  # "no new talks are scheduled"
        near = (self._turn_before(cue.first), self._turn_after(cue, topic), of_topic)
        turns = [index for index in near if index is not None]
        if not turns or turns[0] in used:
            return sign, strength
        used.add(turns[0])
        return -sign, 1 if sign < 0 else 2

    def turn_of(self, reading: StanceReading, topic: TopicMention) -> int | None:
        """Return the reversing word of the cue that governs a topic, or of the topic's own words; ``None`` without."""
        if reading.cue is None:
            return None
        cue = next((cue for cue in self.cues if cue.first == reading.cue), None)
        before = self._turn_before(reading.cue)
        return before if before is not None or cue is None else self._turn_after(cue, topic)

    def _turn_before(self, index: int) -> int | None:
        """Return the reversing word up to three words before a token, in the same clause."""
        breaks = english_words().passing.breaks
        for back in range(index - 1, max(-1, index - 4), -1):
            if self.tokens[back].low == "," or self.tokens[back].low in breaks:
                return None
            if back in self.turns:
                return None if self._is_cue(back) else back
        return None

    def _turn_after(self, cue: Match[str], topic: TopicMention) -> int | None:
        """Return a reversing word right behind the cue, or right before the topic: "will not", "accept no limits"."""
        near = {cue.end}
        if cue.end <= topic.first <= cue.end + _AFTER_CONDITION:
            near |= {topic.first - 1, topic.first - 2}
        near = {index for index in near if cue.end <= index and not topic.first <= index < topic.end}
        return next((index for index in sorted(near) if index in self.turns and not self._is_cue(index)), None)

    def _is_cue(self, index: int) -> bool:
        return any(cue.first <= index < cue.end for cue in self.cues)

    def _condition_before(self, topic: TopicMention) -> str:
        """Return the kind of condition that the topic is, "positive" or "negative"; empty if it is none."""
        contrasts = english_words().grammar.contrasts
        for match in reversed(self.conditions):
            gap = [token.low for token in self.tokens[match.end : topic.first]]
            is_list = match.end - match.first > 1 and match.value == "positive"
            ends = contrasts | ({";"} if is_list else {",", ";"})
            most = _AFTER_EXCHANGE if is_list else _AFTER_CONDITION
            if match.end <= topic.first and len(gap) <= most and not any(low in ends for low in gap):
                return match.value
        return ""

    def _read_condition(self, topic: TopicMention, condition: str) -> StanceReading:
        if topic.talking:
            demands = (cue for cue in self.cues if cue.value == "demand" and self._turn_before(cue.first) is None)
            demanded = condition == "negative" and any(demands)
            return StanceReading(-1 if demanded else None, None, "demand" if demanded else "skip", condition=True)
        stance = 2 * topic.pole if topic.stance is None else topic.stance
        return StanceReading(stance, None, "demand", condition=True)

    def _weaken(self, stance: int, topic: TopicMention) -> int:
        """Weaken what depends on something: "ready if …" is open, "not until …" is reluctant."""
        for match in self.conditions:
            opens = match.first < topic.first and any(t.low == "," for t in self.tokens[match.end : topic.first])
            if match.first < topic.first and topic.end < match.end and stance == 2:
                return -1  # "would only negotiate after"
            if match.first >= topic.end or opens:
                if match.value == "positive" and stance == 2:
                    return 1
                if self.tokens[match.first].low in english_words().conditions.restricting and stance > 0:
                    return -1  # "could resume only after"
                if match.value == "negative" and stance == -2:
                    return -1
        return stance
