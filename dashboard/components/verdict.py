"""The verdict on two days: a sentence whose parts open the quotes that they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.evidence import build_evidence
from dashboard.components.why import PairDistance, build_why
from dashboard.markup import elements as html
from dashboard.query.case import Picture
from positions.analysis.movement import Movement
from positions.wording.party_style import PartyStyle
from positions.wording.verdict import VerdictPart, verdict_parts


def build_verdict(
    movement: Movement, picture: Picture, styles: Mapping[str, PartyStyle], *, names_end: bool = False
) -> list[Any]:
    """Build the sentence on a movement; the boxes that its parts open stand after it."""
    words: list[Any] = []
    boxes: list[Any] = []
    for number, part in enumerate(verdict_parts(movement, picture.case.codebook, names_end=names_end)):
        box, asked = f"verdict-{'-'.join(movement.parties)}-{number}", _told_distance(part, movement, picture)
        if asked:
            button, *opened = build_why(part.text, asked, picture, styles, box=box)
        elif part.statements:
            button, *opened = build_evidence(part.text, part.statements, picture, styles, box=box)
        else:
            words += _join_sign(part.text, words)
            continue
        words.append(button)
        boxes += opened
    return [html.P(words, className="verdict"), *boxes]


def _join_sign(text: str, words: list[Any]) -> list[str]:
    """Return a text to follow some words; the full stop that ends what a button says goes into the button.

    A button is a box of its own, so that the stop would stand alone in the next line.
    """
    if words and isinstance(words[-1], html.Node) and text.startswith("."):
        words[-1].children = [words[-1].children, "."]
        text = text.removeprefix(".")
    return [text] if text else []


def _told_distance(part: VerdictPart, movement: Movement, picture: Picture) -> PairDistance | None:
    """Return the distance that a part tells, on the later day; on a long log only its quotes are opened."""
    if picture.case.is_long or not (part.issue or part.is_overall):
        return None
    return PairDistance(movement.parties, movement.end, part.issue or None)
