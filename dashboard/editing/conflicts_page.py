"""The conflicts page: what a merge left open, its versions side by side, settled one by one with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for

from dashboard.editing.coding_page import writer
from dashboard.editing.desk import Desk
from dashboard.editing.form_checks import Form
from positions.errors import ConflictError, DataError, Finding, PositionsError
from positions.wording.conflicts import FieldDifference, differing_fields, version_words
from positions.wording.fields import FIELD_WORDS
from positions.workspace.merging import SIDES, OpenConflict, settle


class ShownConflict(NamedTuple):
    """A conflict with what its versions hold differently, in words, and the form that settles it."""

    conflict: OpenConflict
    versions: tuple[str, ...]
    differences: tuple[FieldDifference, ...]
    form: Form
    replaces: str


def add_conflicts(pages: Blueprint, desk: Desk) -> None:
    """Add the conflicts page to the editing pages."""

    @pages.get("/conflicts")
    def conflicts() -> Any:
        return _page(desk)

    @pages.post("/conflicts/<record_id>")
    def settle_conflict(record_id: str) -> Any:
        reason, chosen = request.form.get("reason", "").strip(), request.form.get("version", "")
        form = Form({"reason": reason})
        try:
            if not reason:
                raise DataError([Finding("", "reason", "a choice needs a reason")])
            with desk.source.held() as workspace, workspace.recording(coder=writer()) as book:
                settle(book, record_id, _choice(chosen), reason=reason, made_from=request.form.get("head", ""))
        except PositionsError as error:
            return _page(desk, record_id, form.refused(error))
        return redirect(url_for("edit.conflicts", done=record_id), 303)


def field_label(name: str) -> str:
    """Name a field of a record as forms call it; one that no form has by its own name."""
    return FIELD_WORDS[name].label if name in FIELD_WORDS else name.replace("_", " ").capitalize()
