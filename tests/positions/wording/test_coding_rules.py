"""Coding rules in words, for the command line and the dashboard."""

from __future__ import annotations

from positions.model.coding_rules import CodingRule, RuleExample
from positions.wording.coding_rules import RULE_COLUMNS, coding_lines, example_lines, rule_row, rule_text, scope_words
from tests.examples import golden_codebook

CLAIMS = [
    {"holder": "UKR", "issue": "venue", "element": "minsk", "stance": -2, "speaker": "Kyiv", "quote": "not in Minsk"},
    {"holder": "UKR", "issue": "neutrality", "stance": -1, "stance_to": 1, "condition_for": "venue/istanbul"},
    {"holder": "UKR", "issue": "neutrality", "stance": 2, "act": True},
]
EXAMPLE = RuleExample.model_validate({"passage": "Kyiv said: not in Minsk", "claims": CLAIMS, "note": "So."})
RULE = CodingRule(id="one", title="One thing", text="Do\nthis.", issues=("venue",), examples=(EXAMPLE,))


def test_an_example_tells_what_is_coded_in_the_codebooks_words() -> None:
    lines = example_lines(EXAMPLE, golden_codebook())
    assert lines[0] == "Ukraine · Venue: Minsk · rejects it"
    assert lines[1].endswith(" · only with or after Venue: Istanbul · in the outlet's words")
    assert lines[2].endswith("an act, as the outlet tells it")
    assert example_lines(RuleExample(passage="Nothing."), golden_codebook()) == ["nothing is coded"]


def test_a_rule_is_a_row_and_a_text() -> None:
    row = rule_row(RULE, golden_codebook())
    assert tuple(row) == RULE_COLUMNS
    assert row["text"] == "Do this."
    assert scope_words(RULE, golden_codebook()) == "Venue"
    text = rule_text(RULE, golden_codebook())
    assert text.startswith(
        "One thing (Venue)\nDo this.\n  Example: Kyiv said: not in Minsk\n    Ukraine · Venue: Minsk"
    )
    assert text.endswith("  So.\n")


def test_a_reports_readers_are_told_the_rules_of_its_issues() -> None:
    golden = golden_codebook()
    assert coding_lines(golden) == ()
    general = RULE.model_copy(update={"id": "two", "title": "Another", "issues": ()})
    ruled = golden.model_copy(update={"rules": (RULE, general)})
    (line,) = coding_lines(ruled)
    assert line.endswith(" in the codebook: One thing; Another.")
    others = tuple(issue for issue in golden.issues if issue.id != "venue")
    assert coding_lines(ruled.model_copy(update={"issues": others}))[0].endswith(" in the codebook: Another.")
