"""Undoing a migration of the codebook: its text and every record that it touched, as they were before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from positions.errors import ConflictError, DataError, QueryError
from positions.model.checks import ClaimChecks
from positions.model.codebook_version import CodebookVersion, IdChange, build_version
from positions.model.id_changes import declared_ids, recode_claim
from positions.model.revision import RecordKind, Revision
from positions.store.book import Book
from positions.workspace.workspace import Workspace

UNDO: Final = "undo "
"""How the reason of a version begins that takes an earlier one back."""
_CLAIMS: Final[tuple[RecordKind, ...]] = ("statement", "candidate")


class UndoPlan(NamedTuple):
    """The version of the codebook that is undone, and the ids of the records that are put back as they were."""

    version: Revision
    records: tuple[str, ...]


def preview_undo(workspace: Workspace) -> UndoPlan:
    """Return what :func:`undo_migration` would undo, recording nothing; errors as there, but for what does not fit."""
    undone, _ = _last_standing(workspace.versions("codebook"))
    return _plan(undone, _touched_by(workspace, undone))


def undo_migration(
    workspace: Workspace, *, coder: str | None = None, reason: str = "", made_from: str | None = None
) -> UndoPlan:
    """Undo the last version of the codebook that stands: its text and the records that it touched are as before.

    ``made_from`` as for :func:`positions.coding.codebook_migration.migrate`. Raises ``QueryError`` if there is none
    before it, ``ConflictError`` if records that it touched were changed since, and ``DataError`` if statements recorded
    since do not fit.
    """
    with workspace.recording(coder=coder) as book:
        if made_from is not None:
            book.require_unchanged("codebook", "codebook", head=made_from)
        undone, previous = _last_standing(workspace.versions("codebook"))
        target = previous.content
        assert isinstance(undone.content, CodebookVersion)
        assert isinstance(target, CodebookVersion)
        told = f"{UNDO}{undone.reason}" + (f": {reason}" if reason else "")
        back = tuple(
            IdChange(word=change.word, old=change.new[0], new=(change.old,))
            for change in undone.content.changes
            if len(change.new) == 1
        )
        is_rename = bool(back) and not any(one.new[0] in declared_ids(book.codebook, one.word) for one in back)
        was_declared = all(one.old not in declared_ids(target.codebook, one.word) for one in back)
        changes = back if is_rename and was_declared else ()
        touched = _touched_by(workspace, undone)
        book.record_version(build_version("codebook", target.text, changes=changes), reason=told)
        _undo_lexicon(book, workspace, undone, told)
        for before, after in touched:
            _take_back(book, before, after, told)
        _bring_back(book, changes, told)
        checks = ClaimChecks(book.codebook)
        statements = book.claims("statement")
        findings = [finding.at(one.id) for one in statements for finding in checks.codebook_findings(one)]
        if findings:
            raise DataError(findings)
    return _plan(undone, touched)


def _plan(version: Revision, touched: Sequence[tuple[Revision | None, Revision]]) -> UndoPlan:
    return UndoPlan(version, tuple(dict.fromkeys(after.id for _, after in touched)))


def _last_standing(versions: Sequence[Revision]) -> tuple[Revision, Revision]:
    """Return the last version that was not undone, and the one before it, whose text comes back."""
    standing = _standing(versions)
    if len(standing) < 2:
        raise QueryError("every change of the codebook is undone already; there is nothing to undo")
    return standing[-1], standing[-2]


def _standing(versions: Sequence[Revision]) -> list[Revision]:
    """Return the versions that were not undone, in order."""
    standing: list[Revision] = []
    for version in versions:
        if version.reason.startswith(UNDO) and len(standing) > 1:
            standing.pop()
        else:
            standing.append(version)
    return standing


def _touched_by(workspace: Workspace, version: Revision) -> list[tuple[Revision | None, Revision]]:
    """Return what a migration recorded, each with the revision before; ``ConflictError`` if it was changed since."""
    group = [
        one
        for one in workspace.revisions()
        if one.kind in _CLAIMS
        and (one.reason, one.recorded_by) == (version.reason, version.recorded_by)
        and one.recorded_at > version.recorded_at
    ]
    pairs, changed = [], []
    for one in group:
        history = [other for other in workspace.history(one.id) if other.kind == one.kind]
        if history[-1].content != one.content:
            changed.append(one)
        before = next((other for other in history if other.number == one.number - 1), None)
        pairs.append((before, one))
    content = version.content
    is_rename = isinstance(content, CodebookVersion) and all(len(change.new) == 1 for change in content.changes)
    if changed and not is_rename:
        raise ConflictError(f"{', '.join(one.id for one in changed[:5])}: changed since; undo those changes first")
    return [(before, one) for before, one in pairs if one not in changed]


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


def _undo_lexicon(book: Book, workspace: Workspace, undone: Revision, reason: str) -> None:
    standing = _standing(workspace.versions("lexicon"))
    is_part = len(standing) > 1 and standing[-1].reason == undone.reason
    before = standing[-2].content if is_part else None
    if isinstance(before, CodebookVersion):
        book.record_version(build_version("lexicon", before.text), reason=reason)
