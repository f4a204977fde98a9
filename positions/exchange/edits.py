"""What people changed in a table that was exported: corrections, new records, and records that they took out.

A row is compared with what the book held when the table was made from it, so that what a colleague left alone is no
correction, whatever became of the record since. A field that both changed is a conflict, and nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from positions.errors import DataError, Finding, PositionsError, UnchangedError
from positions.exchange.cells import record_texts, shorten
from positions.exchange.edited_ids import EditedIds
from positions.exchange.edited_words import EditedWords
from positions.exchange.incoming import Incoming, IncomingStatement, complete_lines
from positions.exchange.record_versions import RecordVersions, VersionPair
from positions.exchange.same_values import FieldTexts, changed_texts, is_same_text, shared_group
from positions.model.document import Document
from positions.model.revision import Revision
from positions.model.statement import Statement
from positions.store.book import Book
from positions.store.importing import take_all
from positions.store.prepared import validate_record

Removed: TypeAlias = Literal["keep", "retract"]
REMOVED: Final[tuple[Removed, ...]] = get_args(Removed)
"""What becomes of records whose rows somebody took out of a table."""


class EditedField(NamedTuple):
    """A field of a record before and after a correction, as texts; an empty one if it is unset."""

    name: str
    before: str
    after: str


class RecordChange(NamedTuple):
    """A record that was corrected, with all fields that changed, those that follow from others too."""

    id: str
    fields: tuple[EditedField, ...]


@dataclass(slots=True)
class EditResult:
    """What was recorded of a table: how many ``documents`` and ``statements`` are new, what was ``corrected``.

    ``removed`` are the ids of statements that the table does not hold any more, ``notes`` what was understood
    otherwise than it stands.
    """

    documents: int = 0
    statements: int = 0
    corrected: list[RecordChange] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)


def record_edits(book: Book, incoming: Incoming, *, removed: Removed = "keep") -> EditResult:
    """Record what a table brings, and return what that was; raise ``DataError`` with all findings at once.

    Statements ``removed`` from it are kept, or retracted. Call it inside a transaction: the error rolls it back.
    """
    edits = _Edits(book, incoming)
    edits.record_documents()
    edits.record_statements()
    edits.note_removed(retract=removed == "retract")
    if edits.findings:
        # What an id was read as explains what was found then.
        raise DataError([*edits.findings, *(Finding("", "", note) for note in edits.result.notes)])
    return edits.result


class _Edits:
    """The edits of one table while they are recorded."""

    def __init__(self, book: Book, incoming: Incoming) -> None:
        self._book = book
        self._incoming = incoming
        self._versions = RecordVersions(book, incoming.made_from)
        self._ids = EditedIds(book, self._versions.history)
        self._words = EditedWords(book, self._ids)
        self._reason = f"edited in {incoming.edited_in}"
        self._in_table: dict[str, None] = {}
        self.findings = list(incoming.findings)
        self.result = EditResult(notes=dict.fromkeys(incoming.notes))
        book.past_words.learn([])

    def record_documents(self) -> None:
        """Record new documents, as citations without a text, and corrections of others' metadata."""
        for row in self._incoming.document_fields:
            document_id = self._ids.document(row.fields.get("id", ""))
            pair = self._versions.of("document", document_id, row.fields)
            if pair is None:
                self._collect(row.where, self._add_document, {**row.fields, "id": document_id})
            else:
                self._correct(row, pair, {**row.fields, "id": document_id})

    def _add_document(self, fields: FieldTexts) -> None:
        given = {"published_on_basis": "explicit", **{name: text for name, text in fields.items() if text}}
        document = validate_record(given, "document", "")
        assert isinstance(document, Document)
        self._book.add_document(document)
        self.result.documents += 1

    def record_statements(self) -> None:
        """Record corrections, then new statements."""
        new: list[IncomingStatement] = []
        for row in self._incoming.statements:
            fields = {**row.fields, "document": self._ids.document(row.fields.get("document", ""))}
            record_id = fields["id"] = self._ids.statement(row.fields.get("id", ""))
            if record_id and record_id in self._in_table:
                self.findings.append(Finding(row.where, "id", f"found {record_id!r} twice, allowed: once"))
                continue
            self._in_table[record_id] = None
            pair = self._versions.of("statement", record_id, fields) if record_id else None
            fields = dict(self._words.ids_meant(fields, row, pair))
            if pair is not None:
                self._correct(row, pair, fields)
            elif unknown := self._ids.unknown_document(fields.get("document", ""), where=row.where):
                self.findings.append(unknown)
            else:
                new.append(IncomingStatement(row.where, {name: text for name, text in fields.items() if text}))
        self.result.notes |= {**self._ids.notes, **self._words.notes}
        try:
            self.result.statements = take_all(self._book, complete_lines(self._book, new))
        except DataError as error:
            self.findings += error.findings

    def note_removed(self, *, retract: bool) -> None:
        """Note the statements whose rows were taken out; withdraw them if that is wanted."""
        for last, by_head in self._versions.removed(self._in_table) if self._incoming.statements else ():
            self.result.removed.append(last.id)
            if retract and not by_head:
                self.findings.append(Finding(last.id, "", f"removed in the table, but {_by_whom(last)}"))
            elif retract:
                self._book.retract(last.id, reason=f"removed in {self._incoming.edited_in}", replaces=last.number)

    def _correct(self, row: IncomingStatement, pair: VersionPair, fields: FieldTexts) -> None:
        """Record what a row changes of a record, unless somebody else changed the same since."""
        changes = changed_texts(fields, pair.base)
        if not changes:
            return
        if pair.current is None:
            self.findings.append(Finding(row.where, "", f"{pair.last.id}: edited here, but {_by_whom(pair.last)}"))
            return
        if pair.is_changed:
            changes = {name: text for name, text in changes.items() if not is_same_text(name, text, pair.current[name])}
            if clashes := list(self._clashes(row, pair, changes)):
                self.findings += clashes
                return
        if changes:
            self._collect(row.where, self._record_correction, pair, changes)

    def _clashes(self, row: IncomingStatement, pair: VersionPair, changes: FieldTexts) -> Iterable[Finding]:
        assert pair.current is not None
        theirs = changed_texts(pair.current, pair.base)
        groups = {shared_group(name): name for name in theirs}
        for name, text in changes.items():
            if shared_group(name) in groups:
                ours = f"{shorten(pair.base[name])!r} became {shorten(text)!r} here"
                words = f"{pair.last.id}: {ours}, but {_by_whom(pair.last)}, to {shorten(pair.current[name])!r}"
                yield Finding(row.where, name, words)

    def _record_correction(self, pair: VersionPair, changes: FieldTexts) -> None:
        given: dict[str, Any] = {name: text or None for name, text in changes.items()}
        try:
            record = self._book.correct(pair.last.id, replaces=pair.last.number, reason=self._reason, **given)
        except UnchangedError:
            return
        self.result.corrected.append(RecordChange(pair.last.id, tuple(_differences(pair.current or {}, record))))

    def _collect(self, where: str, record: Callable[..., None], *given: Any) -> None:
        """Record something, or keep what is wrong with it."""
        try:
            record(*given)
        except DataError as error:
            self.findings += [finding.at(where) for finding in error.findings]
        except PositionsError as error:
            self.findings.append(Finding(where, getattr(error, "field", ""), getattr(error, "message", str(error))))


def _differences(before: Mapping[str, str], record: Statement | Document) -> Iterable[EditedField]:
    after = record_texts(record)
    return (
        EditedField(name, before.get(name, ""), text) for name, text in after.items() if before.get(name, "") != text
    )


def _by_whom(last: Revision) -> str:
    done = "retracted" if last.content is None else "changed"
    return f"it was {done} since by {last.recorded_by} (revision {last.number}, {last.reason or 'no reason'})"
