"""A deadlock as a small ring: each step with an arrow to the one that is to come only after it."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Any, Final

from dashboard.markup import elements as html
from dashboard.markup.parts import aria, statement_button
from positions.analysis.demands import Link
from positions.model.codebook import Codebook
from positions.wording.demands import link_words, step_label

RADIUS: Final = 30.0
"""How far the steps lie from the middle, in hundredths of the drawing's width."""
SPACE: Final = 0.85
"""Room around a step that its arrows leave free, in radians for a ring of two; less for more steps."""


def build_deadlock_ring(cycle: Sequence[Link], codebook: Codebook) -> html.Node:
    """Build the ring of a circle of links, clockwise from the top: after each step the one that waits for it.

    Every arrow is the word of a party, listed beside the ring with the quote that it opens.
    """
    arcs = [html.Path(d=arc_path(number, len(cycle)), className="arc") for number in range(len(cycle))]
    heads = [html.Path(d=head_path(number, len(cycle)), className="head") for number in range(len(cycle))]
    drawing = html.Svg([*arcs, *heads], viewBox="0 0 100 100", **aria(hidden="true"))
    names = [_step(step_label(link.before, codebook), number, len(cycle)) for number, link in enumerate(cycle)]
    words = "; ".join(link_words(link, codebook) for link in cycle)
    ring = html.Div([drawing, *names], className="ring", role="img", **aria(label=f"A circle: {words}"))
    sentences = [html.Li(statement_button(link.statement, link_words(link, codebook))) for link in cycle]
    return html.Div([ring, html.Ol(sentences, className="sentences")], className="deadlock")


def _angle(number: float, count: int) -> float:
    return 2 * pi * number / count - pi / 2


def _point(angle: float, radius: float = RADIUS) -> tuple[float, float]:
    return 50 + radius * cos(angle), 50 + radius * sin(angle)


def _ends(number: int, count: int) -> tuple[float, float]:
    space = SPACE * min(1.0, 3 / (count + 1))
    return _angle(number, count) + space, _angle(number + 1, count) - space


def arc_path(number: int, count: int) -> str:
    """Return the path from step ``number`` to the next of ``count``, clockwise, on a drawing of 100 by 100."""
    (x0, y0), (x1, y1) = map(_point, _ends(number, count))
    wide = int(_ends(number, count)[1] - _ends(number, count)[0] > pi)
    return f"M{x0:.1f} {y0:.1f}A{RADIUS} {RADIUS} 0 {wide} 1 {x1:.1f} {y1:.1f}"


def head_path(number: int, count: int) -> str:
    """Return the path of the arrow's head at the end of an arc."""
    end = _ends(number, count)[1]
    tip, inner, outer = _point(end + 0.1), _point(end, RADIUS - 2.6), _point(end, RADIUS + 2.6)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (tip, inner, outer)) + "Z"


def _step(words: str, number: int, count: int) -> html.Node:
    x, y = _point(_angle(number, count))
    place: dict[str, Any] = {"left": f"{x:.1f}%", "top": f"{y:.1f}%"}
    return html.Span(words, className="step", style=place)
