"""Migrating a codebook: what an operation would touch, and doing it with the text and the records in one transaction.

A migration is one version of the codebook and the revisions that follow it, all with the same reason. Statements are
recoded, which is never movement; those that a split or retired level leaves open go to review as candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from pydantic import ValidationError

from positions.errors import DataError, Finding, QueryError, allowed
from positions.files.reading import model_findings
from positions.model.candidate import Candidate
from positions.model.checks import ClaimChecks
from positions.model.codebook import Codebook
from positions.model.codebook_version import IdChange, build_version, parse_codebook
from positions.model.document import Document
from positions.model.id_changes import declared_ids, recode_claim, uses
from positions.model.revision import RecordKind
from positions.model.statement import Statement
from positions.store.book import Book
from positions.store.codebook_text import Operation, edit_codebook, edit_lexicon
from positions.workspace.versions import read_text
from positions.workspace.workspace import Workspace

Fate: TypeAlias = Literal["recoded", "to review"]
_IN_REVIEW: Final = "split"
_CLAIMS: Final[tuple[RecordKind, ...]] = ("statement", "candidate")


@dataclass(frozen=True, slots=True)
class Touched:
    """A statement or candidate that a migration touches: as it stands, and as it will (``None``: in review)."""

    before: Statement | Candidate
    after: Statement | Candidate | None

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        return "to review" if self.after is None else "recoded"


@dataclass(frozen=True, slots=True)
class Migration:
    """What an operation would do: the new text of codebook and lexicon, and every record that it touches."""

    operation: Operation
    codebook: str
    lexicon: str | None
    touched: tuple[Touched, ...]

    @property
    def statements(self) -> tuple[Touched, ...]:
        """The statements in force among what is touched."""
        return tuple(one for one in self.touched if isinstance(one.before, Statement))


def preview_migration(workspace: Workspace, operation: Operation) -> Migration:
    """Return what an operation would do, recording nothing.

    Raises ``QueryError`` for an unknown id and ``DataError`` for a codebook that would not be sound or not fit.
    """
    claims = [one for kind in _CLAIMS for one in workspace.claims(kind)]
    return _plan(workspace, _of_now(operation, workspace), claims, workspace.codebook)


def migrate(workspace: Workspace, operation: Operation, *, coder: str | None = None, reason: str = "") -> Migration:
    """Carry an operation out: the new version and what it touches, in one transaction. Errors as for the preview."""
    operation = _of_now(operation, workspace)
    told = operation.words() + (f": {reason}" if reason else "")
    with workspace.recording(coder=coder) as book:
        claims = [claim for kind in _CLAIMS for claim in book.claims(kind)]
        migration = _plan(workspace, operation, claims, book.codebook)
        book.record_version(build_version("codebook", migration.codebook, changes=operation.changes), reason=told)
        if migration.lexicon is not None:
            book.record_version(build_version("lexicon", migration.lexicon), reason=told)
        for one in migration.touched:
            _record(book, one, operation, told)
    return migration


def _of_now(operation: Operation, workspace: Workspace) -> Operation:
    """Return an operation with the ids of now in place of those of the past."""
    if operation.name == "add":
        return operation
    resolve = workspace.past_ids().resolve
    old = resolve(operation.word, operation.old, workspace.codebook)
    target = operation.new
    if operation.name in ("merge", "move"):
        target = tuple(resolve(operation.word, one, workspace.codebook) for one in operation.new)
    return replace(operation, old=old, new=target)


def _plan(
    workspace: Workspace, operation: Operation, claims: Sequence[Statement | Candidate], codebook: Codebook
) -> Migration:
    _require_sense(operation, codebook)
    text = read_text(workspace.folder, "codebook") or ""
    edited = text if _is_done(operation, parse_codebook(text), codebook) else edit_codebook(text, operation)
    lexicon = read_text(workspace.folder, "lexicon")
    new_lexicon = edit_lexicon(lexicon, operation) if lexicon is not None else None
    new = parse_codebook(edited)
    touched = tuple(one for claim in claims if (one := _touch(claim, operation)) is not None)
    findings = [*_still_used(operation, touched), *_unfit_findings(claims, touched, new)]
    if findings:
        raise DataError(findings)
    return Migration(operation, edited, new_lexicon if new_lexicon != lexicon else None, touched)


def _is_done(operation: Operation, written: Codebook, codebook: Codebook) -> bool:
    """Return whether the file was edited by hand to what the operation asks for."""
    if operation.name not in ("rename", "merge", "split", "retire") or written == codebook:
        return False
    ids = declared_ids(written, operation.word)
    return operation.old not in ids and all(new in ids for new in operation.new)


def _require_sense(operation: Operation, codebook: Codebook) -> None:
    ids = declared_ids(codebook, operation.word)
    if operation.name != "add" and operation.old not in ids:
        raise QueryError(allowed(operation.old, _alike(operation.old, ids)), field=operation.word)
    for target in operation.new if operation.name in ("rename", "split") else ():
        if target in ids and target != operation.old:
            told = f"found {target!r}, which is declared already; `merge` makes one of the two"
            raise QueryError(told, field=operation.word)
    for target in operation.new if operation.name in ("merge", "move") else ():
        if target not in ids:
            raise QueryError(allowed(target, _alike(operation.old, ids)), field=operation.word)
    if operation.name != "add" and operation.word == "element" and operation.new:
        issues = {one.partition("/")[0] for one in (operation.old, *operation.new)}
        if len(issues) > 1:
            raise QueryError(f"found {', '.join(operation.new)}, allowed: elements of the same issue", field="element")


def _alike(word_id: str, ids: Sequence[str]) -> Sequence[str]:
    """Return the ids of the same issue, or all."""
    owner = word_id.replace(":", "/").partition("/")[0]
    return [one for one in ids if one.replace(":", "/").startswith(f"{owner}/")] or ids


def _touch(claim: Statement | Candidate, operation: Operation) -> Touched | None:
    for change in operation.changes:
        if not uses(claim, change.word, change.old):
            continue
        if len(change.new) != 1:
            return Touched(claim, None)
        try:
            return Touched(claim, recode_claim(claim, change))
        except ValidationError as error:
            raise DataError(model_findings(error, type(claim), where=claim.id)) from None
    return None


def _still_used(operation: Operation, touched: Iterable[Touched]) -> Iterable[Finding]:
    """Name the statements that use what is to be retired, which a level alone leaves to review."""
    if operation.name != "retire" or operation.word == "level":
        return
    for one in touched:
        if isinstance(one.before, Statement):
            yield Finding(one.before.id, operation.word, f"{operation.old!r} is used here; merge it, or retract this")


def _unfit_findings(
    claims: Iterable[Statement | Candidate], touched: Iterable[Touched], codebook: Codebook
) -> list[Finding]:
    """Check every statement in force, as it will stand, against the new codebook."""
    checks = ClaimChecks(codebook)
    after = {one.before.id: one.after for one in touched if isinstance(one.before, Statement)}
    statements = (after.get(claim.id, claim) for claim in claims if isinstance(claim, Statement))
    return [finding.at(one.id) for one in statements if one is not None for finding in checks.codebook_findings(one)]


def _record(book: Book, one: Touched, operation: Operation, reason: str) -> None:
    before = one.before
    if one.after is not None:
        kind: Literal["statement", "candidate"] = "statement" if isinstance(before, Statement) else "candidate"
        book.record(kind, before.id, one.after, action="recode", reason=reason)
    elif isinstance(before, Statement):
        candidate = _open_candidate(before, operation, book.document(before.document))
        book.record("statement", before.id, None, action="retract", reason=reason)
        if candidate is not None:
            book.record("candidate", candidate.id, candidate, action="add", reason=reason)
    elif before.status == "open" and operation.new:
        book.record("candidate", before.id, _reopened(before, operation), action="recode", reason=reason)


def _open_candidate(statement: Statement, operation: Operation, document: Document | None) -> Candidate | None:
    """Return a statement as a candidate whose stance is open: a reviewer decides what it says now."""
    if document is None or document.sha256 is None:
        return None
    fields = statement.model_dump(exclude={"id", "note", "stance", "stance_to"})
    note = f"was {statement.id}, stance {statement.stance:+d}; {operation.words()}"
    whole = {
        **fields,
        "id": f"{statement.id}-{_IN_REVIEW}",
        "sha256": document.sha256,
        "note": "; ".join(filter(None, (statement.note, note))),
    }
    known = {name: value for name, value in whole.items() if value is not None and name in Candidate.model_fields}
    return _reopened(Candidate.model_validate(known), operation)


def _reopened(candidate: Candidate, operation: Operation) -> Candidate:
    if not operation.new:
        return candidate.model_copy(update={"stance": None, "stance_to": None})
    change = IdChange(word=operation.word, old=operation.old, new=operation.new[:1])
    return recode_claim(candidate, change).model_copy(update={"stance": None, "stance_to": None})
