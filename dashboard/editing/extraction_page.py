"""The page that looks a document through for statements: a choice, a wait, and how many candidates there are to review.

Nothing counts before a reviewer decides. The work is done by :class:`dashboard.editing.extraction_runs.ExtractionRuns`.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final, get_args

from flask import Blueprint, abort, redirect, render_template, request, url_for

from dashboard.editing.coding_page import writer
from dashboard.editing.desk import Desk
from dashboard.editing.extraction_runs import ExtractionRun, ExtractionRuns
from positions.coding.extractors import LONGEST, JudgeName
from positions.extract.language.english import english_words
from positions.model.document import Document
from positions.wording.languages import unread_words

JUDGES: Final[dict[JudgeName, str]] = {
    "rules": "the rules: fewer candidates, most of them right",
    "model": "a model that weighs the evidence: more candidates, each with its probability",
}
"""What can decide on proposals, in words."""
REFRESH_SECONDS: Final = 1
"""How often the page of an extraction that waits asks what became of it."""


def add_extraction(pages: Blueprint, desk: Desk) -> ExtractionRuns:
    """Add the page to the editing pages; return the extractions that it starts."""
    runs = ExtractionRuns()

    @pages.get("/extract/<document_id>")
    def extraction(document_id: str) -> Any:
        document = desk.document(document_id)
        run = runs.run_of(document_id) if "run" in request.args else None
        return _page(desk, document, run)

    @pages.post("/extract/<document_id>")
    def extract(document_id: str) -> Any:
        judge = request.form.get("judge", "rules")
        if judge not in get_args(JudgeName):
            abort(400, f"found the judge {judge[:80]!r}, allowed: rules or model")
        start_extraction(runs, desk, desk.document(document_id), "model" if judge == "model" else "rules")
        return redirect(url_for("edit.extraction", document_id=document_id, run=1), 303)

    return runs


def start_extraction(runs: ExtractionRuns, desk: Desk, document: Document, judge: JudgeName) -> None:
    """Begin to look a document through, in the name of this request's coder."""
    runs.start(document.id, partial(desk.propose, writer(), document, judge))


def _page(desk: Desk, document: Document, run: ExtractionRun | None) -> Any:
    waiting = sum(item.candidate.document == document.id for item in desk.queue())
    return render_template(
        "edit/extract.html",
        document=document,
        run=run,
        judges=JUDGES,
        waiting=waiting,
        seconds=REFRESH_SECONDS if run and run.status == "waiting" else 0,
        longest=round(LONGEST),
        unread=unread_words(document.language, english_words().language),
        head=desk.case.head,
    )
