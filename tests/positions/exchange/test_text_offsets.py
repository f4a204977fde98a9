"""Offsets as tools count them: found out from what the tool noted, or from where words end, and mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from positions.exchange.line_shift import LineShift, plain_line_ends
from positions.exchange.text_offsets import TextSelection, resolve_selections

TEXT = "🕊 Peace talks.\r\nThe envoy 🙂 would go to Minsk.\r\nNobody else would go there.\n"
QUOTES = ("The envoy 🙂 would go to Minsk", "Nobody else would go there")


def by_units(text: str, quote: str) -> tuple[int, int]:
    start = text.index(quote)
    return len(text[:start].encode("utf-16-le")) // 2, len(text[: start + len(quote)].encode("utf-16-le")) // 2


def by_points(text: str, quote: str) -> tuple[int, int]:
    return text.index(quote), text.index(quote) + len(quote)


@pytest.mark.parametrize("quotes", [QUOTES, ("envoy", "would", "Minsk", "Nobody", "else", "there")])
@pytest.mark.parametrize(
    ("count", "text"),
    [
        (by_points, TEXT),
        (by_units, TEXT),
        (by_points, TEXT.replace("\r\n", "\n")),
        (by_units, TEXT.replace("\r\n", "\n")),
        (by_points, "\ufeff" + TEXT),
        (by_units, "\ufeff" + TEXT.replace("\r\n", "\n")),
    ],
    ids=["standard", "units", "line ends as one", "units and line ends", "with the mark", "all of it"],
)
def test_a_tools_way_of_counting_is_found_out(
    count: Callable[[str, str], tuple[int, int]], text: str, quotes: Sequence[str]
) -> None:
    """Words that are too short to be noted only show where words begin and end."""
    spans = resolve_selections(TEXT, [TextSelection(*count(text, quote), quote) for quote in quotes])
    assert [TEXT[span.start : span.end] for span in spans if span] == list(quotes)


def test_an_end_that_is_the_last_character_is_found_out() -> None:
    selections = [TextSelection(start, end - 1, quote) for quote in QUOTES for start, end in [by_points(TEXT, quote)]]
    assert [TEXT[span.start : span.end] for span in resolve_selections(TEXT, selections) if span] == list(QUOTES)


def test_line_ends_that_the_tool_counted_twice_are_found_out() -> None:
    text = TEXT.replace("\r\n", "\n")
    crlf = text.replace("\n", "\r\n")
    spans = resolve_selections(text, [TextSelection(*by_points(crlf, quote), quote) for quote in QUOTES])
    assert [text[span.start : span.end] for span in spans if span] == list(QUOTES)


def test_a_selection_that_has_shifted_is_found_again_at_the_nearest_place_with_its_words() -> None:
    text = "They will talk now. " * 3 + "The end."
    [span] = resolve_selections(text, [TextSelection(24, 43, "They will talk now.")])
    assert span is not None
    assert (span.start, span.end) == (20, 39)
    [cut] = resolve_selections(TEXT, [TextSelection(3, 33, "The envoy 🙂 would…")])
    assert cut is not None
    assert TEXT[cut.start : cut.end] == "The envoy 🙂 would go to Minsk."


def test_a_name_that_is_not_the_selections_words_changes_nothing_and_outer_blanks_go() -> None:
    text = "One line here.\nAnother line here.\n"
    [span] = resolve_selections(text, [TextSelection(15, 34, "line:two of it")])
    assert span is not None
    assert text[span.start : span.end] == "Another line here."


@pytest.mark.parametrize("selection", [(5, 5), (9, 3), (500, 600), (-1, 4), (12, 14)])
def test_a_selection_that_is_empty_or_outside_is_none(selection: tuple[int, int]) -> None:
    assert resolve_selections("Some words.\n\n\n", [TextSelection(*selection)]) == [None]


@pytest.mark.parametrize("one", [TEXT, "\ufeff" + TEXT, TEXT.replace("\r\n", "\n"), TEXT.replace("\n", "\r\n")])
@pytest.mark.parametrize("two", [TEXT, "\ufeff" + TEXT, TEXT.replace("\r\n", "\n")])
def test_offsets_are_carried_to_the_same_text_with_other_line_ends(one: str, two: str) -> None:
    one = one.replace("\r\r", "\r")
    shift = LineShift(one, two)
    assert plain_line_ends(one) == plain_line_ends(two)
    for start, sign in enumerate(one):
        if sign not in "\r\n\ufeff":
            assert two[shift.carry(start)] == sign
    for quote in QUOTES:
        start, end = by_points(one, quote)
        assert two[shift.carry(start) : shift.carry(end)] == quote
