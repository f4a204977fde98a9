"""Undoing a version of the codebook: its text and every record that it touched, as they were before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from positions.errors import ConflictError, DataError, QueryError
from positions.model.checks import ClaimChecks
from positions.model.codebook_version import CodebookVersion, IdChange, build_version
from positions.model.id_changes import declared_ids, recode_claim
from positions.model.revision import RecordKind, Revision, extend_reason
from positions.store.book import Book
from positions.store.codebook_versions import UNDO_OF, version_history
from positions.store.entry import read_row

_UNDO: Final = "undo "
"""How the reason of a version begins that takes an earlier one back; before numbers were told nothing else followed."""
_CLAIMS: Final[tuple[RecordKind, ...]] = ("statement", "candidate")


class VersionUndo(NamedTuple):
    """The version that was undone, the number of the one whose text is back, and the records that changed with it.

    Of each record: its kind, its id, and the revision that it is like again, 0 if it is withdrawn.
    """

    undone: Revision
    restored: int
    records: tuple[tuple[RecordKind, str, int], ...]


def last_standing_version(book: Book) -> Revision | None:
    """Return the last version of the codebook that was not undone, ``None`` if only the first one stands."""
    standing = _standing(version_history(book.log, "codebook"))
    return standing[-1] if len(standing) > 1 else None


def preview_undo(book: Book) -> VersionUndo:
    """Return what :func:`undo_version` would undo, recording nothing; errors as there, but for what does not fit."""
    undone, previous = _last_two(version_history(book.log, "codebook"))
    return _version_undo(undone, previous, _touched_by(book, undone, after=_seq(book, undone)))


def undo_version(book: Book, *, reason: str = "", made_from: str | None = None) -> VersionUndo:
    """Undo the last version of the codebook that stands: its text and the records that it touched are as before.

    ``made_from`` is the head at which that was decided. Raises ``QueryError`` if there is none before it,
    ``ConflictError`` if records that it touched, or the codebook itself, were changed since, and ``DataError`` if
    statements recorded since do not fit.
    """
    if made_from is not None:
        book.require_unchanged("codebook", "codebook", head=made_from)
    undone, previous = _last_two(version_history(book.log, "codebook"))
    target = previous.content
    assert isinstance(undone.content, CodebookVersion)
    assert isinstance(target, CodebookVersion)
    seq = _seq(book, undone)
    undo_reason = extend_reason(f"{UNDO_OF}{seq}: {undone.reason}", reason, where="codebook")
    changes = _changes_back(book, undone.content, target)
    touched = _touched_by(book, undone, after=seq)
    book.record_version(build_version("codebook", target.text, changes=changes), reason=undo_reason)
    _undo_lexicon(book, undone, undo_reason)
    for before, after in touched:
        _take_back(book, before, after, undo_reason)
    _bring_back(book, changes, undo_reason)
    checks = ClaimChecks(book.codebook)
    statements = book.claims("statement")
    findings = [finding.at(one.id) for one in statements for finding in checks.codebook_findings(one)]
    if findings:
        raise DataError(findings)
    return _version_undo(undone, previous, touched)


def _version_undo(
    undone: Revision, previous: Revision, touched: Sequence[tuple[Revision | None, Revision]]
) -> VersionUndo:
    records = tuple((after.kind, after.id, before.number if before else 0) for before, after in touched)
    return VersionUndo(undone, previous.number, records)


def _last_two(versions: Sequence[Revision]) -> tuple[Revision, Revision]:
    """Return the last version that was not undone, and the one before it, whose text comes back."""
    standing = _standing(versions)
    if len(standing) < 2:
        raise QueryError("every change of the codebook is undone already; there is nothing to undo")
    return standing[-1], standing[-2]


def _standing(versions: Sequence[Revision]) -> list[Revision]:
    """Return the versions that were not undone, in order."""
    standing: list[Revision] = []
    for version in versions:
        if version.reason.startswith(_UNDO) and len(standing) > 1:
            standing.pop()
        else:
            standing.append(version)
    return standing


def _changes_back(book: Book, undone: CodebookVersion, target: CodebookVersion) -> tuple[IdChange, ...]:
    """Return what changes ids back; nothing if they are not all renames of what was declared before."""
    back = tuple(
        IdChange(word=change.word, old=change.new[0], new=(change.old,))
        for change in undone.changes
        if len(change.new) == 1
    )
    is_rename = bool(back) and not any(one.new[0] in declared_ids(book.codebook, one.word) for one in back)
    was_declared = all(one.old not in declared_ids(target.codebook, one.word) for one in back)
    return back if is_rename and was_declared else ()


def _touched_by(book: Book, version: Revision, *, after: int) -> list[tuple[Revision | None, Revision]]:
    """Return what a migration recorded, each with the revision before; ``ConflictError`` if it was changed since."""
    later = (read_row(row) for row in book.log.rows(after=after) if row.kind in _CLAIMS)
    group = [one for one in later if (one.reason, one.recorded_by) == (version.reason, version.recorded_by)]
    pairs, changed = [], []
    for one in group:
        history = [read_row(row) for row in book.log.revisions_of(one.id) if row.kind == one.kind]
        if history[-1].action == "renumber":
            continue  # the record goes on under another id, with this revision too
        if history[-1].content != one.content:
            changed.append(one)
        before = next((other for other in history if other.number == one.number - 1), None)
        pairs.append((before, one))
    content = version.content
    is_rename = isinstance(content, CodebookVersion) and all(len(change.new) == 1 for change in content.changes)
    if changed and not is_rename:
        raise ConflictError(f"{', '.join(one.id for one in changed[:5])}: changed since; undo those changes first")
    return [(before, one) for before, one in pairs if one not in changed]


def _seq(book: Book, version: Revision) -> int:
    rows = book.log.revisions_of(version.id)
    return next(row.seq for row in rows if (row.kind, row.number) == (version.kind, version.number))


def _take_back(book: Book, before: Revision | None, after: Revision, reason: str) -> None:
    if before is None or before.content is None:
        book.record(after.kind, after.id, None, action="retract", reason=reason)
    else:
        action: Literal["restore", "recode"] = "restore" if after.content is None else "recode"
        book.record(after.kind, after.id, before.content, action=action, reason=reason)


def _bring_back(book: Book, changes: Sequence[IdChange], reason: str) -> None:
    """Recode what was recorded or changed since with the ids that are undone."""
    for kind in _CLAIMS if changes else ():
        for claim in list(book.claims(kind)):
            recoded = claim
            for change in changes:
                recoded = recode_claim(recoded, change)
            if recoded != claim:
                book.record(kind, claim.id, recoded, action="recode", reason=reason)


def _undo_lexicon(book: Book, undone: Revision, reason: str) -> None:
    standing = _standing(version_history(book.log, "lexicon"))
    is_part = len(standing) > 1 and standing[-1].reason == undone.reason
    before = standing[-2].content if is_part else None
    if isinstance(before, CodebookVersion):
        book.record_version(build_version("lexicon", before.text), reason=reason)
