"""Columns of text beside each other on a terminal, in any script."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from positions.cli.layout import GAP, column_widths, count_cells, line_spans, pad, table_lines, wrap

TEXTS = st.text(alphabet="ab1 -\n語한\u0301\u05d0\u0639é", max_size=60)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Minsk", 5),
        ("語言", 4),
        ("ｆｕｌｌ", 8),
        ("é", 1),
        (unicodedata.normalize("NFD", "é"), 1),
        ("한국", 4),
        (unicodedata.normalize("NFD", "한국"), 4),
        ("\u0645\u064f\u0641", 2),
        ("\u2068a\u2069", 1),
        ("soft\u00adhyphen", 11),
        ("–", 1),
        ("", 0),
    ],
)
def test_a_text_takes_the_cells_that_a_terminal_gives_it(text: str, cells: int) -> None:
    assert count_cells(text) == cells


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("talks in Minsk", 14, ["talks in Minsk"]),
        ("talks in Minsk", 13, ["talks in", "Minsk"]),
        ("talks  in Minsk", 6, ["talks", "in", "Minsk"]),
        ("neutrality", 4, ["neut", "rali", "ty"]),
        ("a neutrality", 4, ["a", "neut", "rali", "ty"]),
        ("neutrality is", 5, ["neutr", "ality", "is"]),
        ("語言文字", 5, ["語言", "文字"]),
        ("語", 1, ["語"]),
        ("one\ntwo three", 9, ["one", "two three"]),
        ("a\n\nb", 9, ["a", "", "b"]),
        ("  indented", 20, ["  indented"]),
        ("", 5, [""]),
    ],
)
def test_a_text_wraps_between_words_and_within_those_that_are_too_long(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(TEXTS, st.integers(2, 30))
@example("a b\n", 2)
def test_wrapping_loses_nothing_but_blanks_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(count_cells(line) <= width for line in lines)
    spans = line_spans(text, width)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


@given(
    st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(TEXTS, min_size=n, max_size=n), min_size=1)),
    st.integers(40, 80),
)
def test_a_table_fits_into_its_width_and_every_column_has_its_place(rows: list[list[str]], width: int) -> None:
    widths = column_widths(rows, width)
    assert sum(widths) + GAP * (len(widths) - 1) <= width
    for row in table_lines(rows, widths):
        for line in row:
            assert [count_cells(pad(text, cells)) for text, cells in zip(line, widths, strict=True)] == widths


def test_the_widest_columns_are_narrowed_first() -> None:
    assert column_widths([["1234567890", "a" * 50, "b" * 60]], 76) == [10, 30, 30]
    assert column_widths([["1234567890", "a" * 50, "b" * 60]], 77) == [10, 31, 30]
    assert column_widths([["1234567890", "a" * 20, "b" * 60]], 76) == [10, 20, 40]
    assert column_widths([["ab", "cd", "ef"]], 1) == [2, 2, 2]


def test_numbers_stand_at_the_right() -> None:
    assert (pad("語", 4, is_number=True), pad("語", 4)) == ("  語", "語  ")
