"""The shapes of marks as SVG paths around the origin: one drawing for reports, pages and pictures."""

from __future__ import annotations

import re
from math import cos, pi, sin
from typing import Final


def _around(corners: int, radius: float, *, start: float = -90.0, inner: float | None = None) -> str:
    """Return the path of a polygon, or a star if ``inner`` is given; ``start`` in degrees clockwise from the right."""
    steps = corners if inner is None else 2 * corners
    radii = [radius if inner is None or step % 2 == 0 else inner for step in range(steps)]
    angles = [(start + 360 * step / steps) * pi / 180 for step in range(steps)]
    # One decimal is a tenth of a pixel, and hides the last bit of the machine's sine.
    points = (
        f"{far * cos(angle) + 0.0:.1f},{far * sin(angle) + 0.0:.1f}" for far, angle in zip(radii, angles, strict=True)
    )
    return "M" + "L".join(points).replace("-0.0", "0.0") + "Z"


PATHS: Final = {
    "square": "M-5.5,-5.5H5.5V5.5H-5.5Z",
    "circle": "M-6,0A6,6 0 1,1 6,0A6,6 0 1,1 -6,0Z",
    "triangle-up": "M0,-6.6L6.6,5.2H-6.6Z",
    "triangle-down": "M0,6.6L6.6,-5.2H-6.6Z",
    "diamond": "M0,-7L7,0L0,7L-7,0Z",
    "pentagon": _around(5, 6.6),
    "hexagon": _around(6, 6.4),
    "star": _around(5, 7.4, inner=3.2),
    "cross": "M-5,-5L5,5M-5,5L5,-5",
}
"""Path data by the shape's name in :mod:`positions.wording.party_style`; the cross, a line, stands for a claim by
others.
"""
_STEP: Final = re.compile(r"([MLHVA])([^MLHVAZ]*)")


def path_points(path: str) -> list[list[tuple[float, float]]]:
    """Return the corners of each part of a path in the steps M, L, H, V and Z, for what draws no SVG.

    The arcs of :data:`PATHS` are halves of a circle around the origin, which gets 36 corners.
    """
    parts: list[list[tuple[float, float]]] = []
    for step, values in _STEP.findall(path):
        numbers = [float(number) for number in values.replace(",", " ").split()]
        if step == "A":
            radius = numbers[0]
            return [[(radius * cos(turn * pi / 18), radius * sin(turn * pi / 18)) for turn in range(36)]]
        if step == "M":
            parts.append([])
        x, y = parts[-1][-1] if parts[-1] else (0.0, 0.0)
        pairs = {"H": [(numbers[0], y)], "V": [(x, numbers[0])]}
        parts[-1] += pairs.get(step) or list(zip(numbers[::2], numbers[1::2], strict=True))
    return parts
