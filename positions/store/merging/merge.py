"""Recording what a merge brings, and settling what it left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from positions.errors import Finding, QueryError, allowed
from positions.files.notice import notify
from positions.model.codebook_version import IdChange, WordKind
from positions.model.conflict import Conflict
from positions.model.document import Document
from positions.model.id_changes import PastIds, declared_ids
from positions.model.revision import NOT_RECORDED, Content, RecordKind, extend_reason
from positions.model.statement import Claim
from positions.store.book import Book
from positions.store.entry import Entry, LogRow, content_text, entry_content, read_row
from positions.store.log import Log
from positions.store.merging.codebook_heads import ids_given_twice, version_with_used_words
from positions.store.merging.past import past_ids_of, rename_by
from positions.store.merging.plan import MERGED, MergePlan, RecordMerge
from positions.store.merging.renumber import give_up_ids
from positions.store.merging.versions import BookHistory, LogHistory, Marks, Version, read_rows

Side: TypeAlias = Literal["ours", "theirs"]
_CLAIMS: Final[tuple[RecordKind, ...]] = ("statement", "candidate")
SIDES: Final[tuple[Side, ...]] = ("ours", "theirs")


@dataclass(slots=True)
class MergeResult:
    """What a merge took in: ids here that are new or changed, new ids by the other book's, conflicts, what was refused.

    ``given_up`` are ids of this book that the other one used for another record, each with the one that the record here
    has now. ``duplicates`` tell what came twice: it is taken in all the same.

    ``conflicts`` are the ids of records of which both books hold another version, of this merge only; ``revisions``
    counts what was taken in.
    """

    added: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    renumbered: dict[str, str] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    duplicates: list[Finding] = field(default_factory=list)
    revisions: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to take in."""
        return not (self.added or self.corrected or self.given_up or self.conflicts or self.refused)


class ConflictVersion(NamedTuple):
    """One of the versions that compete: the revision ``number`` of its record here, its content, by whom and when."""

    mark: str
    number: int
    content: Content | None
    recorded_at: str
    recorded_by: str
    reason: str
    side: Side


class OpenConflict(NamedTuple):
    """A conflict that nobody has settled: its versions, the book's own first; ``in_force`` is the last's mark."""

    conflict: Conflict
    versions: tuple[ConflictVersion, ...]
    in_force: str


def merge_books(book: Book, others: Iterable[BookHistory], *, own: LogHistory | None = None) -> MergeResult:
    """Take in what other books did since the common past; what the rules refuse is left out and named.

    ``own`` is the history of the book's log if it was read before.
    """
    own = own or LogHistory(book.log)
    result = MergeResult()
    histories = list(others)
    now = book.now_text()
    # The codebook first: what it makes of the ids of all sides holds for all the rest.
    is_changed = False
    for theirs in histories:
        result.duplicates += [_id_given_twice(*pair) for pair in ids_given_twice(own.current(), theirs)]
        for gain in list(MergePlan(own.current(), theirs, now=now).gains(["codebook"])):
            _take_record(book, gain, result)
            is_changed = True
    for theirs in histories:
        is_changed |= keep_used_words(book, theirs, own.current())
    for theirs in histories:
        ours = own.current()
        rename = rename_by(past_ids_of(ours, *histories))
        renumbered, given_up = give_up_ids(book, own, theirs, rename=rename)
        result.given_up |= given_up
        plan = MergePlan(own.current(), theirs, now=now, rename=rename, renumbered=renumbered)
        for gain in plan.gains(MERGED[1:]):
            _take_record(book, gain, result)
    if is_changed:
        _follow_codebook(book, past_ids_of(own.current()))
    return result


def _id_given_twice(ours: IdChange, theirs: IdChange) -> Finding:
    """Say that two words are one by a merge, since each side gave the same id to another one."""
    both = f"here {ours.old} and in the other book {theirs.old} became {ours.new[0]}"
    way = f"if they are two, part them with `positions codebook split {ours.new[0]}`"
    return Finding("codebook", ours.word, f"{both}: they are one {ours.word} now; {way}")


def keep_used_words(book: Book, theirs: BookHistory, ours: BookHistory) -> bool:
    """Give the codebook back the words that it took away and claims of another book name; return whether it had to.

    ``ours`` is the history of the book itself.
    """
    before = book.codebook
    version = version_with_used_words(ours, theirs)
    if version is None:
        return False
    book.record_version(version, reason="words that were taken away are still used")
    words = [one for word in get_args(WordKind) for one in declared_ids(book.codebook, word)]
    words_kept = sorted(set(words) - {one for word in get_args(WordKind) for one in declared_ids(before, word)})
    notify(
        f"the codebook keeps {', '.join(words_kept)}: one side took it away, but statements of the other still use it"
    )
    return True


def _follow_codebook(book: Book, past: PastIds) -> None:
    """Bring what was recorded here in words of the past to those of the codebook that a merge, or a choice, brought."""
    for kind in _CLAIMS:
        for claim in list(book.claims(kind)):
            if book.findings(claim, claim.id, was_recorded=True):
                recoded = past.recode(claim)
                if recoded != claim and not book.findings(recoded, claim.id, was_recorded=True):
                    book.record(kind, claim.id, recoded, action="recode", reason="by the codebook that was merged")


def _take_record(book: Book, gain: RecordMerge, result: MergeResult) -> None:
    if findings := list(_findings(book, gain)):
        result.refused += findings
        return
    last = book.log.last_of(gain.kind, gain.id)
    number = last.number if last else 0
    book.record_entries([entry._replace(number=number + offset) for offset, entry in enumerate(gain.entries, start=1)])
    result.revisions += len(gain.entries)
    if gain.entries and gain.entries[-1].action == "renumber":
        return
    if gain.is_new and gain.kind != "candidate":
        result.added.append(gain.id)
    elif gain.entries and gain.kind != "candidate":
        result.corrected.append(gain.id)
    if gain.is_new and gain.id != gain.origin:
        result.renumbered[gain.origin] = gain.id
    if gain.conflict:
        record_conflict(book, gain.conflict)
        if gain.conflict.is_open:
            result.conflicts.append(gain.id)


def _findings(book: Book, gain: RecordMerge) -> Iterator[Finding]:
    """Check what would be in force of a record by the rules that hold for whatever is recorded."""
    if not gain.entries or gain.entries[-1].content is None:
        return
    content = entry_content(gain.entries[-1])
    if isinstance(content, Claim | Document):
        yield from book.findings(content, gain.origin, was_recorded=True)


def record_conflict(book: Book, conflict: Conflict) -> None:
    """Record a conflict, unless it is known."""
    if book.log.last_of("conflict", conflict.id) is None:
        text = content_text(conflict)
        book.record_entries([Entry("conflict", conflict.id, 1, "add", text, NOT_RECORDED, "", "", None)])


def open_conflicts(log: Log) -> tuple[OpenConflict, ...]:
    """Return what is still to be settled, in order of record."""
    # The latest first: it has all versions that are known.
    rows = sorted(log.claims("conflict"), key=lambda row: row.seq, reverse=True)
    conflicts = [content for row in rows if isinstance(content := read_row(row).content, Conflict)]
    if not conflicts:
        return ()
    open_ones = []
    for key in sorted({(conflict.of, conflict.record) for conflict in conflicts}):
        rows = [row for row in log.revisions_of(key[1]) if row.kind == key[0]]
        history = read_rows(rows)
        for row in _documents_of(log, rows):
            history.add("document", row.id, read_rows([row]).versions["document", row.id][0])
        marks = Marks(history)
        versions = marks.effective(key)
        last = marks.mark(key[0], versions[-1])
        for conflict in conflicts:
            if (conflict.of, conflict.record) == key and last in conflict.versions:
                if conflict.is_open:
                    open_ones.append(_open_conflict(conflict, versions, marks, last))
                break
    return tuple(open_ones)


def _documents_of(log: Log, rows: Iterable[LogRow]) -> Iterator[LogRow]:
    """Yield the first revisions of the documents that some revisions are about: marks rest on them."""
    contents = [read_row(row).content for row in rows]
    for name in {content.document for content in contents if isinstance(content, Claim)}:
        yield from (row for row in log.revisions_of(name) if row.kind == "document" and row.number == 1)


def _open_conflict(conflict: Conflict, versions: list[Version], marks: Marks, last: str) -> OpenConflict:
    by_mark: dict[str, Version] = {}
    for version in versions:
        by_mark.setdefault(marks.mark(conflict.of, version), version)
    competing = [(by_mark[mark], mark) for mark in conflict.versions if mark in by_mark]
    sides: list[ConflictVersion] = []
    for version, mark in sorted(competing, key=lambda pair: pair[0].number):
        entry = Entry(
            conflict.of, conflict.record, version.number, version.action, version.content, NOT_RECORDED, "", "", None
        )
        side: Side = "theirs" if sides else "ours"
        sides.append(
            ConflictVersion(mark, version.number, entry_content(entry), version.at, version.by, version.reason, side)
        )
    return OpenConflict(conflict, tuple(sides), last)


def settle(
    book: Book, record: str, chosen: Side | int, *, reason: str = "", made_from: str | None = None
) -> OpenConflict:
    """Settle a record's conflict by one side's version, or by the number of a revision; return what was open.

    It is a new revision, so that every other book learns of it. ``made_from`` is the head at which the choice was made.
    Raises ``QueryError`` if nothing is open or to choose, and ``ConflictError`` if somebody changed the record since.
    """
    still_open = [one for one in open_conflicts(book.log) if one.conflict.record == record]
    if not still_open:
        raise QueryError(f"found {record!r}, which has no open conflict", field="id")
    conflict = still_open[0]
    if made_from is not None:
        book.require_unchanged(conflict.conflict.of, record, head=made_from)
    choices = [one for one in conflict.versions if chosen in (one.side, one.number)]
    if not choices:
        numbers = [str(one.number) for one in conflict.versions]
        raise QueryError(allowed(str(chosen), [*numbers, *SIDES]), field="version")
    version = max(choices, key=lambda one: (one.recorded_at, one.mark))
    kind: RecordKind = conflict.conflict.of
    last = book.log.last_of(kind, record)
    assert last is not None
    content = next(
        row.content for row in book.log.revisions_of(record) if (row.kind, row.number) == (kind, version.number)
    )
    action = "retract" if content is None else "restore" if last.content is None else "correct"
    message = extend_reason(f"settled: the version of {version.recorded_by}", reason, where=record)
    book.record_entries([Entry(kind, record, last.number + 1, action, content, NOT_RECORDED, "", message, None)])  # type: ignore[arg-type]
    if kind == "codebook":
        _follow_codebook(book, past_ids_of(read_rows(book.log.rows())))
    return conflict
