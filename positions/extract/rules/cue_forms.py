"""What a word is in its sentence that looks like a cue or a condition: a month, a threat, or what ended by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Match, Token
from positions.extract.rules.topics import TopicMention

_THREAT: Final = 8
"""The most words behind a warning among which whom it threatens is told."""


def opens_condition(match: Match[str], tokens: Sequence[Token]) -> bool:
    """Return whether words open a condition and are not part of "at once" or "as soon as possible"."""
    words = english_words().conditions
    before = tokens[match.first - 1].low if match.first else ""
    after = tokens[match.end].low if match.end < len(tokens) else ""
    return before not in words.not_after and after not in words.not_before


def is_month_name(cue: Match[str], tokens: Sequence[Token]) -> bool:
    """Return whether "May" is the month and not a cue."""
    return cue.first > 0 and cue.end - cue.first == 1 and tokens[cue.first].text in english_words().stance.month


def read_threat(cue: Match[str], tokens: Sequence[Token]) -> Match[str]:
    """Read a warning of what one would do oneself as open to doing it: "warned that it would impose sanctions"."""
    return cue._replace(value="open") if _is_threat(cue, tokens) else cue


def _is_threat(cue: Match[str], tokens: Sequence[Token]) -> bool:
    words, persons = english_words().stance, english_words().persons
    if cue.value != "reluctant" or not tokens[cue.first].low.startswith(words.warnings):
        return False
    following = [token.low for token in tokens[cue.end : cue.end + _THREAT]]
    if following and following[0] in (*persons.it, *persons.he, *persons.we, *persons.they):
        return True
    # "Warned that Russia would face sanctions", "warned of sanctions on Russia": somebody else is to suffer it.
    targets = (one for one, low in enumerate(following[:-1]) if low in words.targeting)
    is_aimed = any(tokens[cue.end + one + 1].text[:1].isupper() for one in targets)
    return not words.undergoing.isdisjoint(following) or (is_aimed and tokens[cue.end - 1].low not in words.against)


def read_intransitive(cue: Match[str], tokens: Sequence[Token]) -> Match[str]:
    """Read what ended by itself as held, not as broken off: "the talks ended in Minsk", not "ended the talks"."""
    words, endings = english_words().stance, english_words().grammar.endings
    low = tokens[cue.end].low if cue.end < len(tokens) else "."
    is_alone = low in endings or low in words.after_ended
    ended = cue.value == "reject" and cue.end - cue.first == 1 and tokens[cue.first].low in words.ended
    return cue._replace(value="act") if ended and is_alone else cue


def is_short_gap(gap: Sequence[Token]) -> bool:
    """Return whether the words between a cue and one that governs it are few or only small words."""
    fillers = english_words().grammar.fillers
    return len(gap) <= 2 or (len(gap) <= 4 and all(token.low in fillers for token in gap))


def is_agenda(tokens: Sequence[Token], cue: Match[str], topic: TopicMention) -> bool:
    """Return whether a topic is only what is discussed: "they discussed sanctions", "will discuss"; not "ready to"."""
    is_plain = cue.value == "discuss" or tokens[cue.first].low in english_words().stance.announcing
    return is_plain and not topic.talking


def is_aim(tokens: Sequence[Token], cue: Match[str], topic: TopicMention) -> bool:
    """Return whether a cue only tells what talks are for: "talks to end the war" ends no talks."""
    is_infinitive = cue.first == topic.end + 1 and tokens[topic.end].low in english_words().grammar.infinitive
    return topic.talking and is_infinitive and cue.value in ("reject", "act")


def is_others_verb(tokens: Sequence[Token], cue: Match[str]) -> bool:
    """Return whether a cue behind a topic has another object: "face obstacles", "send arms, and rejected calls"."""
    words = english_words()
    before = tokens[cue.first - 1].low
    return tokens[cue.first].low in words.stance.undergoing or before in words.grammar.coordinators


def is_inserted(tokens: Sequence[Token], cue: Match[str], topic: TopicMention) -> bool:
    """Return whether a passive between commas tells of somebody else: "Paris, backed by London, called for"."""
    if not 0 < cue.first < cue.end < topic.first or tokens[cue.first - 1].low != ",":
        return False
    is_passive = tokens[cue.end].low in english_words().holding.agents
    return is_passive and any(token.low == "," for token in tokens[cue.end : topic.first])
