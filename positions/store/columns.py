"""A log as integer columns in recorded order.

Queries over many days and parties use these columns and never a million parsed records. A copy of them on disk
(:mod:`positions.store.column_copy`) saves reading a long log again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pydantic_core import from_json

from positions.errors import QueryError
from positions.model.dates import PartialDate, day_number, microseconds
from positions.model.revision import KINDS, RecordKind
from positions.model.statement import VOICES
from positions.store.entry import EMPTY, Head, LogRow

TYPES: Final = {
    "recorded": "q",
    "made": "q",
    "first": "q",
    "seal": "q",
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
    "origin": "i",
    "kind": "b",
    "stance": "b",
    "highest": "b",
    "voice": "b",
    "direct": "b",
}
_POSITIONED: Final = ("document", "statement")
"""The kinds of records that positions rest on."""
NAMES: Final = ("document", "holder", "issue", "element", "outlet", "origin", "speaker")
NOTHING: Final = -1
MOST: Final = 127
"""The largest stance, and the least below zero, that a column holds."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A log's entries as arrays of equal length, one value an entry, in recorded order.

    ``recorded`` is in microseconds since 1970 UTC, and so are ``made``, when an entry was first recorded anywhere, and
    ``first``, when its id was; ``tie`` orders the ids of one ``first``; ``seal`` is the beginning of its hash
    (:func:`seal_of`); ``kind`` indexes :data:`~positions.model.revision.KINDS`; ``subject`` numbers the ``ids`` (of a
    kind) in order of first appearance; ``begun`` is the first day that the date of a statement may mean (an open start
    the earliest of all), ``said`` and ``published`` are last days, all as days since 1970; ``document``, ``holder``,
    ``issue``, ``element``, ``outlet``, ``origin`` and ``speaker`` index ``names``; ``stance`` and ``highest`` are the
    ends of the range; ``voice`` indexes :data:`~positions.model.statement.VOICES`; ``direct`` is 1 for direct speech.
    What an entry does not have is -1: a document has no holder, a retraction only a subject, and so has a candidate or
    a version of the codebook, neither of which is a position.
    """

    head: Head
    arrays: Mapping[str, npt.NDArray[Any]]
    names: Mapping[str, tuple[str, ...]]
    ids: tuple[str, ...]

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self.arrays[name]

    def __len__(self) -> int:
        return self.head.seq


NO_COLUMNS: Final = Columns(
    EMPTY, {name: np.zeros(0, dtype=code) for name, code in TYPES.items()}, dict.fromkeys(NAMES, ()), ()
)
"""The columns of an empty log."""


class _ColumnBuilder:
    """Builds columns from rows, from those on that it begins with."""

    def __init__(self, columns: Columns) -> None:
        self.columns = {name: array(code, columns[name].tobytes()) for name, code in TYPES.items()}
        self.codes = {name: {word: code for code, word in enumerate(words)} for name, words in columns.names.items()}
        _, begun = np.unique(columns["subject"], return_index=True)
        kinds = [KINDS[kind] for kind in columns["kind"][begun].tolist()]
        self.subjects: dict[tuple[RecordKind, str], int] = {
            key: subject for subject, key in enumerate(zip(kinds, columns.ids, strict=True))
        }
        self.firsts: list[int] = columns["first"][begun].tolist()
        self.head = columns.head

    def add(self, row: LogRow) -> None:
        found: dict[str, Any] = (
            from_json(row.content, cache_strings="all") if row.content and row.kind in _POSITIONED else {}
        )
        values = dict.fromkeys(TYPES, NOTHING)
        values["recorded"] = values["made"] = microseconds(row.recorded_at)
        if row.first_recorded_at:
            values["made"] = microseconds(row.first_recorded_at)
        values["seal"], values["kind"] = seal_of(row), KINDS.index(row.kind)
        subject = values["subject"] = self.subjects.setdefault((row.kind, row.id), len(self.subjects))
        if subject == len(self.firsts):
            self.firsts.append(values["made"])
        values["first"] = self.firsts[subject]
        if row.kind == "document":
            values["document"] = self._code("document", row.id)
            if found:
                values["published"] = day_number(PartialDate.parse(found["published_on"]).last)
                values["outlet"] = self._code("outlet", found["outlet"])
                values["origin"] = self._code("origin", found["origin"]) if found.get("origin") else NOTHING
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
        ids = tuple(name for _, name in self.subjects)
        return Columns(self.head, arrays | {"tie": self._ties().take(arrays["subject"])}, names, ids)

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


def extend_columns(columns: Columns, rows: Iterable[LogRow]) -> Columns:
    """Return columns that go on with the rows recorded after them."""
    builder = _ColumnBuilder(columns)
    for row in rows:
        builder.add(row)
    return builder.done()


def build_columns(rows: Iterable[LogRow]) -> Columns:
    """Build the columns of a log's rows, from the first one on."""
    return extend_columns(NO_COLUMNS, rows)


def seal_of(row: LogRow) -> int:
    """Return the first 64 bits of an entry's hash."""
    return int.from_bytes(bytes.fromhex(row.hash[:16]), signed=True)
