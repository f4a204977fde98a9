"""Stances: how much the holder of a topic wants it.

The lexicon says which words mean which issue and which way they point; how much somebody wants it is read from the
language's cues (ready, rules out, could), the words that turn them round (not, never, denies) and conditions (if,
until). Where no cue governs a topic its stance stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from positions.extract.language.lexicon import english_words, small_words
from positions.extract.language.phrases import Match, Phrases, Token, keep_outermost
from positions.extract.rules.topics import TopicMention

POLARITY: Final = {
    "demand": (1, 2), "commit": (1, 2), "act": (1, 2), "open": (1, 1), "discuss": (1, 1),
    "undecided": (0, 0), "reluctant": (-1, 1), "reject": (-1, 2),
}  # fmt: skip
"""Of each class of cue which way it points and how strongly, in steps of stance."""
REACH: Final = 22
"""How many words lie at most between a topic and the cue that governs it."""
_BREAK: Final = 9


class StanceReading(NamedTuple):
    """How a topic is taken: the ``stance`` (``None``: unresolved), the token of the governing cue and its class.

    ``condition`` tells that the topic is what something else waits for.
    """

    stance: int | None
    cue: int | None
    kind: str
    condition: bool


class StanceCues:
    """The language's cues of stance, ready to be found."""

    def __init__(self) -> None:
        words = english_words()
        self._cues = Phrases((term, group.kind) for group in words.cues for term in group.terms)
        self._turns = Phrases((term, True) for term in words.turns.terms)
        self._denials = Phrases((term, True) for term in words.turns.denials)
        self._conditions = Phrases(
            [(term, "positive") for term in words.conditions.positive]
            + [(term, "negative") for term in words.conditions.negative]
        )
        self._breaks = frozenset(words.passing.breaks)
        self._background = frozenset(words.passing.background)
        self._describing = frozenset(words.passing.describing)

    def hear(self, tokens: Sequence[Token]) -> SentenceCues:
        """Find all cues of a sentence once, for all of its topics."""
        cues = (cue for cue in keep_outermost(self._cues.find(tokens)) if not _is_month_name(cue, tokens))
        return SentenceCues(
            tokens,
            [_read_intransitive(cue, tokens) for cue in cues],
            frozenset(place for match in self._turns.find(tokens) for place in range(match.first, match.end)),
            [match.first for match in self._denials.find(tokens)],
            [m for m in keep_outermost(self._conditions.find(tokens)) if _opens_condition(m, tokens)],
            self._breaks,
            self._background,
            self._describing,
        )


@dataclass(frozen=True, slots=True)
class SentenceCues:
    """A sentence's tokens with its cues, turning words, denials and conditions."""

    tokens: Sequence[Token]
    cues: list[Match[str]]
    turns: frozenset[int]
    denials: list[int]
    conditions: list[Match[str]]
    breaks: frozenset[str]
    background: frozenset[str]
    describing: frozenset[str]

    def is_background(self, place: int) -> bool:
        """Tell whether a noun only tells when or where something else was said: "after the talks"."""
        place -= 1
        while place >= 0 and self.tokens[place].low in self.describing:
            place -= 1
        return place >= 0 and self.tokens[place].low in self.background

    def reading(self, topic: TopicMention, *, taken: Iterable[int] = ()) -> StanceReading:
        """Read how a topic is taken; ``taken`` are tokens that are no cues here, being part of names or topics."""
        if any(token.low == "whether" for token in self.tokens[max(0, topic.first - 8) : topic.first]):
            return StanceReading(None, None, "skip", condition=False)
        waits = self._waits(topic)
        if waits:
            return self._awaited(topic, waits)
        blocked = set(taken) | set(range(topic.first, topic.end))
        cues = [cue for cue in self.cues if cue.first not in blocked and not self._describes(cue, topic)]
        if topic.stance is not None:
            turned = self._turn_before(topic.first) is not None
            return StanceReading(-topic.stance if turned else topic.stance, topic.first, "commit", condition=False)
        cue = self._governing(cues, topic) or self._done(topic)
        if cue is None or self._cost(cue, topic) > (topic.reach or REACH):
            return StanceReading(None, None, "skip" if topic.reach else "", condition=False)
        sign, strength, first, kind = self._chained(cue, cues, topic)
        stance = sign * strength * topic.pole
        return StanceReading(self._weakened(stance, topic), first, kind, condition=False)

    def _governing(self, cues: list[Match[str]], topic: TopicMention) -> Match[str] | None:
        """Return the nearest cue; what is done to a topic yields to what is wanted of it, a little further off."""
        cue = min(cues, key=lambda cue: self._cost(cue, topic), default=None)
        if cue is None or cue.value != "act":
            return cue
        wanted = (other for other in cues if other.value in ("reject", "demand", "reluctant"))
        better = min(wanted, key=lambda cue: self._cost(cue, topic), default=None)
        return better if better and self._cost(better, topic) <= self._cost(cue, topic) + 5 else cue

    def _done(self, topic: TopicMention) -> Match[str] | None:
        """Return the act that a topic's own words tell of: "swapped 390 prisoners", "paused all military aid"."""
        if topic.talking:
            return None
        kinds = ("act",) if topic.pole > 0 else ("act", "reject", "reluctant")
        own = (cue for cue in self.cues if topic.first <= cue.first < topic.end and cue.value in kinds)
        done = next((cue for cue in own if self.tokens[cue.first].low.endswith(("ed", "ing"))), None)
        return done and done._replace(value="act")

    def _cost(self, cue: Match[str], topic: TopicMention) -> int:
        before = cue.first < topic.first
        gap = self.tokens[cue.end : topic.first] if before else self.tokens[topic.end : cue.first]
        breaks = sum(1 for token in gap if token.low in self.breaks)
        commas = sum(1 for token in gap if token.low == ",")
        # "should stop its attacks and pull out": what stands before "and" has its object.
        joined = before and len(gap) > 1 and gap[-1].low == "and" and cue.value in ("reject", "act")
        return len(gap) + (0 if before else 2) + _BREAK * breaks + 3 * commas + _BREAK * joined

    def _describes(self, cue: Match[str], topic: TopicMention) -> bool:
        """Tell whether a participle only describes the topic: "sanctions imposed on his country"."""
        if cue.first == topic.end and self.tokens[cue.first].low == "against":
            return True  # "sanctions against Russia"
        if cue.value != "act" or not 0 <= cue.first - topic.end <= 1 or topic.talking:
            return False
        return cue.end < len(self.tokens) and self.tokens[cue.first].low.endswith("ed")

    def _chained(self, cue: Match[str], cues: list[Match[str]], topic: TopicMention) -> tuple[int, int, int, str]:
        """Join the cue with those that govern it: "refuses to hold", "ready to discuss", "did not rule out"."""
        used: set[int] = set()
        sign, strength = self._signed(cue, topic, used)
        first, kind, rejects = cue.first, cue.value, cue.value == "reject"
        for outer in sorted((c for c in cues if c.end <= cue.first), key=lambda c: -c.end):
            gap = self.tokens[outer.end : first]
            if (
                outer.first >= first
                or len(gap) > 4
                or any(token.low not in small_words("fillers") and len(gap) > 2 for token in gap)
            ):
                continue
            if any(token.low in self.breaks or token.low == "," for token in gap):
                break
            turn, force = self._signed(outer, topic, used)
            if kind == "act" and outer.value == "act":
                first = outer.first
                continue
            # What is refused is refused whole; what is only discussed or possible stays so.
            sign, strength = sign * turn, 2 if turn < 0 and force == 2 else min(strength, force)
            if rejects and outer.value == "reject":
                strength = 1
            rejects = rejects or outer.value == "reject"
            first, kind = outer.first, outer.value if outer.value in ("demand", "reject", "reluctant") else kind
        if kind != "reject" and self._ends(cue, cues, topic):
            sign, strength = -sign, 2
        if any(place < first and first - place < 10 for place in self.denials):
            sign, strength = -sign, 1 if rejects else strength
        return sign, strength, first, kind

    def _ends(self, cue: Match[str], cues: list[Match[str]], topic: TopicMention) -> bool:
        """Tell whether what is wanted of a topic before the cue is its end: "deliveries would have to stop"."""
        if cue.first < topic.end or any(c.value == "reject" and topic.first <= c.first < topic.end for c in self.cues):
            return False
        ends = (c for c in cues if c.value == "reject" and 0 <= c.first - cue.end <= 2)
        return any(c.end >= len(self.tokens) or self.tokens[c.end].low in small_words("endings") - {"to"} for c in ends)

    def _signed(self, cue: Match[str], topic: TopicMention, used: set[int]) -> tuple[int, int]:
        """Return a cue's direction and strength; a turning word turns one cue of a chain, and is then in ``used``."""
        sign, strength = POLARITY[cue.value]
        if cue.value == "discuss" and topic.talking:
            strength = 2
        if any(place in self.turns for place in range(cue.first, cue.end)):
            return sign, strength
        turns = [place for place in (self._turn_before(cue.first), self._turn_after(cue, topic)) if place is not None]
        if not turns or turns[0] in used:
            return sign, strength
        used.add(turns[0])
        return -sign, 1 if sign < 0 else 2

    def _turn_before(self, place: int) -> int | None:
        """Return the turning word up to three words before a place, in the same clause."""
        for back in range(place - 1, max(-1, place - 4), -1):
            if self.tokens[back].low in (",", *self.breaks):
                return None
            if back in self.turns:
                return None if self._is_cue(back) else back
        return None

    def _turn_after(self, cue: Match[str], topic: TopicMention) -> int | None:
        """Return a turning word right behind the cue, or between it and the topic: "will not", "accept no limits"."""
        places = {cue.end}
        if cue.end <= topic.first <= cue.end + 8:
            places |= {topic.first - 1, topic.first - 2}
        places = {place for place in places if cue.end <= place and not topic.first <= place < topic.end}
        return next((place for place in sorted(places) if place in self.turns and not self._is_cue(place)), None)

    def _is_cue(self, place: int) -> bool:
        return any(cue.first <= place < cue.end for cue in self.cues)

    def _waits(self, topic: TopicMention) -> str:
        """Tell whether the topic is the condition of something: "until …", "if …"; empty where it is not."""
        for match in reversed(self.conditions):
            gap = [token.low for token in self.tokens[match.end : topic.first]]
            # What is given "in return for" may be a list.
            listed = match.end - match.first > 1 and match.value == "positive"
            ends = (";", "but") if listed else (",", ";", "but")
            if match.end <= topic.first and len(gap) <= (24 if listed else 12) and not any(low in ends for low in gap):
                return match.value
        return ""

    def _awaited(self, topic: TopicMention, waits: str) -> StanceReading:
        if topic.talking:
            demanded = waits == "negative" and any(cue.value == "demand" for cue in self.cues)
            return StanceReading(-1 if demanded else None, None, "demand" if demanded else "skip", condition=True)
        stance = 2 * topic.pole if topic.stance is None else topic.stance
        return StanceReading(stance, None, "demand", condition=True)

    def _weakened(self, stance: int, topic: TopicMention) -> int:
        """Weaken what depends on something: "ready if …" is open, "not until …" is reluctant."""
        for match in self.conditions:
            opens = match.first < topic.first and any(t.low == "," for t in self.tokens[match.end : topic.first])
            if match.first < topic.first and topic.end < match.end and stance == 2:
                return -1  # "would only negotiate after"
            if match.first >= topic.end or opens:
                if match.value == "positive" and stance == 2:
                    return 1
                if match.value == "negative" and stance == -2:
                    return -1
        return stance


def _opens_condition(match: Match[str], tokens: Sequence[Token]) -> bool:
    """Tell whether words open a condition and are no part of "at once" or "as soon as possible"."""
    before = tokens[match.first - 1].low if match.first else ""
    after = tokens[match.end].low if match.end < len(tokens) else ""
    return before != "at" and after != "possible"


def _is_month_name(cue: Match[str], tokens: Sequence[Token]) -> bool:
    """Tell whether "May" is a month and no cue."""
    return cue.first > 0 and cue.end - cue.first == 1 and tokens[cue.first].text == "May"


def _read_intransitive(cue: Match[str], tokens: Sequence[Token]) -> Match[str]:
    """Read what ended by itself as held, not as broken off: "the talks ended in Minsk", not "ended the talks"."""
    low = tokens[cue.end].low if cue.end < len(tokens) else "."
    alone = low in small_words("endings") or low in ("with", "without")
    by_itself = cue.value == "reject" and cue.end - cue.first == 1 and tokens[cue.first].low in ("ended", "ends")
    return cue._replace(value="act") if by_itself and alone else cue
