"""Who says it: the speaker of each sentence and quotation, from the verb of speaking and its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from positions.extract.language.lexicon import english_words, small_words
from positions.extract.language.phrases import Match, Phrases, Token
from positions.extract.language.time_expressions import is_time_word
from positions.extract.rules.mentions import Mention

_SUBJECT: Final = 26
"""How many words before a verb its subject is looked for."""
_INVERTED: Final = 14
"""How many words after a verb its subject may stand when it is inverted."""
_SPOKEN: Final = 4
"""Words from which a quotation counts as an utterance, not as a word held with tongs."""


class Attribution(NamedTuple):
    """A verb of speaking and who speaks: token places of the subject and the verb, and the kind of speaking.

    ``name`` is the name as written where nobody knows it. ``tail`` tells that what is said comes before.
    """

    subject: Mention
    verb: int
    after: int
    kind: str
    name: str
    tail: bool


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """What to look for in tokens."""

    verbs: Phrases[str]
    according: Phrases[bool]
    own: Phrases[bool]
    prepositions: frozenset[str]
    breaks: frozenset[str]
    agencies: Phrases[bool]
    holders: Phrases[bool]


def speech_words() -> SpeechWords:
    """Return the language's verbs of speaking, ready to be found."""
    words = english_words()
    return SpeechWords(
        Phrases((term, group.kind) for group in words.speech for term in group.terms),
        Phrases((term, True) for term in words.passing.sources),
        Phrases((term, True) for term in words.passing.own),
        frozenset(words.passing.prepositions),
        frozenset(words.passing.breaks),
        Phrases((term, True) for term in words.passing.agencies),
        Phrases((term, True) for term in words.persons.spokespersons),
    )


def find_attributions(
    tokens: Sequence[Token], mentions: Sequence[Mention], quoted: Sequence[bool], words: SpeechWords
) -> list[Attribution]:
    """Return the sentence's attributions in order of their verbs; ``quoted`` tells which tokens are quoted."""
    found: list[Attribution] = []
    agencies = {place for match in words.agencies.find(tokens) for place in range(match.first, match.end)}
    for source in words.according.find(tokens):
        behind = _find_name_behind(tokens, mentions, quoted, source.end)
        if behind and not _is_agency(behind, agencies):
            found.append(Attribution(behind, source.first, source.end, "report", "", source.first > 2))
    found += _find_verbless(tokens, mentions, quoted, words)
    last = -1
    named = {place for m in mentions if m.kind in ("person", "party", "official") for place in range(m.first, m.end)}
    for match in _find_verbs(tokens, quoted, words):
        if match.first < last or match.first in named:
            continue
        subject, name, tail = _find_subject(tokens, mentions, quoted, match, words, after=last)
        if found and _continues_subject(tokens, last, match.first):
            # "said … and suggested …": the same subject's second verb.
            subject, name, tail = found[-1].subject, found[-1].name, False
        if subject is None or _is_agency(subject, agencies):
            continue
        found.append(Attribution(subject, match.first, match.end, match.value, name, tail))
        last = match.end
    return _drop_embedded(sorted(found, key=lambda one: one.verb))


def _find_verbless(
    tokens: Sequence[Token], mentions: Sequence[Mention], quoted: Sequence[bool], words: SpeechWords
) -> list[Attribution]:
    """Find sources without a verb: "Peskov: only at the end", "by his account", "in Lavrov's view"."""
    found = []
    for mention in mentions:
        opens = mention.first <= 1 and mention.kind in ("person", "party", "official") and mention.end + 2 < len(tokens)
        if opens and tokens[mention.end].low == ":" and not quoted[mention.first]:
            found.append(Attribution(mention, mention.end, mention.end + 1, "report", "", tail=False))
    for match in words.own.find(tokens):
        inside = [m for m in mentions if match.first < m.first < match.end]
        if inside and not quoted[match.first]:
            found.append(Attribution(inside[0], match.first, match.end, "report", "", tail=match.first > 0))
    return found


def _drop_embedded(found: list[Attribution]) -> list[Attribution]:
    """Leave out verbs within what somebody else says: "Kyiv has agreed to it, Podolyak said"."""
    tails = [one for one in found if one.tail and one.kind == "report"]
    if not tails:
        return found
    last = tails[-1]
    return [one for one in found if one.tail or one.kind == "report" or one.verb > last.verb]


def _continues_subject(tokens: Sequence[Token], last: int, verb: int) -> bool:
    place = verb - 1
    while place > last and (tokens[place].low in small_words("auxiliaries") or tokens[place].low.endswith("ly")):
        place -= 1
    return last >= 0 and (tokens[place].low in ("and", "but", "then") or tokens[verb].low.endswith("ing"))


def _find_verbs(tokens: Sequence[Token], quoted: Sequence[bool], words: SpeechWords) -> list[Match[str]]:
    """Find verbs of speaking outside quotations; not nouns ("the offer"), infinitives, or adjectives."""
    found: dict[int, Match[str]] = {}
    for match in words.verbs.find(tokens):
        before = tokens[match.first - 1].low if match.first else ""
        bare = before in words.prepositions and not tokens[match.first].low.endswith("ing")
        relative = before == "that" and tokens[match.first].low.endswith(("s", "d"))
        if quoted[match.first] or bare or before == "to" or (before in small_words("determiners") and not relative):
            continue
        if tokens[match.first].low.endswith(("er", "ers", "ion", "ions", "al", "als", "ment", "ments")):
            continue
        if match.first not in found or found[match.first].end < match.end:
            found[match.first] = match
    return [found[place] for place in sorted(found)]


def _is_agency(mention: Mention, agencies: set[int]) -> bool:
    return mention.first in agencies


def _find_subject(
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    quoted: Sequence[bool],
    verb: Match[str],
    words: SpeechWords,
    *,
    after: int,
) -> tuple[Mention | None, str, bool]:
    """Return who does the speaking, the name as written where it is unknown, and whether the words come before."""
    low, stop = _subject_range(tokens, quoted, verb, after)
    if stop and words.agencies.find(tokens[max(0, stop - 2) : stop]):
        return None, "", False
    if inverted := _subject_behind_speech(tokens, mentions, quoted, verb):
        return inverted, "", True
    near = [m for m in mentions if low <= m.first and m.end <= stop]
    if (
        stop > low
        and tokens[stop - 1].low in ("who", "which", "that")
        and (told := _subject_of_relative(tokens, near, verb, stop, words))
    ):
        return told[0], "", False
    near = _drop_inserted(tokens, near, low, stop)
    eligible = [m for m in near if _can_be_subject(tokens, m, words, stop)]
    told_before = any(quoted[:low]) or (low > 0 and tokens[low - 1].low == ",")
    if not eligible and near and (deputy := _read_deputy(tokens, near[-1], words)):
        eligible = [deputy]
    if eligible:
        chosen = _choose_subject(tokens, eligible, stop)
        comma = any(token.low == "," for token in tokens[max(0, chosen.first - 3) : chosen.first])
        ends = verb.end >= len(tokens) or tokens[verb.end].low in small_words("endings")
        told_before = told_before or (comma and ends and chosen.first > 4 and not any(quoted[verb.end :]))
        return chosen, "", told_before
    if name := _unlisted_name(tokens, stop, low):
        return Mention(stop - 1, stop, "stranger", None, ()), name, told_before
    inverted = _find_name_behind(tokens, mentions, quoted, verb.end)
    opens = (
        verb.first == 0 or quoted[verb.first - 1] or tokens[verb.first - 1].low in (",", '"', "”", "’", "'", "-", "—")
    )
    if inverted and opens and verb.value in ("report", "demand", "offer"):
        return inverted, "", True
    return None, "", False


def _subject_range(tokens: Sequence[Token], quoted: Sequence[bool], verb: Match[str], after: int) -> tuple[int, int]:
    """Return between which tokens a verb's subject may stand, what only accompanies the verb left out."""
    low = max(0, after, verb.first - _SUBJECT)
    for place in range(verb.first - 1, low - 1, -1):
        if quoted[place] or tokens[place].low in (";", ":"):
            low = place + 1
            break
    stop = verb.first
    while stop > low and (tokens[stop - 1].low in small_words("auxiliaries") or tokens[stop - 1].low.endswith("ly")):
        stop -= 1
    return low, stop


def _subject_of_relative(
    tokens: Sequence[Token], near: list[Mention], verb: Match[str], stop: int, words: SpeechWords
) -> tuple[Mention | None] | None:
    """Return whom a relative clause speaks of: "Biden, who assured him", "presented a plan that calls for"."""
    if tokens[stop - 1].low != "that" and near and near[-1].end >= stop - 3:
        return (near[-1],)
    if tokens[stop - 1].low != "who" and verb.value in ("demand", "offer"):
        return (next((m for m in near if _can_be_subject(tokens, m, words, stop)), None),)
    return None


def _subject_behind_speech(
    tokens: Sequence[Token], mentions: Sequence[Mention], quoted: Sequence[bool], verb: Match[str]
) -> Mention | None:
    """Return who stands behind a verb at the end of what was said: "…, said Kuleba.", "… — said Podolyak"."""
    if verb.value != "report" or not verb.first or tokens[verb.first - 1].low not in (",", "—", "–"):
        return None
    behind = _find_name_behind(tokens, mentions, quoted, verb.end)
    if behind is None or behind.kind not in ("person", "official"):
        return None
    follows = tokens[behind.end].low if behind.end < len(tokens) else "."
    return behind if follows in (".", ",", "on", "in", "at", "after", "during", "to", "late", "earlier") else None


def _read_deputy(tokens: Sequence[Token], mention: Mention, words: SpeechWords) -> Mention | None:
    """Read "a spokesman for President Zelensky" as somebody unnamed who speaks for the same party."""
    for place in range(mention.first - 1, max(-1, mention.first - 4), -1):
        if tokens[place].low in ("for", "of", "to", "in") and place and words.holders.find(tokens[place - 1 : place]):
            return Mention(place - 1, mention.end, "official", None, mention.parties)
    behind = tokens[mention.end : mention.end + 3]
    if behind and behind[0].low == "'s" and words.holders.find(behind[1:]):
        return Mention(mention.first, mention.end + 2, "official", None, mention.parties)
    return None


def _choose_subject(tokens: Sequence[Token], eligible: list[Mention], stop: int) -> Mention:
    """Choose the mention nearest to the verb, but a person before what only describes them."""
    last = eligible[-1]
    if len(eligible) == 1:
        return last
    other = eligible[-2]
    # "Ned Price, State Department spokesman, said": an apposition of the person before it.
    inserted = tokens[other.end].low == "," and stop < len(tokens) and tokens[stop - 1].low == ","
    named = other.kind == "person" and last.kind in ("official", "party", "person")
    return other if named and inserted and set(other.parties) & set(last.parties or other.parties) else last


def _drop_inserted(tokens: Sequence[Token], near: list[Mention], low: int, stop: int) -> list[Mention]:
    """Leave out what stands between two commas right before the verb: "Kuleba, who met Lavrov in Antalya, said"."""
    if stop <= low or tokens[stop - 1].low not in (",", "—", "–", ")"):
        return near
    opener = next((p for p in range(stop - 2, low - 1, -1) if tokens[p].low in (",", "—", "–", "(")), None)
    if opener is None:
        return near
    if any(m.kind == "person" and m.first == opener + 1 and m.end == stop - 1 for m in near):
        # "its foreign minister, Mevlut Cavusoglu, said": the name is the subject itself.
        return near
    before = [m for m in near if m.end <= opener and tokens[m.end].low not in ("'s", "'")]
    return before if before and before[-1].kind != "he" else near


def _can_be_subject(tokens: Sequence[Token], mention: Mention, words: SpeechWords, stop: int) -> bool:
    after = tokens[mention.end].low if mention.end < len(tokens) else ""
    if after in ("'s", "'") or mention.kind == "we":
        return False
    if mention.kind == "he" and tokens[mention.first].low in ("his", "him", "her", "hers"):
        return False
    if mention.kind == "they" and tokens[mention.first].low in ("them", "their"):
        return False
    place = mention.first - 1
    while place >= 0 and (
        tokens[place].low in small_words("determiners") - {"of", "that"}
        or (tokens[place].text[0].isupper() and place > 0 and not _ends_adverbial(tokens[place], words))
        or tokens[place].low in ("senior", "former", "top", "unnamed", "presidential", "foreign", "deputy", "chief")
    ):
        place -= 1
    if place < 0 or tokens[place].low not in words.prepositions:
        return True
    # Right before the verb: "after Putin said", but not "a spokesman for Putin said".
    behind = ("after", "before", "since", "as", "until", "that", "because", "and")
    return mention.end == stop and tokens[place].low in behind


def _ends_adverbial(token: Token, words: SpeechWords) -> bool:
    """Tell whether a capital word belongs to what stands before a subject: "On Thursday Putin said", "In Putin"."""
    return token.low in words.prepositions or is_time_word(token.low)


def _unlisted_name(tokens: Sequence[Token], stop: int, low: int) -> str:
    """Return a name as written that stands right before the verb and that the codebook does not know."""
    last = stop
    while last > low and tokens[last - 1].low in (",",):
        last -= 1
    first = last
    while (
        first > low
        and (
            tokens[first - 1].text[0].isupper() or tokens[first - 1].low in ("-", "de", "al", "van", "von", "bin", ".")
        )
        and tokens[first - 1].text[0] not in '“"'
    ):
        first -= 1
    named = tokens[first:last]
    if len([token for token in named if token.text[0].isupper()]) < 2:
        return ""
    return " ".join(token.text for token in named)


def _find_name_behind(
    tokens: Sequence[Token], mentions: Sequence[Mention], quoted: Sequence[bool], start: int
) -> Mention | None:
    """Return the first name right behind a verb or "according to", a person before their office."""
    end = min(len(tokens), start + _INVERTED)
    for place in range(start, end):
        if quoted[place] or tokens[place].low in (".", ";", ":", "that"):
            end = place
            break
    near = [m for m in mentions if start <= m.first < end and m.kind not in ("we",)]
    if not near:
        return None
    first = near[0]
    if any(token.low in (",", "to", "with", "on", "in", "at", "about") for token in tokens[start : first.first]):
        return None
    follows = tokens[first.end] if first.end < len(tokens) else None
    if (
        first.kind == "party"
        and follows
        and follows.text.islower()
        and follows.text.isalpha()
        and follows.low
        not in small_words("auxiliaries") | {"and", "on", "in", "at", "that", "as", "to", "after", "who", "during"}
    ):
        # "a Washington lobby group": the name only describes a stranger.
        return Mention(first.first, first.end, "stranger", None, ())
    return next((m for m in near[:2] if m.kind == "person" and m.first - first.end <= 5), first)


def flag_spoken(tokens: Sequence[Token], quotes: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell of each token whether it lies in a quotation of an utterance, not of a word or two."""
    flags = [False] * len(tokens)
    for start, end in quotes:
        inside = [place for place, token in enumerate(tokens) if start <= token.start < end]
        words = sum(1 for place in inside if tokens[place].text[0].isalnum())
        if words >= _SPOKEN or (inside and inside[0] == 0):
            for place in inside:
                flags[place] = True
    return flags
