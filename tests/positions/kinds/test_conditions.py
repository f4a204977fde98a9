"""Words of conditions: the codebook's, another one for who would have to act than for who wants it."""

from __future__ import annotations

import pytest

from positions.kinds.registry import kind_of
from positions.model.issues import ConditionsIssue, Element
from positions.model.levels import Level

ELEMENTS = (
    Element(id="stop", label="stop", addressees=("RUS",)),
    Element(id="meet", label="meet", addressees=("RUS", "UKR"), joint=True),
)
PLAIN = ConditionsIssue(id="c", label="C", kind="conditions", elements=ELEMENTS)
OWN = PLAIN.model_copy(
    update={
        "levels": (
            Level(stance=2, label="insists", addressee_label="does it", definition=""),
            Level(stance=1, label="hopes", definition=""),
            Level(stance=-2, label="is against", definition=""),
        )
    }
)


def words(issue: ConditionsIssue, holder: str, stance: int, to: int | None = None, element: str = "stop") -> str:
    return kind_of(issue).held_words(issue, holder, element, (stance, stance if to is None else to))


@pytest.mark.parametrize(
    ("stance", "wanted", "answered"),
    [
        (2, "demands it", "commits to it"),
        (1, "asks for it", "accepts it"),
        (0, "undecided", "undecided"),
        (-1, "reluctant", "reluctant"),
        (-2, "opposes it", "refuses it"),
    ],
)
def test_conditions_without_levels_of_their_own_have_plain_words(stance: int, wanted: str, answered: str) -> None:
    assert words(PLAIN, "UKR", stance) == wanted
    assert words(PLAIN, "RUS", stance) == answered


def test_the_codebooks_words_stand_before_them_and_one_label_is_for_both() -> None:
    assert (words(OWN, "UKR", 2), words(OWN, "RUS", 2)) == ("insists", "does it")
    assert (words(OWN, "UKR", 1), words(OWN, "RUS", 1)) == ("hopes", "hopes")


def test_a_range_has_the_words_of_both_ends() -> None:
    assert words(OWN, "RUS", 1, 2) == "hopes to does it"
    assert words(OWN, "UKR", 1, 2) == "hopes to insists"


def test_who_has_to_act_with_others_demands_it_of_them() -> None:
    assert words(PLAIN, "RUS", 2, element="meet") == "demands it"
