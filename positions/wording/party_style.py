"""The style of parties everywhere: a hue of the Okabe–Ito palette and a marker shape for each, by their order.

The hues can be distinguished with any colour vision; shape and name always go with them, so that no information depends
on colour alone. Blue, red and yellow come last: they repeat the flags of the shipped case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from positions.model.codebook import Codebook

HUES: Final = ("#E69F00", "#CC79A7", "#009E73", "#56B4E9", "#D55E00", "#0072B2", "#F0E442", "#999999")
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
    """Return the style of every party by id, principals first; hues and shapes repeat after the eighth."""
    others = tuple(party for party in codebook.parties if party not in codebook.principals)
    return {
        party.id: PartyStyle(party.name, HUES[index % len(HUES)], SHAPES[(index + index // len(HUES)) % len(SHAPES)])
        for index, party in enumerate((*codebook.principals, *others))
    }
