"""Cells of bargaining models' files: texts without what parts cells there, and numbers written the short way."""

from __future__ import annotations

import csv
from typing import Final

from positions.files.characters import show_controls

_APART: Final = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "'": "’", '"': "”"})
_PARTED: Final = ("\t", ";", ",")


def plain_cell(text: str, *, most: int | None = None) -> str:
    """Return a text on one line without straight quotes and tabs, which the models' readers take for their own."""
    return show_controls(text.translate(_APART))[:most]


def plain_number(number: float) -> str:
    """Write a number with at most four decimals, ``66.6667``, and always one, ``50.0``."""
    short = f"{number:.4f}".rstrip("0")
    return f"{short}0" if short.endswith(".") else short


def cells_of(line: str) -> list[str]:
    """Return a row's cells, parted by tabs or else semicolons or commas, without quotes around and trailing blanks."""
    parted = next((sign for sign in _PARTED if sign in line), "\t")
    quote = "'" if line.lstrip().startswith("'") else '"'
    rows = list(csv.reader([line], delimiter=parted, quotechar=quote, skipinitialspace=True))
    return [cell.strip() for cell in rows[0]] if rows and rows[0] else [""]
