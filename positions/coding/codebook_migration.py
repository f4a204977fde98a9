"""Migrate a codebook: preview what an operation changes, and change text and records in one transaction.

A migration is one version of the codebook and the revisions that follow it, all with the same reason. Statements are
recoded, which is never movement; those that a split or retired level leaves open go to review as candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

from pydantic import ValidationError

from positions.coding.codebook_use import diff_texts
from positions.errors import DataError, Finding, QueryError, allowed
from positions.files.reading import model_findings
from positions.model.candidate import Candidate
from positions.model.checks import ClaimChecks
from positions.model.codebook import Codebook
from positions.model.codebook_version import (
    FILE_NAMES,
    CodebookVersion,
    IdChange,
    VersionName,
    WordKind,
    build_version,
    parse_codebook,
)
from positions.model.id_changes import declared_ids, recode_claim, uses
from positions.model.revision import RecordKind, extend_reason
from positions.model.statement import Statement
from positions.store.book import Book
from positions.store.codebook_text import Operation, edit_codebook, edit_lexicon
from positions.workspace.versions import read_text
from positions.workspace.workspace import Workspace

Fate: TypeAlias = Literal["recoded", "to review"]
_IN_REVIEW: Final = "split"
_CLAIMS: Final[tuple[RecordKind, ...]] = ("statement", "candidate")


@dataclass(frozen=True, slots=True)
class TouchedRecord:
    """A statement or candidate that a migration changes: before and after (``None``: it goes to review)."""

    before: Statement | Candidate
    after: Statement | Candidate | None

    @property
    def fate(self) -> Fate:
        """Whether the record is recoded or goes to review."""
        return "to review" if self.after is None else "recoded"


@dataclass(frozen=True, slots=True)
class Migration:
    """The result of an operation: the new text of codebook and lexicon, and every record that it changes."""

    operation: Operation
    codebook: str
    lexicon: str | None
    touched: tuple[TouchedRecord, ...]

    @property
    def statements(self) -> tuple[TouchedRecord, ...]:
        """The changed records that are statements in force."""
        return tuple(one for one in self.touched if isinstance(one.before, Statement))


def preview_migration(workspace: Workspace, operation: Operation) -> Migration:
    """Return the result of an operation without recording it.

    Raises ``QueryError`` for an unknown id, and ``DataError`` if the new codebook would be invalid or not fit a
    statement.
    """
    claims = [one for kind in _CLAIMS for one in workspace.claims(kind)]
    return _plan(workspace, _with_current_ids(operation, workspace), claims, workspace.codebook)


def migrate(
    workspace: Workspace,
    operation: Operation,
    *,
    coder: str | None = None,
    reason: str = "",
    made_from: str | None = None,
) -> Migration:
    """Record an operation's new version and changed records in one transaction; errors as for the preview.

    ``made_from`` is the head of the log for which the operation was chosen: if the codebook or a record that it touches
    was changed since, ``ConflictError`` says by whom.
    """
    operation = _with_current_ids(operation, workspace)
    full_reason = extend_reason(operation.words(), reason, where="codebook")
    with workspace.recording(coder=coder) as book:
        if made_from is not None:
            book.require_unchanged("codebook", "codebook", head=made_from)
            changes = operation.changes
            book.require_none_changed(
                head=made_from, concerns=lambda claim: any(uses(claim, one.word, one.old) for one in changes)
            )
        claims = [claim for kind in _CLAIMS for claim in book.claims(kind)]
        migration = _plan(workspace, operation, claims, book.codebook)
        book.record_version(
            build_version("codebook", migration.codebook, changes=operation.changes), reason=full_reason
        )
        if migration.lexicon is not None:
            book.record_version(build_version("lexicon", migration.lexicon), reason=full_reason)
        for one in migration.touched:
            _record(book, one, operation, full_reason)
    return migration


def text_diffs(workspace: Workspace, migration: Migration) -> tuple[tuple[VersionName, str], ...]:
    """Return the lines of codebook and lexicon that a migration would change from the versions in force.

    What was edited by hand since is among them: it becomes part of the new version.
    """
    after = {"codebook": migration.codebook, "lexicon": migration.lexicon}
    names = ("in force", "after the change")
    return tuple(
        (name, diff_texts(last.text, text, names))
        for name in FILE_NAMES
        if (text := after[name]) is not None and (last := _last_version(workspace, name))
    )


def _last_version(workspace: Workspace, name: VersionName) -> CodebookVersion | None:
    versions = workspace.versions(name)
    content = versions[-1].content if versions else None
    return content if isinstance(content, CodebookVersion) else None


def _with_current_ids(operation: Operation, workspace: Workspace) -> Operation:
    """Return an operation with current ids in place of past ones."""
    resolve = workspace.past_ids().resolve
    if operation.name == "add":
        return replace(operation, fields=_current_fields(operation, resolve, workspace.codebook))
    old = resolve(operation.word, operation.old, workspace.codebook)
    target = operation.new
    if operation.name in ("merge", "move"):
        target = tuple(resolve(operation.word, one, workspace.codebook) for one in operation.new)
    return replace(operation, old=old, new=target)


def _current_fields(
    operation: Operation, resolve: Callable[[WordKind, str, Codebook], str], codebook: Codebook
) -> dict[str, Any]:
    """Return what a new word refers to with current ids."""
    fields = dict(operation.fields)
    if parent := fields.get("parent"):
        issue = operation.old.partition("/")[0]
        fields["parent"] = resolve("element", f"{issue}/{parent}", codebook).partition("/")[2]
    if "addressees" in fields:
        fields["addressees"] = tuple(resolve("party", one, codebook) for one in fields["addressees"])
    return fields


def _plan(
    workspace: Workspace, operation: Operation, claims: Sequence[Statement | Candidate], codebook: Codebook
) -> Migration:
    _require_valid_ids(operation, codebook)
    text = read_text(workspace.folder, "codebook") or ""
    edited = text if _is_edited_by_hand(operation, parse_codebook(text), codebook) else edit_codebook(text, operation)
    lexicon = read_text(workspace.folder, "lexicon")
    new_lexicon = edit_lexicon(lexicon, operation) if lexicon is not None else None
    new = _parse_edited(edited, operation)
    touched = tuple(one for claim in claims if (one := _touched_record(claim, operation)) is not None)
    findings = [
        *_usage_findings(operation, touched),
        *_unreviewable_findings(workspace, touched),
        *_unfit_findings(claims, touched, new),
    ]
    if findings:
        raise DataError(findings)
    return Migration(operation, edited, new_lexicon if new_lexicon != lexicon else None, touched)


def _parse_edited(text: str, operation: Operation) -> Codebook:
    """Return the codebook after an operation; a finding names the operation, since no file has the text's lines."""
    try:
        return parse_codebook(text)
    except DataError as error:
        raise DataError(replace(finding, where=f"{operation.words()}:") for finding in error.findings) from None


def _is_edited_by_hand(operation: Operation, written: Codebook, codebook: Codebook) -> bool:
    """Return whether the change was already made in the file by hand."""
    if operation.name not in ("rename", "merge", "split", "retire") or written == codebook:
        return False
    ids = declared_ids(written, operation.word)
    return operation.old not in ids and all(new in ids for new in operation.new)


def _require_valid_ids(operation: Operation, codebook: Codebook) -> None:
    ids = declared_ids(codebook, operation.word)
    if operation.name != "add" and operation.old not in ids:
        raise QueryError(allowed(operation.old, _ids_of_same_issue(operation.old, ids)), field=operation.word)
    if operation.name in ("rename", "merge") and operation.old in operation.new:
        raise QueryError(f"found {operation.old!r}, which is its id already", field=operation.word)
    for target in operation.new if operation.name in ("rename", "split") else ():
        if target in ids and target != operation.old:
            message = f"found {target!r}, which is declared already; `merge` makes one of the two"
            raise QueryError(message, field=operation.word)
    for target in operation.new if operation.name in ("merge", "move") else ():
        if target not in ids:
            raise QueryError(allowed(target, _ids_of_same_issue(operation.old, ids)), field=operation.word)
    if operation.name != "add" and operation.word == "element" and operation.new:
        issues = {one.partition("/")[0] for one in (operation.old, *operation.new)}
        if len(issues) > 1:
            raise QueryError(f"found {', '.join(operation.new)}, allowed: elements of the same issue", field="element")


def _ids_of_same_issue(word_id: str, ids: Sequence[str]) -> Sequence[str]:
    """Return the ids of the same issue as an id; all if there are none."""
    owner = word_id.replace(":", "/").partition("/")[0]
    return [one for one in ids if one.replace(":", "/").startswith(f"{owner}/")] or ids


def _touched_record(claim: Statement | Candidate, operation: Operation) -> TouchedRecord | None:
    for change in operation.changes:
        if not uses(claim, change.word, change.old):
            continue
        if len(change.new) != 1:
            return TouchedRecord(claim, None)
        try:
            return TouchedRecord(claim, recode_claim(claim, change))
        except ValidationError as error:
            raise DataError(model_findings(error, type(claim), where=claim.id)) from None
    return None


def _usage_findings(operation: Operation, touched: Iterable[TouchedRecord]) -> Iterable[Finding]:
    """Yield a finding for each statement that uses the id to retire; only those on a level may go to review."""
    if operation.name != "retire" or operation.word == "level":
        return
    for one in touched:
        if isinstance(one.before, Statement):
            yield Finding(one.before.id, operation.word, f"{operation.old!r} is used here; merge it, or retract this")


def _unreviewable_findings(workspace: Workspace, touched: Iterable[TouchedRecord]) -> Iterable[Finding]:
    """Yield a finding for each statement that would have to be reviewed again, but whose document has no text here."""
    for one in touched:
        if isinstance(one.before, Statement) and one.after is None:
            document = workspace.document(one.before.document)
            if document is None or document.sha256 is None:
                message = "its document has no text here, so nobody can review it again; correct or retract it first"
                yield Finding(one.before.id, "document", message)


def _unfit_findings(
    claims: Iterable[Statement | Candidate], touched: Iterable[TouchedRecord], codebook: Codebook
) -> list[Finding]:
    """Check every statement in force, as it will be after the change, against the new codebook."""
    checks = ClaimChecks(codebook)
    after = {one.before.id: one.after for one in touched if isinstance(one.before, Statement)}
    statements = (after.get(claim.id, claim) for claim in claims if isinstance(claim, Statement))
    return [finding.at(one.id) for one in statements if one is not None for finding in checks.codebook_findings(one)]


def _record(book: Book, one: TouchedRecord, operation: Operation, reason: str) -> None:
    before = one.before
    if one.after is not None:
        kind: Literal["statement", "candidate"] = "statement" if isinstance(before, Statement) else "candidate"
        book.record(kind, before.id, one.after, action="recode", reason=reason)
    elif isinstance(before, Statement):
        document = book.document(before.document)
        candidate = _open_candidate(before, operation, str(document and document.sha256))
        book.record("statement", before.id, None, action="retract", reason=reason)
        book.record("candidate", candidate.id, candidate, action="add", reason=reason)
    elif before.status == "open" and operation.new:
        book.record("candidate", before.id, _reopen_candidate(before, operation), action="recode", reason=reason)


def _open_candidate(statement: Statement, operation: Operation, sha256: str) -> Candidate:
    """Return a statement as a candidate with an open stance, for a reviewer to decide."""
    fields = statement.model_dump(exclude={"id", "note", "stance", "stance_to"})
    note = f"was {statement.id}, stance {statement.stance:+d}; {operation.words()}"
    whole = {
        **fields,
        "id": f"{statement.id}-{_IN_REVIEW}",
        "sha256": sha256,
        "note": "; ".join(filter(None, (statement.note, note))),
    }
    fields_set = {name: value for name, value in whole.items() if value is not None and name in Candidate.model_fields}
    return _reopen_candidate(Candidate.model_validate(fields_set), operation)


def _reopen_candidate(candidate: Candidate, operation: Operation) -> Candidate:
    if not operation.new:
        return candidate.model_copy(update={"stance": None, "stance_to": None})
    change = IdChange(word=operation.word, old=operation.old, new=operation.new[:1])
    return recode_claim(candidate, change).model_copy(update={"stance": None, "stance_to": None})
