"""A log entry as bytes: canonical JSON, and the hash chain that makes any later change visible.

The hash of an entry covers the previous entry's hash and every field of its own, so the *head* (sequence number and
first twelve hex digits of the last hash) names the whole log: same head, same answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring as _json
from typing import Final, NamedTuple, TypeAlias

from pydantic import ValidationError
from pydantic_core import from_json

from positions.errors import WorkspaceError
from positions.files.reading import model_findings
from positions.model.candidate import Candidate
from positions.model.codebook_version import CodebookVersion
from positions.model.conflict import Conflict
from positions.model.dates import PartialDate, instant_text
from positions.model.document import Document
from positions.model.provenance import Provenance
from positions.model.revision import NOT_RECORDED, Action, Content, RecordKind, Revision, require_reason
from positions.model.statement import Claim, Statement

GENESIS: Final = "0" * 64
_TRANSLATION: Final = {"translation", "translated_by"}
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
    """The end of a log: the number of its entries and the hash of the last one."""

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
    # The serializer directly: `model_dump_json` takes half as long again, and a long import calls this for every line.
    write = content.__pydantic_serializer__.to_json
    return write(content, exclude_none=True, exclude=_left_out(content), by_alias=True).decode()


def _left_out(content: Content) -> set[str] | None:
    """Return fields that are left out: an entry has the same bytes before and after they were thought of."""
    return _TRANSLATION if isinstance(content, Claim) and not content.translation else None


class Entry(NamedTuple):
    """An entry before it joins the chain: a :class:`Revision` with its content as JSON."""

    kind: RecordKind
    id: str
    number: int
    action: Action
    content: str | None
    recorded_at: datetime
    recorded_by: str
    reason: str
    first_recorded_at: datetime | None


def seal_entry(entry: Entry, *, after: Head) -> LogRow:
    """Return the row of an entry that follows ``after``, with its number and hash."""
    moment, by, reason, first = entry[5:]
    origin = instant_text(moment), by, reason, instant_text(first) if first else None
    return LogRow(
        after.seq + 1, *entry[:5], *origin, hash_entry((after.seq + 1, *entry[:5], *origin), previous=after.hash)
    )


def hash_entry(fields: UnsealedFields, *, previous: str) -> str:
    """Return the hash of an entry from the fields of its :class:`LogRow` and the previous entry's hash.

    It is the SHA-256 of the previous hash, the entry's fields as a JSON array, and the content's own JSON.
    """
    seq, kind, record_id, number, action, content, recorded_at, recorded_by, reason, first = fields
    fields_json = ",".join(map(_json, (kind, record_id, action, recorded_at, recorded_by, reason, first or "")))
    return hashlib.sha256(f"{previous}\n[{seq},{number},{fields_json}]\n{content}".encode()).hexdigest()


def entry_content(entry: Entry) -> Content | None:
    """Return the record in an entry, ``None`` for a retraction."""
    return None if entry.content is None else _read_content(entry.kind, entry.content)


def read_row(row: LogRow) -> Revision:
    """Read a log entry back; raise ``WorkspaceError`` naming one whose content this program cannot read."""
    try:
        content = None if row.content is None else _read_content(row.kind, row.content)
    except ValidationError as error:
        (first, *_) = model_findings(error, MODELS[row.kind], where=f"{row.kind} {row.id}")
        raise WorkspaceError(
            f"entry {row.seq} of the log cannot be read: {first}; `positions verify` tells whether it was changed, "
            "else update the program"
        ) from None
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


def _read_content(kind: RecordKind, text: str) -> Content:
    if kind == "document":
        # Its text was hashed when it was recorded, and hashing it again would take most of the time of a long log.
        fields = from_json(text)
        made_from = Provenance.model_validate(fields["made_from"]) if fields.get("made_from") else None
        published_on = PartialDate.parse(fields["published_on"])
        return Document.model_construct(**fields | {"published_on": published_on, "made_from": made_from})
    # Validated again, since nothing is quicker: of 10⁵ statements this takes 1.2 s, `model_construct` 2.3 s.
    return MODELS[kind].model_validate_json(text)


def require_reasons(entries: Iterable[Entry]) -> None:
    """Raise ``DataError`` if something new is recorded for a reason that nobody sees.

    What was recorded elsewhere was asked about with its line (:func:`positions.model.revision.revision_finding`).
    """
    for entry in entries:
        if entry.recorded_at == NOT_RECORDED:
            require_reason(entry.reason, where=entry.id)
