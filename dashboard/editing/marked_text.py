"""A document's text to select quotes in: exactly its characters, with existing quotes marked."""

from __future__ import annotations

from markupsafe import Markup, escape

from dashboard.components.marked_text import Stretch
from positions.model.statement import Claim
from positions.wording.party_style import PartyStyle


def escape_exactly(text: str) -> Markup:
    """Escape a text so that the page has exactly its characters: HTML parsers normalise carriage returns."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704 - escaped just before


def claim_stretches(text: str | None, claim: Claim, style: PartyStyle) -> list[Stretch]:
    """Cut a text around one claim's quote; return it whole if the quote is not at the claim's offsets."""
    if text is None:
        return []
    start, end = claim.start, claim.end
    if text[start:end] != claim.quote:
        return [Stretch(text, ())]
    quoted = Stretch(text[start:end], (claim,), "The quote", style.hue, style.hue)
    return [Stretch(text[:start], ()), quoted, Stretch(text[end:], ())]
