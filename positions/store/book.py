"""Writing into a log: adding, correcting, retracting and taking in, all within one transaction.

A :class:`Book` is handed out while the write lock is held. It gives each revision its place in the chain and a
recorded_at that never goes back, and refuses what the codebook or the document does not allow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pydantic import ValidationError

from positions.codebook import Codebook
from positions.dates import instant_text
from positions.documents import Document
from positions.errors import ConflictError, DataError, Finding, QueryError
from positions.reading import model_findings
from positions.revision import KINDS, NOT_RECORDED, Kind, Revision
from positions.statement import Statement, document_problems, role_problems, statement_words, word_problems
from positions.store.entry import MODELS, Entry, Head, Row, content_text, from_row, sealed
from positions.store.filling import filled
from positions.store.log import Key, Log
from positions.store.text import Line

TICK: Final = timedelta(microseconds=1)
"""The least that recorded_at grows from one entry to the next, even when the clock steps back."""


def system_clock() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


class Book:
    """A record book open for writing; what it is told is recorded when its transaction ends, or not at all.

    ``coder`` is who writes. The clock is an argument so that a test can set it back.
    """

    def __init__(
        self, log: Log, codebook: Codebook, *, coder: str, clock: Callable[[], datetime] = system_clock
    ) -> None:
        self._log = log
        self._codebook = codebook
        self._coder = coder
        self._clock = clock
        self._head = log.head()
        ending = log.last_recorded_at()
        self._last = datetime.fromisoformat(ending) if ending else NOT_RECORDED
        self._was_empty = self._head.seq == 0
        self._documents: dict[str, Document | None] = {}
        self._word_problems: dict[tuple[Any, ...], tuple[str, ...]] = {}

    def add(self, statement: Statement | None = None, /, **fields: Any) -> Statement:
        """Record a new statement, whole or from its fields, and return it as recorded.

        From fields, what follows from the rest is filled in: offsets from the quote, the speaker's party from the role
        on the day, voice, directness, coder and id. Raises ``DataError`` with every finding.
        """
        record = statement or self._from_fields(fields)
        self._checked(record, where=record.id)
        self._append("statement", record.id, 1, "add", record)
        return record

    def add_document(self, document: Document) -> Document:
        """Record a new document and return it."""
        self._append("document", document.id, 1, "add", document)
        return document

    def correct(
        self, record_id: str, *, replaces: int | None = None, reason: str = "", **changes: Any
    ) -> Statement | Document:
        """Record a new revision of an id with some fields changed, and return it.

        ``replaces`` is the revision that the change was made from (default: the last); when somebody else has replaced
        it, ``ConflictError`` names the winner. A changed quote is looked up in the document again.
        """
        last = self._replaced(record_id, replaces)
        found = from_row(last).content
        assert found is not None
        if unknown := set(changes) - (set(type(found).model_fields) - {"id"}):
            allowed = ", ".join(name for name in type(found).model_fields if name != "id")
            raise DataError([Finding(record_id, f"found {sorted(unknown)[0]!r}, allowed: {allowed}")])
        fields = found.model_dump() | changes
        if isinstance(found, Statement):
            fields |= dict.fromkeys(_following(set(changes)))
            statement = self._from_fields(fields)
            self._checked(statement, where=record_id)
            record: Statement | Document = statement
        else:
            record = _validated(fields, last.kind, record_id)
        if content_text(record) == last.content:
            raise DataError([Finding(record_id, "nothing would change")])
        self._append(last.kind, record_id, last.number + 1, "correct", record, reason)
        return record

    def retract(self, record_id: str, *, reason: str, replaces: int | None = None) -> None:
        """Withdraw an id from all days; its history stays. ``replaces`` as in :meth:`correct`."""
        if not reason.strip():
            raise DataError([Finding(record_id, "a retraction needs a reason")])
        last = self._replaced(record_id, replaces)
        self._append(last.kind, record_id, last.number + 1, "retract", None, reason)

    def take(self, lines: Sequence[Line | Finding]) -> tuple[int, list[Finding]]:
        """Take in revisions from elsewhere that are not here yet; return how many were new, and what is wrong.

        A book that was empty keeps their recorded_at. In one with entries they get a new one, or past answers would
        change, and keep their own as ``first_recorded_at``. The same revision with other content is a finding; findings
        among the lines are handed on in their place.
        """
        revisions = [line.revision for line in lines if isinstance(line, Line)]
        held = self._log.held([(revision.kind, revision.id, revision.number) for revision in revisions])
        rows: list[Row] = []
        findings: list[Finding] = []
        for line in lines:
            if isinstance(line, Finding):
                findings.append(line)
                continue
            revision = line.revision
            key = (revision.kind, revision.id, revision.number)
            found = self._problems(revision, line.where, held)
            text = content_text(revision.content)
            if key in held and held[key] != (revision.action, text):
                told = f"{revision.id!r} revision {revision.number} is in the record book with other content"
                found = [Finding(f"{line.where} id", f"{told}; record a correction instead of editing it")]
            if found:
                findings += found
            elif key not in held:
                held[key] = (revision.action, text)
                rows.append(self._sealed(self._entry(revision, text), revision.content))
        self._log.append(rows)
        return len(rows), findings

    def _entry(self, revision: Revision, text: str | None) -> Entry:
        given = revision.recorded_at
        keeps = self._was_empty and given > NOT_RECORDED
        moment = max(given if keeps else self._clock(), self._last + TICK)
        first = revision.first_recorded_at or (given if given > NOT_RECORDED else None)
        return Entry(
            *(revision.kind, revision.id, revision.number, revision.action, text, moment),
            *(revision.recorded_by or self._coder, revision.reason, None if first == moment else first),
        )

    def _problems(self, revision: Revision, where: str, held: Mapping[Key, object]) -> list[Finding]:
        before = (revision.kind, revision.id, revision.number - 1)
        if revision.number > 1 and before not in held and not self._log.held([before]):
            return [Finding(f"{where} revision", f"found {revision.number}, but {revision.number - 1} is missing")]
        return self._findings(revision.content, where) if isinstance(revision.content, Statement) else []

    def document(self, document_id: str) -> Document | None:
        """Return a document in force, ``None`` where it was never recorded or is retracted."""
        if document_id not in self._documents:
            row = self._log.last_of("document", document_id)
            content = from_row(row).content if row else None
            self._documents[document_id] = content if isinstance(content, Document) else None
        return self._documents[document_id]

    def filled(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return a statement's fields with what follows from the rest filled in (:mod:`positions.store.filling`)."""
        document = self.document(str(fields.get("document")))
        return filled(fields, document, self._codebook, coder=self._coder, taken=self._is_taken)

    def _is_taken(self, record_id: str) -> bool:
        return bool(self._log.held([("statement", record_id, 1)]))

    def _from_fields(self, fields: Mapping[str, Any]) -> Statement:
        named = str(fields.get("document"))
        if self.document(named) is None:
            raise DataError([Finding(f"{fields.get('id') or 'statement'} document", _no_document(named))])
        whole = self.filled(fields)
        record = _validated(whole, "statement", str(whole.get("id", "statement")))
        assert isinstance(record, Statement)
        return record

    def _checked(self, record: Statement, *, where: str) -> None:
        if found := self._findings(record, where):
            raise DataError(found)

    def _findings(self, record: Statement, where: str) -> list[Finding]:
        words = statement_words(record)
        if words not in self._word_problems:
            self._word_problems[words] = word_problems(record, self._codebook)
        found = [*self._word_problems[words], *role_problems(record, self._codebook)]
        document = self.document(record.document)
        if document is None:
            found.append(f"document: {_no_document(record.document)}")
        else:
            found += document_problems(record, document)
        split = (problem.partition(": ") for problem in found)
        return [Finding(f"{where} {field}", message) for field, _, message in split]

    def _replaced(self, record_id: str, replaces: int | None) -> Row:
        row = next((row for kind in reversed(KINDS) if (row := self._log.last_of(kind, record_id))), None)
        if row is None:
            raise QueryError(f"id: found {record_id!r}, which was never recorded")
        if replaces is not None and replaces != row.number:
            won = f"revision {row.number} by {row.recorded_by} at {row.recorded_at} ({row.action}"
            raise ConflictError(
                f"{record_id}: revision {replaces} is replaced already, by {won}: {row.reason or 'no reason'})"
            )
        if row.action == "retract":
            raise ConflictError(f"{record_id}: was retracted by {row.recorded_by} at {row.recorded_at} ({row.reason})")
        return row

    def _append(self, kind: Kind, record_id: str, number: int, action: Any, content: Any, reason: str = "") -> None:
        if number == 1 and (held := self._log.last_of(kind, record_id)):
            raise ConflictError(f"{record_id}: is recorded already, by {held.recorded_by} at {held.recorded_at}")
        moment = max(self._clock(), self._last + TICK)
        entry = Entry(kind, record_id, number, action, content_text(content), moment, self._coder, reason, None)
        self._log.append([self._sealed(entry, content)])

    def _sealed(self, entry: Entry, content: Statement | Document | None) -> Row:
        """Give an entry its place in the chain; what follows in this transaction comes after it."""
        row = sealed(entry, after=self._head)
        self._head = Head(row.seq, row.hash)
        self._last = entry.recorded_at
        if entry.kind == "document":
            self._documents[entry.id] = content if isinstance(content, Document) else None
        return row

    def __repr__(self) -> str:
        return f"Book({self._log.name!r}, {self._head}, last {instant_text(self._last)})"


def _no_document(name: str) -> str:
    return f"found {name!r}, which is not recorded or was retracted; `positions add-document FILE` records one"


def _following(changed: set[str]) -> set[str]:
    """Name the fields that follow from changed ones and were not given themselves: they are filled in again."""
    follows = {
        "quote": {"start", "end"},
        "speaker": {"speaker_party", "voice"},
        "holder": {"voice"},
        "relayed_by": {"voice"},
    }
    return {name for field in changed for name in follows.get(field, ())} - changed


def _validated(fields: Mapping[str, Any], kind: Kind, where: str) -> Statement | Document:
    model = MODELS[kind]
    try:
        return model.model_validate({name: value for name, value in fields.items() if value is not None})
    except ValidationError as error:
        raise DataError(model_findings(error, model, where=where)) from None
