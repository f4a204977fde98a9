"""Print tables and lines for people, JSON and CSV for programs."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from typing import Final

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from positions.wording.rows import PlainRow
from positions.wording.serialise import csv_text, json_text

_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters, which move a terminal's cursor or colour it, and marks that change the direction of writing."""


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """Print rows under their column heads; the columns named in ``numbers`` are set to the right.

    On a terminal long cells wrap at its width; elsewhere nothing is cut. Cells are plain text, never markup.
    """
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(show_controls(cell)) for cell in row))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 400
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def print_json(answer: object) -> None:
    """Print an answer as JSON."""
    click.echo(json_text(answer), nl=False)


def print_csv(rows: Sequence[PlainRow], columns: Sequence[str]) -> None:
    """Print rows as CSV with a header, safe to open in a spreadsheet."""
    click.echo(csv_text(rows, columns), nl=False)


def print_line(text: str = "") -> None:
    """Print one line, wrapped at the terminal's width if there is one."""
    click.echo(click.wrap_text(text, width=shutil.get_terminal_size().columns) if sys.stdout.isatty() else text)


def show_controls(text: str) -> str:
    """Return a text with visible signs for the characters that a terminal would obey or hide; line ends and tabs stay.

    Documents are untrusted: an escape sequence in a quote must not overwrite other output.
    """
    return _UNSEEN.sub(_control_sign, text.replace("\r\n", "\n"))


def _control_sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"


def number(value: float | None) -> str:
    """Write a number with two decimals; an en dash for ``None``."""
    return "–" if value is None else f"{value:.2f}"
