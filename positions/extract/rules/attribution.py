"""Who says it: the speaker of each sentence and quotation, read from the verb of speaking and its subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Token
from positions.extract.rules.mentions import Mention
from positions.extract.rules.speech import SpeechWords, TaggedTokens, find_verbs, skip_auxiliaries
from positions.extract.rules.subjects import DASHES, find_name_behind, find_subject

_ABOUT: Final = 9
"""The most tokens between a name and the colon behind what it speaks about."""
_FEWEST: Final = 4
"""The fewest words of what is said before a name that closes it."""


class Attribution(NamedTuple):
    """A verb of speaking and who speaks; all positions are indexes of tokens in the sentence.

    ``verb`` is the verb's first token, ``after`` the one behind its last; ``kind`` is the kind of speaking, as in
    ``english.toml``. ``name`` is the name as written if nobody lists it, else empty. With ``tail`` the attribution
    follows what is said.
    """

    subject: Mention
    verb: int
    after: int
    kind: str
    name: str
    tail: bool


def find_attributions(tagged: TaggedTokens, words: SpeechWords) -> list[Attribution]:
    """Return a sentence's attributions in order of their verbs."""
    attributions: list[Attribution] = []
    agencies = {index for match in words.agencies.find(tagged.tokens) for index in range(match.first, match.end)}
    for source in words.according.find(tagged.tokens):
        behind = find_name_behind(tagged, source.end)
        if behind and behind.first not in agencies:
            attributions.append(Attribution(behind, source.first, source.end, "report", "", source.first > 2))
    attributions += _find_verbless(tagged, words)
    last = -1
    people = (mention for mention in tagged.mentions if mention.kind in ("person", "party", "official"))
    named = {index for mention in people for index in range(mention.first, mention.end)}
    for verb in find_verbs(tagged, words):
        if verb.first < last or verb.first in named:
            continue
        subject, name, tail = find_subject(tagged, verb, words, after=last)
        is_continued = _continues_subject(tagged.tokens, last, verb.first)
        if attributions and (is_continued or _follows_insertion(tagged.tokens, attributions[-1], verb.first)):
            # "said … and suggested …": the second verb of the same subject.
            subject, name, tail = attributions[-1].subject, attributions[-1].name, False
        if subject is None or subject.first in agencies:
            continue
        attributions.append(Attribution(subject, verb.first, verb.end, verb.value, name, tail))
        last = verb.end
    return _drop_embedded(sorted(attributions, key=lambda one: one.verb))


def _find_verbless(tagged: TaggedTokens, words: SpeechWords) -> list[Attribution]:
    """Find attributions without a verb: "Peskov: only at the end", "by his account", "in Lavrov's view"."""
    tokens, mentions, quoted = tagged
    attributions = []
    for mention in mentions:
        opens = mention.first <= 1 and mention.kind in ("person", "party", "official") and mention.end + 2 < len(tokens)
        colon = _colon_behind(tokens, mention.end) if opens and not quoted[mention.first] else None
        if colon is not None:
            attributions.append(Attribution(mention, colon, colon + 1, "report", "", tail=False))
    if source := _find_source(tagged):
        attributions.append(source)
    if closing := _find_closing(tagged):
        attributions.append(closing)
    for match in words.own.find(tokens):
        inside = [mention for mention in mentions if match.first < mention.first < match.end]
        if inside and not quoted[match.first]:
            attributions.append(Attribution(inside[0], match.first, match.end, "report", "", tail=match.first > 0))
    return attributions


def _colon_behind(tokens: Sequence[Token], end: int) -> int | None:
    """Return the colon behind a name, or behind the name and what it is about: "Kyiv on Moscow's offer:"."""
    if tokens[end].low == ":":
        return end
    near = range(end, min(end + _ABOUT, len(tokens) - 1))
    is_about = tokens[end].low in english_words().governors.matters
    return next((index for index in near if tokens[index].low == ":"), None) if is_about else None


def _find_source(tagged: TaggedTokens) -> Attribution | None:
    """Find who is named as the source of what follows: "Source: Podolyak on Twitter"."""
    tokens, mentions, _ = tagged
    is_label = len(tokens) > 2 and tokens[0].low in english_words().passing.labels and tokens[1].low == ":"
    subject = next((one for one in mentions if one.kind in ("person", "party", "official")), None) if is_label else None
    return subject and Attribution(subject, 1, 2, "report", "", tail=False)


def _find_closing(tagged: TaggedTokens) -> Attribution | None:
    """Find a name behind a dash at the end of what was said: "Russia must agree to a truce — Zelensky."."""
    tokens, mentions, quoted = tagged
    last = mentions[-1] if mentions else None
    if last is None or last.kind not in ("person", "official") or last.first <= _FEWEST or quoted[last.first]:
        return None
    dash = tokens[last.first - 1]
    is_apart = dash.low in DASHES and tokens[last.first - 2].end < dash.start
    if not is_apart or any(token.text[0].isalnum() for token in tokens[last.end :]):
        return None
    return Attribution(last, last.first - 1, last.first, "report", "", tail=True)


def _drop_embedded(attributions: list[Attribution]) -> list[Attribution]:
    """Drop verbs within what somebody else says: "Kyiv has agreed to it, Podolyak said"."""
    tails = [one for one in attributions if one.tail and one.kind == "report"]
    if not tails:
        return attributions
    last = tails[-1]
    return [one for one in attributions if one.tail or one.kind == "report" or one.verb > last.verb]


def _follows_insertion(tokens: Sequence[Token], before: Attribution, verb: int) -> bool:
    """Return whether the verb before only inserts something on the subject: "Peskov, commenting on it, said"."""
    participle = english_words().suffixes.participle
    is_inserted = before.subject.end == before.verb - 1 and tokens[before.verb - 1].low == ","
    return is_inserted and tokens[before.verb].low.endswith(participle) and tokens[verb - 1].low == ","


def _continues_subject(tokens: Sequence[Token], last: int, verb: int) -> bool:
    """Return whether a verb has the subject of the verb before, which ends at ``last`` (-1 if there is none)."""
    words = english_words()
    index = skip_auxiliaries(tokens, verb, last + 1) - 1
    joins = tokens[index].low in words.subjects.joining or tokens[verb].low.endswith(words.suffixes.participle)
    return last >= 0 and joins
