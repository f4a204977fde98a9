from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.distance import compare
from positions.analysis.panel import (
    SILENT,
    IncrementalPanel,
    Panel,
    build_index,
    build_panel,
    distance_frame,
    pair_distances,
    panel_frame,
)
from positions.analysis.panel.frames import ISSUES, SERIES, TIDY
from positions.analysis.panel.slots import slots_of
from positions.analysis.state import State, state_at
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate, day_number, day_of
from positions.model.document import Document
from positions.model.position import Position
from positions.model.query import Query
from positions.model.revision import Revision, select_in_force
from positions.store.columns import Columns, build_columns
from positions.store.entry import EMPTY, Entry, Head, LogRow, content_text, read_row, seal_entry
from tests.examples import golden_codebook, golden_records
from tests.strategies import FIRST, books

START = datetime(2026, 1, 1, tzinfo=UTC)
PARTS = ("low", "high", "entry", "since", "reported", "contested")
SPAN = [FIRST + timedelta(days=n) for n in range(-2, 9)]


class History:
    """A log being written: the rows of the store, numbered and sealed."""

    def __init__(self) -> None:
        self.rows: list[LogRow] = []
        self.numbers: dict[tuple[str, str], int] = {}

    def tell(self, kind: Any, name: str, content: Any) -> None:
        number = self.numbers[kind, name] = self.numbers.get((kind, name), 0) + 1
        action: Any = "retract" if content is None else "add" if number == 1 else "correct"
        at = START + timedelta(minutes=len(self.rows))
        head = Head(len(self.rows), self.rows[-1].hash) if self.rows else EMPTY
        self.rows.append(
            seal_entry(Entry(kind, name, number, action, content_text(content), at, "x", "", None), after=head)
        )

    def document(self, name: str, published: PartialDate | str | None) -> None:
        content = None
        if published is not None:
            fields = {"id": name, "title": name, "outlet": "The Example", "published_on_basis": "explicit"}
            content = Document.model_validate({**fields, "published_on": str(published)})
        self.tell("document", name, content)

    def revisions(self) -> list[Revision]:
        return [read_row(row) for row in self.rows]

    def columns(self) -> Columns:
        return build_columns(self.rows)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A log of adds, corrections and retractions of statements and documents, in any order of arrival."""
    history = History()
    records = draw(books(16))
    for place, record in enumerate(records):
        name = f"doc-{place % 5}"
        if ("document", name) not in history.numbers and draw(st.integers(0, 5)):
            history.document(name, record.published_on)
        said = record.statement.model_copy(update={"document": name})
        history.tell("statement", said.id, said)
        fate = draw(st.integers(0, 9))
        earlier = records[draw(st.integers(0, place))].statement
        if fate == 0:
            history.tell("statement", earlier.id, None)
        elif fate in (1, 2):
            history.tell("statement", earlier.id, said.model_copy(update={"id": earlier.id}))
        elif fate == 3:
            history.document(name, None)
        elif fate == 4:
            history.document(name, FIRST + timedelta(days=draw(st.integers(0, 6))))  # type: ignore[arg-type]
    return history


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """Any ``known_at`` and ``public_by``."""
    known_at = START + timedelta(minutes=draw(st.integers(-1, 25))) if draw(st.booleans()) else None
    return Query(None, known_at, FIRST + timedelta(days=draw(st.integers(-1, 8))) if draw(st.booleans()) else None)


def states(history: History, days: Sequence[date], asked: Query) -> dict[date, State]:
    records = select_in_force(history.revisions(), asked).records
    return {day: state_at(records, golden_codebook(), as_of=day) for day in days}


def told(position: Position) -> tuple[Any, ...]:
    since = day_number(position.since.last)
    return position.stance, position.highest, position.basis[0], since, position.reported, position.contested


def column(panel: Panel, day: int, history: History) -> dict[Any, Any]:
    """One day of a panel, told like positions."""
    found = {}
    for row, place in enumerate(panel.places):
        if panel.low[row, day] != SILENT:
            entry = history.rows[panel.entry[row, day]].id
            values = (getattr(panel, name)[row, day] for name in ("since", "reported", "contested"))
            found[place] = (panel.low[row, day], panel.high[row, day], entry, *values)
    return found


def expected(state: State) -> dict[Any, Any]:
    leaves = {slot for issue in golden_codebook().issues for slot in slots_of(issue)}
    return {place: told(position) for place, position in state.positions.items() if place[1:] in leaves}


def same(one: Panel, two: Panel) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in (*PARTS, "parties", "slots", "days"))


@given(histories(), questions())
def test_a_panels_column_equals_the_state_of_that_day(history: History, asked: Query) -> None:
    panel = build_panel(history.columns(), golden_codebook(), asked, days=SPAN[::2] + SPAN[::3])
    days = [day_of(number) for number in panel.days]
    assert days == sorted({*SPAN[::2], *SPAN[::3]})
    for place, (day, state) in enumerate(states(history, days, asked).items()):
        assert column(panel, place, history) == expected(state), day


@given(histories(), questions())
def test_the_days_are_those_from_the_first_to_the_last_saying(history: History, asked: Query) -> None:
    panel = build_panel(history.columns(), golden_codebook(), asked)
    records = select_in_force(history.revisions(), asked).records
    said = [day_number(record.statement.said_on.last) for record in records]
    assert panel.days.tolist() == (list(range(min(said), max(said) + 1)) if said else [])
    assert panel.parties == tuple(sorted({record.statement.holder for record in records}))
    for place, state in enumerate(states(history, [day_of(number) for number in panel.days], asked).values()):
        assert column(panel, place, history) == expected(state)


@given(histories(), questions())
def test_the_index_answers_any_day_as_the_panel_does(history: History, asked: Query) -> None:
    index = build_index(history.columns(), golden_codebook(), asked)
    for day in SPAN:
        assert same(index.at(day), build_panel(history.columns(), golden_codebook(), asked, days=[day]))


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


@given(histories(), st.data())
def test_a_kept_panel_follows_its_log(history: History, data: st.DataObject) -> None:
    book = golden_codebook()
    public_by = data.draw(st.sampled_from([None, FIRST + timedelta(days=3)]))
    cut = data.draw(st.integers(0, len(history.rows)))
    kept = IncrementalPanel(build_columns(history.rows[:cut]), book, days=SPAN, public_by=public_by)
    step = data.draw(st.integers(1, 4))
    for end in [*range(cut, len(history.rows), step), len(history.rows)]:
        before = kept.panel.entry.copy()
        changed = kept.follow(build_columns(history.rows[:end]))
        unchanged = np.setdiff1d(np.arange(len(before)), changed)
        assert np.array_equal(before[unchanged], kept.panel.entry[unchanged])
    fresh = build_panel(history.columns(), book, Query(public_by=public_by), days=SPAN)
    for party in fresh.parties:
        for part in PARTS:
            mine = kept.panel.cube(part)[kept.panel.parties.index(party)]
            assert np.array_equal(mine, fresh.cube(part)[fresh.parties.index(party)])
    others = [place for place, (party, *_) in enumerate(kept.panel.places) if party not in fresh.parties]
    assert (kept.panel.low[others] == SILENT).all()


def golden_history() -> History:
    history = History()
    history.document("doc", "2022-03-31")
    for record in golden_records():
        history.tell("statement", record.statement.id, record.statement)
    return history


def test_the_golden_example_as_frames() -> None:
    book = golden_codebook()
    panel = build_panel(golden_history().columns(), book)
    series = distance_frame(panel, book).set_index(["party", "other", "day"])
    found = series.loc[("RUS", "UKR", "2022-03-05")]
    assert tuple(found) == pytest.approx((15 / 16, 487 / 1040, 199 / 208, 9 / 13, False))
    tidy, wide = panel_frame(panel, book), panel_frame(panel, book, "wide")
    assert wide.shape == (11, len(panel.places))
    assert wide.loc["2022-03-05", ("UKR", "neutrality", "")] == 0.125
    assert wide.notna().sum().sum() == len(tidy)
    last = tidy[(tidy["day"] == "2022-03-11") & (tidy["holder"] == "UKR") & (tidy["issue"] == "neutrality")]
    row = last.iloc[0]
    assert (row.stance, row.stance_to, row.value, row.value_to) == (-1, 0, 0.25, 0.5)
    assert (row.since, row.reported, row.contested, row.entry) == (pd.Timestamp("2022-03-10"), False, False, 15)


def test_frames_have_the_documented_columns_and_dtypes_even_when_empty() -> None:
    book = golden_codebook()
    for columns in (History().columns(), golden_history().columns()):
        panel = build_panel(columns, book)
        assert panel_frame(panel, book, "wide").index.name == "day"
        for frame, allowed in (
            (panel_frame(panel, book), TIDY),
            (distance_frame(panel, book), SERIES),
            (distance_frame(panel, book, by_issue=True), ISSUES),
        ):
            assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == allowed


@given(histories())
def test_the_tidy_and_the_wide_frame_tell_the_same(history: History) -> None:
    book = golden_codebook()
    panel = build_panel(history.columns(), book)
    tidy, wide = panel_frame(panel, book), panel_frame(panel, book, "wide")
    assert wide.notna().sum().sum() == len(tidy)
    for row in tidy.itertuples():
        element = "" if pd.isna(row.element) else row.element
        assert wide.loc[row.day, (row.holder, row.issue, element)] == (row.value + row.value_to) / 2


def test_words_that_the_codebook_lacks_are_refused() -> None:
    book = golden_codebook()
    less = book.model_copy(update={"issues": book.issues[1:]})
    with pytest.raises(QueryError, match="found 'neutrality', which the codebook does not declare"):
        build_panel(golden_history().columns(), less)
    fewer = book.model_copy(update={"parties": book.parties[1:]})
    with pytest.raises(QueryError, match="holder: found 'RUS', allowed: UKR, USA"):
        build_panel(golden_history().columns(), fewer)


def test_pairs_are_checked_and_an_absent_party_is_silent() -> None:
    book = golden_codebook()
    panel = build_panel(History().columns(), book, days=SPAN)
    assert np.isnan(pair_distances(panel, book, [("RUS", "UKR")]).coverage).all()
    for pair, message in ((("RUS", "RUS"), "twice"), (("RUS", "XXX"), "party: found 'XXX'")):
        with pytest.raises(QueryError, match=message):
            distance_frame(panel, book, [pair])


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
