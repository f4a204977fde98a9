"""The shapes of marks, for what draws no SVG."""

from __future__ import annotations

import pytest

from positions.wording.mark_paths import PATHS, path_points
from positions.wording.party_style import SHAPES


@pytest.mark.parametrize("shape", SHAPES)
def test_a_mark_is_a_polygon_around_its_middle(shape: str) -> None:
    (corners,) = path_points(PATHS[shape])
    assert len(corners) >= 3
    assert min(x for x, _ in corners) < 0 < max(x for x, _ in corners)
    assert all(abs(x) <= 8 and abs(y) <= 8 for x, y in corners)


def test_a_cross_is_two_lines() -> None:
    assert path_points(PATHS["cross"]) == [[(-5, -5), (5, 5)], [(-5, 5), (5, -5)]]


def test_a_line_of_many_points_keeps_them_all() -> None:
    assert path_points("M3.0,20.0L60.0,4.5L117.0,8.1") == [[(3, 20), (60, 4.5), (117, 8.1)]]
