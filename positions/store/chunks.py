"""One piece of a JSON-lines file, a few thousand lines: whoever reads it gives the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from positions.store.preparing import Checks, Whole

PIECE: Final = 1 << 20
"""Bytes of a piece."""

Span: TypeAlias = tuple[int, int]
"""A piece's first byte and the one after its last; it holds the lines that begin there."""


class Piece(NamedTuple):
    """What was read in a piece of a file.

    ``found`` holds each line that is not blank under its number in the piece, from 1: a statement, or the bytes of
    anything else. ``lines`` and ``size`` count all that was read.
    """

    found: list[tuple[int, Whole | bytes]]
    lines: int
    size: int


def read_piece(path: Path, span: Span, checks: Checks) -> Piece:
    """Read the lines of a file that begin in a span."""
    found: list[tuple[int, Whole | bytes]] = []
    lines = size = 0
    for lines, line in enumerate(_lines(path, *span), 1):
        size += len(line)
        whole = checks.whole(line) if line.endswith(b"\n") else None
        if whole or line.strip():
            found.append((lines, whole or line))
    return Piece(found, lines, size)


def _lines(path: Path, place: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as source:
        if place:
            # From the byte before, so that a line that begins right here is not passed over.
            source.seek(place - 1)
            place += len(source.readline()) - 1
        while place < end and (line := source.readline()):
            yield line
            place += len(line)
