"""A deadlock's ring: its steps lie around it in order, each arrow between its two, the words beside it open quotes."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.components.deadlock_ring import arc_path, head_path
from dashboard.markup.serialise import serialise_part
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.wording.party_style import party_styles
from positions.workspace import open_workspace
from tests.negotiations import write_river


@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_arcs_run_around_without_meeting(count: int) -> None:
    arcs = [tuple(map(float, re.findall(r"[\d.]+", arc_path(number, count))[:2])) for number in range(count)]
    ends = [tuple(map(float, re.findall(r"[\d.]+", arc_path(number, count))[-2:])) for number in range(count)]
    assert len({*arcs, *ends}) == 2 * count
    for point in (*arcs, *ends):
        assert abs(((point[0] - 50) ** 2 + (point[1] - 50) ** 2) ** 0.5 - 30) < 0.2
    assert all(head_path(one, count) != head_path(other, count) for one, other in pairwise(range(count)))


def test_a_deadlock_is_drawn_with_its_steps_and_its_quotes(tmp_path: Path) -> None:
    with open_workspace(write_river(tmp_path / "river")) as workspace:
        source = CaseStore(workspace)
        view = source.fit_view(View(page="preconditions"))
        picture = source.picture(view)
        assert picture
        styles = party_styles(picture.case.codebook)
        nodes = str(serialise_part(PAGES["preconditions"].above(picture, view, styles)))
    assert "Deadlock, by the word of" in nodes
    steps = re.findall(r"'class': 'step'.*?\['([^']+)'\]", nodes)
    assert sorted(steps) == ["First steps: lift blockade", "First steps: stop filling"]
    assert nodes.count("'class': 'arc'") == 2
    assert "only with or after" in nodes
