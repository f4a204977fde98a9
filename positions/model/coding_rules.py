"""Coding rules: how people, rules and models are to code, with short worked examples."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pydantic import Field, model_validator

from positions.errors import FieldError, allowed
from positions.files.characters import VISIBLE
from positions.model.issues import Issue
from positions.model.statement import ConditionId
from positions.model.words import Id, Word


class ExampleClaim(Word):
    """One claim that an example's passage makes.

    ``quote`` is a part of the passage, left out where it is all of it. ``speaker`` and ``relayed_by`` are named as the
    passage names them, empty for the outlet's own words; ``act`` marks a stance that an outlet tells as something done.
    ``said`` are the words that date the utterance. The rest is as in :class:`positions.model.statement.Claim`.
    """

    holder: Id
    issue: Id
    element: Id | None = None
    stance: int
    stance_to: int | None = None
    condition_for: ConditionId | None = None
    quote: str = ""
    speaker: str = ""
    speaker_party: Id | None = None
    relayed_by: str = ""
    act: bool = False
    said: str = ""


class RuleExample(Word):
    """A passage and all that is coded in it; without ``claims`` nothing is."""

    passage: str = Field(pattern=VISIBLE)
    claims: tuple[ExampleClaim, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _words_of_the_passage(self) -> RuleExample:
        for claim in self.claims:
            for field in ("quote", "speaker", "relayed_by", "said"):
                if (words := getattr(claim, field)) not in self.passage:
                    raise FieldError("claims", f"{field} {words!r} does not stand in the passage")
        return self


class CodingRule(Word):
    """A rule of coding in words, for every coder: a person, a program, a language model.

    ``issues`` are those of the codebook that it is particular to; a rule without any holds for every negotiation.
    """

    id: Id
    title: str = Field(pattern=VISIBLE)
    text: str = Field(pattern=VISIBLE)
    issues: tuple[Id, ...] = ()
    examples: tuple[RuleExample, ...] = ()


def rule_problems(
    rules: Sequence[CodingRule], *, parties: Collection[str], issues: Mapping[str, Issue]
) -> Iterator[str]:
    """Yield what is wrong with each word of the rules that the codebook does not declare: an id, a level."""
    for rule in rules:
        yield from (f"issues of rule {rule.id!r}: {allowed(one, issues)}" for one in rule.issues if one not in issues)
        for claim in (claim for example in rule.examples for claim in example.claims):
            problems = (*_party_problems(claim, parties), *_topic_problems(claim, issues))
            yield from (f"example of rule {rule.id!r}: {problem}" for problem in problems)


def _party_problems(claim: ExampleClaim, parties: Collection[str]) -> Iterator[str]:
    for party in (claim.holder, claim.speaker_party):
        if party is not None and party not in parties:
            yield allowed(party, parties)


def _topic_problems(claim: ExampleClaim, issues: Mapping[str, Issue]) -> Iterator[str]:
    topics = [(claim.issue, claim.element or "")]
    if claim.condition_for:
        issue, _, element = claim.condition_for.partition("/")
        topics.append((issue, element))
    for topic, part in topics:
        if topic not in issues:
            yield allowed(topic, issues)
        elif part not in (parts := [one.id for one in issues[topic].elements] or [""]):
            yield f"element of {topic}: {allowed(part, parts)}"
    if claim.issue in issues:
        values = issues[claim.issue].values
        ends = (claim.stance, claim.stance_to)
        yield from (f"{claim.issue}: {allowed(end, map(str, values))}" for end in ends if end not in (None, *values))
