"""The conflicts page: conflicts that a merge left open, versions side by side, settled one by one with a reason."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for

from dashboard.components.revision_history import value_words
from dashboard.editing.coding_page import writer
from dashboard.editing.desk import Desk
from dashboard.editing.form_checks import Form
from positions.errors import DataError, Finding, PositionsError
from positions.model.codebook import Codebook
from positions.model.field_use import declared_fields
from positions.model.statement import Claim
from positions.store.merging.merge import ConflictVersion
from positions.wording.conflicts import FieldDifference, differing_fields, fate_words, version_words
from positions.wording.fields import FIELD_WORDS
from positions.workspace.merging import OpenConflict, settle


class DifferenceCell(NamedTuple):
    """A version's value of a field, and its words if they say more."""

    value: str
    words: str


class ConflictView(NamedTuple):
    """A conflict with its versions in words and the rows of its table: a field's label and a cell for each version."""

    conflict: OpenConflict
    versions: tuple[str, ...]
    rows: tuple[tuple[str, tuple[DifferenceCell, ...]], ...]


def add_conflicts(pages: Blueprint, desk: Desk) -> None:
    """Add the conflicts page to the editing pages."""

    @pages.get("/conflicts")
    def conflicts() -> Any:
        return _page(desk)

    @pages.post("/conflicts/<record_id>")
    def settle_conflict(record_id: str) -> Any:
        reason, chosen = request.form.get("reason", "").strip(), request.form.get("version", "")
        form = Form({"reason": reason, "version": chosen, "record": record_id})
        try:
            _require_choice(reason, chosen)
            with desk.source.lock_for_writing() as workspace, workspace.recording(coder=writer()) as book:
                settle(book, record_id, int(chosen), reason=reason, made_from=request.form.get("head", ""))
        except PositionsError as error:
            return _page(desk, form.with_error(error))
        return redirect(url_for("edit.conflicts", done=record_id), 303)


def _require_choice(reason: str, chosen: str) -> None:
    findings = []
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 10):
        findings.append(Finding("", "version", "choose one of the versions"))
    if not reason:
        findings.append(Finding("", "reason", "a choice needs a reason"))
    if findings:
        raise DataError(findings)


def show_conflict(conflict: OpenConflict, codebook: Codebook) -> ConflictView:
    """Return a conflict as the page shows it, with the same differences and words as the command line."""
    rows = tuple(
        (
            _label(one.name),
            tuple(_cell(version, one, index, codebook) for index, version in enumerate(conflict.versions)),
        )
        for one in differing_fields(conflict)
    )
    if any(version.content is None for version in conflict.versions):
        fates = tuple(DifferenceCell(fate_words(version), "") for version in conflict.versions)
        rows = (("Record", fates), *rows)
    return ConflictView(conflict, tuple(version_words(conflict, one) for one in conflict.versions), rows)


def _label(name: str) -> str:
    return FIELD_WORDS[name].label if name in FIELD_WORDS else name.replace("_", " ").capitalize()


def _cell(version: ConflictVersion, difference: FieldDifference, index: int, codebook: Codebook) -> DifferenceCell:
    value, claim = difference.values[index], version.content
    if claim is None:
        return DifferenceCell(difference.values[index], "")
    declared = declared_fields(type(claim)) if isinstance(claim, Claim) else []
    field = next((one for one in declared if one.name == difference.name), None)
    words = value_words(claim, field, codebook) if field and isinstance(claim, Claim) else ""
    return DifferenceCell(value, "" if words == value else words)


def _page(desk: Desk, form: Form | None = None) -> Any:
    with desk.source.lock_workspace() as workspace:
        head = str(workspace.head)
    still_open = desk.open_conflicts()
    form = form or Form({"reason": "", "version": "", "record": ""})
    return render_template(
        "edit/conflicts.html",
        shown=[show_conflict(one, desk.codebook) for one in still_open],
        is_listed=form.texts["record"] in [one.conflict.record for one in still_open],
        done=request.args.get("done", ""),
        form=form,
        head=head,
    )
