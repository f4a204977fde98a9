"""The versions of the codebook: who changed what and why, the difference between two, and undoing the last one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from dashboard.editing.coding_page import writer
from dashboard.editing.desk import Desk
from dashboard.editing.form_checks import Form
from dashboard.editing.operation_fields import REASON
from positions.coding.codebook_use import list_versions, version_diff
from positions.coding.migration_wording import version_undo_words
from positions.errors import ConflictError, PositionsError
from positions.store.codebook_undo import undo_version
from positions.wording.codebook import version_row


def add_versions(pages: Blueprint, desk: Desk) -> None:
    """Add the history of the codebook to the editing pages."""

    @pages.get("/codebook/versions")
    def versions() -> Any:
        return _page(desk, Form({"reason": ""}))

    @pages.get("/codebook/diff")
    def diff() -> Any:
        first, last = _number("first"), _number("last")
        with desk.source.lock_workspace() as workspace:
            text = version_diff(workspace, first, last)
        return render_template("edit/diff.html", first=first, last=last, diff=text)

    @pages.post("/codebook/undo")
    def undo_last() -> Any:
        reason = request.form.get("reason", "").strip()
        if not reason:
            return _page(desk, Form({"reason": ""}, {"reason": ("an undo needs a reason",)}))
        try:
            with desk.source.lock_for_writing() as workspace:
                with workspace.recording(coder=writer()) as book:
                    undo_version(book, reason=reason, made_from=request.form.get("head", ""))
                number = workspace.versions("codebook")[-1].number
        except PositionsError as error:
            return _page(desk, Form({"reason": reason}, {"": (str(error),)}, isinstance(error, ConflictError)))
        return redirect(url_for("edit.versions", done=number), 303)


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _page(desk: Desk, form: Form) -> Any:
    with desk.source.lock_workspace() as workspace:
        head = str(workspace.head)
        rows = [version_row(one) for one in list_versions(workspace)]
        try:
            words, can_undo = version_undo_words(workspace.preview_undo(), head=head, dry_run=True), True
        except PositionsError as error:
            words, can_undo = str(error), False
    done = _number("done")
    return render_template(
        "edit/versions.html",
        rows=rows,
        words=words,
        can_undo=can_undo,
        done=next((row for row in rows if (row["id"], row["version"]) == ("codebook", done)), None),
        form=form,
        fields=[REASON],
        head=head,
    )
