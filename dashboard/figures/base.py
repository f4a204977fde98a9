"""What all charts share: colours, the configuration, an empty figure, escaped text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from textwrap import shorten, wrap
from typing import Any, Final, Literal, TypeAlias

from positions.model.event import Event
from positions.wording.party_style import PartyStyle
from positions.wording.quotes import readable_quote

Figure: TypeAlias = dict[str, Any]
"""A figure for plotly.js: ``data``, a list of traces, and ``layout``, all of plain values.

Plotly's own objects would validate every field each time, ten times slower than everything else; instead, the tests
validate each chart with them.
"""
FONT: Final = "Inter, 'Helvetica Neue', Helvetica, Arial, sans-serif"
SMALL: Final = 12
"""The small text size, px; titles of rows and panels are one px larger."""

CONFIG: Final[Any] = {
    # Without this, plotly.js offers to upload charts to its maker's server.
    "showSendToCloud": False,
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d"]],
    "doubleClick": "reset",
    "responsive": True,
}
"""The configuration of every chart that plotly.js draws."""

_SIGNS: Final = {
    "square": "■",
    "circle": "●",
    "triangle-up": "▲",
    "diamond": "◆",
    "pentagon": "⬟",
    "star": "★",
    "hexagon": "⬢",
    "triangle-down": "▼",
}


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours (``#rrggbb``) of everything but the parties, from the background (``paper``) to the text (``ink``)."""

    paper: str
    track: str
    band: str
    hairline: str
    muted: str
    ink: str


@dataclass(frozen=True, slots=True)
class DocumentSpan:
    """A document on an axis of time: published on a day, with words said from a day on (``None``: without any)."""

    title: str
    outlet: str
    published: date
    said_from: date | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a chart is drawn: the parties' styles by id, the scheme's colours, the axis of time, what lies on it."""

    styles: Mapping[str, PartyStyle]
    palette: Palette
    axis: Literal["event", "calendar"] = "event"
    events: tuple[Event, ...] = ()
    documents: tuple[DocumentSpan, ...] = ()


_THEME: Final = Path(__file__).parent.parent / "assets" / "dashboard.css"


def read_palette(rule: str) -> Palette:
    """Return the colours that the theme's style sheet declares in a rule, such as ``:root``; charts have no other."""
    _, _, rest = _THEME.read_text(encoding="utf-8").partition(f"\n{rule} {{")
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rest.partition("}")[0]))
    return Palette(**{field.name: tokens.get(f"chart-{field.name}") or tokens[field.name] for field in fields(Palette)})


LIGHT: Final = read_palette(":root")
DARK: Final = read_palette(':root[data-scheme="dark"]')


_VARIABLES: Final = {field.name: field.name for field in fields(Palette)} | {"hairline": "chart-hairline"}
THEMED: Final = Palette(**{name: f"var(--{variable})" for name, variable in _VARIABLES.items()})
"""The colours as variables of the style sheet: a drawing within a page follows the page's scheme."""


def palette_of(scheme: str | None) -> Palette:
    """Return the colours of a colour scheme, ``light`` or ``dark``; light for anything else."""
    return DARK if scheme == "dark" else LIGHT


def marker_character(style: PartyStyle) -> str:
    """Return a party's marker as a character, for running text."""
    return _SIGNS.get(style.shape, "●")


def party_label(style: PartyStyle) -> str:
    """Return a party's name in ink after its marker in its hue, as markup: hues are too pale for letters."""
    marker = f'<span style="color:{style.hue};font-size:15px">{marker_character(style)}</span>'
    return f"{marker} {escape_markup(style.name)}"


def escape_markup(text: str) -> str:
    """Escape text for a chart: plotly renders tags and entities."""
    return escape(text, quote=False)


@lru_cache(maxsize=4096)  # wrapping quotes takes most of the time of a chart, and the next day has mostly the same
def hover_text(title: str, *lines: str, quote: str = "") -> str:
    """Build the text of a hover box, all escaped: a bold title, lines, then the quote, wrapped and shortened."""
    parts = [f"<b>{escape_markup(title)}</b>", *(escape_markup(line) for line in lines)]
    if quote:
        cut = shorten(readable_quote(quote), 220, placeholder=" …")
        quoted = wrap(f"“{cut}”", 58, break_on_hyphens=False)
        parts.append("<i>" + "<br>".join(escape_markup(line) for line in quoted) + "</i>")
    return "<br>".join(parts)


def empty_figure(palette: Palette, *, height: float, margin: dict[str, int]) -> Figure:
    """Return an empty figure: transparent, ``height`` px high, as wide as its container, without zoom or drag."""
    font = {"family": FONT, "size": SMALL, "color": palette.ink}
    layout = {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, "autoexpand": False} | margin,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hoverlabel": {"bgcolor": palette.paper, "bordercolor": palette.hairline, "font": font, "align": "left"},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
    }
    return {"data": [], "layout": layout}


def zoomable(figure: Figure) -> Figure:
    """Return a figure whose parts can be enlarged from left to right, by dragging over them."""
    layout = {
        name: {**fields, "fixedrange": False} if name.startswith("xaxis") else fields
        for name, fields in figure["layout"].items()
    }
    return {**figure, "layout": layout | {"dragmode": "zoom"}}


def add_trace(figure: Figure, kind: str, **fields: Any) -> None:
    """Add a trace, ``scatter`` or ``bar``, with plotly's fields."""
    figure["data"].append({"type": kind, **fields})


def label(text: str, x: object, y: float, **fields: Any) -> dict[str, Any]:
    """Return an annotation without an arrow, in data coordinates; the caller escapes ``text``."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "borderpad": 0} | fields
