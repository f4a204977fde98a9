"""A log as integer columns in recorded order, with a disposable copy of them on disk.

Queries over many days and parties use these columns and never a million parsed records. The copy
(``positions.columns.npz`` beside the database) only saves reading the log again: it carries the log's head and the hash
of its own bytes, and is rebuilt if either does not fit.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from array import array
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pydantic_core import from_json

from positions.errors import QueryError, WorkspaceError
from positions.files.writing import write_new
from positions.model.dates import PartialDate, day_number, microseconds
from positions.model.statement import VOICES
from positions.store.chain import check_chain
from positions.store.entry import EMPTY, Head, LogRow
from positions.store.log import Log

ENOUGH: Final = 100_000
"""The number of entries from which a copy on disk is worth its space."""
FORMAT: Final = 4
TYPES: Final = {
    "recorded": "q",
    "first": "q",
    "tie": "i",
    "subject": "i",
    "document": "i",
    "holder": "i",
    "issue": "i",
    "element": "i",
    "begun": "i",
    "said": "i",
    "speaker": "i",
    "published": "i",
    "outlet": "i",
    "stance": "b",
    "highest": "b",
    "voice": "b",
    "direct": "b",
}
_POSITIONED: Final = ("document", "statement")
"""The kinds of records that positions rest on."""
NAMES: Final = ("document", "holder", "issue", "element", "outlet", "speaker")
NOTHING: Final = -1
MOST: Final = 127
"""The largest stance, and the least below zero, that a column holds."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A log's entries as arrays of equal length, one value an entry, in recorded order.

    ``recorded`` is in microseconds since 1970 UTC, and so is ``first``, when an entry's id was first recorded anywhere;
    ``tie`` orders the ids of one ``first``; ``subject`` numbers the ids in order of first appearance; ``begun`` is the
    first day that the date of a statement may mean (an open start the earliest of all), ``said`` and ``published`` are
    last days, all as days since 1970; ``document``, ``holder``, ``issue``, ``element``, ``outlet`` and ``speaker``
    index ``names``; ``stance`` and ``highest`` are the ends of the range; ``voice`` indexes
    :data:`~positions.model.statement.VOICES`; ``direct`` is 1 for direct speech. What an entry does not have is -1: a
    document has no holder, a retraction only a subject, and so has a candidate or a version of the codebook, neither
    of which is a position.
    """

    head: Head
    arrays: Mapping[str, npt.NDArray[Any]]
    names: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self.arrays[name]

    def __len__(self) -> int:
        return self.head.seq


class _ColumnBuilder:
    """Builds columns from rows."""

    def __init__(self) -> None:
        self.columns = {name: array(code) for name, code in TYPES.items()}
        self.codes: dict[str, dict[str, int]] = {name: {} for name in NAMES}
        self.subjects: dict[tuple[str, str], int] = {}
        self.firsts: list[int] = []
        self.head = EMPTY

    def add(self, row: LogRow) -> None:
        found: dict[str, Any] = (
            from_json(row.content, cache_strings="all") if row.content and row.kind in _POSITIONED else {}
        )
        values = dict.fromkeys(TYPES, NOTHING)
        values["recorded"] = microseconds(row.recorded_at)
        subject = values["subject"] = self.subjects.setdefault((row.kind, row.id), len(self.subjects))
        if subject == len(self.firsts):
            self.firsts.append(microseconds(row.first_recorded_at) if row.first_recorded_at else values["recorded"])
        values["first"] = self.firsts[subject]
        if row.kind == "document":
            values["document"] = self._code("document", row.id)
            if found:
                values["published"] = day_number(PartialDate.parse(found["published_on"]).last)
                values["outlet"] = self._code("outlet", found["outlet"])
        elif found:
            values["document"] = self._code("document", found["document"])
            values["holder"] = self._code("holder", found["holder"])
            values["issue"] = self._code("issue", found["issue"])
            values["element"] = self._code("element", found["element"]) if found.get("element") else NOTHING
            said_on = PartialDate.parse(found["said_on"])
            values["begun"], values["said"] = day_number(said_on.first or date.min), day_number(said_on.last)
            values["speaker"] = self._code("speaker", found["speaker"]) if found.get("speaker") else NOTHING
            values["stance"], values["highest"] = found["stance"], found.get("stance_to", found["stance"])
            if max(-values["stance"], values["highest"]) > MOST:
                message = f"found {values['stance']} to {values['highest']}, allowed in a panel: -{MOST} to {MOST}"
                raise QueryError(message, field=f"stance of {row.id}")
            values["voice"] = VOICES.index(found["voice"])
            values["direct"] = int(found["directness"] == "direct")
        for name, value in values.items():
            self.columns[name].append(value)
        self.head = Head(row.seq, row.hash)

    def _code(self, name: str, word: str) -> int:
        codes = self.codes[name]
        return codes.setdefault(word, len(codes))

    def done(self) -> Columns:
        arrays = {name: np.frombuffer(column, dtype=column.typecode) for name, column in self.columns.items()}
        names = {name: tuple(codes) for name, codes in self.codes.items()}
        return Columns(self.head, arrays | {"tie": self._ties().take(arrays["subject"])}, names)

    def _ties(self) -> npt.NDArray[Any]:
        """Return by subject its place among those that were first recorded at the same instant, in order of id."""
        first = np.array(self.firsts, dtype=np.int64)
        ties = np.zeros(len(first), dtype=np.int32)
        instants, counts = np.unique(first, return_counts=True)
        shared = np.flatnonzero(np.isin(first, instants[counts > 1]))
        if len(shared):
            ids = list(self.subjects)
            ties[sorted(shared.tolist(), key=lambda subject: ids[subject][1])] = np.arange(len(shared))
        return ties


def build_columns(rows: Iterable[LogRow]) -> Columns:
    """Build the columns of a log's rows, from the first one on."""
    growing = _ColumnBuilder()
    for row in rows:
        growing.add(row)
    return growing.done()


def log_columns(log: Log, cache: Path | None) -> Columns:
    """Return a log's columns, from the copy on disk if that still fits the log, else from its rows.

    A copy is written if the log has :data:`ENOUGH` entries and ``cache`` is given.
    """
    head = log.head()
    held = _read_copy(cache, head) if cache is not None else None
    if held is not None:
        return held
    made = build_columns(check_chain(log.rows(), after=EMPTY, name=log.name))
    if cache is not None and len(made) >= ENOUGH:
        # The copy only saves time: without it the result is the same.
        with suppress(WorkspaceError):
            write_new(cache, _pack(made), force=True, mode=0o600)
    return made


def _pack(columns: Columns) -> bytes:
    target = io.BytesIO()
    told = {"format": FORMAT, "seq": columns.head.seq, "hash": columns.head.hash, "names": columns.names}
    held: dict[str, Any] = {"told": np.frombuffer(json.dumps(told).encode(), dtype=np.uint8), **columns.arrays}
    np.savez(target, **held)
    content = target.getvalue()
    return content + hashlib.sha256(content).digest()


def _read_copy(cache: Path, head: Head) -> Columns | None:
    """Read a copy on disk; ``None`` if it is missing, damaged or changed, or of another log or head."""
    try:
        content = cache.read_bytes()
        if hashlib.sha256(memoryview(content)[:-32]).digest() != content[-32:]:
            return None
        with np.load(io.BytesIO(content[:-32])) as held:
            told = json.loads(held["told"].tobytes())
            if told["format"] != FORMAT or Head(told["seq"], told["hash"]) != head:
                return None
            return Columns(head, {name: held[name] for name in TYPES}, {n: tuple(w) for n, w in told["names"].items()})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
