"""Checks on a revision that need no record book: its content as JSON, and what the codebook does not allow in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from pydantic import ValidationError

from positions.errors import DataError, Finding
from positions.files.reading import model_findings
from positions.model.checks import ClaimChecks
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.revision import NOT_RECORDED, Content, RecordKind
from positions.model.statement import Anchor, Claim, Statement
from positions.store.entry import MODELS, Entry, content_text
from positions.store.published import PublishedLine

Whole: TypeAlias = tuple[str, str | None, tuple[Finding, ...], tuple[str, str, int, int, str]]
"""A valid statement's id, JSON, findings and anchor in plain values, which go quickly from one process to another."""


class Prepared(NamedTuple):
    """A revision ready to be recorded but for what only the book knows: its document, and what is held already.

    ``where`` is file and line; ``entry.recorded_at`` and ``entry.recorded_by`` are empty if none was given.
    ``findings`` are what the codebook does not allow (:class:`positions.model.checks.ClaimChecks`). ``about`` is the
    record itself, or as much of it as its document can tell.
    """

    where: str
    entry: Entry
    findings: tuple[Finding, ...] = ()
    about: Content | Anchor | None = None


def read_statement(line: bytes, checks: ClaimChecks) -> Whole | None:
    """Read a line of JSON that is a valid statement as it stands; ``None`` for every other."""
    try:
        statement = Statement.model_validate_json(line)
    except ValidationError:
        return None
    document, quote, start, end, said_on = statement.anchor
    findings = checks.codebook_findings(statement)
    return statement.id, content_text(statement), findings, (document, quote, start, end, said_on.text)


def prepare_statement(whole: Whole, *, where: str) -> Prepared:
    """Prepare a new statement from what :func:`read_statement` read; nothing but the statement was given."""
    record_id, text, findings, (document, quote, start, end, said_on) = whole
    entry = Entry("statement", record_id, 1, "add", text, NOT_RECORDED, "", "", None)
    return Prepared(where, entry, findings, Anchor(document, quote, start, end, PartialDate.parse(said_on)))


def prepare_line(line: PublishedLine, checks: ClaimChecks) -> Prepared:
    """Prepare a revision that was read otherwise."""
    where, revision = line
    content = revision.content
    entry = Entry(*revision[:4], content_text(content), *revision[5:])
    findings = checks.codebook_findings(content) if isinstance(content, Claim) else ()
    return Prepared(where, entry, findings, content)


def validate_record(fields: Mapping[str, Any], kind: RecordKind, where: str) -> Statement | Document:
    """Return the record that fields make, those that are ``None`` left out; raise ``DataError`` with every finding."""
    model = MODELS[kind]
    try:
        record = model.model_validate({name: value for name, value in fields.items() if value is not None})
    except ValidationError as error:
        raise DataError(model_findings(error, model, where=where)) from None
    assert isinstance(record, Statement | Document)
    return record
