"""A word of the codebook that changes changes in the coding rules and their examples too."""

from __future__ import annotations

import pytest

from positions.files.reading import parse_toml
from positions.model.codebook import Codebook
from positions.model.codebook_version import WordKind
from positions.model.coding_rules import CodingRule
from positions.store.codebook_text import Operation, OperationName, edit_codebook
from tests.conftest import ROOT

TEMPLATE = (ROOT / "positions" / "templates" / "codebook.toml").read_text("utf-8")
RULES = """
[[rules]]
id = "own"
title = "Places"
text = "Places."
issues = ["venue"]
examples = [
  { passage = "Talks in First City once the troops are gone, the minister said.", claims = [
    { speaker_party = "AAA", holder = "AAA", issue = "venue", element = "first-city", stance = 1, CONDITION },
  ] },
  { passage = "No.", note = "nothing" },
]
""".replace("CONDITION", 'condition_for = "preconditions/withdrawal"')


def edited(name: OperationName, word: WordKind, old: str, *new: str) -> CodingRule | None:
    """The rule after an operation, ``None`` if it went."""
    fields = {"label": {one: one for one in new}} if name == "split" else {}
    text = edit_codebook(TEMPLATE + RULES, Operation(name, word, old, new, fields))
    codebook = parse_toml(text.encode(), Codebook, name="codebook.toml")
    return next((rule for rule in codebook.rules if rule.id == "own"), None)


@pytest.mark.parametrize(
    ("word", "old", "new", "field", "value"),
    [
        ("party", "AAA", "XXX", "holder", "XXX"),
        ("party", "AAA", "XXX", "speaker_party", "XXX"),
        ("issue", "venue", "place", "issue", "place"),
        ("issue", "preconditions", "terms", "condition_for", "terms/withdrawal"),
        ("element", "venue/first-city", "venue/capital", "element", "capital"),
        ("element", "preconditions/withdrawal", "preconditions/retreat", "condition_for", "preconditions/retreat"),
    ],
)
def test_examples_follow_a_renamed_word(word: WordKind, old: str, new: str, field: str, value: str) -> None:
    rule = edited("rename", word, old, new)
    assert rule is not None
    assert getattr(rule.examples[0].claims[0], field) == value
    assert len(rule.examples) == 2


def test_a_rule_follows_its_renamed_issue_and_goes_with_its_last_one() -> None:
    rule = edited("rename", "issue", "venue", "place")
    assert rule is not None
    assert rule.issues == ("place",)
    assert edited("retire", "issue", "venue") is None


def test_an_example_goes_with_the_element_that_it_codes_and_the_rule_stays() -> None:
    for element in ("venue/first-city", "preconditions/withdrawal"):
        text = TEMPLATE.replace(
            'addressees = ["BBB"] },', 'addressees = ["BBB"] },\n  { id = "other", label = "Other" },'
        )
        codebook = parse_toml(
            edit_codebook(text + RULES, Operation("retire", "element", element)).encode(),
            Codebook,
            name="codebook.toml",
        )
        assert [example.passage for example in codebook.rules[-1].examples] == ["No."]


def test_an_example_of_a_split_element_shows_the_first_new_one() -> None:
    rule = edited("split", "element", "venue/first-city", "venue/old-town", "venue/port")
    assert rule is not None
    assert rule.examples[0].claims[0].element == "old-town"
