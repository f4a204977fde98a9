"""Candidates in the record book: record what a program proposed, and what reviewers decide.

A decision is a revision of the candidate by the reviewer. Accepting records a statement in the same transaction,
undoing that retracts it; nothing is lost, and a candidate that was decided once does not come back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from positions.errors import ConflictError, DataError, Finding, QueryError, allowed
from positions.files.characters import is_visible
from positions.model.candidate import Candidate, CandidateStatus, same_claim
from positions.model.checks import open_stance_finding, proposal_findings
from positions.model.codebook import Codebook
from positions.model.revision import Revision
from positions.model.statement import Claim, Statement
from positions.store.book import Book
from positions.store.completion import change_fields
from positions.store.entry import LogRow, read_row
from positions.store.log import Log, batched
from positions.store.unknown_record import unknown_record_words

AMENDABLE: Final = tuple(name for name in Statement.model_fields if name not in ("document", "coder"))
"""The fields that a reviewer may change while accepting; the document is given and the coder is the reviewer."""
_REVIEWERS: Final = ("id", "coder", "confidence", "note")
"""The fields that a statement does not take over from its candidate: the reviewer's own."""


class RecordCounts(NamedTuple):
    """Counts of recorded candidates.

    ``new`` ones are open now. ``renewed`` ones told an open candidate of another extractor, or version, anew. ``known``
    ones were here already, ``settled`` ones repeat what was accepted, rejected or coded by hand; both were left out.
    """

    new: int = 0
    renewed: int = 0
    known: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True)
class CandidateRecord:
    """A candidate as it stands, with its last revision: who recorded it or decided, when and why."""

    candidate: Candidate
    number: int
    recorded_at: datetime
    recorded_by: str
    reason: str


def list_candidates(
    log: Log,
    *,
    status: CandidateStatus | None = None,
    document: str | None = None,
    issue: str | None = None,
    holder: str | None = None,
) -> tuple[CandidateRecord, ...]:
    """Return the matching candidates, in order of document and offset; raise ``QueryError`` for an unknown document."""
    if document is not None and log.last_of("document", document) is None:
        raise QueryError(f"document: {unknown_record_words(log, document, kinds=('document',))}")
    rows = log.claims("candidate", documents=None if document is None else [document])
    wanted = {"status": status, "document": document, "issue": issue, "holder": holder}
    filters = {name: value for name, value in wanted.items() if value is not None}
    records = (_proposal(row) for row in rows if row.content is not None)
    fitting = (item for item in records if all(getattr(item.candidate, name) == filters[name] for name in filters))
    return tuple(sorted(fitting, key=_candidate_order))


def matching_candidates(
    book: Book, where: Mapping[str, str], *, statuses: Iterable[CandidateStatus]
) -> tuple[CandidateRecord, ...]:
    """Return the book's candidates of some statuses whose fields have the given values (:func:`match_candidates`).

    Raises ``QueryError`` for an unknown field, holder or issue.
    """
    where = book.current_fields(where)
    for name, look_up in (("holder", book.codebook.party), ("issue", book.codebook.issue)):
        if name in where:
            look_up(where[name])
    return match_candidates([item for status in statuses for item in list_candidates(book.log, status=status)], where)


def match_candidates(records: Iterable[CandidateRecord], where: Mapping[str, str]) -> tuple[CandidateRecord, ...]:
    """Keep the candidates whose fields have the given values, an unset field being empty.

    Raises ``QueryError`` for an unknown field.
    """
    for name in where:
        if name not in Candidate.model_fields:
            raise QueryError(f"where: {allowed(name, Candidate.model_fields)}")
    return tuple(item for item in records if all(_reads(item.candidate, name) == where[name] for name in where))


def match_statements(book: Book, where: Mapping[str, str], *, made_from: str | None = None) -> list[str]:
    """Return the ids of the statements whose fields have the given values, an unset field being empty.

    ``made_from`` is the head at which they were looked at: if one of them was changed since, ``ConflictError`` says by
    whom. Raises ``QueryError`` for an unknown field, and if nothing fits.
    """
    for name in where:
        if name not in Statement.model_fields:
            raise QueryError(f"where: {allowed(name, Statement.model_fields)}")
    where = book.current_fields(where)

    def fits(claim: Claim) -> bool:
        return isinstance(claim, Statement) and all(_reads(claim, name) == where[name] for name in where)

    if made_from is not None:
        book.require_none_changed(head=made_from, concerns=fits)
    ids = [one.id for one in book.claims("statement") if fits(one)]
    if not ids:
        raise QueryError("where: no statement fits")
    return ids


def find_candidate(log: Log, candidate_id: str) -> CandidateRecord:
    """Return the last revision of a candidate; raise ``QueryError`` for an unknown id."""
    row = log.last_of("candidate", candidate_id)
    if row is None or row.content is None:
        raise QueryError(f"id: found {candidate_id!r}, which is no candidate")
    return _proposal(row)


def record_candidates(book: Book, candidates: Iterable[Candidate]) -> RecordCounts:
    """Record what an extractor proposes, all or nothing; return how many were new and how many were left out.

    Recording the same again changes nothing, and what was decided does not come back, whoever proposes it: it is known
    by its document, holder, issue, element and words (:func:`positions.model.candidate.same_claim`). An open candidate
    that another extractor or version tells otherwise gets a new revision, unless that would unsettle its stance. Raises
    ``DataError`` with every finding.
    """
    proposed = list(candidates)
    findings = [finding for candidate in proposed for finding in _findings(book, candidate)]
    if findings:
        raise DataError(findings)
    records = _HeldRecords()
    for documents in batched(dict.fromkeys(candidate.document for candidate in proposed)):
        records.read(book.log, documents)
    counts = Counter(_record_candidate(book, candidate, records) for candidate in proposed)
    return RecordCounts(**counts)


def accept(
    book: Book, candidate_id: str, *, replaces: int | None = None, reason: str = "", **changes: Any
) -> Statement:
    """Accept a candidate: record the statement that it proposes, with some fields changed, and return that.

    Where the stance is unresolved it has to be given. The statement's coder is the reviewer; its note names the
    extractor, and its confidence is the reviewer's (default 1). ``replaces`` is the revision that was looked at.
    Raises ``DataError`` for what the codebook refuses and ``ConflictError`` if somebody was faster.
    """
    current = _require_status(book, candidate_id, replaces, undecided=True)
    candidate = current.candidate
    if unknown := sorted(set(changes) - set(AMENDABLE)):
        raise DataError([Finding(candidate_id, "", f"found {unknown[0]!r}, allowed: {', '.join(AMENDABLE)}")])
    fields = amend(candidate, changes, book.codebook)
    if fields.get("stance") is None:
        raise DataError([open_stance_finding(str(fields["issue"]), book.codebook).at(candidate_id)])
    try:
        statement = book.add(**fields)
    except DataError as error:
        # Named by the candidate's id: nobody has seen the statement's yet.
        raise DataError(finding.at(candidate_id) for finding in error.findings) from None
    why = reason or _amendments(candidate, statement)
    _decide(book, current, reason=why, status="accepted", statement=statement.id)
    return statement


def reject(book: Book, candidate_id: str, *, reason: str, replaces: int | None = None) -> None:
    """Reject a candidate; it is kept, so that it does not come back. Errors as for :func:`accept`."""
    if not is_visible(reason):
        raise DataError([Finding(candidate_id, "", "a rejection needs a reason")])
    _decide(book, _require_status(book, candidate_id, replaces, undecided=True), reason=reason, status="rejected")


def reopen(
    book: Book, candidate_id: str, *, reason: str = "decision undone", replaces: int | None = None
) -> str | None:
    """Undo a decision; the statement that came of it is retracted. Return that statement's id, if there was one."""
    current = _require_status(book, candidate_id, replaces, undecided=False)
    statement = current.candidate.statement
    if statement and (row := book.log.last_of("statement", statement)) and row.action != "retract":
        book.retract(statement, reason=reason)
    _decide(book, current, reason=reason, status="open", statement=None)
    return statement


def amend(candidate: Candidate, changes: Mapping[str, Any], codebook: Codebook) -> dict[str, Any]:
    """Return the fields of the statement that a candidate with some changes would become, its coder left open.

    What follows from a changed field is unset, to be completed (:mod:`positions.store.completion`).
    """
    fields = {name: getattr(candidate, name) for name in Statement.model_fields if name not in _REVIEWERS}
    note = changes.get("note", candidate.note)
    notes = filter(None, (note, f"proposed by {candidate.coder}"))
    return change_fields(fields, changes, codebook) | {"note": "; ".join(notes)}


@dataclass(slots=True)
class _HeldRecords:
    """The records of a book about some documents."""

    ids: set[str] = field(default_factory=set)
    settled: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    open: dict[str, list[CandidateRecord]] = field(default_factory=lambda: defaultdict(list))

    def read(self, log: Log, documents: list[str]) -> None:
        for row in log.claims("candidate", documents=documents):
            self.ids.add(row.id)
            if row.content is None:
                continue
            record = _proposal(row)
            if record.candidate.status == "open":
                self.open[record.candidate.document].append(record)
            else:
                self.settled[record.candidate.document].append(record.candidate)
        # A statement comes after its document: few entries to look through where that is new.
        entries = (row.seq for name in documents for row in log.revisions_of(name) if row.kind == "document")
        for row in log.claims("statement", documents=documents, after=min(entries, default=0)):
            if isinstance(content := read_row(row).content, Statement):
                self.settled[content.document].append(content)


def _record_candidate(book: Book, candidate: Candidate, records: _HeldRecords) -> str:
    """Record one candidate, or leave it out; return which field of :class:`RecordCounts` counts it."""
    if candidate.id in records.ids:
        return "known"
    if any(same_claim(candidate, claim) for claim in records.settled[candidate.document]):
        return "settled"
    records.ids.add(candidate.id)
    waiting = records.open[candidate.document]
    twins = [item for item in waiting if _repeats_candidate(candidate, item.candidate)]
    if not twins:
        book.revise("candidate", candidate)
        return "new"
    twin = next((item for item in twins if _same_words(candidate, item.candidate)), twins[0])
    waiting.remove(twin)  # another candidate that is like it is one of its own
    if _same_words(candidate, twin.candidate) or (candidate.stance is None and twin.candidate.stance is not None):
        return "known"
    renewed = candidate.model_copy(update={"id": twin.candidate.id})
    reason = f"proposed again by {candidate.coder}"
    book.revise("candidate", renewed, number=twin.number + 1, reason=reason)
    return "renewed"


def _repeats_candidate(candidate: Candidate, other: Candidate) -> bool:
    # One extractor may have several candidates on the same words; told again they read the same.
    return same_claim(candidate, other) and (candidate.coder != other.coder or _same_words(candidate, other))


def _same_words(one: Candidate, two: Candidate) -> bool:
    own = {"id", "coder"}
    return one.model_dump(exclude=own) == two.model_dump(exclude=own)


def _findings(book: Book, candidate: Candidate) -> Iterator[Finding]:
    yield from book.findings(candidate, candidate.id)
    for finding in proposal_findings(candidate, book.document(candidate.document)):
        yield finding.at(candidate.id)


def _require_status(book: Book, candidate_id: str, replaces: int | None, *, undecided: bool) -> CandidateRecord:
    """Return a candidate if it is open (``undecided``) or decided; else raise an error that names who changed it."""
    record = find_candidate(book.log, candidate_id)
    if undecided and record.candidate.status != "open":
        raise ConflictError(f"{candidate_id}: {decision_words(record)} already")
    if not undecided and record.candidate.status == "open":
        raise ConflictError(f"{candidate_id}: is open, there is nothing to undo")
    book.replaced(candidate_id, replaces, kinds=("candidate",))
    return record


def decision_words(record: CandidateRecord) -> str:
    """Write who decided what: ``was accepted as 000-24 by anna at 2026-11-23T10:00:00Z (amended stance)``."""
    candidate = record.candidate
    became = f" as {candidate.statement}" if candidate.statement else ""
    why = f" ({record.reason})" if record.reason else ""
    return f"was {candidate.status}{became} by {record.recorded_by} at {record.recorded_at:%Y-%m-%d %H:%M} UTC{why}"


def _decide(book: Book, current: CandidateRecord, *, reason: str, **changes: Any) -> None:
    decided = current.candidate.model_copy(update=changes)
    book.revise("candidate", decided, number=current.number + 1, reason=reason)


def _amendments(candidate: Candidate, statement: Statement) -> str:
    own = (name for name in Statement.model_fields if name not in _REVIEWERS)
    changed = [name for name in own if getattr(candidate, name) != getattr(statement, name)]
    return f"amended {', '.join(changed)}" if changed else ""


def _proposal(row: LogRow) -> CandidateRecord:
    revision: Revision = read_row(row)
    assert isinstance(revision.content, Candidate)
    return CandidateRecord(revision.content, row.number, revision.recorded_at, revision.recorded_by, revision.reason)


def _candidate_order(record: CandidateRecord) -> tuple[str, int, int, str]:
    candidate = record.candidate
    return candidate.document, candidate.start, candidate.end, candidate.id


def _reads(candidate: Claim, name: str) -> str:
    value = getattr(candidate, name)
    return "" if value is None else str(value)
