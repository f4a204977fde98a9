from __future__ import annotations

from datetime import date

import pytest

from positions.model.revision import Record
from positions.snapshot.build import build_report
from positions.snapshot.scope import ReportScope
from tests.examples import golden_codebook, said
from tests.positions.snapshot.pages import check, known

DAY, START = date(2022, 3, 15), date(2022, 3, 8)
CLAIMS, OUTLETS = "Said of others since 8 March 2022: ", "Outlets' own words differ from the party's: "


def lines(*records: Record, opening: str, parties: tuple[str, ...] = ()) -> list[str]:
    report = build_report(known(records), golden_codebook(), ReportScope(DAY, START, parties), head="1:a")
    check(report)
    return [line.text.removeprefix(opening) for line in report.headlines if line.text.startswith(opening)]


def claim(day: str, stance: int, number: int = 9) -> Record:
    return said(day, "UKR", "neutrality", stance, number=number, voice="ascribed", speaker_party="RUS")


def framing(day: str, stance: int, number: int = 8) -> Record:
    return said(day, "UKR", "neutrality", stance, number=number, voice="framing")


def test_what_one_party_says_of_another_that_has_not_said_is_told_on_its_word() -> None:
    assert lines(claim("2022-03-12", -2), opening=CLAIMS) == [
        "Ukraine on Neutrality “rejects it” (Someone, 12 March 2022), while Ukraine itself has not said."
    ]


def test_a_claim_of_another_level_stands_beside_the_own_word_and_its_age() -> None:
    own = said("2022-01-20", "UKR", "neutrality", 1, number=1)
    [line] = lines(own, claim("2022-03-12", 2), opening=CLAIMS)
    assert line.endswith("while Ukraine itself is “open to it” (last said 54 days before by Ukraine).")


@pytest.mark.parametrize(
    "records",
    [
        (claim("2022-03-01", -2),),
        (said("2022-03-01", "UKR", "neutrality", -2, number=1), claim("2022-03-12", -2)),
        (claim("2022-03-12", -2), said("2022-03-14", "UKR", "neutrality", -2, number=1)),
        (said("2022-03-12", "UKR", "neutrality", -2, number=1, voice="ascribed", speaker="unknown"),),
    ],
    ids=["older than the earlier day", "agreed with before", "agreed with later", "by nobody who is compared"],
)
def test_other_claims_are_no_headline(records: tuple[Record, ...]) -> None:
    assert lines(*records, opening=CLAIMS) == []


def test_claims_about_parties_that_are_left_out_are_left_out() -> None:
    assert lines(claim("2022-03-12", -2), opening=CLAIMS, parties=("RUS", "USA")) == []


def test_an_outlet_that_differs_from_the_own_word_is_named_with_its_day() -> None:
    own = said("2022-03-10", "UKR", "neutrality", 2, number=1)
    assert lines(own, framing("2022-03-12", -2), opening=OUTLETS) == [
        "Ukraine on Neutrality “rejects it” (The Example, 12 March 2022), while Ukraine itself is “for it”."
    ]


@pytest.mark.parametrize(
    "words",
    [
        framing("2022-03-07", -2),
        framing("2022-03-12", 1),
        framing("2022-02-20/2022-03-12", -2),
    ],
    ids=["older than the earlier day", "on the same side", "true of a part of the days that it may mean"],
)
def test_other_words_of_outlets_are_no_headline(words: Record) -> None:
    own = [
        said(day, "UKR", "neutrality", stance, number=n)
        for n, (day, stance) in enumerate((("2022-02-22", -1), ("2022-03-02", 2)))
    ]
    assert lines(*own, words, opening=OUTLETS) == []
