"""Print tables and lines for people, JSON and CSV for programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from positions.cli.screen import echo, print_data, print_json_text, terminal_width
from positions.files.characters import show_controls
from positions.wording.rows import PlainRow
from positions.wording.serialise import csv_text, json_text


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """Print rows under their column heads; the columns named in ``numbers`` are set to the right.

    On a terminal long cells wrap at its width; elsewhere nothing is cut. Cells are plain text, never markup.
    """
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(Text(show_controls(column)), justify="right" if column in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(show_controls(cell)) for cell in row))
    _console(otherwise=400).print(table)


def print_rule(title: str) -> None:
    """Print a line across the screen with a title."""
    _console(otherwise=120).rule(Text(show_controls(title)), align="left")


def print_styled(*parts: tuple[str, str]) -> None:
    """Print one paragraph of texts, each with its style (``bold``, ``bold reverse``, or an empty text for none)."""
    _console(otherwise=120).print(Text.assemble(*((show_controls(text), style) for text, style in parts)))


def _console(*, otherwise: int) -> Console:
    return Console(file=sys.stdout, width=terminal_width(otherwise=otherwise), highlight=False)


def print_json(answer: object) -> None:
    """Print an answer as JSON."""
    print_json_text(json_text(answer))


def print_csv(rows: Sequence[PlainRow], columns: Sequence[str]) -> None:
    """Print rows as CSV with a header, safe to open in a spreadsheet."""
    print_data(csv_text(rows, columns))


def print_line(text: str = "") -> None:
    """Print one line, wrapped at the terminal's width if there is one."""
    echo(click.wrap_text(text, width=terminal_width(otherwise=0)) if sys.stdout.isatty() else text)


def number(value: float | None) -> str:
    """Write a number with two decimals; an en dash for ``None``."""
    return "–" if value is None else f"{value:.2f}"
