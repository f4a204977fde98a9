"""The published text of a record book: codebook, documents, statements and candidates, each one revision a line.

The text is what git keeps and people review as a diff. Beside a record's own fields a line carries its revision:
``revision`` (default 1), ``action`` (default ``add``), ``recorded_at``, ``recorded_by``, ``reason`` and
``first_recorded_at``; what is unset is left out. Documents' texts stay in their own files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple, TypeAlias

from pydantic import AfterValidator, AwareDatetime, Field, ValidationError

from positions.errors import DataError, Finding, WorkspaceError, allowed
from positions.files.reading import decode, json_lines, model_findings, read_bytes
from positions.model.checks import ClaimChecks, document_findings
from positions.model.codebook import Codebook
from positions.model.codebook_version import CODEBOOK, CodebookVersion, parse_codebook
from positions.model.dates import instant_text, past_instant
from positions.model.document import Document
from positions.model.revision import ENDING, NOT_RECORDED, Action, Content, RecordKind, Revision, revision_finding
from positions.model.statement import Claim
from positions.model.words import Word
from positions.store.conflict_marks import resolve_marks
from positions.store.document_text import with_text
from positions.store.entry import MODELS, LogRow, content_text
from positions.store.local_lines import LocalLines, read_local_lines

FILES: Final[Mapping[RecordKind, str]] = {
    "codebook": "codebooks.jsonl",
    "document": "documents.jsonl",
    "statement": "statements.jsonl",
    "candidate": "candidates.jsonl",
    "conflict": "conflicts.jsonl",
}
OPTIONAL: Final[frozenset[RecordKind]] = frozenset({"codebook", "candidate", "conflict"})
"""The kinds whose file is there only if a version was recorded, something was proposed, or a merge met a conflict."""


Recorded: TypeAlias = Annotated[AwareDatetime, AfterValidator(past_instant)]
"""When a revision was recorded; not in the future, because a clock that ran ahead must not date others' records."""


class Envelope(Word):
    """What a line says about its revision, beside the record itself."""

    revision: int = Field(default=1, ge=1)
    action: Action = "add"
    recorded_at: Recorded | None = None
    recorded_by: str = ""
    reason: str = ""
    first_recorded_at: Recorded | None = None


class PublishedLine(NamedTuple):
    """A revision and where it stands: ``where`` is file and line, ``revision.recorded_at`` the epoch if not given."""

    where: str
    revision: Revision


@dataclass(frozen=True, slots=True)
class Published:
    """A data folder as read: its codebook, its lines in file order, and the findings on them."""

    codebook: Codebook
    lines: tuple[PublishedLine, ...]
    findings: tuple[Finding, ...]


def read_codebook(folder: Path) -> Codebook:
    """Read a data folder's codebook; raise ``WorkspaceError`` if the folder is not a workspace."""
    path = folder / CODEBOOK
    if not path.is_file():
        raise WorkspaceError(f"{folder}: no workspace, {CODEBOOK} is missing; `positions init DIR` makes one")
    return parse_codebook(resolve_marks(folder, "codebook", decode(read_bytes(path), where=CODEBOOK)))


def read_published(folder: Path, *, versions: bool = False) -> Published:
    """Read a data folder whole; what breaks a rule is in ``findings``, each with file, line and field.

    With ``versions`` a claim may fit any version of the codebook that the text holds; without, what stands last of it
    has to fit the codebook's file.
    """
    codebook = read_codebook(folder)
    findings: list[Finding] = []
    lines: list[PublishedLine] = []
    for kind in FILES:
        for item in folder_lines(folder, kind):
            if isinstance(item, Finding):
                findings.append(item)
            else:
                lines.append(item)
    findings.extend(chain_findings(lines))
    findings.extend(reference_findings(lines, codebook, versions=versions))
    return Published(codebook, tuple(lines), tuple(dict.fromkeys(findings)))


def sound_lines(folder: Path) -> tuple[PublishedLine, ...]:
    """Read a data folder's lines; raise ``DataError`` with every finding if there are any."""
    published = read_published(folder, versions=True)
    if published.findings:
        raise DataError(published.findings)
    return published.lines


def folder_lines(folder: Path, kind: RecordKind) -> Iterator[PublishedLine | Finding]:
    """Yield the lines of one kind in a data folder, or in a file of them, and what is wrong with those it cannot read.

    Of a folder whose book differs from the text these are the book's (:mod:`positions.store.local_lines`). Nothing else
    is checked: neither the order of revisions nor the words of the codebook.
    """
    for where, fields in folder_fields(folder, kind):
        if isinstance(fields, Finding):
            yield fields
        else:
            yield from parse_fields(fields, kind=kind, where=where, folder=text_folder(folder))


def folder_fields(folder: Path, kind: RecordKind) -> Iterator[tuple[str, dict[str, Any] | Finding]]:
    """Yield file and line, and the JSON object, of each line that :func:`folder_lines` reads."""
    path = folder / FILES[kind] if folder.is_dir() else folder
    local = read_local_lines(folder) if folder.is_dir() else LocalLines()
    try:
        lines = () if kind in OPTIONAL and not path.exists() else json_lines(path)
        yield from local.weave(kind, lines, name=path.name)
    except DataError as error:
        yield from ((path.name, finding) for finding in error.findings)


def text_folder(path: Path) -> Path:
    """Return the folder that the files of documents are named from, of a data folder or of a file in it."""
    return path if path.is_dir() else path.parent


def parse_fields(
    fields: dict[str, Any], *, kind: RecordKind, where: str, folder: Path
) -> Iterator[PublishedLine | Finding]:
    """Yield the line that a JSON object makes, or all that is wrong with it; a document's text is read too."""
    own = {name: fields[name] for name in Envelope.model_fields if name in fields}
    content = {name: value for name, value in fields.items() if name not in own}
    model = MODELS[kind]
    record: Content | None = None
    findings: list[Finding] = []
    try:
        envelope = Envelope.model_validate(own)
    except ValidationError as error:
        yield from model_findings(error, Envelope, where=where)
        return
    if envelope.action in ENDING:
        extra = sorted(set(content) - {"id"})
        if "id" not in content or extra:
            what = "a retraction" if envelope.action == "retract" else "a renumbering"
            yield Finding(where, ", ".join(extra) or "id", f"{what} has an id and nothing else of a record")
            return
    else:
        try:
            if kind == "document":
                content = with_text(content, folder)
            record = model.model_validate(content)
        except ValidationError as error:
            findings = model_findings(error, model, where=where)
        except DataError as error:
            findings = [Finding(where, "file", f"{finding}") for finding in error.findings]
        except WorkspaceError as error:
            findings = [Finding(where, "file", str(error))]
    if findings:
        yield from findings
        return
    yield PublishedLine(where, _revision(kind, str(content["id"]), envelope, record))


def _revision(kind: RecordKind, record_id: str, envelope: Envelope, record: Content | None) -> Revision:
    return Revision(
        kind,
        record_id,
        envelope.revision,
        envelope.action,
        record,
        envelope.recorded_at or NOT_RECORDED,
        envelope.recorded_by or (record.coder if isinstance(record, Claim) else ""),
        envelope.reason,
        envelope.first_recorded_at,
    )


def line_text(revision: Revision) -> str:
    """Write a revision as one line of the published text, unset fields left out."""
    first = revision.first_recorded_at
    return _line(
        {"id": revision.id, "revision": revision.number, "action": revision.action},
        content_text(revision.content),
        is_document=revision.kind == "document",
        recorded={
            "reason": revision.reason,
            "recorded_at": instant_text(revision.recorded_at),
            "recorded_by": revision.recorded_by,
            "first_recorded_at": instant_text(first) if first else "",
        },
    )


def row_line(row: LogRow) -> str:
    """Write an entry of the log as the line that :func:`line_text` makes of its revision."""
    return _line(
        {"id": row.id, "revision": row.number, "action": row.action},
        row.content,
        is_document=row.kind == "document",
        recorded={
            "reason": row.reason,
            "recorded_at": row.recorded_at,
            "recorded_by": row.recorded_by,
            "first_recorded_at": row.first_recorded_at or "",
        },
    )


def _line(named: dict[str, Any], content: str | None, *, is_document: bool, recorded: dict[str, str]) -> str:
    fields: dict[str, Any] = {"id": named["id"], **json.loads(content or "{}")}
    if is_document:
        fields.pop("text", None)  # it stays in its own file
    if named["revision"] > 1:
        fields |= named
    fields |= recorded
    return json.dumps({name: value for name, value in fields.items() if value != ""}, ensure_ascii=False) + "\n"


def chain_findings(lines: Iterable[PublishedLine]) -> Iterator[Finding]:
    """Check that each id's revisions count up from an add, each once."""
    revisions: dict[tuple[str, str], dict[int, PublishedLine]] = {}
    for line in lines:
        revision = line.revision
        numbers = revisions.setdefault((revision.kind, revision.id), {})
        if revision.number in numbers:
            first = numbers[revision.number].where
            yield Finding(line.where, "id", f"{revision.id!r} revision {revision.number} stands at {first} already")
        numbers.setdefault(revision.number, line)
    for (_, name), numbers in revisions.items():
        for number, line in numbers.items():
            if finding := revision_finding(name, number, line.revision.action, line.revision.reason):
                yield finding.at(line.where)
            if number > 1 and number - 1 not in numbers:
                yield Finding(line.where, "revision", f"found {number} of {name!r}, but {number - 1} is missing")


def reference_findings(lines: list[PublishedLine], codebook: Codebook, *, versions: bool = False) -> Iterator[Finding]:
    """Check every claim against the codebook and its document: a replaced one against any revision of the document.

    What was replaced, and with ``versions`` everything, may fit a version of the codebook among the lines instead.
    """
    documents: dict[str, dict[int, list[Document | None]]] = {}
    for line in sorted(lines, key=lambda line: line.revision.number):
        if isinstance(document := line.revision.content, Document):
            documents.setdefault(document.id, {}).setdefault(line.revision.number, []).append(document)
    checks = ClaimChecks(codebook)
    recorded = (line.revision.content for line in lines)
    past = [ClaimChecks(one.codebook) for one in recorded if isinstance(one, CodebookVersion) and one.id == "codebook"]
    last = {(line.revision.kind, line.revision.id): line.revision.number for line in lines}
    absences: dict[str, str] = {}
    for line in lines:
        claim = line.revision.content
        if not isinstance(claim, Claim):
            continue
        broken = checks.codebook_findings(claim)
        is_replaced = versions or line.revision.number < last[line.revision.kind, line.revision.id]
        if broken and is_replaced and any(not one.codebook_findings(claim) for one in past):
            broken = ()
        absent = ""
        if claim.document not in documents:
            absent = absences.get(claim.document) or allowed(claim.document, documents or ["none yet"])
            absences[claim.document] = absent
        numbered = list(documents.get(claim.document, {1: [None]}).values())
        if line.revision.number == last[line.revision.kind, line.revision.id]:
            numbered = numbered[-1:]  # What was replaced fitted the document as it then was.
        # Two people's lines side by side may tell of two documents of one id: a claim fits one of them.
        wrong = [document_findings(claim, document, absent=absent) for of_number in numbered for document in of_number]
        for finding in (*broken, *(wrong[-1] if all(wrong) else ())):
            yield finding.at(line.where)
