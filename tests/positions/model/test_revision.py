from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.state import state_at
from positions.model.document import Document
from positions.model.position import Position
from positions.model.query import Query
from positions.model.revision import Action, Revision, select_in_force
from positions.model.statement import Statement
from tests.examples import golden_codebook, said

T0 = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2022, 3, 31)


def at(minute: int) -> datetime:
    return T0 + timedelta(minutes=minute)


def document(published_on: str = "2022-03-20", minute: int = 0) -> Revision:
    content = Document.model_validate(
        {"id": "doc", "title": "t", "outlet": "o", "published_on": published_on, "published_on_basis": "explicit"}
    )
    return Revision("document", "doc", 1, "add", content, at(minute), "someone")


def revision(minute: int, number: int, action: Action, content: Statement | None, name: str = "s000") -> Revision:
    return Revision("statement", name, number, action, content, at(minute), "someone")


def saying(on: str, stance: int, **fields: Any) -> Statement:
    return said(on, fields.pop("holder", "UKR"), "neutrality", stance, **fields).statement


def stance_known(revisions: list[Revision], minute: int, on: date = DAY, holder: str = "UKR") -> Position | None:
    found = select_in_force(revisions, Query(known_at=at(minute)))
    return state_at(found.records, golden_codebook(), as_of=on).position(holder, "neutrality")


def test_before_the_first_record_nothing_is_known() -> None:
    assert (
        select_in_force(
            [document(minute=1), revision(2, 1, "add", saying("2022-03-01", 1))], Query(known_at=at(0))
        ).records
        == ()
    )


def test_known_between_two_revisions_is_the_first_of_them() -> None:
    history = [
        document(),
        revision(1, 1, "add", saying("2022-03-01", 1)),
        revision(5, 2, "correct", saying("2022-03-01", -1)),
    ]
    then, now = stance_known(history, 3), stance_known(history, 5)
    assert then is not None
    assert now is not None
    assert (then.stance, now.stance) == (1, -1)


def test_a_late_arrival_fills_the_days_before_and_displaces_nothing_newer() -> None:
    history = [
        document(),
        revision(1, 1, "add", saying("2022-03-10", 1, number=0)),
        revision(9, 1, "add", saying("2022-03-01", -2, number=1), "s001"),
    ]
    early, late = stance_known(history, 9, date(2022, 3, 5)), stance_known(history, 9)
    assert early is not None
    assert late is not None
    assert (early.stance, late.stance) == (-2, 1)
    assert stance_known(history, 8, date(2022, 3, 5)) is None


def test_a_correction_may_move_the_day() -> None:
    history = [
        document(),
        revision(1, 1, "add", saying("2022-03-01", 1)),
        revision(2, 2, "correct", saying("2022-03-10", 1)),
    ]
    assert stance_known(history, 1, date(2022, 3, 5)) is not None
    assert stance_known(history, 2, date(2022, 3, 5)) is None


def test_a_correction_of_the_holder_changes_two_positions() -> None:
    history = [
        document(),
        revision(1, 1, "add", saying("2022-03-01", 1)),
        revision(2, 2, "correct", saying("2022-03-01", 1, holder="RUS")),
    ]
    assert stance_known(history, 2) is None
    assert stance_known(history, 2, holder="RUS") is not None


def test_a_retraction_vanishes_from_all_days_and_a_new_record_comes_in_its_own_name() -> None:
    history = [
        document(),
        revision(1, 1, "add", saying("2022-03-01", 1)),
        revision(2, 2, "retract", None),
        revision(3, 1, "add", saying("2022-03-01", -1, number=1), "s001"),
    ]
    assert stance_known(history, 2) is None
    again = stance_known(history, 3)
    assert again is not None
    assert (again.stance, again.basis) == (-1, ("s001",))


def test_retracting_a_correction_revives_nothing() -> None:
    history = [
        document(),
        revision(1, 1, "add", saying("2022-03-01", 1)),
        revision(2, 2, "correct", saying("2022-03-01", -1)),
        revision(3, 3, "retract", None),
    ]
    assert stance_known(history, 3) is None


def test_what_was_withdrawn_is_kept_as_it_stood_whatever_the_order_of_reading() -> None:
    history = [
        document(),
        revision(1, 1, "add", saying("2022-03-01", 1)),
        revision(2, 2, "correct", saying("2022-03-01", -1)),
        revision(3, 3, "retract", None),
    ]
    for entries in permutations(history):
        ((statement, retraction),) = select_in_force(entries).withdrawn
        assert (statement.stance, retraction.number) == (-1, 3)
    assert select_in_force(history, Query(known_at=at(2))).withdrawn == ()
    assert select_in_force(history, Query(public_by=date(2022, 3, 19))).withdrawn == ()


def test_public_by_asks_what_a_reader_could_know() -> None:
    history = [document(published_on="2022-03-20"), revision(1, 1, "add", saying("2022-03-01", 1))]
    assert select_in_force(history, Query(public_by=date(2022, 3, 19))).records == ()
    assert len(select_in_force(history, Query(public_by=date(2022, 3, 20))).records) == 1


def test_the_order_of_reading_never_matters() -> None:
    history = [
        document(),
        revision(1, 1, "add", saying("2022-03-01", 1)),
        revision(5, 2, "correct", saying("2022-03-01", -1)),
    ]
    assert select_in_force(reversed(history)) == select_in_force(history)


@st.composite
def histories(draw: st.DrawFn) -> list[Revision]:
    """Adds, corrections and retractions of a few ids, each recorded a minute after the one before."""
    history: list[Revision] = [document(published_on="2022-03-20")]
    numbers: dict[str, int] = {}
    ended: set[str] = set()
    for minute in range(1, draw(st.integers(1, 14))):
        name = draw(st.sampled_from(["s000", "s001", "s002"]))
        if name in ended:
            continue
        number = numbers[name] = numbers.get(name, 0) + 1
        content: Statement | None = saying(f"2022-03-{draw(st.integers(1, 9)):02d}", draw(st.integers(-2, 2)))
        assert content is not None
        content = content.model_copy(update={"id": name})
        action: Action = "add" if number == 1 else draw(st.sampled_from(["correct", "correct", "retract"]))
        if action == "retract":
            content = None
            ended.add(name)
        history.append(revision(minute, number, action, content, name))
    return history


def slowly_known(history: list[Revision], minute: int) -> dict[str, Statement]:
    """Replay the log entry by entry up to an instant, as a clerk with a card index would."""
    cards: dict[str, Statement] = {}
    for entry in history:
        if entry.kind != "statement" or entry.recorded_at > at(minute):
            continue
        if isinstance(entry.content, Statement):
            cards[entry.id] = entry.content
        else:
            cards.pop(entry.id, None)
    return cards


@given(histories(), st.integers(0, 15))
def test_what_is_known_equals_a_replay_of_the_log(history: list[Revision], minute: int) -> None:
    found = {
        record.statement.id: record.statement for record in select_in_force(history, Query(known_at=at(minute))).records
    }
    assert found == slowly_known(history, minute)


@given(histories(), st.integers(0, 13), st.integers(1, 9))
def test_an_answer_never_changes_once_its_instant_has_passed(history: list[Revision], minute: int, day: int) -> None:
    asked = date(2022, 3, day)
    before = [entry for entry in history if entry.recorded_at <= at(minute)]
    then, now = (
        state_at(select_in_force(entries, Query(known_at=at(minute))).records, golden_codebook(), as_of=asked)
        for entries in (before, history)
    )
    assert then == now


@given(histories(), st.integers(0, 15))
def test_public_by_and_known_at_never_mix(history: list[Revision], minute: int) -> None:
    for public_by, shown in ((date(2022, 3, 19), False), (date(2022, 3, 20), True)):
        found = select_in_force(history, Query(known_at=at(minute), public_by=public_by)).records
        assert len(found) == (len(slowly_known(history, minute)) if shown else 0)
