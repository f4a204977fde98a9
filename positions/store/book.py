"""Writing into a log: adding, correcting, retracting and taking in, all within one transaction.

A :class:`Book` is handed out while the write lock is held. It gives each revision its place in the chain and a
recorded_at that never goes back, and refuses what the codebook or the document does not allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from positions.errors import ConflictError, DataError, Finding, QueryError, UnchangedError
from positions.files.characters import is_visible
from positions.model.candidate import Candidate
from positions.model.checks import ClaimChecks, document_findings
from positions.model.codebook import Codebook
from positions.model.codebook_version import CodebookVersion
from positions.model.dates import instant_text
from positions.model.document import Document
from positions.model.revision import ENDING, NOT_RECORDED, Action, Content, RecordKind, revision_finding
from positions.model.statement import Anchor, Claim, Statement
from positions.model.words import is_unicode
from positions.store.chain import Chain, system_clock
from positions.store.completion import change_fields, coder_mark, complete_fields, free_id
from positions.store.document_rules import DocumentRules, missing_document_error, unknown_document
from positions.store.entry import Entry, LogRow, content_text, entry_content, read_row, require_reasons
from positions.store.heads import require_none_changed, require_unchanged
from positions.store.log import Log, RevisionKey
from positions.store.past_words import PastWords, current_fields
from positions.store.prepared import Prepared, prepare_line, validate_record
from positions.store.published import PublishedLine
from positions.store.renumbered import current_row
from positions.store.unknown_record import unknown_record_words


class Book:
    """A record book open for writing; changes are recorded when its transaction ends, or not at all.

    ``coder`` is who writes. The clock is an argument so that a test can set it back; what is recorded together gets its
    instant and the microseconds after it. ``versions`` are those of codebook and lexicon that were recorded here. If
    the book ``is_shared`` ids of statements on a document that somebody else recorded carry the coder's name: two
    people who work at the same time do not use one id for two things.
    Candidates are recorded and decided by :mod:`positions.store.candidates`.
    """

    def __init__(
        self, log: Log, codebook: Codebook, *, coder: str, clock: Callable[[], datetime] = system_clock
    ) -> None:
        self._log = self.log = log
        self._codebook = self.codebook = codebook
        self._coder = self.coder = coder
        self._clock = clock
        self._moment: datetime | None = None
        self._chain = Chain(log.head(), log.last_recorded_at(), coder=coder)
        self._documents: dict[str, Document | None] = {}
        self.document_rules = DocumentRules(log)
        self.versions: dict[str, CodebookVersion] = {}
        self.is_shared = False
        self.new_documents: list[Document] = []
        self._checks = ClaimChecks(codebook)
        self.past_words = PastWords(log)

    def keep_times(self) -> None:
        """Keep the recorded_at of what is taken in: this book had it before and lost it."""
        self._chain.keeps_times = True

    def add(self, statement: Statement | None = None, /, **fields: Any) -> Statement:
        """Record a new statement, whole or from its fields, and return it as recorded.

        From fields, what follows from the rest is filled in: offsets from the quote, the speaker's party from the role
        on the day, voice, directness, coder and id. Raises ``DataError`` with every finding.
        """
        record = statement or self._from_fields(fields)
        self._check(record, where=record.id)
        self._append(("statement", record.id, 1), "add", record)
        return record

    def add_document(self, document: Document) -> Document:
        """Record a new document and return it; raise ``DataError`` if its file is missing or holds another text."""
        self._check(document, where=document.id)
        self._append(("document", document.id, 1), "add", document)
        return document

    def correct(
        self, record_id: str, *, replaces: int | None = None, reason: str = "", **changes: Any
    ) -> Statement | Document:
        """Record a new revision of an id with some fields changed, and return it.

        ``replaces`` is the revision that the change was made from (default: the last); when somebody else has replaced
        it, ``ConflictError`` names the winner. A changed quote is looked up in the document again.
        """
        last = self.replaced(record_id, replaces)
        record_id, record_before = last.id, read_row(last).content
        assert record_before is not None
        if unknown := set(changes) - (set(type(record_before).model_fields) - {"id"}):
            allowed = ", ".join(name for name in type(record_before).model_fields if name != "id")
            raise DataError([Finding(record_id, "", f"found {sorted(unknown)[0]!r}, allowed: {allowed}")])
        if isinstance(record_before, Statement):
            current = self.current_fields({"issue": record_before.issue, **changes})
            changes = {name: current[name] for name in changes}
            fields = change_fields(record_before.model_dump(), changes, self._codebook)
            record: Statement | Document = self._from_fields(fields)
        else:
            record = validate_record(record_before.model_dump() | changes, last.kind, record_id)
        if content_text(record) == last.content:
            raise UnchangedError([Finding(record_id, "", "nothing would change")])
        self._check(record, where=record_id)
        self._append((last.kind, record_id, last.number + 1), "correct", record, reason)
        return record

    def retract(self, record_id: str, *, reason: str, replaces: int | None = None) -> None:
        """Withdraw an id from all days; its history stays. ``replaces`` as in :meth:`correct`."""
        if not is_visible(reason):
            raise DataError([Finding(record_id, "", "a retraction needs a reason")])
        last = self.replaced(record_id, replaces)
        self._append((last.kind, last.id, last.number + 1), "retract", None, reason)

    def take(self, lines: Sequence[PublishedLine | Prepared | Finding]) -> tuple[int, list[Finding]]:
        """Take in revisions from elsewhere that are not here yet; return how many were new, and what is wrong.

        A book that was empty keeps their recorded_at. In one with entries they get a new one, or past answers would
        change, and keep their own as ``first_recorded_at``. The same revision with other content is a finding, unless
        the content is what stands last of the id; findings among the lines are handed on in their place.
        """
        items = [prepare_line(line, self._checks) if isinstance(line, PublishedLine) else line for line in lines]
        contents = self._log.held([item.entry[:3] for item in items if isinstance(item, Prepared)])
        entries: list[Entry] = []
        findings: list[Finding] = []
        new = 0
        for item in items:
            if isinstance(item, Finding):
                findings.append(item)
                continue
            where, entry, broken, about = item
            key, recorded = entry[:3], (entry.action, entry.content)
            if contents.get(key, recorded) != recorded:
                if self._is_in_force(entry):
                    continue
                message = f"{entry.id!r} revision {entry.number} is in the record book with other content"
                findings.append(Finding(where, "id", f"{message}; record a correction instead of editing it"))
            elif entry.number > 1 and not self._has_before(key, contents):
                message = f"found {entry.number}, but {entry.number - 1} is missing"
                findings.append(Finding(where, "revision", message))
            elif wrong_revision := revision_finding(entry.id, entry.number, entry.action, entry.reason):
                findings.append(wrong_revision.at(where))
            elif (
                isinstance(about, Document)
                and key not in contents
                and (refused := self._document_refused(about, entries, was_recorded=entry.recorded_at > NOT_RECORDED))
            ):
                findings += [finding.at(where) for finding in refused]
            elif isinstance(about, (Anchor, Claim)) and (
                wrong := (
                    *self._outdated(broken, entry.kind, about),
                    *self._document_findings(about, was_recorded=entry.recorded_at > NOT_RECORDED),
                )
            ):
                findings += [finding.at(where) for finding in wrong]
            elif key not in contents:
                contents[key] = recorded
                entries.append(entry)
                new += 1
                self._hold(entry.kind, entry.id, about)
        self._record(entries)
        return new, findings

    def _is_in_force(self, entry: Entry) -> bool:
        """Return whether a whole record is what was recorded last of its id: an export has no numbers of revisions."""
        last = self._log.last_of(entry.kind, entry.id) if entry.number == 1 and entry.content is not None else None
        return last is not None and last.content == entry.content

    def _document_refused(self, document: Document, entries: list[Entry], *, was_recorded: bool) -> list[Finding]:
        """Return what is wrong with a document, after ``entries`` were recorded: they may speak of it."""
        self._record(entries)
        entries.clear()
        return list(self.document_rules.findings(document, was_recorded=was_recorded))

    def _outdated(self, broken: Sequence[Finding], kind: RecordKind, about: Anchor | Claim) -> Sequence[Finding]:
        """Return what no codebook of the past allows either; what one does is brought to today's words later."""
        return () if broken and isinstance(about, Claim) and self.past_words.allow(kind, about) else broken

    def _has_before(self, key: RevisionKey, contents: Mapping[RevisionKey, object]) -> bool:
        kind, record_id, number = key
        before = (kind, record_id, number - 1)
        return before in contents or bool(self._log.held([before]))

    def claims(self, kind: RecordKind) -> Iterator[Statement | Candidate]:
        """Yield every statement, or every candidate, that was not retracted, as it stands now, in order of id."""
        for row in self._log.claims(kind):
            if isinstance(content := read_row(row).content, Statement | Candidate):
                yield content

    def document(self, document_id: str) -> Document | None:
        """Return a document in force, ``None`` if it was never recorded or was retracted."""
        if document_id not in self._documents:
            row = self._log.last_of("document", document_id)
            content = read_row(row).content if row else None
            self._documents[document_id] = content if isinstance(content, Document) else None
        return self._documents[document_id]

    def complete(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return a statement's fields with what follows from the rest; see :mod:`positions.store.completion`."""
        fields = self.current_fields(fields)
        document = self.document(str(fields.get("document")))
        return complete_fields(fields, document, self._codebook, coder=self._coder, next_id=self._next_id)

    def current_fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return a claim's fields, or a filter's, with current ids in place of past ones, with a notice of each."""
        named = str(fields.get("document", ""))
        if named and self.document(named) is None and (row := self._log.last_of("document", named)):
            fields = {**fields, "document": current_row(self._log, row).id}
        return current_fields(self._log, self._codebook, fields)

    def _next_id(self, document_id: str) -> str:
        stem = document_id
        if self.is_shared:
            rows = self._log.revisions_of(document_id)
            is_own = any(row.kind == "document" and row.recorded_by == self._coder for row in rows)
            stem = document_id if is_own else "-".join(filter(None, (document_id, coder_mark(self._coder))))
        return free_id(stem, lambda record_id: bool(self._log.held([("statement", record_id, 1)])))

    def _from_fields(self, fields: Mapping[str, Any]) -> Statement:
        fields = self.current_fields(fields)
        named = str(fields.get("document"))
        if self.document(named) is None:
            raise DataError([unknown_document(self._log, named).at(str(fields.get("id") or "statement"))])
        whole = self.complete(fields)
        record = validate_record(whole, "statement", str(whole.get("id", "statement")))
        assert isinstance(record, Statement)
        return record

    def _check(self, record: Statement | Document, *, where: str) -> None:
        if findings := self.findings(record, where):
            raise DataError(findings)

    def findings(self, record: Claim | Document, where: str, *, was_recorded: bool = False) -> list[Finding]:
        """Return all that is wrong with recording a claim or a document, each at ``where`` with its field.

        Of a claim it is what codebook and document do not allow, of a document what
        :class:`~positions.store.document_rules.DocumentRules` does not. What ``was_recorded`` in another book may be
        about a document that was retracted since.
        """
        if isinstance(record, Document):
            return [finding.at(where) for finding in self.document_rules.findings(record)]
        wrong = (*self._checks.codebook_findings(record), *self._document_findings(record, was_recorded=was_recorded))
        return [finding.at(where) for finding in wrong]

    def _document_findings(self, claim: Claim | Anchor, *, was_recorded: bool) -> tuple[Finding, ...]:
        document = self.document(claim.document)
        if document is None and was_recorded:
            document = self.document_rules.retracted(claim.document)
        return document_findings(claim, document, absent=missing_document_error(claim.document))

    def replaced(
        self, record_id: str, replaces: int | None = None, *, kinds: Sequence[RecordKind] = ("statement", "document")
    ) -> LogRow:
        """Return the revision that the next one of an id replaces; who was faster is named as in :meth:`correct`."""
        row = next((row for kind in kinds if (row := self._log.last_of(kind, record_id))), None)
        if row is None and self._log.last_of("candidate", record_id):
            raise QueryError(f"id: found {record_id!r}, a candidate; `positions candidates` accepts and rejects those")
        if row is None:
            raise QueryError(f"id: {unknown_record_words(self._log, record_id, kinds=kinds)}")
        row = current_row(self._log, row)
        if replaces is not None and replaces != row.number:
            won = f"revision {row.number} by {row.recorded_by} at {row.recorded_at} ({row.action}"
            raise ConflictError(
                f"{record_id}: revision {replaces} is replaced already, by {won}: {row.reason or 'no reason'})"
            )
        if row.action in ENDING:
            raise ConflictError(f"{record_id}: was retracted by {row.recorded_by} at {row.recorded_at} ({row.reason})")
        return row

    def require_unchanged(self, kind: RecordKind, record_id: str, *, head: str) -> None:
        """Raise ``ConflictError`` if somebody changed a record after the head that a change was made from."""
        require_unchanged(self._log, kind, record_id, head=head)

    def require_none_changed(self, *, head: str, concerns: Callable[[Claim], bool]) -> None:
        """Raise ``ConflictError`` if a claim that it ``concerns`` was recorded or changed after a head."""
        require_none_changed(self._log, head=head, concerns=concerns)

    def record(
        self, kind: RecordKind, record_id: str, content: Content | None, *, action: Action, reason: str = ""
    ) -> None:
        """Record the next revision of an id as it is, checked before; ``None`` withdraws it.

        A new version of the codebook counts at once: what follows in this transaction is checked by it.
        """
        last = self._log.last_of(kind, record_id)
        number, first = (last.number + 1, read_row(last)) if last else (1, None)
        # What was recoded or brought back says nothing new: of two reports of a day it stays the earlier one.
        keeps = action in ("recode", "restore") and first is not None
        since = first.first_recorded_at or first.recorded_at if keeps and first else None
        self._record([Entry(kind, record_id, number, action, content_text(content), NOT_RECORDED, "", reason, since)])
        self._hold(kind, record_id, content)

    def record_version(self, version: CodebookVersion, *, reason: str = "", action: Action = "correct") -> None:
        """Record a version of the codebook or of the lexicon; the first one of its id is added."""
        is_new = self._log.last_of("codebook", version.id) is None
        self.record("codebook", version.id, version, action="add" if is_new else action, reason=reason)

    def revise(self, kind: RecordKind, record: Content, *, number: int = 1, reason: str = "") -> None:
        """Record a whole record, checked before, as revision ``number`` of its id."""
        self._append((kind, record.id, number), "add" if number == 1 else "correct", record, reason)

    def _append(
        self, key: tuple[RecordKind, str, int], action: Action, content: Content | None, reason: str = ""
    ) -> None:
        kind, record_id, number = key
        if number == 1 and (last := self._log.last_of(kind, record_id)):
            raise ConflictError(f"{record_id}: is recorded already, by {last.recorded_by} at {last.recorded_at}")
        if not (is_unicode(reason) and is_unicode(self._coder)):
            raise DataError([Finding(record_id, "reason", "found text that is not Unicode (half a surrogate pair)")])
        entry = Entry(*key, action, content_text(content), NOT_RECORDED, "", reason, None)
        self._record([entry])
        self._hold(kind, record_id, content)

    def record_entries(self, entries: Sequence[Entry]) -> None:
        """Record entries that were checked before: what a merge or an undo brings, each with its number.

        One with a recorded_at of its own keeps it as ``first_recorded_at``.
        """
        self._record(entries)
        for entry in entries:
            self._hold(entry.kind, entry.id, entry_content(entry))

    def now_text(self) -> str:
        """Return the current instant in the form in which it is recorded."""
        return instant_text(self._clock())

    def _record(self, entries: Iterable[Entry]) -> None:
        require_reasons(entries := list(entries))
        self._moment = self._moment or self._clock()
        self._log.append(self._chain.place_entries(entries, now=self._moment))

    def _hold(self, kind: RecordKind, record_id: str, content: object) -> None:
        """Hold a document or a codebook that was recorded: what follows in this transaction refers to it."""
        if kind == "document":
            self._documents[record_id] = content if isinstance(content, Document) else None
            if isinstance(content, Document):
                self.new_documents.append(content)
                self.document_rules.hold(content)
        elif isinstance(content, CodebookVersion):
            self.versions[content.id] = content
            if content.id == "codebook":
                self._codebook = self.codebook = content.codebook
                self._checks = ClaimChecks(self.codebook)

    def __repr__(self) -> str:
        return f"Book({self._log.name!r}, {self._chain})"
