"""A log entry as bytes: canonical JSON, and the hash chain that makes any later change visible.

The hash of an entry covers the previous entry's hash and every field of its own, so the *head* (sequence number and
first twelve hex digits of the last hash) names the whole log: same head, same answers.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring as _json
from typing import Any, Final, Literal, NamedTuple

from positions.dates import PartialDate, instant_text
from positions.documents import Document
from positions.revision import Action, Kind, Revision
from positions.statement import Statement

GENESIS: Final = "0" * 64
"""The hash before the first entry."""
MODELS: Final[dict[str, type[Document] | type[Statement]]] = {"document": Document, "statement": Statement}


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log ends: the number of its entries and the hash of the last."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash[:12]}"


EMPTY: Final = Head(0, GENESIS)


class Row(NamedTuple):
    """A log entry as the database holds it; the order of the fields is that of the table's columns."""

    seq: int
    kind: Kind
    id: str
    number: int
    action: Action
    content: str | None
    recorded_at: str
    recorded_by: str
    reason: str
    first_recorded_at: str | None
    hash: str


def content_text(content: Statement | Document | None) -> str | None:
    """Write a record's content as compact JSON in the model's own order, unset fields left out; ``None`` for none."""
    return None if content is None else content.model_dump_json(exclude_none=True, by_alias=True)


class Entry(NamedTuple):
    """What is to be recorded, before it has a place in the chain; ``content`` is its JSON."""

    kind: Kind
    id: str
    number: int
    action: Action
    content: str | None
    recorded_at: datetime
    recorded_by: str
    reason: str
    first_recorded_at: datetime | None


def sealed(entry: Entry, *, after: Head) -> Row:
    """Give an entry its place after ``after`` and its hash."""
    first = entry.first_recorded_at
    row = Row(
        *(after.seq + 1, *entry[:5], instant_text(entry.recorded_at), entry.recorded_by, entry.reason),
        *(instant_text(first) if first else None, ""),
    )
    return Row(*row[:-1], seal(row, after.hash))


def seal(row: Row, previous: str) -> str:
    """Return the hash of an entry, given the previous entry's; the entry's own hash is not looked at.

    It is the SHA-256 of the previous hash, the entry's fields as a JSON array, and the content's own JSON.
    """
    seq, kind, record_id, number, action, content, recorded_at, recorded_by, reason, first, _ = row
    told = ",".join(map(_json, (kind, record_id, action, recorded_at, recorded_by, reason, first or "")))
    return hashlib.sha256(f"{previous}\n[{seq},{number},{told}]\n{content}".encode()).hexdigest()


def from_row(row: Row) -> Revision:
    """Read a log entry back; its content was validated when it was recorded and is not validated again."""
    content = None if row.content is None else _built(row.kind, json.loads(row.content))
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


_DATE_FIELDS: Final[dict[Literal["document", "statement"], str]] = {
    "document": "published_on",
    "statement": "said_on",
}


def _built(kind: Kind, fields: dict[str, Any]) -> Statement | Document:
    name = _DATE_FIELDS[kind]
    return MODELS[kind].model_construct(**{**fields, name: PartialDate.parse(fields[name])})
