"""A document's text for selecting in: exactly its characters, what is quoted already marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from dashboard.components.marked_text import stretches
from positions.model.codebook import Codebook
from positions.model.statement import Claim, Statement
from positions.wording.party_style import PartyStyle


class TextPiece(NamedTuple):
    """A stretch of text; ``told`` says what is quoted there, empty where nothing is, and in whose hues."""

    text: str
    told: str = ""
    hue: str = ""
    second: str = ""


def exact(text: str) -> Markup:
    """Escape a text so that the page has exactly its characters: HTML would change line ends of other systems."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704 - escaped just before


def quoted_pieces(
    text: str, spoken: Sequence[Statement], codebook: Codebook, looks: Mapping[str, PartyStyle]
) -> list[TextPiece]:
    """Cut a text where quotes begin and end, each stretch with what was coded of it."""
    pieces = []
    for start, end, here in stretches(text, spoken):
        if not here:
            pieces.append(TextPiece(text[start:end]))
            continue
        told = [f"{looks[said.holder].name} on {codebook.path_label(said.issue, said.element)}" for said in here]
        hues = [looks[said.holder].hue for said in here]
        pieces.append(
            TextPiece(text[start:end], "; ".join(dict.fromkeys(told)), hues[0], hues[1] if hues[1:] else hues[0])
        )
    return pieces


def claim_pieces(text: str | None, claim: Claim, look: PartyStyle) -> list[TextPiece]:
    """Cut a text around one claim's quote; the whole of it where the quote does not stand where it should."""
    if text is None:
        return []
    start, end = claim.start, claim.end
    if text[start:end] != claim.quote:
        return [TextPiece(text)]
    return [TextPiece(text[:start]), TextPiece(text[start:end], "The quote", look.hue, look.hue), TextPiece(text[end:])]
