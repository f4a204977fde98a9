"""Who is named where: speakers, parties and offices in a sentence, by the codebook's spellings and dated roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias

from positions.extract.language.lexicon import Lexicon, english_words, small_words
from positions.extract.language.phrases import Match, Phrases, Token, keep_outermost
from positions.model.codebook import Codebook, Speaker
from positions.model.statement import UNKNOWN_SPEAKER

MentionKind: TypeAlias = Literal["person", "party", "official", "he", "we", "they", "stranger", "anaphor"]
_ARTICLES: Final = ("the ", "The ")
"""Words that may stand between a party's word and somebody's: "a senior Ukrainian presidential adviser"."""


class Mention(NamedTuple):
    """Somebody named or meant by tokens ``first`` to ``end``.

    ``speaker`` is the codebook's id where it is known; ``parties`` whom they speak for on the day. Of kind "official"
    is somebody unnamed who speaks for a party ("a Ukrainian diplomat"), of kind "anaphor" one named before.
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
    """Everybody whom the codebook and the lexicon know, ready to be found in tokens."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        self._codebook = codebook
        self._both = lexicon.both
        self._by_office = _holders_by_office(codebook)
        self._cased = Phrases(_cased_names(codebook, lexicon), cased=True)
        self._roles = Phrases(_role_phrases(codebook, lexicon))
        self._adjectives = Phrases(
            ((word, names.party) for names in lexicon.names for word in names.adjectives), cased=True
        )
        words = english_words().persons
        self._spokespersons = Phrases((word, True) for word in words.spokespersons)
        kinds: tuple[tuple[MentionKind, tuple[str, ...]], ...] = (
            ("he", words.he), ("we", words.we), ("they", words.they),
            ("stranger", words.strangers), ("anaphor", words.anaphors),
        )  # fmt: skip
        self._words = Phrases((word, _Name(kind)) for kind, group in kinds for word in group)
        self._governments = _governments_by_party(codebook)

    def named_in(self, tokens: Sequence[Token], day: date) -> list[Mention]:
        """Return who is meant where, in order; of overlapping readings the longest, a name before a word."""
        named = [self._read(match, day) for match in keep_outermost(self._cased.find(tokens))]
        roles = [self._read(match, day) for match in keep_outermost(self._roles.find(tokens))]
        officials = list(self._officials(tokens))
        words = [self._read(match, day) for match in keep_outermost(self._words.find(tokens))]
        return _merge_titles(_keep_longest([*named, *roles, *officials, *words]), tokens)

    def government(self, party: str) -> str | None:
        """Return the speaker that stands for a party's government without more."""
        return self._governments.get(party)

    def speaker_party(self, speaker: str, day: date) -> str | None:
        """Return for whom a speaker speaks on a day; ``None`` for nobody or for several."""
        parties = self._codebook.speaker(speaker).parties_on(day)
        return parties[0] if len(parties) == 1 else None

    def _read(self, match: Match[_Name], day: date) -> Mention:
        name = match.value
        speaker = name.speaker
        if name.office:
            speaker = next(
                (
                    who.id
                    for who, office in self._by_office.get(name.office, ())
                    if _holds_office(who, office, name.party, day)
                ),
                None,
            )
        if name.kind == "they":
            return Mention(match.first, match.end, "they", None, self._both)
        parties: tuple[str, ...] = (name.party,) if name.party else ()
        if speaker is not None:
            found = self._codebook.speaker(speaker).parties_on(day)
            last = [role.party for role in self._codebook.speaker(speaker).roles[-1:]]
            parties = tuple(found) or tuple(last)
        return Mention(match.first, match.end, name.kind, speaker, parties)

    def _officials(self, tokens: Sequence[Token]) -> Iterator[Mention]:
        """Find "a senior Ukrainian diplomat", "Ukraine's delegation": a party's word, then somebody's."""
        somebody = self._spokespersons.find(tokens)
        adjectives = {match.first: match for match in self._adjectives.find(tokens)} if somebody else {}
        for match in somebody:
            for place in range(match.first - 1, max(-1, match.first - 5), -1):
                if place in adjectives and adjectives[place].end <= match.first:
                    between = tokens[adjectives[place].end : match.first]
                    if len(between) <= 3 and all(_is_descriptive(token) for token in between):
                        party = adjectives[place].value
                        yield Mention(place, match.end, "official", self.government(party), (party,))
                    break


def _is_descriptive(token: Token) -> bool:
    return token.text[0].isupper() or token.low in small_words("ranks")


def _holds_office(who: Speaker, office: str, party: str | None, day: date) -> bool:
    return any(role.party == party and role.held_on(day) and office in role.title.lower() for role in who.roles)


def _holders_by_office(codebook: Codebook) -> dict[str, list[tuple[Speaker, str]]]:
    """Return by office (its first spelling) who ever held it, with the words that their title uses."""
    found: dict[str, list[tuple[Speaker, str]]] = {}
    for spellings in english_words().persons.offices:
        for speaker in codebook.speakers:
            for role in speaker.roles:
                title = role.title.lower()
                used = next((word for word in spellings if title.startswith(word)), None)
                if used:
                    found.setdefault(spellings[0], []).append((speaker, used))
    return found


def _role_phrases(codebook: Codebook, lexicon: Lexicon) -> Iterator[tuple[str, _Name]]:
    held = {(role.party, spellings[0]) for spellings in english_words().persons.offices for speaker in codebook.speakers
            for role in speaker.roles if any(role.title.lower().startswith(word) for word in spellings)}  # fmt: skip
    for names in lexicon.names:
        for spellings in english_words().persons.offices:
            if (names.party, spellings[0]) not in held:
                continue
            name = _Name("person", party=names.party, office=spellings[0])
            for office in spellings:
                for adjective in names.adjectives:
                    yield f"{adjective} {office}", name
                    yield f"{adjective}'s {office}", name
                    yield f"{office} of {adjective}", name


def _cased_names(codebook: Codebook, lexicon: Lexicon) -> Iterator[tuple[str, _Name]]:
    for speaker in codebook.speakers:
        if speaker.id == UNKNOWN_SPEAKER:
            continue
        kind: MentionKind = "person" if speaker.kind == "person" else "party"
        for spelling in (speaker.name, *speaker.aliases):
            bare = spelling.removeprefix(_ARTICLES[0]).removeprefix(_ARTICLES[1])
            yield bare, _Name(kind, speaker=speaker.id)
    governments = _governments_by_party(codebook)
    for party in codebook.parties:
        yield party.name, _Name("party", speaker=governments.get(party.id), party=party.id)
    for names in lexicon.names:
        for own in names.own:
            bare = own.removeprefix(_ARTICLES[0])
            yield bare, _Name("party", speaker=governments.get(names.party), party=names.party)


def _governments_by_party(codebook: Codebook) -> dict[str, str]:
    """Return by party the organisation that is named after it, or that stands for it unspecified."""
    found: dict[str, str] = {}
    for party in codebook.parties:
        own = [
            who
            for who in codebook.speakers
            if who.kind == "organisation" and any(r.party == party.id for r in who.roles)
        ]
        named = [who for who in own if party.name in (who.name, *who.aliases) or f"the {party.name}" in who.aliases]
        if named or own:
            found[party.id] = (named or own)[0].id
    return found


def _keep_longest(mentions: list[Mention]) -> list[Mention]:
    """Of overlapping mentions keep the longest, the earlier listed where they are as long."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda mention: mention.first - mention.end):
        if taken.isdisjoint(range(mention.first, mention.end)):
            kept.append(mention)
            taken.update(range(mention.first, mention.end))
    return sorted(kept)


def _merge_titles(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Make one of an office or organisation and the name behind it: "Kremlin spokesman Dmitry Peskov"."""
    found: list[Mention] = []
    for mention in mentions:
        before = found[-1] if found else None
        if before and mention.kind == "person" and before.kind in ("official", "party", "person", "anaphor"):
            between = tokens[before.end : mention.first]
            if all(_is_title(token) for token in between) and _is_same_person(before, mention, bool(between)):
                found[-1] = mention._replace(first=before.first)
                continue
        found.append(mention)
    return found


def _is_title(token: Token) -> bool:
    return token.low.rstrip(".") in small_words("titles") or (token.text[0].isupper() and token.low != "'s")


def _is_same_person(before: Mention, name: Mention, apart: bool) -> bool:
    if before.speaker == name.speaker:
        return True
    if before.kind in ("official", "anaphor"):
        return not before.parties or not set(before.parties).isdisjoint(name.parties)
    return before.kind == "party" and apart and not set(before.parties).isdisjoint(name.parties)
