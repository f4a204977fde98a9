from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from positions.analysis.demands import Demand, Link, deadlocks, demand_turns, demands_at, links_at
from positions.analysis.distance import compare
from positions.analysis.state import state_at
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_records, said
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
        ("UKR", "RUS", "halt-attacks", 0.5, 0.75, "partly met"),
        ("USA", "RUS", "halt-attacks", 1.0, 0.75, "partly met"),
    ]
    assert [str(day) for day in (found[1].first_made, found[1].last_repeated, found[1].answered)] == [
        "2022-03-01",
        "2022-03-10",
        "2022-03-10",
    ]


@pytest.mark.parametrize(("answer", "status"), [(2, "met"), (1, "partly met"), (-1, "partly met"), (-2, "refused")])
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


def test_what_others_claim_or_outlets_frame_is_no_demand_made() -> None:
    claim = said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1, voice="ascribed")
    framing = said("2022-03-01", "RUS", "preconditions/demilitarisation", 2, number=2, voice="framing")
    assert demands_at([claim, framing], golden_codebook(), as_of=DAY) == ()


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
    turns = demand_turns([demand, answer, dropped], golden_codebook(), days=[date(2022, 3, day) for day in range(1, 8)])
    assert [(turn.day.day, turn.before, turn.demand.status) for turn in turns] == [
        (1, None, "unanswered"),
        (3, "unanswered", "refused"),
        (5, "refused", "dropped"),
    ]


def link(holder: str, before: str, after: str) -> Link:
    return Link(holder, before, after, f"{holder}-{before}")


def test_a_circle_of_links_is_a_deadlock() -> None:
    first = link("UKR", "preconditions/halt-attacks", "talks")
    second = link("RUS", "talks", "preconditions/halt-attacks")
    aside = link("USA", "sanctions", "talks")
    assert deadlocks([first, second, aside]) == ((first, second),)
    assert deadlocks([first, aside]) == ()
    assert deadlocks([link("UKR", "talks", "talks")]) == ((link("UKR", "talks", "talks"),),)


def test_two_circles_are_told_apart() -> None:
    one = [link("A", "a", "b"), link("B", "b", "a")]
    two = [link("A", "c", "d"), link("B", "d", "e"), link("C", "e", "c")]
    found = deadlocks([*one, *two])
    assert {frozenset(circle) for circle in found} == {frozenset(one), frozenset(two)}


def test_only_links_that_decide_a_position_count() -> None:
    old = said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1, condition_for="neutrality")
    new = said("2022-03-05", "UKR", "preconditions/halt-attacks", 1, number=2)
    assert links_at([old], golden_codebook(), as_of=DAY) == (
        Link("UKR", "preconditions/halt-attacks", "neutrality", "s001"),
    )
    assert links_at([old, new], golden_codebook(), as_of=DAY) == ()
