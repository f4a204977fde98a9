"""The parts of drawings: text and its markup, lines that are interrupted, hatches within their bars."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.base import escape_markup, hover_text
from dashboard.figures.svg.labels import draw_text, plain_text, text_block, text_width
from dashboard.figures.svg.plot import number_of
from dashboard.figures.svg.tags import number_text
from dashboard.figures.svg.traces import dash_pattern, path_data
from positions.wording.mark_paths import PATHS
from positions.wording.party_style import SHAPES
from tests.dashboard.figures.svg.parsed import parse_svg

FONT = {"size": 12, "color": "#000000"}


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\t"), max_size=40))
def test_escaped_text_is_read_back_as_it_was(text: str) -> None:
    assert plain_text(escape_markup(text)) == text


def test_a_quote_that_a_hover_box_wraps_is_one_line_in_words() -> None:
    quote = "We are ready to talk about well-known matters of any kind, wherever and whenever that may be possible"
    assert plain_text(hover_text("Ukraine", "ready now", quote=quote)) == f"Ukraine\nready now\n“{quote}”"


def test_a_label_has_its_lines_weights_and_colours() -> None:
    drawn = draw_text(
        text_block('<b>Talks</b><br>since <span style="color:#ff0000;font-size:15px">■</span>', FONT), 5, 9
    )
    root = parse_svg(f"<g>{drawn}</g>")
    assert ["".join(line.itertext()) for line in root] == ["Talks", "since ■"]
    assert root[0][0].get("font-weight") == "600"
    assert (root[1][1].get("fill"), root[1][1].get("font-size")) == ("#ff0000", "15")


def test_wider_text_is_measured_wider() -> None:
    assert text_width("mmm", 12) > text_width("nnn", 12) > text_width("iii", 12) > 0
    assert text_width("nnn", 12, bold=True) > text_width("nnn", 12)


def test_a_block_lies_at_its_point_by_its_anchor() -> None:
    block = text_block("words", FONT, anchor="end", rise="bottom")
    assert block.corner(100, 50) == (100 - block.width, 50 - block.height)


def test_a_missing_point_interrupts_a_line() -> None:
    assert path_data([(0, 0), (1, 2), None, (3, 4.126)]) == "M0,0L1,2M3,4.1"


@pytest.mark.parametrize(("dash", "expected"), [("2px,3px", "2 3"), ("dot", "1.5 2.5"), ("solid", None), (None, None)])
def test_dashes_are_those_of_the_charts(dash: str | None, expected: str | None) -> None:
    assert dash_pattern(dash) == expected


@given(st.floats(-1e6, 1e6))
def test_numbers_are_short_and_without_exponents(value: float) -> None:
    assert re.fullmatch(r"-?\d+(\.\d)?", number_text(value))
    assert number_text(value) != "-0"


def test_a_later_day_lies_further_on() -> None:
    assert number_of(date(2022, 2, 24)) < number_of(datetime(2022, 2, 24, 12)) < number_of(date(2022, 2, 25))


def test_every_partys_shape_has_a_path() -> None:
    assert set(SHAPES) | {"cross"} == set(PATHS)
