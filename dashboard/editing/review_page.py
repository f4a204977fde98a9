"""The review page: open candidates one by one, each in its document, to change, accept, reject, skip or undo.

The address is the state: the current candidate and the filters of the queue. Each decision is recorded at once, against
the revision that the reviewer looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request

from dashboard.editing.coding_page import form_words, writer
from dashboard.editing.desk import Desk
from dashboard.editing.form_checks import Form, check_candidate, proposed_texts
from dashboard.editing.form_texts import typed_texts
from dashboard.editing.marked_text import claim_stretches
from dashboard.editing.statement_page import replaced_revision
from positions.coding.review import heading_words, open_points
from positions.errors import DataError, Finding, PositionsError
from positions.model.candidate import Candidate
from positions.store.candidates import CandidateRecord, decision_words
from positions.wording.party_style import party_styles

FILTERS = ("document", "issue", "holder")
"""The fields by which candidates can be filtered."""


class QueuePosition(NamedTuple):
    """A reviewer's position in the queue: the filtered candidates, the current one and its number, from 1."""

    queue: Sequence[CandidateRecord]
    current: CandidateRecord | None
    number: int = 0


class Queue(NamedTuple):
    """All open candidates, and those that pass the filters."""

    open_records: Sequence[CandidateRecord]
    chosen: Sequence[CandidateRecord]


def add_review(pages: Blueprint, desk: Desk) -> None:
    """Add the review page to the editing pages."""

    @pages.get("/review")
    def review() -> Any:
        at, after = request.args.get("at", ""), request.args.get("after", "")
        queue = _queue(desk)
        return _page(desk, queue, find_in_queue(queue.chosen, at, desk.proposal(after) if after else None))

    @pages.post("/review/<candidate_id>/accept")
    def accept(candidate_id: str) -> Any:
        item, texts = desk.proposal(candidate_id), typed_texts(request.form)
        candidate, case = item.candidate, desk.case
        document = case.documents.get(candidate.document)
        form_check = check_candidate(texts, candidate, document, case.codebook, coder=writer())
        try:
            if form_check.findings and candidate.status == "open":
                return _page_at(desk, item, form_check.as_form(texts))
            desk.accept(writer(), candidate_id, form_check.fields, replaces=replaced_revision())
        except PositionsError as error:
            return _page_at(desk, item, Form(texts).with_error(error))
        return redirect(_address(desk, after=candidate_id, done=candidate_id), 303)

    @pages.post("/review/<candidate_id>/reject")
    def reject(candidate_id: str) -> Any:
        item, reason = desk.proposal(candidate_id), request.form.get("reason", "").strip()
        try:
            if not reason:
                raise DataError([Finding("", "reason", "a rejection needs a reason")])
            desk.reject(writer(), candidate_id, replaces=replaced_revision(), reason=reason)
        except PositionsError as error:
            return _page_at(desk, item, Form(proposed_texts(item.candidate, desk.codebook)).with_error(error))
        return redirect(_address(desk, after=candidate_id, done=candidate_id), 303)

    @pages.post("/review/<candidate_id>/undo")
    def undo(candidate_id: str) -> Any:
        item = desk.proposal(candidate_id)
        try:
            retracted = desk.reopen(writer(), candidate_id, replaces=replaced_revision())
        except PositionsError as error:
            return _page_at(desk, item, Form(proposed_texts(item.candidate, desk.codebook)).with_error(error))
        return redirect(_address(desk, at=candidate_id, undone=retracted or "1"), 303)


def find_in_queue(
    queue: Sequence[CandidateRecord], at: str = "", after: CandidateRecord | None = None
) -> QueuePosition:
    """Return the position of a candidate (``at``), of the first one after another (``after``), or of the first one."""
    for number, item in enumerate(queue, 1):
        if item.candidate.id == at or (not at and (after is None or _sort_key(item) > _sort_key(after))):
            return QueuePosition(queue, item, number)
    return QueuePosition(queue, None)


def _sort_key(item: CandidateRecord) -> tuple[str, int, int, str]:
    candidate = item.candidate
    return candidate.document, candidate.start, candidate.end, candidate.id


def _page_at(desk: Desk, item: CandidateRecord, form: Form) -> Any:
    """Show a candidate again, even if somebody else has decided it meanwhile."""
    queue = _queue(desk)
    is_open = item.candidate.status == "open"
    return _page(
        desk,
        queue,
        find_in_queue(queue.chosen, item.candidate.id) if is_open else QueuePosition(queue.chosen, item),
        form,
    )


def _chosen_filters(desk: Desk) -> dict[str, str]:
    chosen = {name: text for name in FILTERS if (text := request.args.get(name, ""))}
    if "issue" in chosen:
        chosen["issue"] = desk.current_id("issue", chosen["issue"])
    if "holder" in chosen:
        chosen["holder"] = desk.current_id("party", chosen["holder"])
    return chosen


def _queue(desk: Desk) -> Queue:
    open_records, chosen = desk.queue(), _chosen_filters(desk)
    return Queue(
        open_records,
        [record for record in open_records if all(getattr(record.candidate, name) == chosen[name] for name in chosen)],
    )


def _address(desk: Desk, **more: str) -> str:
    return f"/edit/review?{urlencode(_chosen_filters(desk) | more)}"


def _page(desk: Desk, queue: Queue, position: QueuePosition, form: Form | None = None) -> Any:
    case, item = desk.case, position.current
    codebook = case.codebook
    done = request.args.get("done", "")
    decided_record = desk.proposal(done) if done else None
    if item:
        form = form or _candidate_form(desk, item.candidate)
    return render_template(
        "edit/review.html",
        position=position,
        chosen=_chosen_filters(desk),
        query=urlencode(_chosen_filters(desk)),
        choices=_choices(desk, queue.open_records),
        decided=decided_record if decided_record and decided_record.candidate.status != "open" else None,
        decision_words=decision_words,
        heading_words=heading_words,
        undone=request.args.get("undone", ""),
        form=form,
        reason=request.form.get("reason", ""),
        replaces=request.form.get("replaces", "") or (item.number if item else ""),
        head=case.head,
        codebook=codebook,
        **(_candidate_parts(desk, item.candidate) if item else {}),
        **form_words(desk),
    )


def _candidate_form(desk: Desk, candidate: Candidate) -> Form:
    """Return a candidate's form with the findings that prevent accepting it."""
    texts, document = proposed_texts(candidate, desk.codebook), desk.case.documents.get(candidate.document)
    form_check = check_candidate(texts, candidate, document, desk.codebook, coder=writer())
    return Form(texts, form_check.as_form(texts).findings)


def _candidate_parts(desk: Desk, candidate: Candidate) -> dict[str, Any]:
    case = desk.case
    document = case.documents.get(candidate.document)
    style = party_styles(case.codebook)[candidate.holder]
    return {
        "candidate": candidate,
        "document": document,
        "stretches": claim_stretches(document.text if document else None, candidate, style),
        "heading": heading_words(candidate, case.codebook),
        "open_points": open_points(candidate, candidate),
    }


def _choices(desk: Desk, records: Sequence[CandidateRecord]) -> dict[str, list[tuple[str, str]]]:
    """Return the options of each filter: only documents, issues and holders with open candidates."""
    candidates = [item.candidate for item in records]
    documents, codebook = desk.case.documents, desk.codebook
    names = dict.fromkeys(candidate.document for candidate in candidates)
    issues, holders = {candidate.issue for candidate in candidates}, {candidate.holder for candidate in candidates}
    return {
        "document": [(name, documents[name].title if name in documents else name) for name in names],
        "issue": [(issue.id, issue.label) for issue in codebook.issues if issue.id in issues],
        "holder": [(party.id, party.name) for party in codebook.parties if party.id in holders],
    }
