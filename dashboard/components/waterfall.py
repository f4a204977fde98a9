"""From one day's distance to another's as bars on an axis from 0 to 1: what moved, what entered and left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dashboard.markup import elements as html
from dashboard.markup.parts import aria
from positions.model.dates import day_in_words
from positions.wording.movement import signed_number

KINDS: Final = {
    "moved": "movement",
    "entered": "became comparable",
    "left": "ceased to be comparable",
    "framing": "what only outlets say",
}
"""The kinds of a step, in words."""


def build_waterfall(steps: Sequence[Any], *, band: float | None) -> html.Node:
    """Build a row for each step of ``steps_frame``: its words, a bar where it lies between 0 and 1, its number.

    ``band`` is what one level on the heaviest issue is worth: the shade around the first distance.
    """
    first = steps[0].end
    lo, hi = max(0.0, first - (band or 0.0)), min(1.0, first + (band or 0.0))
    shade = html.Span(className="shade", style={"left": f"{100 * lo:.2f}%", "width": f"{100 * (hi - lo):.2f}%"})
    rows = [_row(step, shade if step.kind != "total" else None) for step in steps]
    axis = [html.Span(f"{tick / 4:g}", style={"left": f"{25 * tick}%"}) for tick in range(5)]
    ticks = html.Div([html.Span(), html.Div(axis, className="bar-axis"), html.Span()], className="bar-row")
    return html.Div([*rows, html.Div(ticks, **aria(hidden="true"))], className="waterfall")


def _row(step: Any, shade: html.Node | None) -> html.Node:
    left, right = sorted((0.0 if step.kind == "total" else step.start, step.end))
    label = f"Distance on {day_in_words(step.day)}" if step.kind == "total" else step.issue_label
    note = [html.Small(KINDS[step.kind])] if step.kind != "total" else []
    bar = html.Span(
        className=f"bar {step.kind}", style={"left": f"{100 * left:.2f}%", "width": f"{100 * (right - left):.2f}%"}
    )
    number = f"{step.end:.2f}" if step.kind == "total" else signed_number(step.value)
    track = html.Div([*([shade] if shade else []), bar], className="bar-track", **aria(hidden="true"))
    name = html.Span([*([label, " "] if label else []), *note], className="name")
    return html.Div([name, track, html.Span(number, className="number")], className="bar-row")
