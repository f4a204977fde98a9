from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from positions.model.codebook import Codebook
from positions.model.issues import ConditionsIssue, Issue, OptionsIssue, ScaleIssue
from tests.examples import golden_codebook

CITIES = [
    {"id": "south", "label": "South"},
    {"id": "rome", "label": "Rome", "parent": "italy"},
    {"id": "italy", "label": "Italy", "parent": "south"},
    {"id": "athens", "label": "Athens", "parent": "south"},
    {"id": "oslo", "label": "Oslo"},
]


def options(**fields: Any) -> OptionsIssue:
    return OptionsIssue.model_validate(
        {"id": "where", "kind": "options", "label": "Where", "elements": CITIES, **fields}
    )


def test_a_stance_on_an_option_reaches_the_leaves_below_and_bears_on_what_its_path_has() -> None:
    issue = options()
    assert issue.slots == ("rome", "athens", "oslo")
    assert issue.reach("south") == ("rome", "athens")
    assert issue.path("rome") == ("rome", "italy", "south")
    assert [issue.depth(element) for element in ("south", "italy", "rome", "oslo")] == [0, 1, 2, 0]
    assert [element.id for element in issue.ordered_elements] == ["south", "italy", "rome", "athens", "oslo"]
    assert issue.nests


@pytest.mark.parametrize(
    "issue", [one for one in golden_codebook().issues if one.id != "venue"], ids=lambda one: one.id
)
def test_on_every_other_kind_an_element_stands_alone(issue: Issue) -> None:
    assert issue.slots == (tuple(element.id for element in issue.elements) or (None,))
    for slot in issue.slots:
        assert (issue.path(slot), issue.reach(slot), issue.depth(slot)) == ((slot,), (slot,), 0)
    assert issue.ordered_elements == issue.elements
    assert not issue.nests


def test_what_can_be_demanded_is_a_condition_or_a_scale_with_an_addressee() -> None:
    book = golden_codebook()
    assert book.issue("preconditions").addressed == {"demilitarisation": ("UKR",), "halt-attacks": ("RUS",)}
    assert book.issue("venue").addressed == {}
    assert book.issue("neutrality").addressed == {}
    asked = ScaleIssue(id="x", kind="scale", label="x", addressees=("UKR",))
    assert asked.addressed == {None: ("UKR",)}
    assert asked.model_copy(update={"addressees": ("RUS",)}).addressed == {None: ("RUS",)}


def test_the_codebook_names_the_elements_or_the_kind_does() -> None:
    assert (options().noun, options().nouns) == ("option", "options")
    named = options(element_noun="city", element_plural="cities")
    assert (named.noun, named.nouns) == ("city", "cities")
    assert golden_codebook().issue("preconditions").noun == "condition"
    assert (golden_codebook().issue("neutrality").noun, golden_codebook().issue("neutrality").nouns) == ("", "")


@pytest.mark.parametrize(
    ("model", "fields", "message"),
    [
        (ScaleIssue, {"kind": "scale", "elements": CITIES}, "Extra inputs are not permitted"),
        (ScaleIssue, {"kind": "scale", "element_noun": "city"}, "Extra inputs are not permitted"),
        (OptionsIssue, {"kind": "options", "elements": []}, "at least 1 item"),
        (ConditionsIssue, {"kind": "conditions", "elements": CITIES}, "condition 'rome' has a parent"),
        (
            OptionsIssue,
            {
                "kind": "options",
                "elements": CITIES,
                "levels": [{"stance": n, "label": "", "definition": ""} for n in (0, 1)],
            },
            "levels of 'x': found 0, allowed: -1, -2, 1, 2",
        ),
    ],
)
def test_fields_and_levels_that_a_kind_does_not_have_are_refused(
    model: type[Issue], fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        model.model_validate({"id": "x", "label": "x", **fields})


def test_a_codebook_survives_a_round_through_json_whatever_its_kinds() -> None:
    book = golden_codebook()
    assert Codebook.model_validate_json(book.model_dump_json(by_alias=True)) == book


@pytest.mark.parametrize(
    ("issue", "message"),
    [
        ("venue", "valid dictionary"),
        ({"id": "x"}, "Field required"),
        ({"id": "x", "kind": "line"}, "Input should be 'scale', 'options', 'conditions'"),
        ({"id": "x", "kind": ["scale"]}, "Input should be 'scale', 'options', 'conditions'"),
    ],
)
def test_what_is_no_issue_of_a_known_kind_is_refused(issue: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Codebook.model_validate({"title": "x", "parties": [], "issues": [issue]})


def test_a_range_of_levels_is_named_by_both_its_ends() -> None:
    issue = golden_codebook().issue("neutrality")
    assert issue.level_words(-2, -1) == "rejects it to reluctant"
    assert issue.level_words(-2) == issue.level_words(-2, -2) == "rejects it"
