"""Text in a drawing: the small markup of a chart's labels, its lines, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html.parser import HTMLParser
from itertools import groupby
from typing import Any, Final

from dashboard.figures.base import SMALL
from dashboard.figures.svg.tags import svg_tag, svg_text

LINE: Final = 1.3
"""Height of a line, in sizes of its letters."""
_NARROW: Final = frozenset("fijlrtI.,:;|!'’()[] /·")
_WIDE: Final = frozenset("mwMWQO@—…")
_STYLE: Final = re.compile(r"\s*(color|font-size)\s*:\s*([^;]+?)\s*(?:;|$)")


@dataclass(frozen=True, slots=True)
class TextRun:
    """Letters of one style; colour and size (px) are those of the label if they are missing."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text at a point: ``anchor`` start, middle or end, ``rise`` top, middle or bottom; sizes in px."""

    lines: tuple[tuple[TextRun, ...], ...]
    size: float
    colour: str
    anchor: str = "middle"
    rise: str = "middle"

    @property
    def width(self) -> float:
        """The width of the widest line, about, px."""
        return max((sum(_width(run, self.size) for run in line) for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """The height of all lines, px."""
        return len(self.lines) * LINE * self.size

    def corner(self, x: float, y: float) -> tuple[float, float]:
        """Return the upper left corner of the block at a point."""
        left = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        above = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[self.rise] * self.height
        return x - left, y - above


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[TextRun]] = [[]]
        self.styles: list[tuple[str, TextRun]] = [("", TextRun(""))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.lines.append([])
            return
        style = self.styles[-1][1]
        if tag in ("b", "i"):
            style = replace(style, bold=style.bold or tag == "b", italic=style.italic or tag == "i")
        elif tag == "span":
            given = dict(_STYLE.findall(dict(attrs).get("style") or ""))
            size = float(given["font-size"].removesuffix("px")) if "font-size" in given else style.size
            style = replace(style, colour=given.get("color", style.colour), size=size)
        else:
            raise ValueError(f"found <{tag}> in a label, allowed: b, br, i, span")
        self.styles.append((tag, style))

    def handle_endtag(self, tag: str) -> None:
        if tag != "br":
            self.styles.pop()

    def handle_data(self, data: str) -> None:
        self.lines[-1].append(replace(self.styles[-1][1], text=data))


@lru_cache(maxsize=4096)  # the next day has mostly the same labels
def read_markup(markup: str) -> tuple[tuple[TextRun, ...], ...]:
    """Read the lines of a label; raises ``ValueError`` for a tag that no chart uses."""
    parser = _Markup()
    parser.feed(markup.replace("\n", "<br>"))
    parser.close()
    return tuple(map(tuple, parser.lines))


@lru_cache(maxsize=4096)
def plain_text(markup: str) -> str:
    """Return the text of a label or a hover box, a line each; what was wrapped there, a quote in italics, is one."""
    lines = (("".join(run.text for run in line), line) for line in read_markup(markup))
    wrapped = groupby(lines, key=lambda line: bool(line[1]) and all(run.italic for run in line[1]))
    return "\n".join((" " if is_quote else "\n").join(text for text, _ in group) for is_quote, group in wrapped)


def text_block(markup: str, font: Mapping[str, Any], *, anchor: str = "middle", rise: str = "middle") -> TextBlock:
    """Make a block of a label's markup in a font of plotly's fields, ``size`` and ``color``."""
    return TextBlock(read_markup(markup), float(font["size"]), str(font["color"]), anchor, rise)


def draw_text(block: TextBlock, x: float, y: float) -> str:
    """Draw a block at a point, in ``text`` elements, one for each line."""
    _, top = block.corner(x, y)
    return "".join(
        _draw_line(line, block, x, top + block.size * (LINE * index + 1.0)) for index, line in enumerate(block.lines)
    )


def _draw_line(line: Sequence[TextRun], block: TextBlock, x: float, baseline: float) -> str:
    size = None if block.size == SMALL else block.size
    shared: dict[str, Any] = {"x": x, "y": baseline, "font_size": size, "fill": block.colour}
    anchor = None if block.anchor == "start" else block.anchor
    plain = len(line) == 1 and line[0] == TextRun(line[0].text)
    inside = svg_text(line[0].text) if plain else "".join(map(_draw_run, line))
    return svg_tag("text", inside, **shared, text_anchor=anchor) if inside.strip() else ""


def _draw_run(run: TextRun) -> str:
    weight, slant = ("600" if run.bold else None), ("italic" if run.italic else None)
    return svg_tag(
        "tspan", svg_text(run.text), font_weight=weight, font_style=slant, fill=run.colour, font_size=run.size
    )


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a text is, px: the letters' own widths differ from system to system."""
    widths = (0.3 if sign in _NARROW else 0.85 if sign in _WIDE else 0.68 if sign.isupper() else 0.54 for sign in text)
    return sum(widths) * size * (1.06 if bold else 1)


def _width(run: TextRun, size: float) -> float:
    return text_width(run.text, run.size or size, bold=run.bold)
