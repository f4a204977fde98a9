"""A series of distances is what comparing the states day by day gives."""

from __future__ import annotations

import math
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from positions.analysis.distance import compare
from positions.analysis.panel import build_panel, distance_frame, pair_distances
from positions.analysis.panel.slots import slots_of
from positions.analysis.state import State, state_at
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.query import Query
from positions.model.revision import select_in_force
from tests.examples import golden_codebook, golden_records
from tests.positions.analysis.panel.history import SPAN, History, histories, questions, states

MIXED = Codebook.model_validate(
    {
        "title": "Mixed",
        "parties": [{"id": f"A{n}", "name": f"A{n}"} for n in range(4)],
        "issues": [
            {
                "id": "fine",
                "label": "fine",
                "kind": "scale",
                "saliences": {"A0": 0.3, "A2": 0},
                "levels": [{"stance": n, "label": "x", "definition": "x", "value": n**2 / 81} for n in range(10)],
            },
            {
                "id": "where",
                "label": "where",
                "kind": "options",
                "elements": [{"id": f"p{n}", "label": "x"} for n in range(9)],
            },
            {
                "id": "ask",
                "label": "ask",
                "kind": "conditions",
                "elements": [
                    {"id": f"c{n}", "label": "x", "addressees": [f"A{m}" for m in range(4) if n >> m & 1]}
                    for n in range(16)
                ],
            },
        ],
    }
)


def assert_compares(frame: pd.DataFrame, state: State, codebook: Codebook) -> None:
    """The rows of one day against compare, pair by pair."""
    for row in frame.itertuples():
        found = compare(state, codebook, row.party, row.other)
        for name in ("distance", "lo", "hi", "coverage"):
            value = getattr(found, name)
            assert getattr(row, name) == pytest.approx(math.nan if value is None else value, abs=1e-12, nan_ok=True)
        assert row.thin == found.thin


@given(histories(), questions())
def test_a_distance_series_equals_compare(history: History, asked: Query) -> None:
    book = golden_codebook()
    panel = build_panel(history.columns(), book, asked, days=SPAN)
    pairs = [("RUS", "UKR"), ("USA", "RUS"), ("UKR", "USA")]
    frame, parts = distance_frame(panel, book, pairs), distance_frame(panel, book, pairs, by_issue=True)
    for day, state in states(history, SPAN, asked).items():
        today = frame[frame["day"] == pd.Timestamp(day)]
        assert list(zip(today["party"], today["other"], strict=True)) == pairs
        assert_compares(today, state, book)
        for row in parts[parts["day"] == pd.Timestamp(day)].itertuples():
            issue = compare(state, book, row.party, row.other).issue(row.issue)
            assert issue is not None
            delta = math.nan if issue.distance is None else issue.distance
            assert (row.distance, row.lo, row.hi, row.weight) == pytest.approx(
                (delta, issue.lo, issue.hi, issue.weight), abs=1e-12, nan_ok=True
            )
    agendas = [compare(state, book, *pair).issues for state in states(history, SPAN, asked).values() for pair in pairs]
    assert len(parts) == sum(map(len, agendas))


def test_pairs_are_checked_and_an_absent_party_is_silent() -> None:
    book = golden_codebook()
    panel = build_panel(History().columns(), book, days=SPAN)
    assert np.isnan(pair_distances(panel, book, [("RUS", "UKR")]).coverage).all()
    for pair, message in ((("RUS", "RUS"), "twice"), (("RUS", "XXX"), "party: found 'XXX'")):
        with pytest.raises(QueryError, match=message):
            distance_frame(panel, book, [pair])


@pytest.mark.parametrize("everybody", [False, True])
@pytest.mark.parametrize("block", [4, 1024])
def test_many_levels_leaves_and_addressees_equal_compare(
    block: int, everybody: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("positions.analysis.panel.distances.BLOCK", block)
    monkeypatch.setattr("positions.analysis.panel.dense.BLOCK", 10 * block)
    monkeypatch.setattr("positions.analysis.panel.by_party.MANY", block)
    chance = np.random.default_rng(7)
    template = golden_records()[0].statement
    history = History()
    history.document("doc", "2022-03-31")
    drawn: list[tuple[Any, ...]] = []
    if everybody:
        drawn = [(f"A{n}", slot, SPAN[0]) for n in range(4) for issue in MIXED.issues for slot in slots_of(issue)]
    for _ in range(160):
        slots = slots_of(MIXED.issues[chance.integers(3)])
        drawn.append((f"A{chance.integers(4)}", slots[chance.integers(len(slots))], SPAN[chance.integers(len(SPAN))]))
    for number, (holder, (issue_id, element), day) in enumerate(drawn):
        issue = MIXED.issue(issue_id)
        stance = int(chance.choice(list(issue.values)))
        fields = {"id": f"s{number:03d}", "issue": issue_id, "element": element, "stance": stance, "stance_to": None}
        if issue.kind == "scale" and stance < 9:
            fields["stance_to"] = int(chance.integers(stance + 1, 10))
        said = {"holder": holder, "speaker_party": holder, "said_on": PartialDate.of(day)}
        history.tell("statement", fields["id"], template.model_copy(update=fields | said))
    panel = build_panel(history.columns(), MIXED)
    frame = distance_frame(panel, MIXED, [*combinations(panel.parties, 2), ("A3", "A1")])
    records = select_in_force(history.revisions()).records
    for day in SPAN:
        state = state_at(records, MIXED, as_of=day)
        assert_compares(frame[frame["day"] == pd.Timestamp(day)], state, MIXED)


def test_two_that_have_spoken_on_every_scale_are_compared_on_every_day() -> None:
    scales = MIXED.model_copy(update={"issues": MIXED.issues[:1]})
    history, template = History(), golden_records()[0].statement
    history.document("doc", "2022-03-31")
    for number, holder in enumerate(("A0", "A1")):
        fields = {"id": f"s{number}", "holder": holder, "issue": "fine", "stance": 9 * number, "stance_to": None}
        history.tell("statement", f"s{number}", template.model_copy(update=fields))
    found = pair_distances(build_panel(history.columns(), scales, days=[date(2022, 3, 1), date(2022, 3, 2)]), scales)
    for name in ("distance", "lo", "hi", "coverage"):
        assert getattr(found, name).tolist() == [[1, 1]]
