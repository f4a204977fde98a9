"""SVG tags as text: everything that is written is escaped here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, Final

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def svg_tag(name: str, *content: str, **attributes: Any) -> str:
    """Write a tag; ``content`` is markup already, attributes that are ``None`` are left out.

    Attributes are named as in Python, ``stroke_width``; numbers are written with at most one decimal.
    """
    written = "".join(
        f' {key.replace("_", "-")}="{_attribute(value)}"' for key, value in attributes.items() if value is not None
    )
    inside = "".join(content)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def svg_stroke(colour: str, width: float) -> dict[str, Any]:
    """Return the attributes of a stroke, none for one without a width, px; a width of 1 need not be said."""
    return {"stroke": colour, "stroke_width": None if width == 1 else width} if width else {}


def svg_text(text: str) -> str:
    """Escape text; characters that XML cannot hold become a replacement character."""
    return escape(_CONTROLS.sub("\ufffd", text), quote=True)


def number_text(value: float) -> str:
    """Write a number of pixels, with at most one decimal: a tenth of a pixel is not seen."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _attribute(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(float(value))
    # A reader of XML takes a plain line break in an attribute for a blank.
    return svg_text(str(value)).replace("\n", "&#10;")


def refuse_unknown(what: str, given: Mapping[str, Any], known: frozenset[str]) -> None:
    """Raise ``ValueError`` naming the fields of a figure's part that the drawing does not know."""
    if unknown := sorted(given.keys() - known):
        raise ValueError(f"{what}: found {', '.join(unknown)}, which is not drawn; allowed: {', '.join(sorted(known))}")
