from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from positions.analysis.distance import issue_distance
from positions.analysis.plans import Clause, ClauseStanding, Plan, compare_plans, measure_plan, plan_problems
from positions.analysis.plans.plan import own_slots
from positions.analysis.state import State, state_at
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.issues import OptionsIssue
from positions.store.published import read_codebook
from positions.wording.plans import choice_words, clause_words, held_words, standing_words
from tests.conftest import ROOT
from tests.examples import golden_codebook, golden_state, said
from tests.strategies import books

BOOK = golden_codebook()
DAY = date(2022, 3, 15)


def clause(about: str, stance: int, to: int | None = None) -> Clause:
    issue, _, element = about.partition("/")
    return Clause(issue=issue, element=element or None, stance=stance, stance_to=to)


def plan(*clauses: Clause, title: str = "A plan") -> Plan:
    return Plan(title=title, clauses=clauses)


def held(*rows: tuple[Any, ...], party: str = "RUS") -> State:
    """A state in which one party holds what is listed."""
    records = [said("2022-03-01", party, *row, number=number) for number, row in enumerate(rows)]
    return state_at(records, BOOK, as_of=DAY)


def judged(one: Clause, *rows: tuple[Any, ...], codebook: Codebook = BOOK) -> ClauseStanding:
    return measure_plan(plan(one), held(*rows), codebook, parties=["RUS"]).parties[0].clauses[0]


@pytest.mark.parametrize(
    ("planned", "position", "verdict", "distance"),
    [
        ((2,), (2,), "accepts", 0),
        ((2,), (1, 2), "accepts", 0),
        ((1, 2), (2,), "accepts", 0),
        ((2,), (1,), "could accept", 1 / 4),
        ((2,), (0,), "could accept", 1 / 2),
        ((2,), (-1, 0), "could accept", 1 / 2),
        ((2,), (-1,), "rejects", 3 / 4),
        ((2,), (-2,), "rejects", 1),
        ((1,), (-1,), "rejects", 1 / 2),
        ((1,), (2,), "could accept", 1 / 4),
        ((0,), (1,), "could accept", 1 / 4),
        ((0,), (2,), "rejects", 1 / 2),
        ((-2,), (-1,), "could accept", 1 / 4),
        ((-2,), (0, 1), "could accept", 1 / 2),
        ((-2,), (1,), "rejects", 3 / 4),
        ((-1, 1), (2,), "could accept", 1 / 4),
    ],
)
def test_a_scale_clause_is_judged_by_levels_and_measured_by_values(
    planned: tuple[int, ...], position: tuple[int, ...], verdict: str, distance: float
) -> None:
    found = judged(clause("neutrality", *planned), ("neutrality", *position))
    assert (found.verdict, found.distance, found.lo, found.hi) == (verdict, distance, distance, distance)
    assert found.basis == ("s000",)


@pytest.mark.parametrize(
    ("position", "verdict", "distance"),
    [
        (2, "accepts", 0),
        (1, "could accept", 1 / 4),
        (0, "could accept", 1 / 2),
        (-1, "rejects", 3 / 4),
        (-2, "rejects", 1),
    ],
)
def test_a_condition_is_judged_like_a_scale(position: int, verdict: str, distance: float) -> None:
    found = judged(clause("preconditions/halt-attacks", 2), ("preconditions/halt-attacks", position))
    assert (found.verdict, found.distance) == (verdict, distance)
    other = judged(clause("preconditions/halt-attacks", 2), ("preconditions/demilitarisation", position))
    assert (other.verdict, other.distance, other.lo, other.hi) == ("silent", None, 0, 1)


@pytest.mark.parametrize(
    ("planned", "rows", "verdict", "distance", "bounds"),
    [
        (("venue/istanbul", 2), [("venue/istanbul", 1)], "accepts", 0, (0, 0)),
        (("venue/istanbul", 2), [("venue/any", 1)], "accepts", 0, (0, 0)),
        (("venue/istanbul", 2), [("venue/istanbul", -1)], "rejects", 1, (1, 1)),
        (("venue/istanbul", 2), [("venue/turkey", -2)], "rejects", 1, (1, 1)),
        (("venue/istanbul", 2), [("venue/turkey", -2), ("venue/istanbul", 1)], "accepts", 0, (0, 0)),
        (("venue/istanbul", -2), [("venue/istanbul", -1)], "accepts", 0, (0, 0)),
        (("venue/istanbul", 2), [("venue/minsk", 2)], "could accept", None, (0, 1)),
        (("venue/istanbul", 2), [("neutrality", 2)], "silent", None, (0, 1)),
        (("venue/turkey", 2), [("venue/istanbul", 2)], "could accept", 0, (0, 0.5)),
        (("venue/turkey", 2), [("venue/istanbul", -2)], "could accept", 1, (0.5, 1)),
        (("venue/turkey", 2), [("venue/istanbul", -2), ("venue/antalya", 2)], "could accept", 0.5, (0.5, 0.5)),
        (("venue/turkey", 2), [("venue/turkey", 2)], "accepts", 0, (0, 0)),
    ],
)
def test_a_place_is_accepted_rejected_open_or_silent(
    planned: tuple[str, int], rows: list[Any], verdict: str, distance: float | None, bounds: tuple[float, float]
) -> None:
    found = judged(clause(*planned), *rows)
    assert (found.verdict, found.distance, (found.lo, found.hi)) == (verdict, distance, bounds)


def test_the_towns_of_one_country_count_no_more_than_the_country() -> None:
    found = judged(clause("venue/any", 2), ("venue/turkey", 2), ("venue/geneva", -2))
    assert (found.distance, found.lo, found.hi) == (0.5, pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_a_place_contested_with_both_signs_is_open_in_the_bounds_of_a_plan() -> None:
    found = judged(clause("venue/istanbul", 2), ("venue/istanbul", 2), ("venue/istanbul", -2))
    assert (found.distance, found.lo, found.hi) == (0, 0, 1)


def test_what_lies_under_another_root_is_no_alternative() -> None:
    codebook = read_codebook(ROOT / "data")
    state = state_at([said("2022-03-01", "RUS", "humanitarian/corridors", 2)], codebook, as_of=DAY)
    found = measure_plan(plan(clause("humanitarian/prisoner-exchange", 1)), state, codebook, parties=["RUS"])
    assert found.parties[0].clauses[0].verdict == "silent"


def test_neighbouring_levels_are_no_agreement_when_they_are_the_two_poles() -> None:
    levels = [{"stance": stance, "label": str(stance), "definition": ""} for stance in (0, 1)]
    parties = [{"id": "RUS", "name": "Russia"}, {"id": "UKR", "name": "Ukraine"}]
    issue = {"id": "neutrality", "kind": "scale", "label": "Neutrality", "levels": levels}
    book = Codebook.model_validate({"title": "Yes or no", "parties": parties, "issues": [issue]})
    state = state_at([said("2022-03-01", "RUS", "neutrality", 0)], book, as_of=DAY)
    found = measure_plan(plan(clause("neutrality", 1)), state, book, parties=["RUS"]).parties[0].clauses[0]
    assert (found.verdict, found.distance) == ("rejects", 1)


def test_the_overall_distance_weighs_clauses_by_the_partys_salience_and_tells_its_coverage() -> None:
    whole = plan(clause("neutrality", 2), clause("venue/istanbul", 2), clause("military-aid", 2))
    one = measure_plan(whole, held(("neutrality", 1), ("venue/istanbul", -2)), BOOK, parties=["RUS"]).parties[0]
    assert one.distance == pytest.approx((1 * 0.25 + 0.2 * 1) / 1.2)
    assert one.coverage == pytest.approx(1.2 / 1.8)
    assert one.lo == pytest.approx(0.45 / 1.8)
    assert one.hi == pytest.approx(1.05 / 1.8)
    assert not one.thin
    assert measure_plan(whole, held(("venue/istanbul", -2)), BOOK, parties=["RUS"]).parties[0].thin


def test_a_silent_party_has_no_distance() -> None:
    found = measure_plan(plan(clause("neutrality", 2)), held(("venue/any", 1)), BOOK).parties
    assert [party.party for party in found] == ["RUS", "UKR", "USA"]
    assert {(party.distance, party.lo, party.hi, party.coverage, party.thin) for party in found} == {
        (None, 0, 1, 0, True)
    }


def test_an_issue_without_salience_gives_no_distance() -> None:
    issues = [issue.model_copy(update={"saliences": {"RUS": 0}}) for issue in BOOK.issues]
    book = BOOK.model_copy(update={"issues": tuple(issues)})
    # A copy keeps what its original had cached.
    book = Codebook.model_validate(book.model_dump(by_alias=True))
    found = measure_plan(plan(clause("neutrality", 2)), held(("neutrality", 2)), book, parties=["RUS"]).parties[0]
    assert (found.distance, found.lo, found.hi, found.coverage) == (None, 0, 1, 0)


PLACES = [f"{issue.id}/{element.id}" for issue in BOOK.issues for element in issue.elements]
CLAUSES = st.sampled_from(["neutrality", "military-aid", *PLACES]).flatmap(
    lambda about: st.builds(clause, st.just(about), st.sampled_from([-2, -1, 1, 2]))
)
PLANS = st.lists(CLAUSES, min_size=1, max_size=8, unique_by=lambda one: (one.issue, one.element)).map(
    lambda found: plan(*found)
)


@given(books(), CLAUSES)
def test_a_clause_is_as_far_as_the_gap_to_a_party_that_holds_just_that(book: tuple[Any, ...], one: Clause) -> None:
    # Between two parties a condition is a demand and its answer, and places weigh by what both have spoken of.
    assume(one.issue not in ("preconditions", "venue"))
    about = "/".join(filter(None, (one.issue, one.element)))
    others = [record for record in book if record.statement.holder != "USA"]
    state = state_at([*others, said("2022-03-01", "USA", about, one.stance, number=99)], BOOK, as_of=DAY)
    between = issue_distance(state, BOOK.issue(one.issue), ("RUS", "USA"))
    found = measure_plan(plan(one), state, BOOK, parties=["RUS"]).parties[0].clauses[0]
    assert between is not None
    assert found.distance == (None if between.gap is None else pytest.approx(between.gap))


@given(books(), PLANS)
def test_distances_stay_within_their_bounds_and_verdicts_agree_with_them(book: tuple[Any, ...], whole: Plan) -> None:
    assume(not plan_problems(whole, BOOK))
    for party in measure_plan(whole, state_at(book, BOOK, as_of=DAY), BOOK).parties:
        assert 0 <= party.lo <= party.hi <= 1
        assert (party.distance is None) == (party.coverage == 0)
        assert party.distance is None or party.lo <= party.distance <= party.hi
        for item in party.clauses:
            assert item.lo <= item.hi
            assert item.verdict != "silent" or item.distance is None
            assert item.verdict != "rejects" or (item.distance is not None and item.distance > 0)
            assert bool(item.positions) == (item.distance is not None)


@given(PLANS)
def test_the_leaves_of_clauses_never_overlap(whole: Plan) -> None:
    issue = BOOK.issue("venue")
    assert isinstance(issue, OptionsIssue)
    leaves = [leaf for one in whole.clauses if one.issue == "venue" for leaf in own_slots(whole, one, issue)]
    assert len(leaves) == len(set(leaves))


def test_a_narrower_clause_takes_its_places_from_the_wider() -> None:
    whole = plan(clause("venue/any", 1), clause("venue/belarus", -2))
    found = measure_plan(whole, golden_state("2022-03-05"), BOOK, parties=["UKR"]).parties[0]
    assert [item.verdict for item in found.clauses] == ["accepts", "accepts"]


def test_an_unknown_party_and_an_unsound_plan_are_refused() -> None:
    with pytest.raises(QueryError, match="party: found 'XXX', allowed: RUS, UKR, USA"):
        measure_plan(plan(clause("neutrality", 2)), held(), BOOK, parties=["XXX"])
    with pytest.raises(QueryError, match="clause 1 issue: found 'nuetrality', allowed: military-aid, neutrality"):
        measure_plan(plan(clause("nuetrality", 2)), held(), BOOK)


def test_two_plans_are_told_apart_clause_by_clause_in_codebook_order() -> None:
    one = plan(clause("venue/turkey", 2), clause("neutrality", 2), clause("preconditions/halt-attacks", 2))
    two = plan(clause("neutrality", 1), clause("venue/istanbul", 1), clause("venue/geneva", -2))
    found = compare_plans(one, two, held(), BOOK)
    assert [(pair.issue, pair.element, pair.relation, pair.distance) for pair in found.clauses] == [
        ("neutrality", None, "differs", 0.25),
        ("venue", "turkey", "only in the first", None),
        ("venue", "istanbul", "differs", 0),
        ("venue", "geneva", "only in the second", None),
        ("preconditions", "halt-attacks", "only in the first", None),
    ]
    opposed = compare_plans(plan(clause("venue/minsk", 2)), plan(clause("venue/minsk", -1)), held(), BOOK)
    assert opposed.clauses[0].distance == 1


def test_a_plan_is_the_same_as_itself_and_nobody_is_closer() -> None:
    whole = plan(clause("neutrality", 1), clause("venue/any", 1))
    found = compare_plans(whole, whole, golden_state("2022-03-15"), BOOK)
    assert {pair.relation for pair in found.clauses} == {"same"}
    assert {choice.closer for choice in found.parties} == {"neither"}


def test_who_is_closer_is_told_in_neutral_words_with_the_coverage() -> None:
    first = plan(clause("neutrality", 2), title="Neutral")
    second = plan(clause("neutrality", -2), clause("military-aid", 2), title="Armed")
    found = compare_plans(first, second, held(("neutrality", 1)), BOOK, parties=["RUS", "UKR"])
    assert [choice.closer for choice in found.parties] == ["first", None]
    told = [choice_words(choice, found, BOOK).replace("\u00a0", " ") for choice in found.parties]
    assert told == [
        "Russia is closer to “Neutral” (0.25 [0.25, 0.25] on 100 % of it) "
        "than to “Armed” (0.75 [0.47, 0.84] on 62 % of it).",
        "Ukraine cannot be compared with both “Neutral” (no distance on 0 % of it, which is thin) and "
        "“Armed” (no distance on 0 % of it, which is thin).",
    ]
    turned = compare_plans(second, first, held(("neutrality", 1)), BOOK, parties=["RUS"])
    assert turned.parties[0].closer == "second"
    assert choice_words(turned.parties[0], turned, BOOK).replace("\u00a0", " ") == told[0]
    same = compare_plans(first, first, held(("neutrality", 1)), BOOK, parties=["RUS"])
    assert "is as far from" in choice_words(same.parties[0], same, BOOK)


def test_a_standing_is_told_in_one_sentence() -> None:
    whole = plan(clause("neutrality", 1, 2), clause("venue/istanbul", 2), clause("military-aid", 2))
    found = measure_plan(whole, held(("neutrality", 2), ("venue/minsk", 2)), BOOK, parties=["RUS", "USA"]).parties
    assert standing_words(found[0], BOOK).replace("\u00a0", " ") == (
        "Russia accepts 1, could accept 1 and is silent on 1 of 3 clauses; "
        "it is 0.00 from the plan [0.00, 0.44] on 56 % of it."
    )
    assert "no clause can be compared yet, the bounds are [0.00, 1.00]" in standing_words(found[1], BOOK)
    assert clause_words(whole.clauses[0], BOOK) == "Neutrality: open to it to for it"
    words = [held_words(item, BOOK) for item in found[0].clauses]
    assert words == ["for it", "nothing recorded on it, only on others", "nothing recorded on it"]


def test_mixed_places_are_named_and_reported_positions_marked() -> None:
    mixed = judged(clause("venue/turkey", 2), ("venue/istanbul", -2), ("venue/antalya", 2))
    assert held_words(mixed, BOOK) == "rejects it (Istanbul); for it (Antalya)"
    state = state_at([said("2022-03-01", "RUS", "neutrality", 2, voice="framing")], BOOK, as_of=DAY)
    reported = measure_plan(plan(clause("neutrality", 2)), state, BOOK, parties=["RUS"]).parties[0]
    assert held_words(reported.clauses[0], BOOK) == "for it, reported"


def test_a_party_inside_the_plans_range_is_at_no_distance() -> None:
    inside = judged(clause("neutrality", -1, 2), ("neutrality", 0, 1))
    assert (inside.verdict, inside.distance, inside.lo, inside.hi) == ("accepts", 0, 0, 0)


def test_nobody_is_called_closer_to_a_plan_while_the_bounds_overlap() -> None:
    first = plan(clause("neutrality", 2), clause("military-aid", 2), title="One")
    second = plan(clause("neutrality", 1), clause("military-aid", -2), title="Other")
    found = compare_plans(first, second, held(("neutrality", 2)), BOOK, parties=["RUS"])
    assert [one.distance for one in found.parties[0].standings] == [0, 0.25]
    assert found.parties[0].closer == "undecided"
    words = choice_words(found.parties[0], found, BOOK)
    assert words.startswith("Russia may be closer to either, “One” (0.00 [0.00, 0.37]")
    assert words.endswith(": the bounds overlap.")
