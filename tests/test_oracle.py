"""The slow, exact oracle against semantics.md: the golden example of §7 to the fraction, and each rule by itself."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from positions.model.codebook import Codebook
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_records, said
from tests.oracle.comparison import Comparison, compare
from tests.oracle.distance import IssueDistance
from tests.oracle.movement import Movement, movement
from tests.oracle.state import Position, state

F = Fraction
EARLY, LATE = date(2022, 3, 5), date(2022, 3, 15)
ISSUES = ("neutrality", "venue", "preconditions", "military-aid")


def golden(day: date, *pair: str) -> Comparison:
    return compare(state(golden_records(), golden_codebook(), day), golden_codebook(), (pair[0], pair[1]))


def golden_move(*pair: str) -> Movement:
    return movement(golden_records(), golden_codebook(), (pair[0], pair[1]), EARLY, LATE)


def fractions(text: str) -> tuple[Fraction | None, Fraction, Fraction]:
    """Read a cell of the page's tables: a δ, with bounds where they are not δ itself."""
    point, _, bounds = text.partition(" ")
    delta = None if point == "–" else F(point)
    lo, hi = map(F, bounds.strip("[]").split(", ")) if bounds else (F(point), F(point))
    return delta, lo, hi


TABLES = [
    (EARLY, "RUS", "UKR", "7/8 | 1 [1/3, 1] | 1 [1/2, 1] | – [0, 1] | 15/16 [289/624, 199/208] | 9/13"),
    (LATE, "RUS", "UKR", "1/2 | 1/2 [1/3, 5/6] | 11/16 | 1 | 293/416 [863/1248, 911/1248] | 1"),
    (EARLY, "RUS", "USA", "3/4 | – [0, 1] | – [0, 1] | – [0, 3/4] | 3/4 [1/4, 71/84] | 1/3"),
    (LATE, "RUS", "USA", "3/8 | – [0, 1] | 3/4 | 1 | 11/16 [33/56, 41/56] | 6/7"),
    (EARLY, "UKR", "USA", "1/8 | 0 [0, 2/3] | 0 | 1/4 | 11/84 [11/84, 19/84] | 1"),
    (LATE, "UKR", "USA", "1/8 | 0 [0, 2/3] | 1/4 | 0 | 1/12 [1/12, 5/28] | 1"),
]


@pytest.mark.parametrize(("day", "party", "other", "row"), TABLES)
def test_golden_distances(day: date, party: str, other: str, row: str) -> None:
    *issues, total, coverage = row.split(" | ")
    for pair in ((party, other), (other, party)):
        compared = golden(day, *pair)
        for name, cell in zip(ISSUES, issues, strict=True):
            found = compared.issues[name]
            assert (found.point, found.lo, found.hi) == fractions(cell), name
        assert (compared.point, compared.lo, compared.hi) == fractions(total)
        assert (compared.coverage, compared.thin) == (F(coverage), coverage == "1/3")


def test_golden_movement_of_russia_and_ukraine() -> None:
    found = golden_move("RUS", "UKR")
    assert found.change == F(-97, 416)
    assert found.parts == {"movement": F(-35, 96), "entered": F(41, 312), "left": 0, "framing": 0}
    assert found.entered == {"military-aid": F(41, 312)}
    contributions = {name: one.contribution for name, one in found.issues.items()}
    assert contributions == {"neutrality": F(-3, 16), "venue": F(-1, 18), "preconditions": F(-35, 288)}
    assert {name: one.shares for name, one in found.issues.items()} == {
        "neutrality": {"RUS": F(-1, 8), "UKR": F(-1, 4)},
        "venue": {"RUS": F(-1, 2), "UKR": 0},
        "preconditions": {"RUS": F(-7, 32), "UKR": F(-3, 32)},
    }
    assert (found.level_band, found.verdict, found.rests_on) == (F(1, 8), "closer", ("The Example",))


def test_golden_movement_of_russia_and_the_united_states() -> None:
    found = golden_move("RUS", "USA")
    assert (found.change, found.movement) == (F(-1, 16), F(-3, 8))
    assert found.entered == {"preconditions": F(5, 48), "military-aid": F(5, 24)}
    assert (found.level_band, found.verdict) == (F(1, 4), "closer")
    assert found.issues["neutrality"].shares == {"RUS": F(-1, 8), "USA": F(-1, 4)}


def test_golden_movement_of_ukraine_and_the_united_states() -> None:
    found = golden_move("UKR", "USA")
    assert (found.change, found.movement) == (F(-1, 21), F(-1, 21))
    assert (found.level_band, found.verdict, found.rests_on) == (F(2, 21), "no measurable change", ())
    assert found.issues["neutrality"].shares == {"UKR": F(-1, 8), "USA": F(1, 8)}


def test_golden_statements_without_effect_change_nothing() -> None:
    effective = [record for record in golden_records() if record.statement.voice == "self"]
    assert movement(effective, golden_codebook(), ("RUS", "UKR"), EARLY, LATE) == golden_move("RUS", "UKR")


DAY = date(2022, 3, 31)


def at(
    *records: Record, about: str = "neutrality", holder: str = "UKR", day: date = DAY, book: Codebook | None = None
) -> Position | None:
    name, _, element = about.partition("/")
    return state(records, book or golden_codebook(), day).get((holder, name, element or None))


def stands(*records: Record, **question: Any) -> tuple[int, tuple[str, ...]]:
    found = at(*records, **question)
    assert found is not None
    return found.stance, found.basis


def test_a_vague_date_waits_for_its_end_and_competes_as_its_first_day() -> None:
    month = said("2022-02", "UKR", "neutrality", 1, number=1)
    inside = said("2022-02-10", "UKR", "neutrality", -1, number=2)
    always = said("../2022-03-01", "UKR", "neutrality", 2, number=3)
    assert at(month, day=date(2022, 2, 27)) is None
    assert stands(month, day=date(2022, 2, 28)) == (1, ("s001",))
    assert stands(month, inside, always) == (-1, ("s002",))
    assert stands(month, always) == (1, ("s001",))
    found = at(month)
    assert found is not None
    assert found.age == (31, 58)


def test_a_plus_on_the_root_only_fills_and_a_minus_displaces() -> None:
    no_belarus = said("2022-03-01", "UKR", "venue/belarus", -2, number=1)
    anywhere = said("2022-03-02", "UKR", "venue/any", 1, number=2)
    nowhere = said("2022-03-02", "UKR", "venue/any", -1, number=3)
    assert stands(no_belarus, anywhere, about="venue/minsk") == (-2, ("s001",))
    assert stands(no_belarus, anywhere, about="venue/belarus") == (-2, ("s001",))
    assert stands(no_belarus, anywhere, about="venue/geneva") == (1, ("s002",))
    assert stands(no_belarus, nowhere, about="venue/minsk") == (-1, ("s003",))


def test_inner_elements_displace_as_usual_and_are_positions_themselves() -> None:
    minsk = said("2022-03-01", "UKR", "venue/minsk", 1, number=1)
    no_belarus = said("2022-03-02", "UKR", "venue/belarus", -2, number=2)
    same_day = said("2022-03-02", "UKR", "venue/gomel", 2, number=3)
    assert stands(minsk, no_belarus, about="venue/minsk") == (-2, ("s002",))
    assert stands(minsk, no_belarus, same_day, about="venue/gomel") == (2, ("s003",))
    assert stands(said("2022-03-01", "UKR", "venue/any", 1), about="venue/turkey") == (1, ("s000",))


def test_of_the_roots_statements_the_one_that_decides_it_counts_below() -> None:
    istanbul = said("2022-03-01", "UKR", "venue/istanbul", 2, number=1)
    nowhere = said("2022-03-02", "UKR", "venue/any", -2, number=2)
    anywhere = said("2022-03-03", "UKR", "venue/any", 1, number=3)
    assert stands(istanbul, nowhere, about="venue/istanbul") == (-2, ("s002",))
    assert stands(istanbul, nowhere, anywhere, about="venue/istanbul") == (2, ("s001",))


def test_an_own_anywhere_stands_before_an_outlets_not_there() -> None:
    framing = said("2022-03-05", "UKR", "venue/belarus", -2, number=1, voice="framing")
    anywhere = said("2022-03-01", "UKR", "venue/any", 1, number=2)
    assert stands(framing, anywhere, about="venue/minsk") == (1, ("s002",))
    reported = at(framing, about="venue/minsk")
    assert reported is not None
    assert reported.reported


def test_same_day_ties_go_to_direct_words_then_publication_then_first_recording_then_id() -> None:
    def one(number: int, stance: int, **fields: Any) -> Record:
        return said("2022-03-01", "UKR", "neutrality", stance, number=number, **fields)

    assert stands(one(1, 1), one(2, 2, directness="paraphrase"))[0] == 1
    assert stands(one(1, 1, published_on="2022-03-02"), one(2, 2, published_on="2022-03-03"))[0] == 2
    assert stands(one(1, 1), one(2, 2))[0] == 1
    instant = one(0, 0).recorded_at
    assert stands(one(2, 2, recorded_at=instant), one(1, 1, recorded_at=instant)) == (1, ("s001", "s002"))


def test_statements_of_one_element_and_day_contest_it_whatever_their_directness() -> None:
    records = [
        said("2022-03-01", "UKR", "neutrality", 2, number=1, directness="paraphrase"),
        said("2022-03-01", "UKR", "neutrality", -2, -1, number=2),
    ]
    found = at(*records)
    assert found is not None
    assert (found.stance, found.contested, set(found.basis)) == (-2, True, {"s001", "s002"})
    records.append(said("2022-03-01", "RUS", "neutrality", 2, number=3))
    distance = issue("neutrality", *records)
    assert bounds(distance) == (F(7, 8), 0, F(7, 8))


def test_stale_is_what_can_not_be_younger_than_thirty_days() -> None:
    once = said("2022-03-01", "UKR", "neutrality", 1, number=1)
    repeat = said("../2022-03-20", "UKR", "neutrality", 1, number=2)
    other = said("../2022-03-20", "UKR", "neutrality", 2, number=3)
    for records, stale in [((once,), True), ((once, repeat), False), ((once, other), True)]:
        found = at(*records)
        assert found is not None
        assert found.stale is stale
    young = at(once, day=date(2022, 3, 30))
    assert young is not None
    assert not young.stale


def issue(name: str, *records: Record, pair: tuple[str, str] = ("RUS", "UKR")) -> IssueDistance:
    return compare(state(records, golden_codebook(), DAY), golden_codebook(), pair).issues[name]


def bounds(distance: IssueDistance) -> tuple[Any, Any, Any]:
    return distance.point, distance.lo, distance.hi


def test_a_silent_party_is_as_far_as_the_speakers_midpoint_allows() -> None:
    distance = issue("neutrality", said("2022-03-01", "UKR", "neutrality", 0, 1))
    assert bounds(distance) == (None, 0, F(5, 8))


def test_a_place_contested_with_both_signs_counts_as_unstated_for_the_bounds() -> None:
    records = [
        said("2022-03-01", "UKR", "venue/geneva", 1, number=1),
        said("2022-03-01", "UKR", "venue/geneva", -1, number=2),
        said("2022-03-01", "RUS", "venue/geneva", -1, number=3),
    ]
    distance = issue("venue", *records)
    assert bounds(distance) == (1, 0, 1)
    assert issue("venue", *records[1:]).hi == 1


def test_a_contested_demand_is_bounded_by_all_of_its_statements() -> None:
    records = [
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 1, number=1),
        said("2022-03-01", "UKR", "preconditions/halt-attacks", -2, number=2),
    ]
    distance = issue("preconditions", *records)
    assert bounds(distance) == (None, 0, F(1, 2))
    answered = issue("preconditions", *records, said("2022-03-01", "RUS", "preconditions/halt-attacks", -2, number=3))
    assert bounds(answered) == (F(1, 2), 0, F(1, 2))
    assert answered.unmet == {("UKR", "RUS"): F(1, 2)}
    given_up = compare(state(reversed(records[1:]), golden_codebook(), DAY), golden_codebook(), ("RUS", "UKR"))
    assert "preconditions" not in given_up.issues
