"""Sparklines of a report: a course of distances as SVG paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from positions.snapshot.report_distances import Point

WIDTH, HEIGHT, EDGE = 120.0, 22.0, 3.0


class Sparkline(NamedTuple):
    """A sparkline: an SVG path for each run of days with a distance, and a dot per day, as x and y."""

    paths: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]


def course_line(course: Sequence[Point]) -> Sparkline:
    """Draw a course of distances, one step per day, 0 at the bottom and 1 at the top; days without one leave a gap."""
    step = (WIDTH - 2 * EDGE) / max(1, len(course) - 1)
    runs: list[list[tuple[str, str]]] = [[]]
    for index, point in enumerate(course):
        if point.distance is None:
            runs.append([])
        else:
            x = WIDTH - EDGE - step * (len(course) - 1 - index)
            y = HEIGHT - 2 - (HEIGHT - 2 - EDGE) * point.distance
            runs[-1].append((f"{x:.1f}", f"{y:.1f}"))
    paths = tuple("M" + "L".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
    return Sparkline(paths, tuple(dot for run in runs for dot in run))


def percent(share: float, places: int = 2) -> str:
    """Write a share in [0, 1] as a percentage without trailing zeros: ``12.5%``."""
    text = f"{100 * share:.{places}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
