"""Read what an evaluation compares: claims coded by people or found by a program, and the documents they are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from positions.errors import DataError, Finding, PositionsError, allowed
from positions.files.reading import decode, json_lines, model_findings, read_bytes
from positions.model.candidate import Candidate
from positions.model.checks import ClaimChecks, document_findings
from positions.model.codebook import Codebook
from positions.model.document import Document, sha256_of
from positions.model.statement import Claim

ENVELOPE: Final = ("revision", "action", "recorded_at", "recorded_by", "reason", "first_recorded_at")
"""The fields of a published line that are about its revision, not the record."""
Model = TypeVar("Model", bound=BaseModel)


def read_claims(
    path: Path, codebook: Codebook, documents: Sequence[Document] = (), *, elsewhere: bool = True
) -> tuple[Claim, ...]:
    """Read statements or candidates, a line each, from a JSON-lines file; of each id the last revision.

    Stance, coder and id may be missing. Holder, issue, element, stances and speaker's party must be in the codebook
    (speakers need not), and a claim in one of the ``documents`` must quote its text. With ``elsewhere=False`` a claim
    in another document is a finding. Raises ``DataError`` with every finding.
    """
    findings: list[Finding] = []
    claims: dict[str, Claim] = {}
    known = {document.id: document for document in documents}
    checks = ClaimChecks(codebook, strangers=True)
    for where, fields in _last_revisions(path, findings):
        model = Candidate if "sha256" in fields else Claim
        if (claim := _read_model(model, {"coder": path.stem, **fields}, where, findings)) is not None:
            # By the text that is here, whatever text a candidate's quote was verified in.
            quoted = document_findings(claim.anchor, known.get(claim.document))
            findings.extend(finding.at(where) for finding in (*checks.codebook_findings(claim), *quoted))
            if not elsewhere and claim.document not in known:
                findings.append(Finding(where, "document", allowed(claim.document, known)))
            claims[claim.id] = claim
    if findings:
        raise DataError(findings)
    return tuple(claims.values())


def read_documents(path: Path) -> tuple[Document, ...]:
    """Read documents, a line each, from a JSON-lines file, with the texts of their ``file``s beside it.

    A missing ``sha256`` is taken from the text; one that differs is a finding. ``style``, which describes how an
    article is written, is ignored. Raises ``DataError`` with every finding.
    """
    findings: list[Finding] = []
    documents: dict[str, Document] = {}
    for where, fields in _last_revisions(path, findings):
        try:
            complete = _add_text({name: value for name, value in fields.items() if name != "style"}, path.parent)
        except PositionsError as error:
            findings.append(Finding(where, "file", str(error)))
            continue
        if (document := _read_model(Document, complete, where, findings)) is not None:
            documents[document.id] = document
    if findings:
        raise DataError(findings)
    return tuple(documents.values())


def _last_revisions(path: Path, findings: list[Finding]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield file and line of each record and its own fields: the last revision of each id, unless it is retracted."""
    last: dict[str, tuple[int, str, dict[str, Any]]] = {}
    for line, fields in json_lines(path):
        where = f"{path.name}:{line}"
        if isinstance(fields, Finding):
            findings.append(fields)
            continue
        name, number = str(fields.setdefault("id", f"line-{line}")), fields.get("revision", 1)
        if not isinstance(number, int):
            findings.append(Finding(where, "revision", f"found {number!r}, allowed: a whole number"))
        elif name in last and last[name][0] == number:
            findings.append(Finding(where, "id", f"{name!r} is already used at {last[name][1]}"))
        elif name not in last or last[name][0] < number:
            last[name] = number, where, fields
    for _, where, fields in last.values():
        if fields.get("action") != "retract":
            yield where, {name: value for name, value in fields.items() if name not in ENVELOPE}


def _read_model(model: type[Model], fields: Mapping[str, Any], where: str, findings: list[Finding]) -> Model | None:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        findings.extend(model_findings(error, model, where=where))
        return None


def _add_text(fields: dict[str, Any], folder: Path) -> dict[str, Any]:
    if not isinstance(name := fields.get("file"), str):
        return fields
    content = read_bytes(folder / name)
    return {"sha256": sha256_of(content), **fields, "text": decode(content, where=name)}
