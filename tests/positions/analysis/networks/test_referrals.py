from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from positions.analysis.networks.referrals import Referral, referrals_of_positions, referrals_of_statements, windows
from positions.errors import QueryError
from positions.model.network_choices import DUPLICATES, Duplicates, NetworkChoices
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_records, golden_state, said
from tests.strategies import books

EVER = (None, None)
DAYS = ["2022-02-27", "2022-02-28", "2022-03-01", "2022-03-05", "2022-03-07", "2023-03-07"]
"""A Sunday, the Monday after it, a day of that week in the next month, its Saturday, the next Monday, a year on."""


def rows(*records: Record, choices: NetworkChoices | None = None) -> tuple[Referral, ...]:
    return referrals_of_statements(records, golden_codebook(), choices or NetworkChoices(), span=EVER).rows


def test_a_stance_counts_by_its_levels_value_and_a_range_by_its_middle() -> None:
    point = said("2022-03-01", "RUS", "neutrality", 1, number=1)
    span = said("2022-03-01", "UKR", "neutrality", -2, -1, number=2)
    assert [row.value for row in rows(point, span)] == [0.75, 0.125]


def test_by_side_an_undecided_stance_counts_on_neither_and_is_listed() -> None:
    records = [said("2022-03-01", "RUS", "neutrality", stance, number=stance + 2) for stance in (-2, -1, 0, 1, 2)]
    counted = referrals_of_statements(records, golden_codebook(), NetworkChoices(qualifier="sign"), span=EVER)
    assert [row.value for row in counted.rows] == [0, 0, 1, 1]
    assert counted.left_out == ("1 statement undecided: on neither side",)


def test_what_others_say_of_a_holder_is_no_word_of_its_own() -> None:
    counted = referrals_of_statements(golden_records(), golden_codebook(), NetworkChoices(), span=EVER)
    assert len(counted.rows) == len(golden_records()) - 2
    assert counted.left_out == (
        "2 statements not of the holder's own side: told by another party or in the outlet's own words",
    )


@pytest.mark.parametrize(
    ("duplicates", "days"),
    [
        ("include", DAYS),
        ("week", [DAYS[0], DAYS[1], DAYS[4], DAYS[5]]),
        ("month", [DAYS[0], DAYS[2], DAYS[5]]),
        ("year", [DAYS[0], DAYS[5]]),
        ("range", [DAYS[0]]),
        ("document", [DAYS[0]]),
    ],
)
def test_the_same_word_counts_once_within_a_stretch_of_time(duplicates: Duplicates, days: list[str]) -> None:
    records = [said(day, "RUS", "neutrality", 2, number=number) for number, day in enumerate(DAYS)]
    counted = rows(*records, choices=NetworkChoices(duplicates=duplicates))
    assert [row.day.isoformat() for row in counted] == days


def test_another_stance_is_another_word_unless_stances_are_not_asked_for() -> None:
    both = [said("2022-03-01", "RUS", "neutrality", stance, number=stance) for stance in (1, 2)]
    assert len(rows(*both, choices=NetworkChoices(duplicates="range"))) == 2
    assert len(rows(*both, choices=NetworkChoices(kind="mentions", duplicates="range"))) == 1


def test_a_vague_date_counts_by_its_last_day() -> None:
    vague = said("2022-02", "RUS", "neutrality", 2)
    inside = referrals_of_statements(
        [vague], golden_codebook(), NetworkChoices(), span=(date(2022, 2, 28), date(2022, 2, 28))
    )
    before = referrals_of_statements([vague], golden_codebook(), NetworkChoices(), span=(None, date(2022, 2, 27)))
    assert (len(inside.rows), len(before.rows)) == (1, 0)


def test_positions_count_once_each_on_what_two_are_compared_on() -> None:
    counted = referrals_of_positions(golden_state("2022-03-15"), golden_codebook(), NetworkChoices(basis="positions"))
    by_place = {(row.actor, row.concept.element): row.value for row in counted.rows if row.concept.issue == "venue"}
    assert by_place["UKR", "minsk"] == 0, "rejects Belarus, which contains it"
    assert by_place["UKR", "istanbul"] == 0.75, "accepts any place"
    assert ("RUS", "geneva") not in by_place, "silence is no row"
    assert not {element for _, element in by_place} & {"any", "belarus", "turkey"}


def test_each_level_may_be_a_concept_of_its_own() -> None:
    records = [said("2022-03-01", "RUS", "neutrality", stance, number=stance) for stance in (1, 2)]
    counted = rows(*records, choices=NetworkChoices(concepts="level"))
    assert [(row.concept.stance, row.value) for row in counted] == [(1, 1.0), (2, 1.0)]
    with pytest.raises(QueryError, match="concepts: found 'level' with conflict: nobody disagrees on a level as such"):
        NetworkChoices(kind="conflict", concepts="level")


def test_what_only_statements_can_answer_is_not_asked_of_positions() -> None:
    with pytest.raises(QueryError, match="duplicates: found 'week': a position is held once"):
        NetworkChoices(basis="positions", duplicates="week")
    with pytest.raises(QueryError, match="window: positions are those of one day, which --as-of names"):
        NetworkChoices(basis="positions", window=3)
    with pytest.raises(QueryError, match="actors: found 'speaker': positions are held by parties"):
        NetworkChoices(basis="positions", actors="speaker")


def test_a_window_moves_by_a_day_within_the_span() -> None:
    counted = rows(*(said(f"2022-03-0{day}", "RUS", "neutrality", 2, number=day) for day in (1, 2, 3, 5)))
    span = (date(2022, 3, 1), date(2022, 3, 5))
    slices = [(middle.day, [row.day.day for row in within]) for middle, within in windows(counted, 3, span)]
    assert slices == [(2, [1, 2, 3]), (3, [2, 3]), (4, [3, 5])]
    assert list(windows(counted, 2, span)) == list(windows(counted, 3, span)), "as far back as forth"
    assert [middle.day for middle, _ in windows(counted, 1, span)] == [1, 2, 3, 4, 5]
    assert list(windows(counted, 7, span)) == []


@given(books())
def test_every_own_word_is_counted_or_listed_whatever_the_choices(book: tuple[Record, ...]) -> None:
    for duplicates in DUPLICATES:
        choices = NetworkChoices(duplicates=duplicates, qualifier="sign")
        counted = referrals_of_statements(book, golden_codebook(), choices, span=EVER)
        skipped = sum(int(line.split()[0]) for line in counted.left_out)
        assert len(counted.rows) + skipped == len(book)
        assert list(counted.rows) == sorted(counted.rows, key=lambda row: (row.day, row.basis))
