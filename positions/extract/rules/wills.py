"""Whose will a word tells of by its form: the owner of an offer, the agent of an act in the passive."""

from __future__ import annotations

from positions.extract.language.lexicon import small_words
from positions.extract.rules.mentions import Mention
from positions.extract.rules.voices import Line


def owner_of(line: Line, cue: int | None) -> Mention | None:
    """Return whose will a noun tells: "Russia's offer of corridors", "the readiness of Turkey to host"."""
    if cue is None or line.tokens[cue].low not in small_words("wills"):
        return None
    for mention in line.mentions:
        after = [token.low for token in line.tokens[mention.end : cue]]
        if mention.parties and mention.end <= cue and after[:1] == ["'s"] and len(after) <= 3 and "," not in after:
            return mention
        before = [token.low for token in line.tokens[cue + 1 : mention.first]]
        if mention.parties and before in (["of"], ["of", "the"]):
            return mention
    return None


def agent_of(line: Line, cue: int | None) -> Mention | None:
    """Return who acts in the passive: "was turned down by the Pentagon"."""
    if cue is None or not line.tokens[cue].low.endswith(("ed", "en", "wn", "ld", "ut")):
        return None
    by = next((n for n in range(cue + 1, min(cue + 4, len(line.tokens))) if line.tokens[n].low == "by"), None)
    if by is None:
        return None
    behind = next((mention for mention in line.mentions if mention.first > by), None)
    article = behind and [token.low for token in line.tokens[by + 1 : behind.first]] in ([], ["the"], ["both"])
    return behind if behind and behind.parties and article else None
