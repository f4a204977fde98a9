"""The codebook: who the parties are, who speaks for them, and on what they can take a stance.

Everything particular to one negotiation lives in a codebook file (``codebook.toml``), never in code. The models
here are frozen; ids that nobody declared raise :class:`~positions.errors.QueryError` and list the allowed ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final, Literal, TypeVar

from pydantic import Field, model_validator

from positions.errors import FieldError, QueryError, allowed
from positions.files.characters import VISIBLE
from positions.model.coding_rules import CodingRule, rule_problems
from positions.model.event import Event
from positions.model.issue_models import AnyIssue
from positions.model.issues import Element, Issue
from positions.model.words import Id, Word, first_repeated

Member = TypeVar("Member")
ARTICLE_NOUNS: Final = frozenset(
    [
        *("States", "Kingdom", "Union", "Nations", "Republic", "Federation", "Emirates", "Islands", "Netherlands"),
        *("Philippines", "Government", "Commission", "Council", "Alliance", "League", "Organisation", "Organization"),
    ]
)
"""Last words of names that English gives an article."""
LOWEST_RANK: Final = 4
"""The rank of whoever holds no role for a party."""


class Party(Word):
    """A side that holds positions. Ids are ISO 3166-1 alpha-3 codes or names of organisations.

    ``article`` is what sentences put before the name; left out it is *the* before a name such as *United States*, which
    ends in a common noun (:data:`ARTICLE_NOUNS`).
    """

    id: Id
    name: str = Field(pattern=VISIBLE)
    article: str | None = None
    principal: bool = False
    note: str = ""

    @property
    def in_sentence(self) -> str:
        """The name for the inside of a sentence, with its article."""
        article = self.article
        if article is None:
            article = "the" if self.name.rpartition(" ")[2] in ARTICLE_NOUNS else ""
        return f"{article} {self.name}" if article else self.name


class Role(Word):
    """For whom somebody speaks, from a day to a day, both inclusive; open ends are left out.

    ``rank`` orders voices of one day (``semantics.md`` §2): 1 head of state or government, 2 minister or chief
    negotiator, 3 spokesperson, adviser or organisation of the government, 4 other or unnamed official.
    """

    party: Id
    title: str
    rank: int = Field(default=3, ge=1, le=LOWEST_RANK)
    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")

    def held_on(self, day: date) -> bool:
        """Return whether the role was held on ``day``."""
        first, last = self.first, self.last
        return (first is None or first <= day) and (last is None or day <= last)


class Speaker(Word):
    """A person or an organisation that utters statements, with every spelling under which sources name it."""

    id: Id
    kind: Literal["person", "organisation"]
    name: str = Field(pattern=VISIBLE)
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    note: str = ""

    def parties_on(self, day: date) -> tuple[str, ...]:
        """Return the ids of the parties that the speaker speaks for on ``day``; empty for an unnamed source."""
        roles = self.roles
        if len(roles) == 1:
            return (roles[0].party,) if roles[0].held_on(day) else ()
        return tuple(dict.fromkeys(role.party for role in roles if role.held_on(day)))

    def rank_on(self, party: str, day: date) -> int:
        """Return the best (smallest) rank among the roles held for a party on ``day``, without one the lowest."""
        return min((role.rank for role in self.roles if role.party == party and role.held_on(day)), default=LOWEST_RANK)

    def title_on(self, day: date) -> str:
        """Return the speaker's title on ``day``, empty when no role was held then."""
        return next((role.title for role in self.roles if role.held_on(day)), "")


class Codebook(Word):
    """One negotiation's parties, speakers, issues and events, with what is coded and the rules by which it is."""

    title: str = Field(pattern=VISIBLE)
    description: str = ""
    in_scope: tuple[str, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    parties: tuple[Party, ...] = Field(min_length=2)
    speakers: tuple[Speaker, ...] = ()
    issues: tuple[AnyIssue, ...] = Field(min_length=1)
    events: tuple[Event, ...] = ()
    rules: tuple[CodingRule, ...] = ()

    @model_validator(mode="after")
    def _references_known(self) -> Codebook:
        groups: Mapping[str, Sequence[Party | Speaker | Issue | Event | CodingRule]] = {
            "parties": self.parties,
            "speakers": self.speakers,
            "issues": self.issues,
            "events": self.events,
            "rules": self.rules,
        }
        for name, words in groups.items():
            if repeated := first_repeated(word.id for word in words):
                raise FieldError(name, f"id {repeated!r} is declared twice")
        ids = {party.id for party in self.parties}
        for owner, party in self._party_references():
            if party not in ids:
                raise ValueError(f"{owner}: {allowed(party, ids)}")
        for problem in rule_problems(self.rules, parties=ids, issues={issue.id: issue for issue in self.issues}):
            raise FieldError("rules", problem)
        spellings = [spelling for speaker in self.speakers for spelling in {speaker.name, *speaker.aliases}]
        if repeated := first_repeated(spellings):
            raise FieldError("speakers", f"the spelling {repeated!r} belongs to two speakers")
        return self

    def _party_references(self) -> Iterable[tuple[str, str]]:
        for speaker in self.speakers:
            yield from ((f"party of speaker {speaker.id!r}", role.party) for role in speaker.roles)
        for issue in self.issues:
            yield from ((f"saliences of issue {issue.id!r}", party) for party in issue.saliences)
            yield from ((f"addressees of issue {issue.id!r}", party) for party in issue.addressed.get(None, ()))
            for element in issue.elements:
                yield from ((f"addressees of {element.id!r}", party) for party in element.addressees)

    @cached_property
    def principals(self) -> tuple[Party, ...]:
        """The parties compared by default: the principal ones, or all if none is marked."""
        return tuple(party for party in self.parties if party.principal) or self.parties

    def party(self, party_id: str) -> Party:
        """Return a party; raise ``QueryError`` listing the allowed ids."""
        return _find(self._parties, party_id, "party")

    def speaker(self, speaker_id: str) -> Speaker:
        """Return a speaker; raise ``QueryError`` listing the allowed ids."""
        return _find(self._speakers, speaker_id, "speaker")

    def knows_speaker(self, speaker_id: str) -> bool:
        """Return whether the codebook declares a speaker."""
        return speaker_id in self._speakers

    def issue(self, issue_id: str) -> Issue:
        """Return an issue; raise ``QueryError`` listing the allowed ids."""
        return _find(self._issues, issue_id, "issue")

    def element(self, issue_id: str, element_id: str) -> Element:
        """Return an element of an issue; raise ``QueryError`` listing the issue's elements."""
        found = self._elements.get((issue_id, element_id))
        if found is None:
            labels = {element.id: element.label for element in self.issue(issue_id).elements}
            raise QueryError(allowed(element_id, labels, names=labels), field=f"element of {issue_id}")
        return found

    @cached_property
    def _parties(self) -> Mapping[str, Party]:
        return {party.id: party for party in self.parties}

    @cached_property
    def _speakers(self) -> Mapping[str, Speaker]:
        return {speaker.id: speaker for speaker in self.speakers}

    @cached_property
    def _issues(self) -> Mapping[str, Issue]:
        return {issue.id: issue for issue in self.issues}

    @cached_property
    def _elements(self) -> Mapping[tuple[str, str], Element]:
        return {(issue.id, element.id): element for issue in self.issues for element in issue.elements}

    def path_label(self, issue_id: str, element_id: str | None) -> str:
        """Name an issue, or an issue's element, in words: ``Venue: Minsk``."""
        label = self.issue(issue_id).label
        return label if element_id is None else f"{label}: {self.element(issue_id, element_id).label}"


def _find(words: Mapping[str, Member], word_id: str, group: str) -> Member:
    if word_id not in words:
        names = {one: str(getattr(word, "name", "") or getattr(word, "label", one)) for one, word in words.items()}
        raise QueryError(allowed(word_id, words, names=names), field=group)
    return words[word_id]
