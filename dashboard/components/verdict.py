"""The verdict on two days: a sentence whose parts open the quotes that they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.evidence import build_evidence
from dashboard.markup import elements as html
from dashboard.query.case import Picture
from positions.analysis.movement import Movement
from positions.wording.party_style import PartyStyle
from positions.wording.verdict import verdict_parts


def build_verdict(
    movement: Movement, picture: Picture, styles: Mapping[str, PartyStyle], *, names_end: bool = False
) -> list[Any]:
    """Build the sentence on a movement; the boxes that its parts open stand after it."""
    words: list[Any] = []
    boxes: list[Any] = []
    for number, part in enumerate(verdict_parts(movement, picture.case.codebook, names_end=names_end)):
        if part.statements:
            box = f"verdict-{'-'.join(movement.parties)}-{number}"
            button, quotes = build_evidence(part.text, part.statements, picture, styles, box=box)
            words.append(button)
            boxes.append(quotes)
        else:
            words.append(part.text)
    return [html.P(words, className="verdict"), *boxes]
