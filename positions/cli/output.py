"""Print tables and lines for people, JSON and CSV for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from positions.cli.layout import GAP, Span, column_widths, count_cells, line_spans, pad, table_lines, wrap
from positions.cli.screen import (
    echo,
    is_styled,
    is_terminal,
    isolates_text,
    print_data,
    print_json_text,
    print_marked_up,
    terminal_width,
)
from positions.files.characters import isolate_right_to_left, right_to_left_spans, show_controls
from positions.wording.rows import PlainRow
from positions.wording.serialise import csv_text, json_text

STYLES: Final = {"bold": "\x1b[1m", "bold reverse": "\x1b[1;7m"}
"""The styles of texts on a terminal, with what it takes for them."""
PLAIN: Final = "\x1b[0m"
UNLIMITED: Final = 10**9
"""The width of what is no terminal."""
_FIRST, _LAST = "\u2068", "\u2069"


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """Print rows under their column heads; the columns named in ``numbers`` are set to the right.

    On a terminal long cells wrap at its width, and each is laid out by itself, whatever the direction of its script;
    elsewhere nothing is cut. Cells are plain text, never markup.
    """
    cells = [[show_controls(cell).expandtabs() for cell in row] for row in (columns, *rows)]
    widths = column_widths(cells, terminal_width(otherwise=UNLIMITED))
    sides = [column in numbers for column in columns]
    head, *body = table_lines(cells, widths)
    lines = [_joined(line, widths, sides, style="bold") for line in head]
    lines.append("─" * (sum(widths) + GAP * (len(widths) - 1)))
    lines += (_joined(line, widths, sides) for row in body for line in row)
    print_marked_up("\n".join(lines))


def _joined(texts: Sequence[str], widths: Sequence[int], sides: Sequence[bool], *, style: str = "") -> str:
    """Return a line of a table: cells with blanks up to their widths, each laid out by itself."""
    cells = []
    for text, width, is_number in zip(texts, widths, sides, strict=True):
        isolated = isolate_right_to_left(text) if isolates_text() else text
        cells.append(_styled(pad(isolated, width, is_number=is_number), style))
    return (" " * GAP).join(cells)


def _styled(text: str, style: str) -> str:
    return f"{STYLES[style]}{text}{PLAIN}" if style and is_styled() else text


def print_rule(title: str) -> None:
    """Print a line across the screen with a title."""
    width = terminal_width(otherwise=120)
    *lines, last = wrap(show_controls(title), width)
    echo("\n".join([*lines, f"{last} {'─' * (width - count_cells(last) - 1)}".rstrip()]))


def print_styled(*parts: tuple[str, str]) -> None:
    """Print one paragraph of texts, each with its style (``bold``, ``bold reverse``, or an empty text for none)."""
    shown = [(show_controls(text).expandtabs(), style) for text, style in parts]
    text = "".join(one for one, _ in shown)
    lines = (_marked_up(text, span, shown) for span in line_spans(text, terminal_width(otherwise=120)))
    print_marked_up("\n".join(lines))


def _marked_up(text: str, line: Span, parts: Sequence[tuple[str, str]]) -> str:
    """Return a line of a text that consists of parts, with what a terminal takes for their styles and directions."""
    marks: dict[int, str] = {}
    if is_styled():
        for (first, end), style in _part_spans(parts):
            start, stop = max(first, line[0]), min(end, line[1])
            if style and start < stop:
                marks[start] = marks.get(start, "") + STYLES[style]
                marks[stop] = PLAIN + marks.get(stop, "")
    if isolates_text():
        for first, end in right_to_left_spans(text[slice(*line)]):
            marks[line[0] + first] = marks.get(line[0] + first, "") + _FIRST
            marks[line[0] + end] = _LAST + marks.get(line[0] + end, "")
    places = sorted({*line, *marks})
    return "".join(
        marks.get(place, "") + text[place:following]
        for place, following in zip(places, [*places[1:], line[1]], strict=True)
    )


def _part_spans(parts: Sequence[tuple[str, str]]) -> Iterator[tuple[Span, str]]:
    start = 0
    for text, style in parts:
        yield (start, start + len(text)), style
        start += len(text)


def print_json(answer: object) -> None:
    """Print an answer as JSON."""
    print_json_text(json_text(answer))


def print_csv(rows: Sequence[PlainRow], columns: Sequence[str]) -> None:
    """Print rows as CSV with a header, safe to open in a spreadsheet."""
    print_data(csv_text(rows, columns))


def print_line(text: str = "") -> None:
    """Print one line, wrapped at the terminal's width if there is one."""
    echo("\n".join(wrap(show_controls(text), terminal_width(otherwise=0))) if is_terminal() else text)


def number(value: float | None) -> str:
    """Write a number with two decimals; an en dash for ``None``."""
    return "–" if value is None else f"{value:.2f}"
