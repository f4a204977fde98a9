"""Who is named where: speakers, parties and offices in a sentence, by the codebook's spellings and dated roles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Final, Literal, NamedTuple, TypeAlias

from positions.extract.language.english import english_words
from positions.extract.language.lexicon import Lexicon
from positions.extract.language.phrases import Match, PhraseLists, Token, keep_outermost
from positions.extract.rules.noun_phrases import is_hyphened
from positions.model.codebook import Codebook, Speaker
from positions.model.statement import UNKNOWN_SPEAKER

MentionKind: TypeAlias = Literal["person", "party", "official", "he", "we", "they", "stranger", "anaphor"]
_RANKS: Final = 3
"""The most words between a party's word and somebody's: "a senior Ukrainian presidential adviser"."""
_JOINT: Final = 5
"""The most words between two names of a list."""


class Mention(NamedTuple):
    """Somebody named or meant by tokens ``first`` to ``end``.

    ``speaker`` is the codebook's id if it is known; ``parties`` are those they speak for on the day. An "official" is
    somebody unnamed who speaks for a party ("a Ukrainian diplomat"), an "anaphor" somebody named before.
    """

    first: int
    end: int
    kind: MentionKind
    speaker: str | None
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    kind: MentionKind
    speaker: str | None = None
    party: str | None = None
    office: str = ""


class NameIndex:
    """Everybody whom the codebook and the lexicon list, compiled for search in tokens."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        self._codebook = codebook
        self._both = lexicon.both
        self._by_office = _holders_by_office(codebook)
        adjectives = [
            (word, name)
            for names in lexicon.names
            for name in (_Name("party", party=names.party),)
            for word in names.adjectives
        ]
        self._cased = PhraseLists({"names": _cased_names(codebook, lexicon), "adjectives": adjectives}, cased=True)
        words = english_words().persons
        somebody = _Name("official")
        kinds: tuple[tuple[MentionKind, tuple[str, ...]], ...] = (
            ("he", words.he), ("we", words.we), ("they", words.they),
            ("stranger", words.strangers), ("anaphor", words.anaphors),
        )  # fmt: skip
        self._words = PhraseLists(
            {
                "roles": _role_phrases(codebook, lexicon),
                "spokespersons": [(form, somebody) for word in words.spokespersons for form in (word, f"{word}s")],
                "others": [(word, _Name(kind)) for kind, group in kinds for word in group],
            }
        )
        self._governments = _governments_by_party(codebook)

    def find_mentions(self, tokens: Sequence[Token], day: date) -> list[Mention]:
        """Return who is meant where, in order; of overlapping readings the longest, names before other words."""
        cased, words = self._cased.find(tokens), self._words.find(tokens)
        mentions = [
            *(self._mention(match, day) for match in keep_outermost(cased["names"])),
            *(self._mention(match, day) for match in keep_outermost(words["roles"])),
            *self._officials(tokens, words["spokespersons"], cased["adjectives"]),
            *(
                self._mention(match, day)
                for match in keep_outermost(words["others"])
                if not _names_whose(match, tokens)
            ),
        ]
        return _merge_titles(_keep_longest(mentions), tokens)

    def government_of(self, party: str) -> str | None:
        """Return the speaker that stands for a party's government as a whole; ``None`` if none is listed."""
        return self._governments.get(party)

    def party_of(self, speaker: str, day: date) -> str | None:
        """Return for which party a speaker speaks on a day; ``None`` for none or several."""
        parties = self._codebook.speaker(speaker).parties_on(day)
        return parties[0] if len(parties) == 1 else None

    def _mention(self, match: Match[_Name], day: date) -> Mention:
        name = match.value
        if name.kind == "they":
            return Mention(match.first, match.end, "they", None, self._both)
        speaker = self._office_holder(name, day) if name.office else name.speaker
        parties: tuple[str, ...] = (name.party,) if name.party else ()
        if speaker is not None:
            roles = self._codebook.speaker(speaker).roles
            # Who has no role on the day keeps the party of their last one: "the former president".
            parties = self._codebook.speaker(speaker).parties_on(day) or tuple(role.party for role in roles[-1:])
        return Mention(match.first, match.end, name.kind, speaker, parties)

    def _office_holder(self, name: _Name, day: date) -> str | None:
        holders = self._by_office.get(name.office, ())
        return next((who.id for who, office in holders if _holds_office(who, office, name.party, day)), None)

    def _officials(
        self, tokens: Sequence[Token], somebody: Sequence[Match[_Name]], words_of_parties: Sequence[Match[_Name]]
    ) -> Iterator[Mention]:
        """Yield "a Ukrainian diplomat", "the Russian and Turkish presidents": a party's word, then somebody's."""
        adjectives = {match.first: match for match in words_of_parties} if somebody else {}
        for match in somebody:
            for index in range(match.first - 1, max(-1, match.first - _RANKS - 2), -1):
                if index in adjectives and adjectives[index].end <= match.first:
                    between = tokens[adjectives[index].end : match.first]
                    if len(between) <= _RANKS and all(_is_descriptive(token) for token in between):
                        is_plural = tokens[match.end - 1].low.endswith("s")
                        joined = _joined_adjectives(tokens, adjectives, index) if is_plural else [adjectives[index]]
                        yield self._official(joined, match.end)
                    break

    def _official(self, adjectives: Sequence[Match[_Name]], end: int) -> Mention:
        parties = tuple(dict.fromkeys(str(one.value.party) for one in adjectives))
        speaker = self.government_of(parties[0]) if len(parties) == 1 else None
        return Mention(adjectives[0].first, end, "official", speaker, parties)


def _names_whose(match: Match[_Name], tokens: Sequence[Token]) -> bool:
    """Return whether words for both parties tell whose they are: "the leaders of France and Germany"."""
    is_of = match.end < len(tokens) and tokens[match.end].low in english_words().holding.representing
    return (
        match.value.kind == "they" and is_of and match.end + 1 < len(tokens) and tokens[match.end + 1].text[0].isupper()
    )


def _joined_adjectives(
    tokens: Sequence[Token], adjectives: Mapping[int, Match[_Name]], last: int
) -> list[Match[_Name]]:
    """Return the parties' words of a list that ends with the one at a token: "the Russian, US and Ukrainian"."""
    joined, joints = [adjectives[last]], english_words().holding.list_joints
    if not last or tokens[last - 1].low not in english_words().holding.list_coordinators:
        return joined
    while (start := joined[0].first) > 1 and tokens[start - 1].low in joints:
        before = next((one for one in adjectives.values() if one.end in (start - 1, start - 2)), None)
        if before is None or not all(token.low in joints for token in tokens[before.end : start]):
            break
        joined.insert(0, before)
    return joined


def _is_descriptive(token: Token) -> bool:
    return token.text[0].isupper() or token.low in english_words().grammar.ranks


def _holds_office(who: Speaker, office: str, party: str | None, day: date) -> bool:
    return any(role.party == party and role.held_on(day) and office in role.title.lower() for role in who.roles)


def _holders_by_office(codebook: Codebook) -> dict[str, list[tuple[Speaker, str]]]:
    """Return by office (its first spelling) who ever held it, with the words that their title uses."""
    holders: dict[str, list[tuple[Speaker, str]]] = {}
    for spellings in english_words().persons.offices:
        for speaker in codebook.speakers:
            for role in speaker.roles:
                title = role.title.lower()
                used = next((word for word in spellings if title.startswith(word)), None)
                if used:
                    holders.setdefault(spellings[0], []).append((speaker, used))
    return holders


def _role_phrases(codebook: Codebook, lexicon: Lexicon) -> Iterator[tuple[str, _Name]]:
    """Yield the ways to name an office of a party, for the offices that somebody of the codebook ever held."""
    persons = english_words().persons
    filled = {(role.party, spellings[0]) for spellings in persons.offices for speaker in codebook.speakers
              for role in speaker.roles if any(role.title.lower().startswith(word) for word in spellings)}  # fmt: skip
    for names in lexicon.names:
        for spellings in persons.offices:
            if (names.party, spellings[0]) not in filled:
                continue
            name = _Name("person", party=names.party, office=spellings[0])
            for office in spellings:
                for adjective in names.adjectives:
                    for pattern in persons.office_patterns:
                        yield pattern.format(party=adjective, office=office), name


def _cased_names(codebook: Codebook, lexicon: Lexicon) -> Iterator[tuple[str, _Name]]:
    for speaker in codebook.speakers:
        if speaker.id == UNKNOWN_SPEAKER:
            continue
        kind: MentionKind = "person" if speaker.kind == "person" else "party"
        for spelling in (speaker.name, *speaker.aliases):
            yield _without_article(spelling), _Name(kind, speaker=speaker.id)
    governments = _governments_by_party(codebook)
    for party in codebook.parties:
        yield party.name, _Name("party", speaker=governments.get(party.id), party=party.id)
    for names in lexicon.names:
        for own in names.own:
            name = _Name("party", speaker=governments.get(names.party), party=names.party)
            yield _without_article(own), name


def _without_article(spelling: str) -> str:
    first, _, rest = spelling.partition(" ")
    return rest if rest and first.lower() in english_words().grammar.definite else spelling


def _governments_by_party(codebook: Codebook) -> dict[str, str]:
    """Return by party the organisation that is named after it, or that stands for it unspecified."""
    governments: dict[str, str] = {}
    articles = english_words().grammar.definite
    for party in codebook.parties:
        own = [
            who
            for who in codebook.speakers
            if who.kind == "organisation" and any(role.party == party.id for role in who.roles)
        ]
        with_article = {f"{article} {party.name}" for article in articles}
        named = [who for who in own if party.name in (who.name, *who.aliases) or with_article & set(who.aliases)]
        if named or own:
            governments[party.id] = (named or own)[0].id
    return governments


def is_half_of_word(tokens: Sequence[Token], mention: Mention) -> bool:
    """Return whether a hyphen makes a name part of a longer word: "a US-backed truce", "the Russia-Ukraine talks"."""
    return mention.end + 1 < len(tokens) and is_hyphened(tokens, mention.end + 1)


def is_represented(tokens: Sequence[Token], first: int) -> bool:
    """Return whether the words before a name's ``first`` token mean who acts for it: "the leaders of France"."""
    words = english_words()
    index = first - 1
    while index > 0 and tokens[index].low in words.grammar.articles:
        index -= 1
    if index < 1 or tokens[index].low not in words.holding.representing:
        return False
    return tokens[index - 1].low.removesuffix("s") in words.persons.spokespersons


def mentions_between(mentions: Sequence[Mention], low: int, stop: int) -> list[Mention]:
    """Return those mentions of a sentence, in order and apart from each other, that lie between two tokens."""
    first = bisect_left(mentions, low, key=attrgetter("first"))
    return list(mentions[first : bisect_right(mentions, stop, lo=first, key=attrgetter("end"))])


def joined_mentions(tokens: Sequence[Token], mentions: Sequence[Mention], last: Mention) -> list[Mention]:
    """Return who is named before somebody in the same list: of "France, the UK and Germany" the first two.

    Names that nobody lists may stand between: "France, Poland and Germany".
    """
    joined: list[Mention] = []
    end = last.first
    before = bisect_right(mentions, last.first, key=attrgetter("end"))
    for mention in map(mentions.__getitem__, range(before - 1, -1, -1)):
        if end - mention.end > _JOINT:
            break
        if mention.end > end or not mention.parties:
            continue
        if not _joins(tokens[mention.end : end]):
            break
        joined.insert(0, mention)
        end = mention.first
    joints = tokens[joined[-1].end : last.first] if joined else ()
    coordinators = english_words().holding.list_coordinators
    # A comma alone joins nothing, "by the Pentagon, Kuleba said", but before a plural: "Ukraine, Russia are meeting".
    is_list = any(token.low in coordinators for token in (*joints, *tokens[last.end : last.end + 2]))
    is_plural = last.end < len(tokens) and tokens[last.end].low in english_words().holding.plurals
    return joined if is_list or is_plural else []


def backers(tokens: Sequence[Token], mentions: Sequence[Mention], subject: Mention) -> list[Mention]:
    """Return who is said to back a subject, which they then act with: "Germany and Poland, backed by Trump, urged"."""
    holding, pauses = english_words().holding, english_words().clauses.pauses
    for index in range(subject.end + 1, min(subject.end + _JOINT + 1, len(tokens) - 2)):
        if tokens[index].low in holding.backing and tokens[index + 1].low in holding.agents:
            behind = next((one for one in mentions if index < one.first <= index + _JOINT and one.parties), None)
            return [behind] if behind and tokens[index - 1].low in pauses else []
        is_list = tokens[index].low in holding.list_joints or tokens[index].text[:1].isupper()
        if not is_list and tokens[index].low not in pauses:
            break
    return []


def _joins(between: Sequence[Token]) -> bool:
    """Return whether words between two names only join them."""
    grammar, joints = english_words().grammar, english_words().holding.list_joints
    lows = [token.low for token in between]
    is_list = all(token.low in joints or token.low in grammar.articles or token.text[:1].isupper() for token in between)
    return is_list and not joints.isdisjoint(lows) and len(between) <= _JOINT


def _keep_longest(mentions: list[Mention]) -> list[Mention]:
    """Of overlapping mentions keep the longest, of equally long ones the one listed first; in order."""
    longest: list[Mention] = []
    used_tokens: set[int] = set()
    for mention in sorted(mentions, key=lambda mention: mention.first - mention.end):
        if used_tokens.isdisjoint(range(mention.first, mention.end)):
            longest.append(mention)
            used_tokens.update(range(mention.first, mention.end))
    return sorted(longest)


def _merge_titles(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Merge an office or organisation with the name behind it: "Kremlin spokesman Dmitry Peskov"."""
    merged: list[Mention] = []
    for mention in mentions:
        before = merged[-1] if merged else None
        if before and mention.kind == "person" and before.kind in ("official", "party", "person", "anaphor"):
            between = tokens[before.end : mention.first]
            apart = bool(between) or tokens[mention.first].low in english_words().grammar.titles
            if all(_is_title(token) for token in between) and _is_same_person(before, mention, apart):
                merged[-1] = mention._replace(first=before.first)
                continue
        merged.append(mention)
    return merged


def _is_title(token: Token) -> bool:
    grammar = english_words().grammar
    return token.low.rstrip(".") in grammar.titles or (token.text[0].isupper() and token.low not in grammar.genitive)


def _is_same_person(before: Mention, name: Mention, apart: bool) -> bool:
    if before.speaker == name.speaker:
        return True
    if before.kind in ("official", "anaphor"):
        return not before.parties or not set(before.parties).isdisjoint(name.parties)
    return before.kind == "party" and apart and not set(before.parties).isdisjoint(name.parties)
