"""Reading a JSON-lines file in pieces of a few thousand lines, a long one with processes beside this one.

Whoever reads a piece gives the same answer, and pieces come in the file's order: the processes change how long it takes
and nothing else. Few pieces are read ahead, so that memory stays flat.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from positions.codebook import Codebook
from positions.reading import read_bytes
from positions.store.preparing import Checks, Whole

PIECE: Final = 1 << 20
"""Bytes of a piece."""
LONG: Final = 16 * PIECE
"""Bytes from which a file is worth the start of processes."""
HELPERS: Final = 2
"""How many processes read a long file: more would only wait for the one that writes."""

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


def read_pieces(path: Path, codebook: Codebook) -> Iterator[Piece]:
    """Yield a file's pieces in order; raise ``WorkspaceError`` where it cannot be read."""
    try:
        length = path.stat().st_size
        path.open("rb").close()
    except OSError:
        read_bytes(path)  # raises the error that names the file
    spans = ((first, first + PIECE) for first in range(0, length, PIECE))
    if length < LONG or _cores() < 2 or not sys.executable:
        checks = Checks(codebook)
        yield from (read_piece(path, span, checks) for span in spans)
        return
    from positions.store.helpers import Helpers

    with Helpers(path, codebook, count=HELPERS) as helpers:
        yield from helpers.read(spans)


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


def _cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
