"""Parties are told apart by hue and shape, however many they are."""

from __future__ import annotations

import pytest

from positions.model.codebook import Party
from positions.wording.party_style import HUES, SHAPES, party_styles
from tests.examples import golden_codebook_with


def styles(count: int) -> list[tuple[str, str]]:
    parties = tuple(Party(id=f"P{number}", name=f"Party {number}") for number in range(count))
    book = golden_codebook_with(parties=(*golden_codebook_with().parties, *parties))
    return [(style.hue, style.shape) for style in party_styles(book).values()]


def test_twelve_parties_have_twelve_hues() -> None:
    assert len({hue for hue, _ in styles(9)}) == 12


@pytest.mark.parametrize("count", [30, len(HUES) * len(SHAPES) - 3])
def test_of_more_parties_no_two_share_hue_and_shape(count: int) -> None:
    assert len(set(styles(count))) == count + 3


def test_the_hues_of_the_first_eight_stay_as_they_were() -> None:
    assert HUES[:3] == ("#E69F00", "#CC79A7", "#009E73")
    assert [shape for _, shape in styles(5)] == list(SHAPES)
