"""A picture's words are set within its width, one below the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import LIGHT
from dashboard.figures.base import empty_figure
from dashboard.figures.svg.labels import text_width
from dashboard.figures.svg.picture import PADDING, PictureWords, draw_picture, wrap_text
from positions.wording.party_style import PartyStyle
from tests.dashboard.figures.svg.parsed import SPACE, parse_svg, texts

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=1, max_size=40).map(" ".join)


@given(WORDS, st.integers(60, 400))
def test_no_line_is_wider_than_its_room_and_no_word_is_lost(text: str, width: int) -> None:
    lines = list(wrap_text(text, 12, width))
    assert " ".join(lines) == text
    assert all(text_width(line, 12) <= width or " " not in line for line in lines)


@given(st.integers(1, 12))
def test_the_legend_names_every_party_within_the_picture(count: int) -> None:
    parties = tuple(PartyStyle(f"Party of the {number}th region", "#112233", "circle") for number in range(count))
    words = PictureWords("The case", "They came closer.", "As of today", parties, ("From 2 documents.",))
    root = parse_svg(draw_picture(empty_figure(LIGHT, height=80, margin={}), words, LIGHT, width=500))
    assert [text for text in texts(root) if text.startswith("Party")] == [style.name for style in parties]
    height = float(root.get("height", 0))
    for text in root.iter(f"{SPACE}text"):
        assert float(text.get("y", 0)) < height - PADDING / 2
        assert float(text.get("x", 0)) + text_width("".join(text.itertext()), 12) < 500
