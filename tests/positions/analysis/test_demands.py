from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from positions.analysis.demands import (
    Demand,
    Link,
    demand_changes,
    demands_at,
    find_deadlocks,
    links_at,
    select_demands,
)
from positions.analysis.distance import compare
from positions.analysis.state import state_at
from positions.model.codebook import Codebook
from positions.model.issues import ConditionsIssue, Element
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_codebook_with, golden_records, said
from tests.strategies import DAYS, books

DAY = date(2022, 3, 31)


def only(*records: Record, on: date = DAY) -> Demand:
    found = demands_at(records, golden_codebook(), as_of=on)
    assert len(found) == 1
    return found[0]


def test_golden_demands_and_their_answers() -> None:
    found = demands_at(golden_records(), golden_codebook(), as_of=DAY)
    assert [(d.demander, d.addressee, d.element, d.insistence, d.refusal, d.status) for d in found] == [
        ("RUS", "UKR", "demilitarisation", 1.0, 1.0, "refused"),
        ("UKR", "RUS", "halt-attacks", 0.5, 0.75, "resisted"),
        ("USA", "RUS", "halt-attacks", 1.0, 0.75, "resisted"),
    ]
    assert [str(day) for day in (found[1].first_made, found[1].last_repeated, found[1].answered)] == [
        "2022-03-01",
        "2022-03-10",
        "2022-03-10",
    ]


@pytest.mark.parametrize(
    ("answer", "status"), [(2, "met"), (1, "leaning"), (0, "undecided"), (-1, "resisted"), (-2, "refused")]
)
def test_the_answer_makes_the_status(answer: int, status: str) -> None:
    demand = said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1)
    reply = said("2022-03-02", "RUS", "preconditions/halt-attacks", answer, number=2)
    assert only(demand, reply).status == status
    assert only(demand, reply, on=date(2022, 3, 1)).status == "unanswered"


def test_a_demand_given_up_is_dropped_and_still_listed() -> None:
    first = said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1)
    second = said("2022-03-05", "UKR", "preconditions/halt-attacks", 0, number=2)
    found = only(first, second)
    assert (found.status, found.insistence, str(found.last_repeated)) == ("dropped", 0.0, "2022-03-01")


def test_what_others_claim_is_no_demand() -> None:
    claim = said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1, voice="ascribed")
    assert demands_at([claim], golden_codebook(), as_of=DAY) == ()


def test_what_only_an_outlet_says_is_a_reported_demand_until_the_outlet_says_otherwise() -> None:
    framing = said("2022-03-01", "RUS", "preconditions/demilitarisation", 2, number=1, voice="framing")
    found = only(framing)
    assert (found.reported, found.answer_reported, found.status) == (True, False, "unanswered")
    otherwise = said("2022-03-02", "RUS", "preconditions/demilitarisation", 0, number=2, voice="framing")
    assert demands_at([framing, otherwise], golden_codebook(), as_of=DAY) == ()


def test_an_own_word_takes_the_place_of_a_reported_demand_and_is_what_was_first_made() -> None:
    framing = said("2022-03-01", "RUS", "preconditions/demilitarisation", 2, number=1, voice="framing")
    own = said("2022-03-03", "RUS", "preconditions/demilitarisation", 1, number=2)
    found = only(framing, own)
    assert (found.reported, str(found.first_made), found.basis) == (False, "2022-03-03", ("s002",))
    denial = said("2022-03-03", "RUS", "preconditions/demilitarisation", -1, number=3)
    assert demands_at([framing, denial], golden_codebook(), as_of=DAY) == ()


def test_an_answer_that_only_an_outlet_tells_is_marked() -> None:
    demand = said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1)
    reply = said("2022-03-02", "RUS", "preconditions/halt-attacks", -2, number=2, voice="framing")
    found = only(demand, reply)
    assert (found.status, found.reported, found.answer_reported) == ("refused", False, True)


def with_meeting(*, joint: bool) -> Codebook:
    """The golden codebook with a condition that Russia and Ukraine would have to meet, jointly or each."""
    [preconditions] = [issue for issue in golden_codebook().issues if issue.id == "preconditions"]
    meeting = Element(id="meeting", label="a meeting of the presidents", addressees=("RUS", "UKR"), joint=joint)
    # A copy would keep the addressees that it looked up.
    same = {name: getattr(preconditions, name) for name in type(preconditions).model_fields}
    more = ConditionsIssue(**same | {"elements": (*preconditions.elements, meeting)})
    return golden_codebook_with(
        issues=tuple(more if issue.id == "preconditions" else issue for issue in golden_codebook().issues)
    )


def test_an_addressee_of_a_joint_condition_demands_it_of_its_fellows() -> None:
    records = [
        said("2022-03-01", party, "preconditions/meeting", 2, number=n) for n, party in enumerate(("UKR", "USA"))
    ]
    demands = demands_at(records, with_meeting(joint=True), as_of=DAY)
    assert [(row.demander, row.addressee, row.status) for row in demands] == [
        ("UKR", "RUS", "unanswered"),
        ("USA", "RUS", "unanswered"),
        ("USA", "UKR", "met"),
    ]
    demands = demands_at(records, with_meeting(joint=False), as_of=DAY)
    assert [(row.demander, row.addressee) for row in demands] == [("USA", "RUS"), ("USA", "UKR")]


def test_what_was_outdone_on_its_own_day_was_no_demand() -> None:
    records = [
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1, published_on="2022-03-01"),
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 0, number=2, published_on="2022-03-02"),
    ]
    assert demands_at(records, golden_codebook(), as_of=DAY) == ()


def test_demands_are_chosen_by_who_makes_or_meets_them_and_by_issue() -> None:
    demands = demands_at(golden_records(), golden_codebook(), as_of=DAY)
    assert select_demands(demands) == demands
    assert {row.demander for row in select_demands(demands, parties=["USA"])} == {"USA"}
    assert select_demands(demands, parties=["UKR"]) == tuple(row for row in demands if row.demander != "USA")
    assert select_demands(demands, issues=["neutrality"]) == ()


def test_the_addressee_of_its_own_condition_demands_nothing() -> None:
    own = said("2022-03-01", "UKR", "preconditions/demilitarisation", 1, number=1)
    assert demands_at([own], golden_codebook(), as_of=DAY) == ()


@given(books(), DAYS)
def test_insistence_and_refusal_are_those_of_the_distance(records: tuple[Record, ...], day: date) -> None:
    own = [record for record in records if record.statement.voice == "self"]
    codebook = golden_codebook()
    state = state_at(own, codebook, as_of=day)
    found = {(d.demander, d.addressee, d.element): d for d in demands_at(own, codebook, as_of=day)}
    for pair in (("RUS", "UKR"), ("UKR", "USA"), ("RUS", "USA")):
        issue = compare(state, codebook, *pair).issue("preconditions")
        for part in issue.parts if issue else ():
            if part.demander:
                addressee = next(party for party in pair if party != part.demander)
                demand = found[part.demander, addressee, part.element]
                assert demand.status == part.standing
                if part.distance is not None:
                    assert demand.refusal is not None
                    assert demand.insistence * demand.refusal == part.distance


def test_statuses_are_followed_over_time() -> None:
    demand = said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1)
    answer = said("2022-03-03", "RUS", "preconditions/halt-attacks", -2, number=2)
    dropped = said("2022-03-05", "UKR", "preconditions/halt-attacks", 0, number=3)
    turns = demand_changes(
        [demand, answer, dropped], golden_codebook(), days=[date(2022, 3, day) for day in range(1, 8)]
    )
    assert [(turn.day.day, turn.before, turn.demand.status) for turn in turns] == [
        (1, None, "unanswered"),
        (3, "unanswered", "refused"),
        (5, "refused", "dropped"),
    ]


def test_a_reported_demand_that_is_told_again_is_a_change_again() -> None:
    records = [
        said(f"2022-03-0{day}", "RUS", "preconditions/demilitarisation", stance, number=day, voice="framing")
        for day, stance in ((1, 2), (3, 0), (5, 2))
    ]
    turns = demand_changes(records, golden_codebook(), days=[date(2022, 3, day) for day in range(1, 8)])
    assert [(turn.day.day, turn.before, turn.demand.status) for turn in turns] == [
        (1, None, "unanswered"),
        (5, None, "unanswered"),
    ]


def test_stating_a_demand_that_an_outlet_reported_is_a_change() -> None:
    framing = said("2022-03-01", "RUS", "preconditions/demilitarisation", 2, number=1, voice="framing")
    own = said("2022-03-03", "RUS", "preconditions/demilitarisation", 2, number=2)
    turns = demand_changes([framing, own], golden_codebook(), days=[date(2022, 3, day) for day in range(1, 5)])
    assert [(turn.day.day, turn.before, turn.demand.reported) for turn in turns] == [(1, None, True), (3, None, False)]


def link(holder: str, before: str, after: str) -> Link:
    return Link(holder, before, after, f"{holder}-{before}")


def test_a_circle_of_links_is_a_deadlock() -> None:
    first = link("UKR", "preconditions/halt-attacks", "talks")
    second = link("RUS", "talks", "preconditions/halt-attacks")
    aside = link("USA", "sanctions", "talks")
    assert find_deadlocks([first, second, aside]) == ((first, second),)
    assert find_deadlocks([first, aside]) == ()
    assert find_deadlocks([link("UKR", "talks", "talks")]) == ((link("UKR", "talks", "talks"),),)


def test_a_circle_is_told_in_its_order_and_without_links_that_go_back() -> None:
    """Each thing waits for the one before it; a link the other way round is a circle of its own with one of these."""
    round_trip = [link("UKR", "a", "b"), link("RUS", "b", "c"), link("UKR", "c", "d"), link("RUS", "d", "a")]
    shuffled = [round_trip[place] for place in (0, 2, 1, 3)]
    assert find_deadlocks(shuffled) == (tuple(round_trip),)
    back = link("USA", "b", "a")
    for circle in find_deadlocks([*shuffled, back]):
        assert [one.after for one in circle] == [one.before for one in (*circle[1:], circle[0])]


def test_two_circles_are_told_apart() -> None:
    one = [link("A", "a", "b"), link("B", "b", "a")]
    two = [link("A", "c", "d"), link("B", "d", "e"), link("C", "e", "c")]
    found = find_deadlocks([*one, *two])
    assert {frozenset(circle) for circle in found} == {frozenset(one), frozenset(two)}


def test_only_links_that_decide_a_position_count() -> None:
    old = said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1, condition_for="neutrality")
    new = said("2022-03-05", "UKR", "preconditions/halt-attacks", 1, number=2)
    assert links_at([old], golden_codebook(), as_of=DAY) == (
        Link("UKR", "preconditions/halt-attacks", "neutrality", "s001"),
    )
    assert links_at([old, new], golden_codebook(), as_of=DAY) == ()
