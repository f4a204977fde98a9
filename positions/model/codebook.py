"""The codebook: who the parties are, who speaks for them, and on what they can take a stance.

Everything particular to one negotiation lives in a codebook file (``codebook.toml``), never in code. The models
here are frozen; ids that nobody declared raise :class:`~positions.errors.QueryError` and list the allowed ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Final, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from positions.errors import FieldError, QueryError, allowed
from positions.model.option_tree import Tree

T = TypeVar("T", bound=Hashable)
Found = TypeVar("Found")
Id: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=80)]


class Word(BaseModel):
    """Base of all words of the toolkit: frozen, and an unknown field is an error."""

    # Deferred: a model nested in another is built with that one, not twice, which halves the start of a command.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Party(Word):
    """A side that holds positions. Ids are ISO 3166-1 alpha-3 codes or names of organisations."""

    id: Id
    name: str = Field(min_length=1)
    principal: bool = False
    note: str = ""


class Role(Word):
    """For whom somebody speaks, from a day to a day, both inclusive; open ends are left out."""

    party: Id
    title: str
    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")

    def held_on(self, day: date) -> bool:
        """Tell whether the role was held on ``day``."""
        first, last = self.first, self.last
        return (first is None or first <= day) and (last is None or day <= last)


class Speaker(Word):
    """A person or an organisation that utters statements, with every spelling under which sources name it."""

    id: Id
    kind: Literal["person", "organisation"]
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    note: str = ""

    def parties_on(self, day: date) -> tuple[str, ...]:
        """Return the ids of the parties that the speaker speaks for on ``day``; empty for an unnamed source."""
        roles = self.roles
        if len(roles) == 1:
            return (roles[0].party,) if roles[0].held_on(day) else ()
        return tuple(dict.fromkeys(role.party for role in roles if role.held_on(day)))

    def title_on(self, day: date) -> str:
        """Return the speaker's title on ``day``, empty when no role was held then."""
        return next((role.title for role in self.roles if role.held_on(day)), "")


class Level(Word):
    """One step of a scale: its stance number, its words and its value in [0, 1] (1 is the + pole)."""

    stance: int
    label: str
    definition: str
    value: float | None = Field(default=None, ge=0, le=1)


DEFAULT_LEVELS: Final = (
    Level(stance=2, label="for it", definition="demands it, commits to it or is doing it", value=1),
    Level(stance=1, label="open to it", definition="is open to it, or accepts it on conditions", value=0.75),
    Level(stance=0, label="undecided", definition="says that it is undecided", value=0.5),
    Level(stance=-1, label="reluctant", definition="is sceptical of it or reluctant", value=0.25),
    Level(stance=-2, label="rejects it", definition="rejects it or does the opposite", value=0),
)


class Element(Word):
    """A part of an issue on which stances are taken: a place of a venue tree, a condition.

    ``parent`` (options only) is the element that contains it; ``addressees`` (conditions only) are the parties
    that would have to act.
    """

    id: Id
    label: str
    definition: str = ""
    parent: Id | None = None
    addressees: tuple[Id, ...] = ()


class _Issue(Word):
    """What the kinds of issue share.

    ``plus`` and ``minus`` put the two poles in words; ``saliences`` weigh the issue for each party (default 1).
    """

    id: Id
    label: str = Field(min_length=1)
    definition: str = ""
    plus: str = ""
    minus: str = ""
    saliences: Mapping[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    levels: tuple[Level, ...] = DEFAULT_LEVELS

    @model_validator(mode="after")
    def _levels_distinct(self) -> _Issue:
        if len(self.levels) < 2:
            raise ValueError(f"levels: issue {self.id!r} needs at least two")
        if repeated := _first_repeated(level.stance for level in self.levels):
            raise ValueError(f"levels: stance {repeated} is declared twice in issue {self.id!r}")
        return self

    @cached_property
    def values(self) -> Mapping[int, float]:
        """Value in [0, 1] of each stance, in order of stance; equally spaced where none is declared."""
        ordered = sorted(self.levels, key=lambda level: level.stance)
        steps = len(ordered) - 1
        return {
            level.stance: place / steps if level.value is None else level.value for place, level in enumerate(ordered)
        }

    @property
    def step(self) -> float:
        """The largest value between neighbouring levels: what one level's change is worth, in (0, 1]."""
        ordered = sorted(self.values.values())
        return max(high - low for low, high in pairwise(ordered))

    def level(self, stance: int) -> Level:
        """Return the level of a stance; raise ``QueryError`` listing the declared ones."""
        for level in self.levels:
            if level.stance == stance:
                return level
        raise QueryError(allowed(stance, map(str, sorted(self.values))), field=f"stance of {self.id}")

    def weight(self, party: str, other: str) -> float:
        """Mean salience of the issue for two parties (``semantics.md`` §4)."""
        return (self.saliences.get(party, 1.0) + self.saliences.get(other, 1.0)) / 2


class ScaleIssue(_Issue):
    """An issue whose stances lie on one line from the − pole to the + pole; it has no elements."""

    kind: Literal["scale"]
    addressees: tuple[Id, ...] = ()

    @property
    def elements(self) -> tuple[Element, ...]:
        """No elements: the issue itself is what stances are taken on."""
        return ()

    @model_validator(mode="after")
    def _values_rise(self) -> ScaleIssue:
        values = list(self.values.values())
        if any(high <= low for low, high in pairwise(values)):
            raise ValueError(f"levels: the values of issue {self.id!r} must rise with the stance, found {values}")
        return self


class OptionsIssue(_Issue):
    """An issue of alternatives in a tree; a stance on an element holds for all that it contains."""

    kind: Literal["options"]
    elements: tuple[Element, ...] = Field(min_length=1)
    levels: tuple[Level, ...] = tuple(level for level in DEFAULT_LEVELS if level.stance)

    @model_validator(mode="after")
    def _tree_sound(self) -> OptionsIssue:
        _check_levels(self, frozenset({-2, -1, 1, 2}))
        _check_elements(self)
        Tree({element.id: element.parent for element in self.elements})
        return self

    @cached_property
    def values(self) -> Mapping[int, float]:
        """Value of each stance as on the default five levels: −2 … +2 are 0 … 1, and there is no middle."""
        return {stance: (stance + 2) / 4 for stance in sorted(level.stance for level in self.levels)}

    @property
    def step(self) -> float:
        """What one level's change is worth: a quarter, as on the default five levels."""
        return 0.25

    @cached_property
    def tree(self) -> Tree:
        """The containment tree of the elements."""
        return Tree({element.id: element.parent for element in self.elements})


class ConditionsIssue(_Issue):
    """An issue of separate conditions, each something that its addressees would have to do."""

    kind: Literal["conditions"]
    elements: tuple[Element, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _conditions_sound(self) -> ConditionsIssue:
        _check_levels(self, frozenset({-2, -1, 0, 1, 2}))
        _check_elements(self)
        for element in self.elements:
            if element.parent:
                raise ValueError(f"elements: condition {element.id!r} has a parent; only options form a tree")
        return self


Issue: TypeAlias = Annotated[ScaleIssue | OptionsIssue | ConditionsIssue, Field(discriminator="kind")]


class Codebook(Word):
    """One negotiation's parties, speakers and issues, with notes on what is coded and what is not."""

    title: str = Field(min_length=1)
    description: str = ""
    in_scope: tuple[str, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    parties: tuple[Party, ...] = Field(min_length=2)
    speakers: tuple[Speaker, ...] = ()
    issues: tuple[Issue, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _references_known(self) -> Codebook:
        for name, words in (("parties", self.parties), ("speakers", self.speakers), ("issues", self.issues)):
            if repeated := _first_repeated(word.id for word in words):
                raise FieldError(name, f"id {repeated!r} is declared twice")
        ids = {party.id for party in self.parties}
        for owner, party in self._party_references():
            if party not in ids:
                raise ValueError(f"{owner}: {allowed(party, ids)}")
        spellings = [spelling for speaker in self.speakers for spelling in {speaker.name, *speaker.aliases}]
        if repeated := _first_repeated(spellings):
            raise FieldError("speakers", f"the spelling {repeated!r} belongs to two speakers")
        return self

    def _party_references(self) -> Iterable[tuple[str, str]]:
        for speaker in self.speakers:
            yield from ((f"party of speaker {speaker.id!r}", role.party) for role in speaker.roles)
        for issue in self.issues:
            yield from ((f"saliences of issue {issue.id!r}", party) for party in issue.saliences)
            yield from ((f"addressees of issue {issue.id!r}", party) for party in getattr(issue, "addressees", ()))
            for element in issue.elements:
                yield from ((f"addressees of {element.id!r}", party) for party in element.addressees)

    @cached_property
    def principals(self) -> tuple[Party, ...]:
        """The parties compared by default: the principal ones, or all where none is marked."""
        return tuple(party for party in self.parties if party.principal) or self.parties

    def party(self, party_id: str) -> Party:
        """Return a party; raise ``QueryError`` listing the allowed ids."""
        return _find(self._parties, party_id, "party")

    def speaker(self, speaker_id: str) -> Speaker:
        """Return a speaker; raise ``QueryError`` listing the allowed ids."""
        return _find(self._speakers, speaker_id, "speaker")

    def knows_speaker(self, speaker_id: str) -> bool:
        """Tell whether the codebook declares a speaker."""
        return speaker_id in self._speakers

    def issue(self, issue_id: str) -> ScaleIssue | OptionsIssue | ConditionsIssue:
        """Return an issue; raise ``QueryError`` listing the allowed ids."""
        return _find(self._issues, issue_id, "issue")

    def element(self, issue_id: str, element_id: str) -> Element:
        """Return an element of an issue; raise ``QueryError`` listing the issue's elements."""
        found = self._elements.get((issue_id, element_id))
        if found is None:
            known = [element.id for element in self.issue(issue_id).elements]
            raise QueryError(allowed(element_id, known), field=f"element of {issue_id}")
        return found

    @cached_property
    def _parties(self) -> Mapping[str, Party]:
        return {party.id: party for party in self.parties}

    @cached_property
    def _speakers(self) -> Mapping[str, Speaker]:
        return {speaker.id: speaker for speaker in self.speakers}

    @cached_property
    def _issues(self) -> Mapping[str, ScaleIssue | OptionsIssue | ConditionsIssue]:
        return {issue.id: issue for issue in self.issues}

    @cached_property
    def _elements(self) -> Mapping[tuple[str, str], Element]:
        return {(issue.id, element.id): element for issue in self.issues for element in issue.elements}

    def path_label(self, issue_id: str, element_id: str | None) -> str:
        """Name an issue, or an issue's element, in words: ``Venue: Minsk``."""
        label = self.issue(issue_id).label
        return label if element_id is None else f"{label}: {self.element(issue_id, element_id).label}"


def _check_levels(issue: OptionsIssue | ConditionsIssue, stances: frozenset[int]) -> None:
    for level in issue.levels:
        if level.stance not in stances:
            raise ValueError(f"levels of {issue.id!r}: {allowed(level.stance, map(str, sorted(stances)))}")


def _check_elements(issue: OptionsIssue | ConditionsIssue) -> None:
    if repeated := _first_repeated(element.id for element in issue.elements):
        raise ValueError(f"elements: id {repeated!r} is declared twice in issue {issue.id!r}")


def _first_repeated(values: Iterable[T]) -> T | None:
    seen: set[T] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


def _find(words: Mapping[str, Found], word_id: str, group: str) -> Found:
    if word_id not in words:
        raise QueryError(allowed(word_id, words), field=group)
    return words[word_id]
