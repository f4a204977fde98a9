"""A book's revisions as merging sees them: by record, each with a mark that is the same in every book.

A mark is made of what a version says and of when it was first recorded. Ids are left out of it: two books may have used
one id for different records, and one of them then bears another id in the other book.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, NamedTuple, TypeAlias

from pydantic_core import from_json

from positions.model.conflict import Conflict
from positions.model.dates import instant_text
from positions.model.revision import NOT_RECORDED, Action, RecordKind
from positions.store.chain import read_rows_after
from positions.store.entry import EMPTY, Head, LogRow, content_text
from positions.store.log import Log
from positions.store.published import PublishedLine

Key: TypeAlias = tuple[RecordKind, str]
"""Kind and id of a record."""
Rename: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""Puts today's ids of the codebook in place of those of the past in a claim's fields."""
_LEFT_OUT: Final[dict[str, frozenset[str]]] = {
    "codebook": frozenset({"id"}),
    "document": frozenset({"id", "file"}),
    "statement": frozenset({"id"}),
    "candidate": frozenset({"id", "statement"}),
}
"""What a mark leaves out: names that a merge may have to change."""


class Version(NamedTuple):
    """One revision: ``content`` as JSON (``None``: retracted), ``at`` when it was first recorded, empty if unknown."""

    number: int
    action: Action
    content: str | None
    at: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class BookHistory:
    """All revisions of a book by record, in order of number, and its conflicts by record, the latest last."""

    versions: dict[Key, list[Version]] = field(default_factory=lambda: defaultdict(list))
    conflicts: dict[Key, list[Conflict]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: RecordKind, record_id: str, version: Version) -> None:
        """Add the next revision of a record."""
        if kind == "conflict":
            if version.content:
                conflict = Conflict.model_validate_json(version.content)
                self.conflicts[conflict.of, conflict.record].append(conflict)
        else:
            self.versions[kind, record_id].append(version)

    def renumbered(self, kind: RecordKind) -> dict[str, str]:
        """Return the ids of a kind that were given up because two records had them, each with the record's next one."""
        return {
            key[1]: versions[-1].reason
            for key, versions in self.versions.items()
            if key[0] == kind and versions[-1].action == "renumber"
        }

    def add_row(self, row: LogRow) -> None:
        """Add the revision of a log's entry."""
        at = row.first_recorded_at or row.recorded_at
        version = Version(row.number, row.action, row.content, at, row.recorded_by, row.reason)
        self.add(row.kind, row.id, version)


def read_rows(rows: Iterable[LogRow]) -> BookHistory:
    """Return the history of a log from its rows in recorded order."""
    history = BookHistory()
    for row in rows:
        history.add_row(row)
    return history


class LogHistory:
    """The history of a log, which is read once; later only what was recorded since, as in the middle of a merge."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._history = BookHistory()
        self._end = EMPTY

    def current(self) -> BookHistory:
        """Return the history up to the last entry; raise ``WorkspaceError`` if one is not as it was recorded."""
        for row in read_rows_after(self._log, after=self._end, head=self._log.head()):
            self._history.add_row(row)
            self._end = Head(row.seq, row.hash)
        return self._history


def line_version(line: PublishedLine) -> Version:
    """Return the version that a line of the published text tells of."""
    revision = line.revision
    at = revision.first_recorded_at or revision.recorded_at
    time = instant_text(at) if at > NOT_RECORDED else ""
    content = content_text(revision.content)
    return Version(revision.number, revision.action, content, time, revision.recorded_by, revision.reason)


class Marks:
    """Marks of one book's versions. Each content is read once: a merge asks for the marks of a record many times."""

    def __init__(self, history: BookHistory, rename: Rename = lambda fields: fields) -> None:
        self.history = history
        self._rename = rename
        self._documents: dict[str, str] = {}
        self._prints: dict[tuple[RecordKind, str], str] = {}

    def print_of(self, kind: RecordKind, content: str | None) -> str:
        """Return what a content says as a hash; the same words of the same document have the same one in every book."""
        if content is None:
            return "retracted"
        known = self._prints.get((kind, content))
        if known is None:
            known = self._prints[kind, content] = self._hash(kind, content, self._rename)
        return known

    def fingerprint(self, kind: RecordKind, content: str) -> str:
        """Return a hash as :meth:`print_of` does, in the codebook's words of then."""
        return self._hash(kind, content, lambda fields: fields)

    def _hash(self, kind: RecordKind, content: str, rename: Rename) -> str:
        fields = from_json(content)
        if kind in ("statement", "candidate"):
            fields = rename(fields) | {"document": self.document_print(fields["document"])}
        hashed_fields = {
            name: value for name, value in fields.items() if value not in ("", None) and name not in _LEFT_OUT[kind]
        }
        return sha256(json.dumps(hashed_fields, sort_keys=True).encode()).hexdigest()[:16]

    def mark(self, kind: RecordKind, version: Version) -> str:
        """Return a version's mark."""
        return f"{self.print_of(kind, version.content)}@{version.at}"

    def effective(self, key: Key) -> list[Version]:
        """Return a record's versions without those that only put new ids of the codebook in place of old ones."""
        versions_in_force: list[Version] = []
        for version in self.history.versions.get(key, ()):
            recoded = version.action == "recode" and versions_in_force
            if not recoded or self.print_of(key[0], version.content) != self.print_of(
                key[0], versions_in_force[-1].content
            ):
                versions_in_force.append(version)
        return versions_in_force

    def heads(self, key: Key, versions: list[Version]) -> dict[str, Version]:
        """Return the versions that nothing came after, by mark: several while a conflict is open, else the last."""
        last = self.mark(key[0], versions[-1])
        by_mark = {self.mark(key[0], version): version for version in versions}
        for conflict in reversed(self.history.conflicts.get(key, [])):
            if last in conflict.versions:
                return {mark: by_mark[mark] for mark in conflict.versions if mark in by_mark}
        return {last: versions[-1]}

    def document_print(self, document_id: str) -> str:
        """Return what stands for a document in marks: what it said when it was added."""
        if document_id not in self._documents:
            versions = self.history.versions.get(("document", document_id))
            self._documents[document_id] = self.print_of("document", versions[0].content) if versions else document_id
        return self._documents[document_id]
