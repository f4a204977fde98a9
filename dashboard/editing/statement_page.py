"""The page of one statement: its revisions, a form to correct it and one to retract it, each with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for

from dashboard.components.revision_history import ACTIONS
from dashboard.editing.coding_page import form_words, writer
from dashboard.editing.desk import Desk
from dashboard.editing.form_checks import Form, check_corrected, group_by_field
from dashboard.editing.form_fields import EMPTY_TEXTS, label_fields
from dashboard.editing.form_texts import claim_texts, reader_texts, typed_texts
from dashboard.editing.marked_text import claim_stretches
from positions.errors import DataError, Finding, PositionsError
from positions.model.codebook import Codebook
from positions.model.revision import Revision
from positions.model.statement import Statement
from positions.wording.party_style import party_styles


class FieldChange(NamedTuple):
    """A change of one field, in words."""

    label: str
    before: str
    after: str


def add_records(pages: Blueprint, desk: Desk) -> None:
    """Add the pages of the statements to the editing pages."""

    @pages.get("/statement/<record_id>")
    def statement(record_id: str) -> Any:
        return _page(desk, desk.history(record_id))

    @pages.post("/statement/<record_id>")
    def correct(record_id: str) -> Any:
        history, texts = desk.history(record_id), typed_texts(request.form)
        replaces, reason = replaced_revision(), request.form.get("reason", "").strip()
        statement = history[-1].content
        try:
            if replaces != history[-1].number or not isinstance(statement, Statement):
                # The record book raises the conflict and names who was faster.
                desk.correct(writer(), record_id, {}, replaces=replaces, reason=reason)
                return redirect(url_for("edit.statement", record_id=record_id), 303)
            form_check = check_corrected(texts, statement, desk.case.documents.get(statement.document), desk.codebook)
            findings = list(form_check.findings)
            if not reason:
                findings.append(Finding("", "reason", "a correction needs a reason"))
            if findings:
                return _page(desk, history, Form(texts, group_by_field(findings)))
            desk.correct(writer(), record_id, form_check.fields, replaces=replaces, reason=reason)
        except PositionsError as error:
            return _page(desk, desk.history(record_id), Form(texts).with_error(error))
        return redirect(url_for("edit.statement", record_id=record_id, done="corrected"), 303)

    @pages.post("/statement/<record_id>/retract")
    def retract(record_id: str) -> Any:
        reason = request.form.get("reason", "").strip()
        try:
            if not reason:
                raise DataError([Finding("", "retract-reason", "a retraction needs a reason")])
            desk.retract(writer(), record_id, replaces=replaced_revision(), reason=reason)
        except PositionsError as error:
            return _page(
                desk, history := desk.history(record_id), _history_form(history, desk.codebook).with_error(error)
            )
        return redirect(url_for("edit.statement", record_id=record_id, done="retracted"), 303)


def replaced_revision() -> int:
    """Return the number of the revision that a form shows; 0, which no revision has, if it is missing or invalid."""
    text = request.form.get("replaces", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def changes_of(before: Statement | None, after: Statement | None, codebook: Codebook) -> list[FieldChange]:
    """Return the fields that a revision changed; empty for the first revision and for a retraction."""
    if before is None or after is None:
        return []
    old, new = reader_texts(before, codebook), reader_texts(after, codebook)
    return [
        FieldChange(field.label, old[field.name], new[field.name])
        for field in label_fields(codebook)
        if old[field.name] != new[field.name]
    ]


def _history_form(history: Sequence[Revision], codebook: Codebook) -> Form:
    content = history[-1].content
    return Form(claim_texts(content, codebook) if isinstance(content, Statement) else EMPTY_TEXTS)


def _page(desk: Desk, history: Sequence[Revision], form: Form | None = None) -> Any:
    """Show a statement; a retracted one with its last content and without forms."""
    contents = [revision.content if isinstance(revision.content, Statement) else None for revision in history]
    last = next(content for content in reversed(contents) if content)
    case = desk.case
    codebook, document = case.codebook, case.documents.get(last.document)
    changes = [changes_of(*pair, codebook) for pair in zip([None, *contents], contents, strict=False)]
    form = form or _history_form(history, codebook)
    return render_template(
        "edit/statement.html",
        actions=ACTIONS,
        statement=last,
        in_force=contents[-1] is not None,
        document=document,
        stretches=claim_stretches(document.text if document else None, last, party_styles(codebook)[last.holder]),
        history=list(zip(history, changes, strict=True))[::-1],
        replaces=request.form.get("replaces", "") or history[-1].number,
        reason=request.form.get("reason", ""),
        done=request.args.get("done", ""),
        form=form,
        head=case.head,
        codebook=codebook,
        **form_words(desk),
    )
