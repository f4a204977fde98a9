"""The codebook as a model reads it: parties, issues with levels and elements, coding rules with examples, speakers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from positions.extract.llm.schema import example_answer, stance_word
from positions.model.codebook import Codebook, Role, Speaker
from positions.model.coding_rules import CodingRule
from positions.model.issues import Element, Issue

_SPELLINGS: Final = 6
"""The most spellings of a speaker that are told."""


def describe_codebook(codebook: Codebook) -> str:
    """Return the codebook in words, without its speakers."""
    lines = [f"Negotiation: {codebook.title}. {join_lines(codebook.description)}", "", "Parties (id: name):"]
    for party in codebook.parties:
        note = f" {join_lines(party.note)}" if party.note else ""
        lines.append(f"- {party.id}: {party.name}.{note}")
    lines += ["", *(f"In scope: {line}" for line in codebook.in_scope)]
    lines += [*(f"Out of scope: {line}" for line in codebook.out_of_scope), "", "Issues:"]
    for issue in codebook.issues:
        lines += _describe_issue(issue)
    if codebook.rules:
        lines += ["", "Coding rules:", *(line for rule in codebook.rules for line in _describe_rule(rule))]
    if examples := [line for rule in codebook.rules for line in _describe_examples(rule)]:
        lines += ["", "Worked examples (composed; each with all that is coded in its passage):", *examples]
    return "\n".join(lines)


def _describe_issue(issue: Issue) -> Iterator[str]:
    poles = f" + pole: {issue.plus}. − pole: {issue.minus}." if issue.plus else ""
    acting = f" Who would have to act: {', '.join(issue.addressed[None])}." if issue.addressed.get(None) else ""
    yield f"- {issue.id} ({issue.kind}): {issue.label}. {join_lines(issue.definition)}{poles}{acting}"
    for level in issue.levels:
        addressed = f" (who would have to act: {level.addressee_label})" if level.addressee_label else ""
        yield f"    {stance_word(level.stance)}: {level.label}{addressed}: {join_lines(level.definition)}"
    yield from (_describe_element(issue, element) for element in issue.elements)


def _describe_element(issue: Issue, element: Element) -> str:
    parent = f" In {issue.id}/{element.parent}." if element.parent else ""
    acting = f" Who would have to act: {', '.join(element.addressees)}." if element.addressees else ""
    return f"    {issue.id}/{element.id}: {element.label}. {join_lines(element.definition)}{parent}{acting}"


def _describe_rule(rule: CodingRule) -> Iterator[str]:
    scope = f" (on {', '.join(rule.issues)})" if rule.issues else ""
    yield f"- {rule.id}{scope}: {rule.title}. {join_lines(rule.text)}"


def _describe_examples(rule: CodingRule) -> Iterator[str]:
    for example in rule.examples:
        claims = [example_answer(claim, example.passage) for claim in example.claims]
        yield f"- On {rule.id}. Passage: {join_lines(example.passage)}"
        yield from (f"    {json.dumps(_without_empty(claim), ensure_ascii=False)}" for claim in claims)
        if not claims:
            yield "    No record."
        if example.note:
            yield f"    {join_lines(example.note)}"


def _without_empty(claim: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in claim.items() if value != "" or name == "speaker"}


def describe_speakers(codebook: Codebook, text: str) -> str:
    """Return lines on the speakers of the codebook that a text names, empty if it names none."""
    lines = [_describe_speaker(speaker, text) for speaker in named_speakers(codebook, text)]
    head = "Speakers of the codebook that are named in it (others may speak too), with whom they speak for and when:"
    return "\n".join([head, *lines, ""]) if lines else ""


def named_speakers(codebook: Codebook, text: str) -> list[Speaker]:
    """Return the speakers of a codebook that a text names by any spelling, in the codebook's order."""
    ids = set(Spellings(codebook).within(text))
    return [speaker for speaker in codebook.speakers if speaker.id in ids]


def _describe_speaker(speaker: Speaker, text: str) -> str:
    spellings = [one for one in speaker.aliases if re.search(rf"\b{re.escape(one)}\b", text)][:_SPELLINGS]
    named = f" (here: {', '.join(spellings)})" if spellings else ""
    roles = "; ".join(map(_describe_role, speaker.roles)) or "no party"
    return f"- {speaker.name}{named}: {roles}"


def _describe_role(role: Role) -> str:
    first = f" from {role.first}" if role.first else ""
    last = f" to {role.last}" if role.last else ""
    return f"{role.party}, {role.title}{first}{last}"


class Spellings:
    """Every spelling of a codebook's speakers, compiled for search."""

    def __init__(self, codebook: Codebook) -> None:
        self._ids = {name.casefold(): one.id for one in codebook.speakers for name in (one.name, *one.aliases)}
        longest_first = sorted(self._ids, key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})\b", re.IGNORECASE)

    def exact(self, name: str) -> str | None:
        """Return the id of the speaker with just this spelling."""
        return self._ids.get(name.casefold())

    def within(self, text: str) -> list[str]:
        """Return the ids of the speakers that a text names, the longest spelling first."""
        matches = sorted((match[0] for match in self._pattern.finditer(text)), key=len, reverse=True)
        return list(dict.fromkeys(self._ids[match.casefold()] for match in matches))


def join_lines(text: str) -> str:
    """Return a text with each run of white space as one space."""
    return " ".join(text.split())
