"""Revisions: the append-only history behind every statement, document and candidate, and what was known when.

Nothing is updated or deleted. A *correction* is a new revision of the same id, a *retraction* a revision that
withdraws it. What counts at an instant is the last revision recorded by then (``semantics.md`` §1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Final, Literal, NamedTuple, TypeAlias

from positions.errors import DataError, Finding
from positions.files.characters import is_visible, is_visible_or_blank
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.codebook_version import CodebookVersion
from positions.model.conflict import Conflict
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.query import EVERYTHING, Query, answerable_day
from positions.model.statement import Statement
from positions.model.words import is_id

Action: TypeAlias = Literal["add", "correct", "retract", "recode", "restore", "renumber"]
"""``recode`` is a correction that a migration of the codebook made, ``restore`` brings back what was retracted, and
``renumber`` ends an id that two books had given to different records: its reason is the record's next id."""
RecordKind: TypeAlias = Literal["codebook", "document", "statement", "candidate", "conflict"]
"""``codebook`` are the versions of the codebook and of the lexicon, by the ids ``codebook`` and ``lexicon``; a
``conflict`` is what two books that were merged say differently of one record."""
Content: TypeAlias = Statement | Document | Candidate | CodebookVersion | Conflict
NOT_RECORDED: Final = datetime.min.replace(tzinfo=UTC)
"""recorded_at of a revision that gives none: the book sets it when it takes the revision in."""
ENDING: Final[frozenset[Action]] = frozenset({"retract", "renumber"})
"""The actions after which nothing is in force under an id."""
_id: Final = attrgetter("statement.id")
KINDS: Final[tuple[RecordKind, ...]] = ("codebook", "document", "statement", "candidate", "conflict")
"""Every kind, those that others refer to first."""


class Revision(NamedTuple):
    """One entry of the record book.

    ``number`` counts the revisions of one id from 1; a correction or retraction replaces ``number - 1``.
    ``recorded_at`` (UTC) is when this book took it in, ``first_recorded_at`` when the book it came from did.
    ``content`` is the whole record as it then stands, ``None`` for a retraction.
    """

    kind: RecordKind
    id: str
    number: int
    action: Action
    content: Content | None
    recorded_at: datetime
    recorded_by: str
    reason: str = ""
    first_recorded_at: datetime | None = None


def require_reason(reason: str, *, where: str) -> None:
    """Raise ``DataError`` for a reason that seems to be one and shows nothing; none at all is not refused here."""
    if wrong := _reason_problem(reason):
        raise DataError([Finding(where, "reason", wrong)])


def extend_reason(words: str, reason: str, *, where: str) -> str:
    """Return why something is recorded: the program's words, then the user's reason if there is one.

    Raises ``DataError`` as :func:`require_reason` does.
    """
    require_reason(reason, where=where)
    return f"{words}: {reason}" if reason else words


def _reason_problem(reason: str) -> str:
    return "" if is_visible_or_blank(reason) else f"found {reason!r}, allowed: text that can be seen"


def revision_finding(record_id: str, number: int, action: Action, reason: str) -> Finding | None:
    """Return what is wrong with a revision as such: histories begin by an ``add``, and nothing is withdrawn unsaid."""
    if (action == "add") != (number == 1):
        return Finding("", "action", f"found {action!r} as revision {number} of {record_id!r}")
    if wrong := _reason_problem(reason):
        return Finding("", "reason", wrong)
    if action == "retract" and not is_visible(reason):
        return Finding("", "reason", f"missing, but {record_id!r} is retracted; a retraction needs a reason")
    if action == "renumber" and (not is_id(reason) or reason == record_id):
        return Finding("", "reason", f"found {reason!r}, allowed: the id that {record_id!r} has now")
    return None


@dataclass(frozen=True, slots=True)
class Record:
    """A statement in force, with what its document and its revision say about it.

    This is what ``state``, ``distance`` and their kin take in: everything the rules need and no more. ``number`` is
    the revision in force: above 1 the statement was corrected. ``recorded_at`` is when that was recorded, and
    ``first_recorded_at`` when the statement first was (``None``: the same), in this book or in the one it came from, so
    that merged books rank alike. ``origin`` is the document's, empty if it names none.
    """

    statement: Statement
    published_on: PartialDate
    outlet: str
    recorded_at: datetime
    number: int = 1
    origin: str = ""
    first_recorded_at: datetime | None = None

    @property
    def source(self) -> str:
        """Whose report it is: the document's origin, such as an agency, or else its outlet (``semantics.md`` §5)."""
        return self.origin or self.outlet


class Withdrawn(NamedTuple):
    """A statement that was retracted, as it stood before, and the revision that withdrew it."""

    statement: Statement
    retraction: Revision


@dataclass(frozen=True, slots=True)
class InForce:
    """What a book holds for a query: the documents by id and the statements in force, in order of id.

    ``withdrawn`` are the statements on these documents that were in force before; no position rests on them. ``query``
    is what was asked; its day chooses no records, it is remembered for whoever resolves them. ``versions`` are the
    codebook and the lexicon in force by id; before the first recorded one that one counts.
    """

    documents: dict[str, Document]
    records: tuple[Record, ...]
    withdrawn: tuple[Withdrawn, ...] = ()
    query: Query = EVERYTHING
    versions: Mapping[str, CodebookVersion] = field(default_factory=dict)

    @property
    def codebook(self) -> Codebook | None:
        """The codebook of that moment, ``None`` if none was ever recorded."""
        version = self.versions.get("codebook")
        return version.codebook if version else None

    def days(self) -> tuple[date, ...]:
        """Return the days on which something was said, in order; a vague date counts as its last day."""
        return tuple(sorted({record.statement.said_on.last for record in self.records}))

    def answerable_day(self, as_of: date | None = None, *, name: str = "as-of") -> date:
        """Return ``as_of``, else the query's day, else the last with a statement.

        Raises ``QueryError``, by the day's ``name``, if it has no answer; see
        :func:`positions.model.query.answerable_day`.
        """
        return answerable_day(as_of or self.query.as_of, self.days(), query=self.query, name=name)


def select_in_force(revisions: Iterable[Revision], query: Query = EVERYTHING) -> InForce:
    """Return what the book knew at the query's ``known_at``, of what was published by its ``public_by``.

    Of one id's revisions the last recorded by then counts; a retracted one drops out, and so does a statement
    whose document is not known. Correcting a correction, or retracting it, revives nothing. Candidates are never known:
    what a program proposed is nobody's position.
    """
    versions: dict[str, CodebookVersion] = {}
    last: dict[tuple[RecordKind, str], Revision] = {}
    first: dict[tuple[RecordKind, str], Revision] = {}
    before: dict[tuple[RecordKind, str], Revision] = {}
    for revision in revisions:
        is_later = query.known_at is not None and revision.recorded_at > query.known_at
        if isinstance(revision.content, CodebookVersion):
            if not is_later or revision.id not in versions:
                versions[revision.id] = revision.content
            continue
        if is_later:
            continue
        key = (revision.kind, revision.id)
        older = last.get(key)
        if revision.number == 1:
            first[key] = revision
        if older is None or older.number < revision.number:
            last[key] = revision
        else:
            older = revision
        if older is not None and last[key].content is None:
            before[key] = max(older, before.get(key, older), key=lambda one: one.number)
    documents = {revision.id: revision.content for revision in last.values() if isinstance(revision.content, Document)}
    public = {
        name: document
        for name, document in sorted(documents.items())
        if query.public_by is None or document.published_on.counts_by(query.public_by)
    }
    records = (
        make_record(revision, content, document, first=_first_recorded(first.get(key, revision)))
        for key, revision in last.items()
        if isinstance(content := revision.content, Statement) and (document := public.get(content.document))
    )
    withdrawn = (
        Withdrawn(content, last[key])
        for key, revision in before.items()
        if isinstance(content := revision.content, Statement)
        and content.document in public
        and last[key].content is None
        and last[key].action != "renumber"
    )
    return InForce(public, tuple(sorted(records, key=_id)), tuple(sorted(withdrawn, key=_id)), query, versions)


def _first_recorded(revision: Revision) -> datetime:
    return revision.first_recorded_at or revision.recorded_at


def make_record(revision: Revision, statement: Statement, document: Document, *, first: datetime) -> Record:
    """Return the record of a revision that is in force; ``first`` is when its id was first recorded anywhere."""
    return Record(
        statement,
        document.published_on,
        document.outlet,
        _first_recorded(revision),
        revision.number,
        origin=document.origin or "",
        first_recorded_at=first,
    )
