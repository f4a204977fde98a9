"""Who does the speaking: the subject of a verb of speaking, before it, inverted behind it, or in apposition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Match, Token
from positions.extract.language.time_expressions import is_time_word
from positions.extract.rules.mentions import (
    Mention,
    is_half_of_word,
    is_represented,
    joined_mentions,
    mentions_between,
)
from positions.extract.rules.speech import REPORT, SpeechWords, TaggedTokens, skip_auxiliaries

_BEFORE: Final = 26
"""Words before a verb among which its subject is looked for."""
_INVERTED: Final = 14
"""Words after a verb among which its subject is looked for if it is inverted."""
_SURNAME: Final = 4
"""The fewest letters of a name of one word that nobody lists."""
_TAIL: Final = 10
"""The most words behind a verb of speaking that may only tell when or where."""
_TOLD: Final = 3
"""The most words of a tail that only says who was told, its full stop among them: "told the BBC."."""
DASHES: Final = ("—", "–")
"""Signs that set off what is inserted, or who said what stands before them."""


def find_subject(
    tagged: TaggedTokens, verb: Match[str], words: SpeechWords, *, after: int
) -> tuple[Mention | None, str, bool]:
    """Return who speaks, the name as written if nobody lists it, and whether what is said comes before."""
    tokens, mentions, quoted = tagged
    low, stop = _subject_range(tagged, verb, after)
    if stop and words.agencies.find(tokens[max(0, stop - 2) : stop]):
        return None, "", False
    if inverted := _subject_behind_speech(tagged, verb):
        return inverted, "", True
    near = mentions_between(mentions, low, stop)
    is_relative = stop > low and tokens[stop - 1].low in english_words().grammar.relatives
    if is_relative and (of_relative := _subject_of_relative(tagged, near, verb, stop, words)):
        return of_relative[0], "", False
    near = _drop_inserted(tokens, near, low, stop)
    eligible = [mention for mention in near if _can_be_subject(tagged, mention, words, stop)]
    said_before = any(quoted[:low])
    is_next = bool(near) and (not eligible or near[-1].end == stop)
    if is_next and (deputy := _read_deputy(tokens, near[-1], words)):
        eligible = [deputy]
    if eligible:
        chosen = _choose_subject(tokens, eligible, stop)
        return chosen, "", said_before or _closes_sentence(tagged, chosen, verb)
    listed = any(mention.end in (stop, stop - 1) for mention in near)
    if not listed and (name := _unlisted_name(tokens, stop, low)):
        return Mention(stop - 1, stop, "stranger", None, ()), name, said_before
    inverted = find_name_behind(tagged, verb.end)
    opens = (
        verb.first == 0 or quoted[verb.first - 1] or tokens[verb.first - 1].low in (",", '"', "”", "’", "'", "-", "—")
    )
    if inverted and opens and verb.value in ("report", "demand", "offer"):
        return inverted, "", True
    return None, "", False


def _subject_range(tagged: TaggedTokens, verb: Match[str], after: int) -> tuple[int, int]:
    """Return the range of tokens in which a verb's subject may be, without what only accompanies the verb."""
    low = max(0, after, verb.first - _BEFORE)
    for index in range(verb.first - 1, low - 1, -1):
        if tagged.quoted[index] or tagged.tokens[index].low in (";", ":"):
            low = index + 1
            break
    return low, skip_auxiliaries(tagged.tokens, verb.first, low)


def _closes_sentence(tagged: TaggedTokens, subject: Mention, verb: Match[str]) -> bool:
    """Return whether subject and verb stand behind a comma at the end of what is said: "…, Kuleba said on Friday"."""
    tokens, _, quoted = tagged
    comma = _opens_behind_comma(tokens, subject.first)
    rest = tokens[verb.end :]
    if any(token.low in english_words().subjects.telling for token in tokens[verb.first : verb.end]):
        rest = [] if len(rest) <= _TOLD else rest
    # Behind "pressed Russia to" stands what is demanded, not when it was said.
    is_open = verb.value != REPORT and bool(rest) and rest[0].text.isalpha() and not is_time_word(rest[0].low)
    return comma and subject.first > 4 and not any(quoted[verb.end :]) and not is_open and _is_tail(rest)


def _opens_behind_comma(tokens: Sequence[Token], first: int) -> bool:
    """Return whether nothing but what belongs to a name stands between it and a comma before it."""
    words = english_words()
    small = (
        words.grammar.determiners | words.grammar.articles | words.subjects.attributes | words.subjects.subordinators
    )
    small -= words.grammar.coordinators
    for index in range(first - 1, max(-1, first - 4), -1):
        if tokens[index].low == ",":
            return True
        if tokens[index].low not in small and not tokens[index].text[:1].isupper():
            return False
    return False


def _is_tail(tokens: Sequence[Token]) -> bool:
    """Return whether some words behind a verb of speaking only tell when, where or to whom: "via Telegram"."""
    if not tokens or tokens[0].low in english_words().grammar.endings:
        return True
    rest = [token.low for token in tokens[:-1]] if tokens[-1].low == "." else [token.low for token in tokens]
    if rest[0] in english_words().grammar.content and not (len(rest) > 1 and is_time_word(rest[1])):
        return False  # "insisted that", not "said that day"
    is_adverbial = rest[0] in english_words().subjects.tails or is_time_word(rest[0])
    return is_adverbial and len(rest) <= _TAIL and not any(low in english_words().grammar.modals for low in rest)


def _subject_of_relative(
    tagged: TaggedTokens, near: list[Mention], verb: Match[str], stop: int, words: SpeechWords
) -> tuple[Mention | None] | None:
    """Return the subject of a relative clause, if it is one: "Biden, who assured", "his plan that calls for"."""
    pronoun, grammar = tagged.tokens[stop - 1].low, english_words().grammar
    if pronoun in grammar.personal_relatives and near and near[-1].end >= stop - 3:
        return (near[-1],)
    if pronoun in grammar.thing_relatives and verb.value in ("demand", "offer"):
        return (next((mention for mention in near if _can_be_subject(tagged, mention, words, stop)), None),)
    return None


def _subject_behind_speech(tagged: TaggedTokens, verb: Match[str]) -> Mention | None:
    """Return the subject behind a verb at the end of what was said: "…, said Kuleba.", "… — said Podolyak"."""
    if verb.value != "report" or not verb.first or tagged.tokens[verb.first - 1].low not in (",", *DASHES):
        return None
    behind = find_name_behind(tagged, verb.end)
    if behind is None or behind.kind not in ("person", "official"):
        return None
    follows = tagged.low(behind.end)
    return behind if follows in ("", ".", ",") or follows in english_words().subjects.after_speaker else None


def _read_deputy(tokens: Sequence[Token], mention: Mention, words: SpeechWords) -> Mention | None:
    """Read "a spokesman for President Zelensky" as somebody unnamed who speaks for the same party."""
    subjects, links = english_words().subjects, english_words().subjects.deputy_of
    for index in range(mention.first - 1, max(-1, mention.first - 4), -1):
        if tokens[index].low in links and index and words.holders.find(tokens[index - 1 : index]):
            return Mention(index - 1, mention.end, "official", None, mention.parties)
        if tokens[index].low in subjects.papers_of and index and tokens[index - 1].low in subjects.papers:
            return mention
    behind = tokens[mention.end : mention.end + 3]
    if behind and behind[0].low in english_words().grammar.genitive and words.holders.find(behind[1:]):
        return Mention(mention.first, mention.end + 2, "official", None, mention.parties)
    return None


def _choose_subject(tokens: Sequence[Token], eligible: list[Mention], stop: int) -> Mention:
    """Choose the mention nearest to the verb, but a person rather than an apposition to their name."""
    last = eligible[-1]
    if len(eligible) == 1:
        return last
    if _is_object(tokens, last, stop) or _opens_participle(tokens, stop):
        return eligible[0]
    other = eligible[-2]
    # "Ned Price, State Department spokesman, said": an apposition to the person before it.
    inserted = tokens[other.end].low == "," and stop < len(tokens) and tokens[stop - 1].low == ","
    named = other.kind == "person" and last.kind in ("official", "party", "person")
    return other if named and inserted and set(other.parties) & set(last.parties or other.parties) else last


def _is_object(tokens: Sequence[Token], mention: Mention, stop: int) -> bool:
    """Return whether a name is what a verb before it does something to: "moved to sanction Putin and announced"."""
    grammar, first = english_words().grammar, mention.first
    is_joined = any(token.low in grammar.coordinators for token in tokens[mention.end : stop])
    while first > 1 and tokens[first - 1].low in grammar.articles:
        first -= 1
    is_verb = first > 1 and tokens[first - 1].text.islower()
    is_past = is_verb and tokens[first - 1].low.endswith(english_words().suffixes.past)
    return is_joined and is_verb and (is_past or tokens[first - 2].low in grammar.infinitive)


def _opens_participle(tokens: Sequence[Token], stop: int) -> bool:
    """Return whether a participle adds to the main clause, whose subject it has: "phoned Putin, urging him to"."""
    is_participle = stop < len(tokens) and tokens[stop].low.endswith(english_words().suffixes.participle)
    return is_participle and tokens[stop - 1].low == ","


def _drop_inserted(tokens: Sequence[Token], near: list[Mention], low: int, stop: int) -> list[Mention]:
    """Drop what stands between two commas right before the verb: "Kuleba, who met Lavrov in Antalya, said"."""
    if stop <= low or tokens[stop - 1].low not in (",", *DASHES, ")"):
        return near
    opener = next((n for n in range(stop - 2, low - 1, -1) if tokens[n].low in (",", *DASHES, "(")), None)
    if opener is None:
        return near
    if any(one.kind == "person" and one.first == opener + 1 and one.end == stop - 1 for one in near):
        # "its foreign minister, Mevlut Cavusoglu, said": the name is the subject itself.
        return near
    possessives = english_words().grammar.possessives
    before = [one for one in near if one.end <= opener and tokens[one.end].low not in possessives]
    return before if before and before[-1].kind != "he" else near


def _can_be_subject(tagged: TaggedTokens, mention: Mention, words: SpeechWords, stop: int) -> bool:
    tokens, mentions, _ = tagged
    language = english_words()
    after = tokens[mention.end].low if mention.end < len(tokens) else ""
    if after in language.grammar.possessives or mention.kind == "we" or is_half_of_word(tokens, mention):
        return False
    if after in language.grammar.content and mention.end < stop:
        return False  # "told Putin that a deal could require"
    if mention.kind in ("he", "they") and tokens[mention.first].low in language.persons.oblique:
        return False
    several = [*joined_mentions(tokens, mentions, mention), mention]
    if len(several) > 1 and is_represented(tokens, several[0].first):
        return True
    index = several[0].first - 1
    while index >= 0 and (
        tokens[index].low in language.grammar.determiners
        or (tokens[index].text[0].isupper() and index > 0 and not _ends_adverbial(tokens[index], words))
        or tokens[index].low in language.subjects.attributes
    ):
        index -= 1
    if index < 0 or tokens[index].low not in words.prepositions:
        return True
    # Right before the verb: "after Putin said", "with Putin saying", but not "a spokesman for Putin said".
    if mention.end != stop:
        return False
    is_participle = stop < len(tokens) and tokens[stop].low.endswith(language.suffixes.participle)
    return tokens[index].low in language.subjects.subordinators or (
        is_participle and tokens[index].low in language.governors.company
    )


def _ends_adverbial(token: Token, words: SpeechWords) -> bool:
    """Return whether a capital word ends an adverbial before the subject: "On Thursday Putin said", "In Putin"."""
    return token.low in words.prepositions or is_time_word(token.low)


def _unlisted_name(tokens: Sequence[Token], stop: int, low: int) -> str:
    """Return a name as written that stands right before the verb and that nobody lists; empty if there is none."""
    particles = english_words().subjects.particles
    last = stop
    while last > low and tokens[last - 1].low == ",":
        last -= 1
    first = last
    while (
        first > low
        and (tokens[first - 1].text[0].isupper() or tokens[first - 1].low in particles | {"-", "."})
        and tokens[first - 1].text[0] not in '“"'
    ):
        first -= 1
    name = tokens[first:last]
    capitals = [token for token in name if token.text[0].isupper()]
    is_name = len(capitals) > 1 or (len(name) == 1 == len(capitals) and _is_surname(tokens, first, stop))
    return " ".join(token.text for token in name) if is_name else ""


def _is_surname(tokens: Sequence[Token], index: int, stop: int) -> bool:
    """Return whether a single capital word before a verb of saying is a name: "Tusk urged", not "Reports said"."""
    token, words = tokens[index], english_words()
    if stop >= len(tokens) or tokens[stop].low not in words.subjects.saying or not token.text.isalpha():
        return False
    pronouns = {
        *words.persons.he,
        *words.persons.we,
        *words.persons.they,
        *words.exceptions.none,
        *words.exceptions.all,
    }
    is_word = token.low in pronouns or is_time_word(token.low)
    # A sentence begins with a capital whatever its first word is.
    is_plural = index == 0 and token.low.endswith(words.suffixes.finite)
    return len(token.text) >= _SURNAME and not (is_word or is_plural or token.text.isupper())


def find_name_behind(tagged: TaggedTokens, start: int) -> Mention | None:
    """Return the first name right behind a verb or "according to", a person rather than their office."""
    tokens, mentions, quoted = tagged
    grammar, subjects = english_words().grammar, english_words().subjects
    end = min(len(tokens), start + _INVERTED)
    for index in range(start, end):
        if quoted[index] or tokens[index].low in (".", ";", ":") or tokens[index].low in grammar.content:
            end = index
            break
    near = [mention for mention in mentions if start <= mention.first < end and mention.kind != "we"]
    if not near:
        return None
    first = near[0]
    if any(token.low == "," or token.low in subjects.before_others for token in tokens[start : first.first]):
        return None
    follows = tokens[first.end] if first.end < len(tokens) else None
    is_plain = follows and follows.text.islower() and follows.text.isalpha()
    if first.kind == "party" and follows and is_plain and follows.low not in grammar.auxiliaries | subjects.after_name:
        # "a Washington lobby group": the name only describes a stranger.
        return Mention(first.first, first.end, "stranger", None, ())
    return next((one for one in near[:2] if one.kind == "person" and one.first - first.end <= 5), first)
