"""The oracle where the golden example does not reach: ranks, levels of one's own, two times, ground, demands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from positions.model.codebook import Codebook, Role
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.revision import Record, Revision
from tests.examples import golden_codebook, said
from tests.oracle.comparison import Comparison, compare
from tests.oracle.demands import Link, deadlocked, demands, links
from tests.oracle.ground import Ground, common_ground
from tests.oracle.sayings import in_force
from tests.oracle.state import Position, State, state
from tests.oracle.values import leaf_weights, root, step, values
from tests.oracle_examples import SCALE, book, conditions
from tests.oracle_strategies import extend

F = Fraction
DAY = date(2022, 3, 31)


def test_a_level_has_its_declared_value_or_its_place_among_the_levels() -> None:
    levels = [{"stance": number, "label": "", "definition": ""} for number in (-1, 0, 2)]
    declared = [level | {"value": value} for level, value in zip(levels, (0, 0.1, 0.9), strict=True)]
    plain, own = book(SCALE | {"levels": levels}).issues[0], book(SCALE | {"levels": declared}).issues[0]
    assert (values(plain), step(plain)) == ({-1: 0, 0: F(1, 2), 2: 1}, F(1, 2))
    assert (values(own), step(own)) == ({-1: 0, 0: F(1, 10), 2: F(9, 10)}, F(1, 2))
    assert step(golden_codebook().issue("neutrality")) == step(golden_codebook().issue("venue")) == F(1, 4)


def test_only_an_element_that_contains_all_others_is_the_root() -> None:
    def options(*elements: tuple[str, str | None]) -> Any:
        named = [{"id": name, "label": name, "parent": parent} for name, parent in elements]
        return book({"id": "place", "kind": "options", "elements": named}).issues[0]

    assert root(options(("a", None), ("b", "a"), ("c", "b"))) == "a"
    assert root(options(("a", None), ("b", None))) is None
    forest = options(("a", None), ("b", "a"), ("c", "a"), ("d", None))
    assert root(forest) is None
    assert leaf_weights(forest, {"b", "c", "d"}) == {"b": F(1, 4), "c": F(1, 4), "d": F(1, 2)}
    assert leaf_weights(forest, {"b", "d"}) == {"b": F(1, 2), "d": F(1, 2)}


def ranked() -> Codebook:
    def speaker(name: str, *ranks: tuple[int | None, str | None, str | None]) -> dict[str, Any]:
        roles = [
            extend(Role.model_validate({"party": "AAA", "title": name, "from": first, "to": last}), rank=rank)
            for rank, first, last in ranks
        ]
        return {"id": name, "kind": "person", "name": name, "roles": roles}

    later_head = speaker("climber", (4, None, "2022-03-10"), (1, "2022-03-05", None))
    return book(SCALE, speakers=[speaker("head", (1, None, None)), speaker("voice", (None, None, None)), later_head])


def standing(*records: Record) -> Position:
    return state(records, ranked(), DAY)["AAA", "scale", None]


def words(day: str, stance: int, speaker: str, number: int, **fields: Any) -> Record:
    return said(day, "AAA", "scale", stance, number=number, speaker=speaker, **fields)


def test_on_a_day_the_higher_rank_stands_before_direct_words() -> None:
    head = words("2022-03-01", -2, "head", 1, directness="paraphrase")
    found = standing(head, words("2022-03-01", 2, "voice", 2))
    assert (found.stance, found.basis, found.contested, found.outranked) == (-2, ("s001", "s002"), True, None)


def test_a_rank_is_the_best_role_of_the_last_day_that_was_meant() -> None:
    voice = words("2022-03-04", 1, "voice", 1)
    assert standing(voice, words("2022-03-04", 2, "climber", 2)).stance == 1
    assert standing(voice, words("2022-03-04/2022-03-05", 2, "climber", 2)).stance == 2


def test_a_later_word_of_a_lower_rank_decides_and_names_whom_it_goes_against() -> None:
    head, voice = words("2022-03-01", -1, "head", 1), words("2022-03-02", 1, "voice", 2)
    assert (standing(head, voice).stance, standing(head, voice).outranked) == (1, "s001")
    assert standing(head, words("2022-03-02", 0, "voice", 2)).outranked is None
    assert standing(words("2022-03-01", 1, "voice", 1), words("2022-03-02", -1, "head", 2)).outranked is None
    assert standing(words("2022-03-01", -1, "voice", 1), voice).outranked is None
    later_head = words("2022-03-02", 2, "head", 3)
    assert standing(head, later_head, words("2022-03-03", 1, "voice", 4)).outranked is None


def comparison(codebook: Codebook, *records: Record, pair: tuple[str, str] = ("AAA", "BBB")) -> Comparison:
    return compare(state(records, codebook, DAY), codebook, pair)


def on_terms(codebook: Codebook, *stances: tuple[str, int]) -> tuple[Any, Any, Any] | None:
    records = [
        said("2022-03-01", who, "terms/one", stance, number=number) for number, (who, stance) in enumerate(stances)
    ]
    found = comparison(codebook, *records).issues.get("terms")
    return (found.point, found.lo, found.hi) if found else None


@pytest.mark.parametrize(
    ("addressees", "stances", "expected"),
    [
        (("BBB",), [("AAA", 1), ("BBB", -2)], (F(1, 2), F(1, 2), F(1, 2))),
        (("BBB",), [("AAA", 1)], (None, 0, F(1, 2))),
        (("BBB",), [("AAA", 0), ("BBB", -2)], None),
        (("BBB", "CCC"), [("BBB", 2)], None),
        (("AAA", "BBB"), [("BBB", 1)], (None, 0, F(3, 4))),
        (("AAA", "BBB"), [("BBB", 1), ("AAA", -2)], (F(3, 4), F(3, 4), F(3, 4))),
        (("CCC",), [("BBB", 1)], None),
        (("CCC",), [("BBB", 1), ("AAA", -2)], (F(3, 4), F(3, 4), F(3, 4))),
        ((), [("BBB", 1), ("AAA", 0)], (F(1, 4), F(1, 4), F(1, 4))),
    ],
)
def test_conditions_are_measured_by_who_would_have_to_act(
    addressees: tuple[str, ...], stances: Sequence[tuple[str, int]], expected: tuple[Any, Any, Any] | None
) -> None:
    assert on_terms(book(conditions(*addressees)), *stances) == expected


def test_insistence_on_levels_of_ones_own_is_twice_what_lies_above_the_middle() -> None:
    levels = [
        {"stance": stance, "label": "", "definition": "", "value": value} for stance, value in [(-1, 0.2), (1, 0.9)]
    ]
    found = on_terms(book(conditions("BBB", levels=levels)), ("AAA", 1), ("BBB", -1))
    assert found == (F(16, 25), F(16, 25), F(16, 25))


def test_weights_of_zero_leave_no_agenda_and_nothing_comparable_leaves_bounds() -> None:
    def saliences(weight: float) -> dict[str, Any]:
        return {"saliences": {"AAA": weight, "BBB": weight}}

    records = [said("2022-03-01", who, "scale", 2, number=number) for number, who in enumerate(("AAA", "BBB"))]
    empty = comparison(book(SCALE | saliences(0)), *records)
    assert (empty.point, empty.lo, empty.coverage, len(empty.issues)) == (None, None, None, 1)
    demanded = said("2022-03-01", "AAA", "terms/one", 2, number=5)
    partly = comparison(book(SCALE | saliences(0), conditions("BBB")), *records, demanded)
    assert (partly.point, partly.lo, partly.hi, partly.coverage, partly.thin) == (None, 0, 1, 0, True)
    half = comparison(book(SCALE, conditions("BBB")), *records, demanded)
    assert (half.point, half.coverage, half.thin) == (0, F(1, 2), False)


def revision(number: int, day: int, content: Any, kind: Any = "statement", name: str = "s001") -> Revision:
    action: Any = "retract" if content is None else "add" if number == 1 else "correct"
    return Revision(kind, name, number, action, content, datetime(2022, 4, day, 12, tzinfo=UTC), "example")


def history() -> list[Revision]:
    document = Document(
        id="doc",
        title="T",
        outlet="The Example",
        published_on=PartialDate.parse("2022-03-31"),
        published_on_basis="explicit",
    )
    first, second = (said(day, "UKR", "neutrality", 1, number=1).statement for day in ("2022-03-01", "2022-03-08"))
    return [
        revision(1, 1, document, "document", "doc"),
        revision(1, 2, first),
        revision(2, 4, second),
        revision(3, 6, None),
    ]


def test_of_the_revisions_known_at_an_instant_the_last_counts() -> None:
    def since(known_at: datetime | date | None) -> list[date]:
        return [one.last for one in in_force(history(), known_at=known_at)]

    assert since(date(2022, 4, 1)) == []
    assert since(date(2022, 4, 2)) == since(datetime(2022, 4, 2, 12, tzinfo=UTC)) == [date(2022, 3, 1)]
    assert since(datetime(2022, 4, 2, 12, tzinfo=UTC) - timedelta(microseconds=1)) == []
    assert since(date(2022, 4, 5)) == [date(2022, 3, 8)]
    assert since(None) == []


def test_what_was_not_published_by_a_day_was_not_public() -> None:
    log = history()[:3]
    assert in_force(log, public_by=date(2022, 3, 30)) == []
    (one,) = in_force(log, public_by=date(2022, 3, 31))
    assert (one.first_recorded.day, one.recorded_at.day) == (2, 4)


def ground(about: str, *stances: tuple[Any, ...], codebook: Codebook | None = None) -> Ground:
    records = [said("2022-03-01", one[0], about, *one[1:], number=number) for number, one in enumerate(stances)]
    codebook = codebook or golden_codebook()
    parties = [party.id for party in codebook.parties][:2]
    return common_ground(state(records, codebook, DAY), codebook, parties)[0]


def openings(found: Ground) -> dict[Any, dict[str, Fraction]]:
    return {way.to: dict(way.moves) for way in found.openings}


def test_all_of_the_cheapest_openings_are_told_and_none_by_an_order() -> None:
    found = ground("neutrality", ("RUS", 2), ("UKR", -2))
    assert (found.told, found.gap, openings(found)) == ("none", 1, {0: {"RUS": F(1)}, 1: {"UKR": F(1)}})
    assert ground("neutrality", ("RUS", 0, 2), ("UKR", -2, 1)).shared == (F(1, 2), F(3, 4))
    assert ground("neutrality", ("RUS", 0)).told == "silent"


def test_places_open_to_the_lowest_level_that_accepts_them() -> None:
    found = ground("venue/minsk", ("RUS", 2), ("UKR", -1))
    assert (found.told, openings(found)) == ("none", {"minsk": {"UKR": F(1, 2)}})
    assert ground("venue/belarus", ("RUS", 2), ("UKR", 1)).places == ("minsk", "gomel")
    refused = ground("venue/belarus", ("RUS", -2), ("UKR", -1))
    assert (refused.told, refused.against, refused.openings) == ("against", ("minsk", "gomel"), ())


def test_a_place_that_one_accepts_and_the_other_has_not_spoken_of_is_open_for_nothing() -> None:
    records = [said("2022-03-01", "RUS", "venue/belarus", 2), said("2022-03-01", "UKR", "venue/minsk", -2, number=1)]
    (found,) = common_ground(state(records, golden_codebook(), DAY), golden_codebook(), ("RUS", "UKR"))
    assert (found.told, found.open, found.gap, openings(found)) == ("open", ("gomel",), 0, {"gomel": {"UKR": F(0)}})


@pytest.mark.parametrize(
    ("stances", "told"),
    [((2, 1), "common"), ((-1, -2), "against"), ((0, -2), "not demanded"), ((0, 0), "not demanded"), ((2, 0), "none")],
)
def test_a_condition_is_common_ground_above_the_middle(stances: tuple[int, int], told: str) -> None:
    found = ground("preconditions/halt-attacks", ("RUS", stances[0]), ("UKR", stances[1]))
    assert found.told == told


@pytest.mark.parametrize(
    ("answer", "status"),
    [(2, "met"), (1, "leaning"), (0, "undecided"), (-1, "resisted"), (-2, "refused"), (None, "unanswered")],
)
def test_the_status_of_a_demand_is_its_response(answer: int | None, status: str) -> None:
    records = [said("2022-03-01", "UKR", "preconditions/halt-attacks", 1)]
    if answer is not None:
        about = "preconditions/halt-attacks"
        records.append(said("2022-03-01", "RUS", about, answer, number=1, voice="framing"))
    (row,) = demands(records, golden_codebook(), DAY)
    assert (row.status, row.insistence, row.reported) == (status, F(1, 2), False)
    assert row.answer_reported is (answer is not None)


def test_a_demand_is_dropped_when_the_own_word_that_made_it_falls_to_the_middle() -> None:
    about = "preconditions/halt-attacks"
    made, dropped = said("2022-03-01", "UKR", about, 2, number=1), said("2022-03-02", "UKR", about, 0, number=2)
    (row,) = demands([made, dropped], golden_codebook(), DAY)
    assert (row.status, row.insistence) == ("dropped", 0)
    assert demands([dropped], golden_codebook(), DAY) == []
    assert (
        demands([said("2022-03-01", "UKR", about, 2, number=1, voice="framing"), dropped], golden_codebook(), DAY) == []
    )


def test_the_addressees_of_a_joint_condition_demand_it_of_each_other() -> None:
    records = [said("2022-03-01", "AAA", "terms/one", 1)]
    plain = book(conditions("AAA", "BBB"))
    (element,) = plain.issues[0].elements
    joint = extend(plain, issues=(extend(plain.issues[0], elements=(extend(element, joint=True),)),))
    assert demands(records, plain, DAY) == []
    assert [(row.demander, row.addressee) for row in demands(records, joint, DAY)] == [("AAA", "BBB")]


def test_things_that_wait_for_each_other_are_in_a_deadlock() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1, condition_for="military-aid"),
        said("2022-03-01", "UKR", "military-aid", 2, number=2, condition_for="neutrality"),
        said("2022-03-01", "UKR", "venue/geneva", 1, number=3, condition_for="military-aid"),
    ]
    found = links(records, golden_codebook(), DAY)
    assert Link("RUS", "neutrality", "military-aid", "s001") in found
    assert deadlocked(found) == {"neutrality", "military-aid"}
    assert deadlocked(one for one in found if one.holder == "UKR") == set()


def test_an_empty_state_has_nothing() -> None:
    nothing: State = {}
    assert state([], golden_codebook(), DAY) == nothing
    assert compare(nothing, golden_codebook(), ("RUS", "UKR")).issues == {}
    assert common_ground(nothing, golden_codebook(), ("RUS", "UKR")) == []
