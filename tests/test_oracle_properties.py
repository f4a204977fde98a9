"""§8 of semantics.md: what holds for any data, shown of the oracle on random negotiations."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from positions.model.codebook import Codebook
from positions.model.issues import Element, OptionsIssue
from tests.oracle.comparison import Comparison, compare
from tests.oracle.demands import demands
from tests.oracle.ground import common_ground
from tests.oracle.movement import Movement, movement
from tests.oracle.sayings import Saying, counting, in_force
from tests.oracle.state import state
from tests.oracle.values import children, leaves
from tests.oracle_strategies import DAYS, Negotiation, extend, negotiations

Pair = tuple[str, str]
ON_DAYS = st.sampled_from([*DAYS, date(2022, 1, 31)])


def pairs(codebook: Codebook) -> list[Pair]:
    return list(combinations([party.id for party in codebook.parties], 2))


def compared(codebook: Codebook, sayings: list[Saying], day: date) -> dict[Pair, Comparison]:
    standing = state(sayings, codebook, day)
    return {pair: compare(standing, codebook, pair) for pair in pairs(codebook)}


def moved(codebook: Codebook, sayings: list[Saying], days: tuple[date, date]) -> dict[Pair, Movement]:
    return {pair: movement(sayings, codebook, pair, *days) for pair in pairs(codebook)}


WINDOWS = st.sampled_from([(DAYS[1], DAYS[-1]), (DAYS[3], date(2022, 1, 31)), (DAYS[4], DAYS[6])])


@given(negotiations(), ON_DAYS)
def test_every_distance_lies_within_its_bounds_and_those_within_0_and_1(drawn: Negotiation, day: date) -> None:
    codebook, log = drawn
    for found in compared(codebook, in_force(log), day).values():
        for issue in found.issues.values():
            assert 0 <= issue.lo <= issue.hi <= 1
            assert issue.point is None or issue.lo <= issue.point <= issue.hi
            assert issue.gap is None or issue.point is None or issue.gap <= issue.point
        if found.lo is not None and found.hi is not None and found.coverage is not None:
            assert 0 <= found.lo <= found.hi <= 1
            assert 0 <= found.coverage <= 1
        if found.point is not None and found.sensitivity is not None:
            assert found.lo is not None
            assert found.lo <= found.point
            assert found.sensitivity[0] <= found.point <= found.sensitivity[1]


@given(negotiations(), ON_DAYS)
def test_distances_are_symmetric(drawn: Negotiation, day: date) -> None:
    codebook, log = drawn
    standing = state(in_force(log), codebook, day)
    for one, two in pairs(codebook):
        assert compare(standing, codebook, (one, two)) == compare(standing, codebook, (two, one))


@settings(max_examples=20)
@given(negotiations(), WINDOWS)
def test_movements_are_symmetric_and_their_shares_change_places(drawn: Negotiation, window: tuple[date, date]) -> None:
    codebook, log = drawn
    for (one, two), found in moved(codebook, in_force(log), window).items():
        assert movement(in_force(log), codebook, (two, one), *window) == found


@given(negotiations(), ON_DAYS)
def test_ties_have_no_order(drawn: Negotiation, day: date) -> None:
    codebook, log = drawn
    standing = state(in_force(log), codebook, day)
    for one, two in pairs(codebook):
        both_ways = [
            [
                replace(ground, openings=tuple(replace(way, moves=tuple(sorted(way.moves))) for way in ground.openings))
                for ground in common_ground(standing, codebook, parties)
            ]
            for parties in ((one, two), (two, one))
        ]
        assert both_ways[0] == both_ways[1]


@settings(max_examples=20)
@given(negotiations(), WINDOWS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_matters(
    drawn: Negotiation, window: tuple[date, date], chance: random.Random
) -> None:
    codebook, log = drawn
    revisions = list(log)
    chance.shuffle(revisions)
    sayings, shuffled = in_force(log), in_force(revisions)
    chance.shuffle(shuffled)
    assert state(sayings, codebook, window[1]) == state(shuffled, codebook, window[1])
    assert moved(codebook, sayings, window) == moved(codebook, shuffled, window)
    assert demands(sayings, codebook, window[1]) == demands(shuffled, codebook, window[1])


def parts_add_up(found: Movement) -> None:
    for issue in found.issues.values():
        assert issue.shares is None or sum(issue.shares.values()) == issue.change
    for name, issue in found.issues.items():
        rows = [row.contribution for row in found.ledger if row.issue == name and row.contribution is not None]
        assert sum(rows) == issue.change
    if found.parts is None:
        return
    assert sum(found.parts.values()) == found.change
    assert sum(issue.contribution or 0 for issue in found.issues.values()) == found.movement
    assert sum(found.entered.values()) == found.parts["entered"]
    assert sum(found.left.values()) == found.parts["left"]


@settings(max_examples=20)
@given(negotiations(), WINDOWS)
def test_the_parts_of_a_change_add_up_exactly(drawn: Negotiation, window: tuple[date, date]) -> None:
    codebook, log = drawn
    for found in moved(codebook, in_force(log), window).values():
        parts_add_up(found)


@settings(max_examples=20)
@given(negotiations(), WINDOWS)
def test_an_outlets_words_change_neither_movement_nor_verdict(drawn: Negotiation, window: tuple[date, date]) -> None:
    codebook, log = drawn
    sayings = in_force(log)
    own = moved(codebook, [one for one in sayings if one.voice == "self"], window)
    for pair, found in moved(codebook, sayings, window).items():
        told = (found.start, found.movement, found.verdict, found.rests_on, found.issues, found.ledger)
        assert told == tuple(
            getattr(own[pair], name) for name in ("start", "movement", "verdict", "rests_on", "issues", "ledger")
        )


@given(negotiations(), ON_DAYS)
def test_a_statement_of_a_third_party_leaves_other_distances_as_they_were(drawn: Negotiation, day: date) -> None:
    codebook, log = drawn
    sayings = in_force(log)
    for party in codebook.parties:
        without = compared(codebook, [one for one in sayings if one.holder != party.id], day)
        for pair, found in compared(codebook, sayings, day).items():
            assert party.id in pair or without[pair] == found


@given(negotiations(), ON_DAYS)
def test_what_is_said_later_never_changes_an_earlier_state(drawn: Negotiation, day: date) -> None:
    codebook, log = drawn
    sayings = in_force(log)
    assert state(sayings, codebook, day) == state(counting(sayings, day), codebook, day)


@given(negotiations(), ON_DAYS, st.integers(0, 30))
def test_what_is_recorded_later_never_changes_what_was_known(drawn: Negotiation, day: date, place: int) -> None:
    codebook, log = drawn
    known_at = log[min(place, len(log) - 1)].recorded_at
    then = [revision for revision in log if revision.recorded_at <= known_at]
    assert in_force(log, known_at=known_at) == in_force(then)
    assert state(in_force(log, known_at=known_at), codebook, day) == state(in_force(then), codebook, day)


def trees(codebook: Codebook) -> list[OptionsIssue]:
    return [issue for issue in codebook.issues if isinstance(issue, OptionsIssue)]


def with_elements(codebook: Codebook, issue: OptionsIssue, *added: Element) -> Codebook:
    """The codebook with elements added to one issue."""
    grown = extend(issue, elements=(*issue.elements, *added))
    return extend(codebook, issues=tuple(grown if one.id == issue.id else one for one in codebook.issues))


def split(leaf: str) -> tuple[Element, Element]:
    return Element(id=f"{leaf}-x", label="x", parent=leaf), Element(id=f"{leaf}-y", label="y", parent=leaf)


def points(found: Comparison, issue: str) -> Any:
    distance = found.issues.get(issue)
    return distance and (distance.point, distance.lo, distance.hi)


@given(negotiations(), ON_DAYS, st.integers(0, 7))
def test_splitting_an_option_leaves_distance_and_bounds(drawn: Negotiation, day: date, place: int) -> None:
    codebook, log = drawn
    sayings = in_force(log)
    for issue in trees(codebook):
        leaf = leaves(issue)[place % len(leaves(issue))]
        split_book = with_elements(codebook, issue, *split(leaf))
        for detailed in (sayings, in_detail(sayings, issue.id, leaf)):
            after = compared(split_book, detailed, day)
            for pair, found in compared(codebook, sayings, day).items():
                assert points(after[pair], issue.id) == points(found, issue.id)


def in_detail(sayings: list[Saying], issue: str, leaf: str) -> list[Saying]:
    """The same with each statement on a place told of both of its parts."""
    told: list[Saying] = []
    for one in sayings:
        if (one.issue, one.element) == (issue, leaf):
            told += [replace(one, id=f"{one.id}{part.id[-2:]}", element=part.id) for part in split(leaf)]
        else:
            told.append(one)
    return told


@given(negotiations(), ON_DAYS, st.integers(0, 7), st.sampled_from([-2, 2]))
def test_adding_a_place_that_not_both_reach_leaves_the_distance(
    drawn: Negotiation, day: date, place: int, stance: int
) -> None:
    codebook, log = drawn
    sayings = in_force(log)
    for issue in trees(codebook):
        # A second topmost element would take the root away, a part of a leaf would split it.
        above: list[str | None] = [one.id for one in issue.elements if children(issue, one.id)]
        above += [None] if len(children(issue, None)) > 1 else []
        if above:
            grown = with_elements(codebook, issue, Element(id="new", label="new", parent=above[place % len(above)]))
            told = [
                replace(one, id="told", element="new", stance=stance, highest=stance)
                for one in sayings
                if one.issue == issue.id
            ][:1]
            same_where_not_both_reach((codebook, sayings), (grown, sayings), issue.id, day)
            same_where_not_both_reach((codebook, sayings), (grown, [*sayings, *told]), issue.id, day)


def same_where_not_both_reach(
    before: tuple[Codebook, list[Saying]], after: tuple[Codebook, list[Saying]], issue: str, day: date
) -> None:
    was, now = compared(*before, day), compared(*after, day)
    standing = state(after[1], after[0], day)
    for pair, found in now.items():
        if not all((party, issue, "new") in standing for party in pair):
            assert point(found, issue) == point(was[pair], issue)


def point(found: Comparison, issue: str) -> Fraction | None:
    distance = found.issues.get(issue)
    return distance.point if distance else None


@given(negotiations(), ON_DAYS)
def test_identical_positions_are_at_no_distance(drawn: Negotiation, day: date) -> None:
    codebook, log = drawn
    one, two = pairs(codebook)[0]
    sayings = [saying for saying in in_force(log) if saying.holder == one]
    # Roles are the first party's: ranks would differ for its twin, so that nobody's rank is known here.
    sayings = [replace(saying, speaker=None) for saying in sayings]
    twins = [replace(saying, id=f"{saying.id}-twin", holder=two) for saying in sayings]
    found = compare(state([*sayings, *twins], codebook, day), codebook, (one, two))
    for issue in codebook.issues:
        distance = found.issues.get(issue.id)
        if distance and (issue.kind == "scale" or distance.common):
            assert distance.point == 0
