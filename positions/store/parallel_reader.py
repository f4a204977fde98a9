"""Reading a file piece by piece, a long one in processes beside this one.

Pieces come in the file's order: the processes change how long it takes and nothing else. Few pieces are read ahead, so
that memory stays flat.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from positions.errors import WorkspaceError
from positions.files.process_pool import ProcessPool, WorkerEndedError, hand_out
from positions.files.reading import read_bytes, require_file
from positions.model.checks import ClaimChecks
from positions.model.codebook import Codebook
from positions.store.prepared import Whole, read_statement

PIECE: Final = 1 << 20
"""Bytes of a piece."""
LONG: Final = 16 * PIECE
"""Bytes from which a file is worth the start of processes."""
WORKERS: Final = 2
"""How many processes read a long file: more would only wait for the one that writes."""
AHEAD: Final = 2 * WORKERS
"""How many pieces are asked for beside the one that is used."""

ByteRange: TypeAlias = tuple[int, int]
"""A piece's first byte and the one after its last; it holds the lines that begin there."""


class FilePiece(NamedTuple):
    """What was read in a piece of a file.

    ``found`` holds each line that is not blank under its number in the piece, from 1: a statement, or the bytes of
    anything else. ``lines`` and ``size`` count all that was read.
    """

    found: list[tuple[int, Whole | bytes]]
    lines: int
    size: int


def read_pieces(path: Path, codebook: Codebook) -> Iterator[FilePiece]:
    """Yield a file's pieces in order; raise ``WorkspaceError`` if it cannot be read or a process ends early."""
    require_file(path)
    try:
        length = path.stat().st_size
        path.open("rb").close()
    except OSError:
        read_bytes(path)  # raises the error that names the file
    spans = ((first, first + PIECE) for first in range(0, length, PIECE))
    if length < LONG or _cores() < 2 or not sys.executable:
        checks = ClaimChecks(codebook)
        yield from (read_piece(path, span, checks) for span in spans)
        return
    with ProcessPool(WORKERS) as pool:
        yield from _read_in_processes(path, spans, codebook, pool)


def _read_in_processes(
    path: Path, spans: Iterable[ByteRange], codebook: Codebook, pool: ProcessPool
) -> Iterator[FilePiece]:
    packed = pickle.dumps(codebook)

    def submit(span: ByteRange) -> Future[FilePiece]:
        return pool.submit(_read_with, packed, path, span)

    for (first, end), future in hand_out(spans, submit, ahead=AHEAD):
        try:
            yield future.result()
        except WorkerEndedError as error:
            reader = f"a process that read bytes {first:,} to {end:,}"
            raise WorkspaceError(f"{path}: nothing was written: {reader} ended early (code {error.code})") from None


def _read_with(packed: bytes, path: Path, span: ByteRange) -> FilePiece:
    return read_piece(path, span, _unpack_checks(packed))


@lru_cache(maxsize=1)
def _unpack_checks(packed: bytes) -> ClaimChecks:
    """Unpack the codebook once for each process, not for each piece."""
    return ClaimChecks(pickle.loads(packed))  # noqa: S301 packed by the process that started this one


def _cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_piece(path: Path, span: ByteRange, checks: ClaimChecks) -> FilePiece:
    """Read the lines of a file that begin in a span."""
    found: list[tuple[int, Whole | bytes]] = []
    lines = size = 0
    for lines, line in enumerate(_lines(path, *span), 1):
        size += len(line)
        whole = read_statement(line, checks) if line.endswith(b"\n") else None
        if whole or line.strip():
            found.append((lines, whole or line))
    return FilePiece(found, lines, size)


def _lines(path: Path, place: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as source:
        if place:
            # From the byte before, so that a line that begins right here is not passed over.
            source.seek(place - 1)
            place += len(source.readline()) - 1
        while place < end and (line := source.readline()):
            yield line
            place += len(line)
