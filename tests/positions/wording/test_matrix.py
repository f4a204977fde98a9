from __future__ import annotations

from datetime import date
from typing import Any

from positions.analysis.state import state_at
from positions.wording.matrix import MatrixRow, held_on, level_verb, matrix_rows, unspoken_words
from tests.examples import golden_codebook, said

DAY, BEFORE = date(2022, 3, 15), date(2022, 3, 5)
PARTIES = ("RUS", "UKR")


def rows(records: list[Any], *, compared: bool = True) -> tuple[MatrixRow, ...]:
    book = golden_codebook()
    before = state_at(records, book, as_of=BEFORE) if compared else None
    return matrix_rows(state_at(records, book, as_of=DAY), book, parties=PARTIES, before=before)


def test_a_cell_names_what_changed_first_with_what_was_held_before() -> None:
    records = [
        said("2022-03-01", "UKR", "venue/minsk", 1, number=1),
        said("2022-03-01", "UKR", "venue/gomel", 1, number=2),
        said("2022-03-10", "UKR", "venue/minsk", -2, number=3),
    ]
    (row,) = rows(records)
    moved, kept = row.cells[1]
    assert (row.cells[0], moved.change, kept.change) == ((), "moved", "")
    assert moved.before == "open to it"
    assert moved.has_changed
    assert not kept.has_changed


def test_elements_on_which_a_party_holds_the_same_are_one_line() -> None:
    records = [said("2022-03-10", "RUS", f"venue/{place}", 2, number=n) for n, place in enumerate(("minsk", "gomel"))]
    ((line,), _) = rows(records)[0].cells
    assert line.change == "new"
    assert len(line.statements) == 2
    assert " and " in line.words


def test_nobody_moves_by_what_an_outlet_says_and_the_mark_tells_whose_word_it_is() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1, voice="framing"),
        said("2022-03-10", "RUS", "neutrality", -2, number=2, voice="framing"),
    ]
    (line,) = rows(records)[0].cells[0]
    assert line.change == ""
    assert "only an outlet says so" in line.marks


def test_without_a_day_to_compare_with_nothing_is_new() -> None:
    records = [said("2022-03-10", "RUS", "neutrality", 2, number=1)]
    assert rows(records, compared=False)[0].cells[0][0].change == ""


def test_issues_without_a_row_are_named_as_not_recorded() -> None:
    records = [said("2022-03-10", "RUS", "neutrality", 2, number=1)]
    words = unspoken_words(rows(records), golden_codebook())
    assert words.startswith("Nothing is recorded on ")
    assert "Neutrality" not in words


def test_a_levels_words_become_a_verb_before_names() -> None:
    assert level_verb("rejects it") == "rejects"
    assert level_verb("sceptical") == "sceptical"
    assert held_on("rejects it", ["Minsk"]) == "rejects Minsk"
    assert held_on("commits to it", ["a", "b"]) == "commits to a and b"
    assert held_on("undecided", ["Minsk"]) == "undecided: Minsk"
