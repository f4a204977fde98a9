"""Printing tables for people; programs get JSON or CSV."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """Print rows under their column heads; the columns named in ``numbers`` are set to the right.

    On a terminal long cells wrap at its width; elsewhere nothing is cut. Cells are plain text, never markup.
    """
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 400
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def print_line(text: str = "") -> None:
    """Print one line, wrapped at the terminal's width where there is one."""
    click.echo(click.wrap_text(text, width=shutil.get_terminal_size().columns) if sys.stdout.isatty() else text)


def number(value: float | None) -> str:
    """Write a number in [0, 1] with two decimals, or an en dash where there is none."""
    return "–" if value is None else f"{value:.2f}"
