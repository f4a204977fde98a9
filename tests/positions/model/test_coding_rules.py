"""Coding rules name only what their codebook declares, and examples only what their passages say."""

from __future__ import annotations

import pytest

from positions.errors import DataError
from positions.files.reading import parse_toml, read_toml
from positions.model.codebook import Codebook
from positions.model.coding_rules import CodingRule
from tests.conftest import ROOT

TEMPLATE = read_toml(ROOT / "positions" / "templates" / "codebook.toml", Codebook)
CLAIM = '{ speaker = "the minister", holder = "AAA", issue = "venue", element = "first-city", stance = 1 }'
PARTICULAR = f"""
[[rules]]
id = "places"
title = "A place"
text = "A place is no stance on talks."
issues = ["venue", "talks"]
examples = [{{ passage = "First City, the minister said.", claims = [{CLAIM}] }}]
"""


def codebook_with(rules: str) -> Codebook:
    text = (ROOT / "positions" / "templates" / "codebook.toml").read_text("utf-8")
    return parse_toml((text + rules).encode(), Codebook, name="codebook.toml")


def general(rules: tuple[CodingRule, ...]) -> list[CodingRule]:
    return [rule for rule in rules if not rule.issues]


def test_a_rule_of_ones_own_stands_beside_the_general_ones() -> None:
    rule = codebook_with(PARTICULAR).rules[-1]
    assert (rule.id, rule.issues) == ("places", ("venue", "talks"))
    assert rule.examples[0].claims[0].element == "first-city"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"venue", "talks"]', '"venue", "tolks"]', "issues of rule 'places': found 'tolks', allowed: preconditions"),
        ('holder = "AAA"', 'holder = "CCC"', "example of rule 'places': found 'CCC', allowed: AAA, BBB"),
        ('issue = "venue"', 'issue = "venues"', "found 'venues', allowed: preconditions, talks, venue"),
        ('element = "first-city"', 'element = "second"', "element of venue: found 'second', allowed: any, first-city"),
        (', element = "first-city"', "", "element of venue: found '', allowed: any, first-city"),
        ("stance = 1", "stance = 0", "venue: found 0, allowed: -1, -2, 1, 2"),
        ("stance = 1", 'stance = 1, condition_for = "preconditions"', "element of preconditions: found ''"),
        ("stance = 1", 'stance = 1, condition_for = "talks/x"', "element of talks: found 'x'"),
        ('speaker = "the minister"', 'speaker = "the king"', "speaker 'the king' does not stand in the passage"),
        ("stance = 1", 'stance = 1, quote = "Second City"', "quote 'Second City' does not stand in the passage"),
        ('id = "places"', 'id = "quote"', "id 'quote' is declared twice"),
    ],
)
def test_what_a_rule_cannot_mean_is_told(old: str, new: str, message: str) -> None:
    assert old in PARTICULAR
    with pytest.raises(DataError, match="rules") as caught:
        codebook_with(PARTICULAR.replace(old, new, 1))
    assert message in str(caught.value)


@pytest.mark.parametrize("folder", ["data", "tests/tigray"])
def test_the_general_rules_are_the_same_in_every_negotiation_here(folder: str) -> None:
    codebook = read_toml(ROOT / folder / "codebook.toml", Codebook)
    assert general(codebook.rules) == general(TEMPLATE.rules)
    assert codebook.rules[len(general(codebook.rules)) :], "no rule of its own"


def test_the_template_offers_only_general_rules_and_a_commented_one_that_fits() -> None:
    assert general(TEMPLATE.rules) == list(TEMPLATE.rules)
    lines = (ROOT / "positions" / "templates" / "codebook.toml").read_text("utf-8").splitlines()
    start = lines.index("# [[rules]]")
    end = next(index for index in range(start, len(lines)) if not lines[index].startswith("#"))
    offered = "\n".join(line.removeprefix("# ") for line in lines[start:end])
    assert codebook_with(f"\n{offered}\n").rules[-1].examples


def test_every_rule_of_the_shipped_case_that_is_its_own_names_its_issues() -> None:
    codebook = read_toml(ROOT / "data" / "codebook.toml", Codebook)
    words = [party.name for party in codebook.parties if party.principal]
    assert [rule.id for rule in general(codebook.rules) if any(word in rule.text for word in words)] == []
