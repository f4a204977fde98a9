"""The codebook's coding rules for people: as rows, and their examples in words."""

from __future__ import annotations

import textwrap
from typing import Any, Final

from positions.model.codebook import Codebook
from positions.model.coding_rules import CodingRule, ExampleClaim, RuleExample
from positions.wording.positions import range_words

RULE_COLUMNS: Final = ("id", "title", "text", "issues", "examples")
_WIDTH: Final = 100
NOTHING_CODED: Final = "nothing is coded"


def coding_lines(codebook: Codebook) -> tuple[str, ...]:
    """Return a line for a report's readers that names the rules of its issues; none if the codebook has no rules."""
    issues = {issue.id for issue in codebook.issues}
    titles = [rule.title for rule in codebook.rules if not rule.issues or issues.intersection(rule.issues)]
    if not titles:
        return ()
    return (f"What was said is coded by rules that stand, with examples, in the codebook: {'; '.join(titles)}.",)


def rule_row(rule: CodingRule, codebook: Codebook) -> dict[str, Any]:
    """Return a rule as a row of :data:`RULE_COLUMNS`; each example is a passage and the lines of what is coded."""
    examples = [
        {"passage": example.passage, "coded": example_lines(example, codebook), "note": example.note}
        for example in rule.examples
    ]
    return {
        "id": rule.id,
        "title": rule.title,
        "text": " ".join(rule.text.split()),
        "issues": list(rule.issues),
        "examples": examples,
    }


def rule_text(rule: CodingRule, codebook: Codebook) -> str:
    """Return a rule with its examples as lines of text that end in an empty one."""
    scope = scope_words(rule, codebook)
    lines = [f"{rule.title}{f' ({scope})' if scope else ''}", *textwrap.wrap(rule.text, _WIDTH)]
    for example in rule.examples:
        lines += _wrap_example(f"Example: {example.passage}")
        lines += [f"    {line}" for line in example_lines(example, codebook)]
        lines += _wrap_example(example.note)
    return "\n".join([*lines, ""])


def _wrap_example(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")


def scope_words(rule: CodingRule, codebook: Codebook) -> str:
    """Say what a rule is particular to: ``Venue, Peace talks``; empty for a rule that holds for every negotiation."""
    return ", ".join(codebook.issue(issue).label for issue in rule.issues)


def example_lines(example: RuleExample, codebook: Codebook) -> list[str]:
    """Return a line for each claim of an example, ``Ukraine · Venue: Geneva · accepts it``, or that there is none."""
    return [_claim_line(claim, codebook) for claim in example.claims] or [NOTHING_CODED]


def _claim_line(claim: ExampleClaim, codebook: Codebook) -> str:
    highest = claim.stance if claim.stance_to is None else claim.stance_to
    level = range_words(codebook, (claim.holder, claim.issue, claim.element), (claim.stance, highest))
    parts = [codebook.party(claim.holder).name, codebook.path_label(claim.issue, claim.element), level]
    if claim.condition_for:
        issue, _, element = claim.condition_for.partition("/")
        parts.append(f"only with or after {codebook.path_label(issue, element or None)}")
    if not claim.speaker:
        parts.append("an act, as the outlet tells it" if claim.act else "in the outlet's words")
    return " · ".join(parts)
