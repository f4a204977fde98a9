"""The style of parties everywhere: a hue and a marker shape for each, by their order.

The first eight hues are those of Okabe and Ito, which any colour vision can distinguish; shape and name always go with
them, so that no information depends on colour alone. Of these, blue, red and yellow come last: they repeat the flags of
the shipped case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from positions.model.codebook import Codebook

HUES: Final = (
    *("#E69F00", "#CC79A7", "#009E73", "#56B4E9", "#D55E00", "#0072B2", "#F0E442", "#999999"),
    # Nobody tells sixteen hues apart; but no two parties share one, and shape and name are beside them.
    *("#8A6FC9", "#B5651D", "#4F9D9D", "#C44E52", "#7A8B2A", "#5B7FD1", "#A0527A", "#3D8B57"),
)
MarkShape: TypeAlias = Literal[
    "square", "circle", "triangle-up", "diamond", "pentagon", "star", "hexagon", "triangle-down"
]
SHAPES: Final[tuple[MarkShape, ...]] = get_args(MarkShape)


@dataclass(frozen=True, slots=True)
class PartyStyle:
    """A party's name, hue (``#rrggbb``) and marker shape (a name that plotly knows)."""

    name: str
    hue: str
    shape: MarkShape


def party_styles(codebook: Codebook) -> dict[str, PartyStyle]:
    """Return the style of every party by id, principals first.

    Shapes repeat after the eighth, hues after the sixteenth; no two parties have both in common before the 128th.
    """
    others = tuple(party for party in codebook.parties if party not in codebook.principals)
    return {
        party.id: PartyStyle(party.name, HUES[index % len(HUES)], SHAPES[(index + index // len(HUES)) % len(SHAPES)])
        for index, party in enumerate((*codebook.principals, *others))
    }
