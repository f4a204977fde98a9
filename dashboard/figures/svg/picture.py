"""A chart as a picture that travels alone: with its finding, day, legend, coverage, documents and the log's head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.figures.base import FONT, SMALL, Figure, Palette
from dashboard.figures.svg.drawing import draw_figure
from dashboard.figures.svg.labels import text_width
from dashboard.figures.svg.tags import number_text, svg_tag, svg_text
from positions.wording.mark_paths import PATHS
from positions.wording.party_style import PartyStyle

PADDING: Final = 24
"""Room around everything, px."""
HEADLINE: Final = 18
"""The size of the finding, px."""
LINE: Final = 1.4
"""Height of a line, in sizes of its letters."""


@dataclass(frozen=True, slots=True)
class PictureWords:
    """What a picture says beside its chart: whose it is, its finding, its days, its parties, and on what it rests.

    ``notes`` are sentences under the chart: coverage, documents, the log's head, the address.
    """

    title: str
    finding: str
    days: str
    parties: tuple[PartyStyle, ...]
    notes: tuple[str, ...]


def draw_picture(figure: Figure, words: PictureWords, palette: Palette, *, width: float) -> str:
    """Draw a figure with its words as an ``svg`` element that stands alone, ``width`` px wide."""
    inner = width - 2 * PADDING
    top = [
        *_lines(words.title, SMALL, inner, fill=palette.muted),
        *_lines(words.finding, HEADLINE, inner, fill=palette.ink, font_weight="600"),
        *_lines(words.days, SMALL, inner, fill=palette.muted),
    ]
    head, y = _stack(top, PADDING)
    chart = svg_tag("g", draw_figure(figure, width=inner), transform=f"translate({PADDING},{number_text(y + 12)})")
    legend, y = _legend(words.parties, palette, inner, y + 24 + float(figure["layout"]["height"]))
    notes = [line for note in words.notes for line in _lines(note, SMALL - 1, inner, fill=palette.muted)]
    foot, y = _stack(notes, y + 10)
    size = number_text(width), number_text(y + PADDING)
    return svg_tag(
        "svg",
        svg_tag("title", svg_text(words.finding)),
        svg_tag("desc", svg_text(" ".join((words.title, words.days, *words.notes)))),
        svg_tag("rect", width=size[0], height=size[1], fill=palette.paper),
        head,
        chart,
        legend,
        foot,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size[0]} {size[1]}",
        width=size[0],
        height=size[1],
        role="img",
        font_family=FONT,
        # Labels of another size say so.
        font_size=SMALL,
    )


def wrap_text(text: str, size: float, width: float, *, bold: bool = False) -> Iterator[str]:
    """Yield the lines of a text that is set ``width`` px wide; a word that is wider has a line of its own."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _lines(text: str, size: float, width: float, **style: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in wrap_text(text, size, width, bold="font_weight" in style):
        yield line, {"font_size": size, **style}


def _stack(lines: Sequence[tuple[str, dict[str, Any]]], y: float) -> tuple[str, float]:
    """Draw lines below each other from a height on; return them and where they end."""
    drawn = []
    for text, style in lines:
        y += style["font_size"] * LINE
        drawn.append(svg_tag("text", svg_text(text), x=PADDING, y=y - style["font_size"] * 0.35, **style))
    return "".join(drawn), y


def _legend(parties: Sequence[PartyStyle], palette: Palette, width: float, y: float) -> tuple[str, float]:
    """Draw each party's mark and name in rows; return them and where they end."""
    drawn, x = [], float(PADDING)
    for style in parties:
        wide = text_width(style.name, SMALL) + 34
        if x > PADDING and x + wide > PADDING + width:
            x, y = float(PADDING), y + 20
        place = f"translate({number_text(x + 6)},{number_text(y + 8)})"
        drawn.append(svg_tag("path", d=PATHS[style.shape], fill=style.hue, transform=place))
        drawn.append(svg_tag("text", svg_text(style.name), x=x + 18, y=y + 12, font_size=SMALL, fill=palette.ink))
        x += wide
    return "".join(drawn), y + (20 if parties else 0)
