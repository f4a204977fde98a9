"""A log entry as bytes: canonical JSON, and the hash chain that makes any later change visible.

The hash of an entry covers the previous entry's hash and every field of its own, so the *head* (sequence number and
first twelve hex digits of the last hash) names the whole log: same head, same answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from json.encoder import encode_basestring as _json
from typing import Any, Final, NamedTuple, TypeAlias

from pydantic_core import from_json

from positions.model.candidate import Candidate
from positions.model.codebook_version import CodebookVersion
from positions.model.conflict import Conflict
from positions.model.dates import PartialDate, instant_text
from positions.model.document import Document
from positions.model.revision import Action, Content, RecordKind, Revision
from positions.model.statement import Statement

GENESIS: Final = "0" * 64
"""The hash before the first entry."""
MODELS: Final[
    dict[RecordKind, type[Document] | type[Statement] | type[Candidate] | type[CodebookVersion] | type[Conflict]]
] = {
    "codebook": CodebookVersion,
    "document": Document,
    "statement": Statement,
    "candidate": Candidate,
    "conflict": Conflict,
}


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log ends: the number of its entries and the hash of the last."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash[:12]}"


EMPTY: Final = Head(0, GENESIS)


class LogRow(NamedTuple):
    """A log entry as the database holds it; the order of the fields is that of the table's columns."""

    seq: int
    kind: RecordKind
    id: str
    number: int
    action: Action
    content: str | None
    recorded_at: str
    recorded_by: str
    reason: str
    first_recorded_at: str | None
    hash: str


UnsealedFields: TypeAlias = tuple[int, str, str, int, str, str | None, str, str, str, str | None]
"""The fields of a :class:`LogRow` but its hash, in their order."""


def content_text(content: Content | None) -> str | None:
    """Write a record's content as compact JSON in the model's own order, unset fields left out; ``None`` for none."""
    if content is None:
        return None
    # Its serializer itself: `model_dump_json` takes half as long again, and a long import calls this for every line.
    return content.__pydantic_serializer__.to_json(content, exclude_none=True, by_alias=True).decode()


class Entry(NamedTuple):
    """What is to be recorded, before it has a place in the chain: a :class:`Revision` with its content as JSON."""

    kind: RecordKind
    id: str
    number: int
    action: Action
    content: str | None
    recorded_at: datetime
    recorded_by: str
    reason: str
    first_recorded_at: datetime | None


def sealed(entry: Entry, *, after: Head) -> LogRow:
    """Give an entry its place after ``after`` and its hash."""
    moment, by, reason, first = entry[5:]
    told = instant_text(moment), by, reason, instant_text(first) if first else None
    return LogRow(after.seq + 1, *entry[:5], *told, seal((after.seq + 1, *entry[:5], *told), previous=after.hash))


def seal(fields: UnsealedFields, *, previous: str) -> str:
    """Return the hash of an entry from the fields of its :class:`LogRow` and the previous entry's hash.

    It is the SHA-256 of the previous hash, the entry's fields as a JSON array, and the content's own JSON.
    """
    seq, kind, record_id, number, action, content, recorded_at, recorded_by, reason, first = fields
    told = ",".join(map(_json, (kind, record_id, action, recorded_at, recorded_by, reason, first or "")))
    return hashlib.sha256(f"{previous}\n[{seq},{number},{told}]\n{content}".encode()).hexdigest()


def entry_content(entry: Entry) -> Content | None:
    """Return the record that an entry is to hold, ``None`` for a retraction; it is not validated again."""
    return None if entry.content is None else _built(entry.kind, from_json(entry.content))


def from_row(row: LogRow) -> Revision:
    """Read a log entry back; its content was validated when it was recorded and is not validated again."""
    # Of a long log the same names come again and again: pydantic's reader hands out one string for them, in half the
    # time of the standard library's and with half the memory.
    content = None if row.content is None else _built(row.kind, from_json(row.content, cache_strings="all"))
    return Revision(
        row.kind,
        row.id,
        row.number,
        row.action,
        content,
        datetime.fromisoformat(row.recorded_at),
        row.recorded_by,
        row.reason,
        datetime.fromisoformat(row.first_recorded_at) if row.first_recorded_at else None,
    )


def _built(kind: RecordKind, fields: dict[str, Any]) -> Content:
    if kind in ("codebook", "conflict"):
        return MODELS[kind].model_validate(fields)
    name = "published_on" if kind == "document" else "said_on"
    fields[name] = PartialDate.parse(fields[name])
    if kind != "statement":
        return MODELS[kind].model_construct(**fields)
    # What `model_construct` does, in a fifth of its time: a long log has little else.
    built = object.__new__(Statement)
    for attribute, value in (
        ("__dict__", {**_absent(), **fields}),
        ("__pydantic_fields_set__", _set_of(tuple(fields))),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", None),
    ):
        object.__setattr__(built, attribute, value)
    return built


@cache
def _set_of(names: tuple[str, ...]) -> set[str]:
    """Return the names as a set that all statements with these fields share: nothing changes a frozen model's."""
    return set(names)


@cache
def _absent() -> Mapping[str, Any]:
    """Return what a statement's fields are where they are left out, in the model's order."""
    return {name: None if field.is_required() else field.default for name, field in Statement.model_fields.items()}
