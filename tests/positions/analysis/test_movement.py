from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.distance import compare
from positions.analysis.movement import Movement, movement_between
from positions.analysis.state import state_at
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_records, said
from tests.strategies import DAYS, books

START, END = date(2022, 3, 5), date(2022, 3, 15)


def between(records: Any, party: str = "RUS", other: str = "UKR", *, start: date = START, end: date = END) -> Movement:
    return movement_between(records, golden_codebook(), party, other, start=start, end=end)


def near(exact: Fraction) -> Any:
    return pytest.approx(float(exact), abs=1e-12)


def test_the_ledger_names_each_statement_that_moved_and_no_claim_or_framing() -> None:
    found = between(golden_records())
    assert [(move.statement, move.holder, move.issue) for move in found.ledger] == [
        ("s013", "RUS", "neutrality"),
        ("s014", "UKR", "neutrality"),
        ("s016", "RUS", "venue"),
        ("s017", "RUS", "preconditions"),
        ("s018", "UKR", "preconditions"),
        ("s019", "RUS", "military-aid"),
    ]
    assert found.ledger[0].before == (2, 2)
    assert found.ledger[0].after == (1, 2)


@given(books(), DAYS, DAYS, st.sampled_from([("RUS", "UKR"), ("UKR", "USA")]))
def test_the_parts_add_up_for_any_data(
    records: tuple[Record, ...], one: date, two: date, pair: tuple[str, str]
) -> None:
    found = between(records, *pair, start=min(one, two), end=max(one, two) + timedelta(days=1))
    before, after = (
        compare(state_at(records, golden_codebook(), as_of=day), golden_codebook(), *pair)
        for day in (found.start, found.end)
    )
    if before.distance is not None and after.distance is not None:
        assert found.change == pytest.approx(after.distance - before.distance, abs=1e-12)
    assert (found.parts is None) == (found.movement is None) == (found.verdict is None)
    if found.parts is not None:
        whole = found.parts.movement + found.parts.entered + found.parts.left + found.parts.framing
        assert whole == pytest.approx(found.change, abs=1e-12)
        assert found.parts.entered == pytest.approx(sum(found.entered.values()), abs=1e-12)
        assert found.parts.left == pytest.approx(sum(found.left.values()), abs=1e-12)
    for issue in found.issues:
        if issue.shares is not None:
            assert sum(issue.shares.values()) == pytest.approx(issue.change, abs=1e-12)
        contributions = [move.contribution or 0.0 for move in found.ledger if move.issue == issue.issue]
        assert sum(contributions) == pytest.approx(issue.change, abs=1e-12)


@given(books(), DAYS, DAYS)
def test_an_outlets_words_never_change_movement_verdict_or_what_it_rests_on(
    records: tuple[Record, ...], one: date, two: date
) -> None:
    days = {"start": min(one, two), "end": max(one, two) + timedelta(days=1)}
    own = [record for record in records if record.statement.voice == "self"]
    whole, alone = between(records, **days), between(own, **days)
    for name in ("start", "movement", "level_band", "verdict", "rests_on", "issues", "ledger", "entered", "left"):
        assert getattr(whole, name) == getattr(alone, name), name


def test_a_first_statement_on_an_issue_is_not_movement() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-01", "UKR", "neutrality", 2, number=2),
        said("2022-03-01", "RUS", "military-aid", 2, number=3),
        said("2022-03-08", "UKR", "military-aid", -2, number=4),
    ]
    found = between(records)
    assert (found.movement, found.verdict, dict(found.left)) == (0.0, "no measurable change", {})
    assert found.parts is not None
    assert found.parts.entered == found.entered["military-aid"] == pytest.approx(8 / 17)


def test_what_ceases_to_be_comparable_left() -> None:
    records = [
        *(said("2022-03-01", party, "neutrality", 2, number=n) for n, party in enumerate(("RUS", "UKR"))),
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=3),
        said("2022-03-01", "RUS", "preconditions/halt-attacks", -2, number=4),
        said("2022-03-08", "UKR", "preconditions/halt-attacks", 0, number=5),
    ]
    found = between(records)
    assert found.parts is not None
    assert (found.movement, found.parts.left) == (0.0, pytest.approx(-7 / 16))
    assert list(found.left) == ["preconditions"]


def test_the_window_starts_when_own_word_first_compares_an_issue_and_says_so() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-08", "UKR", "neutrality", 2, number=2),
        said("2022-03-10", "UKR", "neutrality", -2, number=3),
    ]
    found = between(records)
    assert (found.asked, found.start, found.movement) == (START, date(2022, 3, 8), 1.0)
    assert [move.statement for move in found.ledger] == ["s003"]
    assert found.before.as_of == date(2022, 3, 8)


def test_a_window_that_would_start_on_its_last_day_has_no_movement() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-15", "UKR", "neutrality", 1, number=2),
    ]
    found = between(records)
    assert (found.start, found.movement, found.parts, found.verdict, found.issues) == (START, None, None, None, ())


def test_what_is_only_framed_or_claimed_moves_nobody() -> None:
    records = [
        *(said("2022-03-01", party, "military-aid", 2, number=n) for n, party in enumerate(("RUS", "UKR"))),
        said("2022-03-01", "RUS", "neutrality", 2, number=3),
        said("2022-03-01", "UKR", "neutrality", -2, number=4, voice="framing"),
        said("2022-03-08", "UKR", "neutrality", 2, number=5, voice="framing"),
        said("2022-03-08", "UKR", "neutrality", 2, number=6, voice="ascribed"),
    ]
    found = between(records)
    assert found.parts is not None
    assert (found.movement, found.ledger) == (0.0, ())
    assert found.change == found.parts.framing == pytest.approx(-9 / 17)


def test_a_corrected_statement_is_marked_recoded() -> None:
    records = list(golden_records())
    records[13] = Record(records[13].statement, records[13].published_on, "x", records[13].recorded_at, number=2)
    assert [move.statement for move in between(records).ledger if move.recoded] == ["s013"]


def test_a_change_of_one_level_is_within_the_band_and_no_measurable_change() -> None:
    records = [
        *(said("2022-03-01", party, "neutrality", 2, number=n) for n, party in enumerate(("RUS", "UKR"))),
        said("2022-03-08", "UKR", "neutrality", 1, number=3),
    ]
    found = between(records)
    assert (found.movement, found.level_band, found.verdict) == (0.25, 0.25, "no measurable change")
    assert found.rests_on == ()


def test_the_band_is_that_of_the_heaviest_issue() -> None:
    records = [
        *(said("2022-03-01", party, "neutrality", 2, number=n) for n, party in enumerate(("RUS", "UKR"))),
        *(said("2022-03-01", party, "military-aid", 2, number=n) for n, party in enumerate(("RUS", "UKR"), 3)),
    ]
    assert between(records).level_band == pytest.approx(0.25 * 9 / 17)


def test_of_equally_heavy_issues_the_first_of_the_codebook_gives_the_band_however_the_weights_were_rounded() -> None:
    """(0.1 + 0.2) / 2 is a little more than (0.15 + 0.15) / 2 for the machine, and the same as a fraction."""
    levels = [{"stance": stance, "label": str(stance), "definition": ""} for stance in (0, 1)]
    first = {"id": "first", "kind": "scale", "label": "First", "saliences": {"RUS": 0.15, "UKR": 0.15}}
    second = {"id": "second", "kind": "scale", "label": "Second", "saliences": {"RUS": 0.1, "UKR": 0.2}}
    parties = [{"id": "RUS", "name": "Russia"}, {"id": "UKR", "name": "Ukraine"}]
    book = Codebook.model_validate({"title": "Two", "parties": parties, "issues": [first, second | {"levels": levels}]})
    records = [
        said("2022-03-01", party, about, 1, number=number)
        for number, (party, about) in enumerate(product(("RUS", "UKR"), ("first", "second")))
    ]
    found = movement_between(records, book, "RUS", "UKR", start=START, end=END)
    assert found.level_band == near(Fraction(1, 8))


def test_what_two_outlets_report_together_rests_on_both_and_is_a_finding() -> None:
    """One tells of the earlier offer, one of the refusal: without either there is no movement, and yet they moved."""
    records = [
        said("2022-03-01", "RUS", "venue/belarus", 2, number=1, outlet="C"),
        said("2022-03-01", "UKR", "venue/belarus", 1, number=2, outlet="A"),
        said("2022-03-08", "UKR", "venue/belarus", -2, number=3, outlet="B"),
    ]
    found = between(records)
    assert (found.movement, found.verdict, found.rests_on) == (1.0, "further apart", ("A", "B", "C"))
    again = [*records, said("2022-03-01", "RUS", "venue/belarus", 2, number=4, outlet="D")]
    assert between(again).rests_on == ("A", "B")


def test_the_copies_of_an_agencys_text_are_one_source() -> None:
    records = [
        said("2022-03-01", "RUS", "venue/belarus", 2, number=1),
        said("2022-03-01", "UKR", "venue/belarus", 1, number=2),
        *(said("2022-03-08", "UKR", "venue/belarus", -2, number=n, outlet=name) for n, name in ((3, "A"), (4, "B"))),
    ]
    assert between(records).rests_on == ("The Example",)
    copies = [*records[:2], *(replace(record, origin="Agency") for record in records[2:])]
    assert between(copies).rests_on == ("Agency", "The Example")


def test_each_issue_has_a_verdict_with_its_own_level_and_sources() -> None:
    verdicts = {issue.issue: (issue.verdict, issue.level_band) for issue in between(golden_records()).issues}
    assert verdicts == {
        "neutrality": ("closer", 0.25),
        "venue": ("closer", 0.25),
        "preconditions": ("closer", 0.25),
    }
    assert {issue.rests_on for issue in between(golden_records()).issues} == {("The Example",)}


def test_a_stance_inherited_from_what_contains_a_place_is_told_as_held_before() -> None:
    records = [
        said("2022-03-01", "UKR", "venue/any", 1, number=1),
        said("2022-03-01", "RUS", "venue/belarus", 2, number=2),
        said("2022-03-08", "UKR", "venue/belarus", -2, number=3),
    ]
    found = between(records)
    assert [(move.before, move.after, move.contribution) for move in found.ledger] == [((1, 1), (-2, -2), 1.0)]


def test_parallel_moves_cancel_in_the_change_and_show_in_the_shares() -> None:
    neutrality = next(issue for issue in between(golden_records(), "UKR", "USA").issues if issue.issue == "neutrality")
    assert neutrality.change == near(Fraction(0))
    assert neutrality.shares == {"UKR": near(Fraction(-1, 8)), "USA": near(Fraction(1, 8))}


def test_the_earlier_day_comes_first_and_there_are_two_parties() -> None:
    with pytest.raises(QueryError, match=r"from: found 2022-03-15, allowed: before 2022-03-05"):
        between(golden_records(), start=END, end=START)
    with pytest.raises(QueryError, match="parties: found 1, allowed: two different parties"):
        movement_between(golden_records(), golden_codebook(), "RUS", start=START, end=END)
