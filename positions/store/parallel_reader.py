"""Reading a file piece by piece, a long one with processes beside this one.

Pieces come in the file's order: the processes change how long it takes and nothing else. Few pieces are read ahead, so
that memory stays flat.

A helper is a plain process: spans come in at its standard input, pieces go out at its standard output, and it ends when
its input ends. So none outlives the import, however that ends, and a script that imports need not be importable itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self, TypeAlias

from positions.errors import WorkspaceError
from positions.files.reading import read_bytes
from positions.model.checks import ClaimChecks
from positions.model.codebook import Codebook
from positions.store.prepared import Whole, read_statement

PIECE: Final = 1 << 20
"""Bytes of a piece."""
LONG: Final = 16 * PIECE
"""Bytes from which a file is worth the start of processes."""
HELPERS: Final = 2
"""How many processes read a long file: more would only wait for the one that writes."""
AHEAD: Final = 2
"""How many pieces each helper is asked for before its first one is used."""
_CODE: Final = "from positions.store.parallel_reader import serve; serve()"


class Helpers:
    """Processes that read one file; a context manager, at whose end they are gone."""

    def __init__(self, path: Path, codebook: Codebook, *, count: int) -> None:
        self._path = path
        # They find the toolkit where this process did; in a session of their own, an interrupt is this process's alone.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._processes = [
            subprocess.Popen(  # noqa: S603 this program itself
                [sys.executable, "-c", _CODE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                start_new_session=True,
            )
            for _ in range(count)
        ]
        for process in self._processes:
            self._tell(process, (path, codebook))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.communicate()

    def read(self, spans: Iterable[ByteRange]) -> Iterator[FilePiece]:
        """Yield the pieces in the order of their spans; raise ``WorkspaceError`` where a helper ended early."""
        asked: deque[subprocess.Popen[bytes]] = deque()
        for process, span in zip(cycle(self._processes), spans, strict=False):
            if len(asked) == AHEAD * len(self._processes):
                yield self._answer(asked.popleft())
            self._tell(process, span)
            asked.append(process)
        yield from map(self._answer, asked)

    def _tell(self, process: subprocess.Popen[bytes], told: object) -> None:
        assert process.stdin is not None
        try:
            pickle.dump(told, process.stdin)
            process.stdin.flush()
        except OSError:
            raise self._ended(process) from None

    def _answer(self, process: subprocess.Popen[bytes]) -> FilePiece:
        assert process.stdout is not None
        try:
            return FilePiece(*pickle.load(process.stdout))  # noqa: S301 what our own process wrote
        except (EOFError, pickle.UnpicklingError):
            raise self._ended(process) from None

    def _ended(self, process: subprocess.Popen[bytes]) -> WorkspaceError:
        code = process.wait()
        return WorkspaceError(f"{self._path}: nothing was written: a process that read it ended early (code {code})")


def serve() -> None:
    """Be a helper: read each span that is asked for, until nobody asks any more."""
    gc.disable()  # nothing here is cyclic
    path, codebook = pickle.load(sys.stdin.buffer)  # noqa: S301 what our own process wrote
    checks = ClaimChecks(codebook)
    # A thread writes: the next piece is read while the last one waits to be taken.
    with ThreadPoolExecutor(1) as writer:
        writing: Future[None] | None = None
        while span := _asked():
            answer = pickle.dumps(tuple(read_piece(path, span, checks)))
            if writing:
                writing.result()
            writing = writer.submit(_write, answer)


def _asked() -> ByteRange | None:
    try:
        span: ByteRange = pickle.load(sys.stdin.buffer)  # noqa: S301 what our own process wrote
    except EOFError:
        return None
    return span


def _write(answer: bytes) -> None:
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def read_pieces(path: Path, codebook: Codebook) -> Iterator[FilePiece]:
    """Yield a file's pieces in order; raise ``WorkspaceError`` where it cannot be read."""
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
    with Helpers(path, codebook, count=HELPERS) as helpers:
        yield from helpers.read(spans)


def _cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
