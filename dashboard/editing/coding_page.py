"""The coding page: a document to select a quote in, the form of a statement, and its check while typing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from dashboard.components.marked_text import cut_at_quotes
from dashboard.editing.desk import Desk
from dashboard.editing.form_checks import Form, FormCheck, check_candidate, check_corrected, check_new, group_by_field
from dashboard.editing.form_choices import offer_choices
from dashboard.editing.form_fields import EMPTY_TEXTS, FIELDS, label_fields
from dashboard.editing.form_texts import claim_texts, typed_texts
from positions.errors import PositionsError
from positions.extract.language.english import english_words
from positions.model.document import Document
from positions.model.field_use import Holds
from positions.model.statement import Statement
from positions.quotes.word_search import matches_all, read_terms, word_line
from positions.wording.languages import unread_words
from positions.wording.party_style import party_styles
from positions.workspace import user_name

CODER: Final = "positions.coder"
"""The request's environment key of the coder's name, set by the access check."""
MOST_LISTED: Final = 100
"""The most documents listed; a search finds the others."""
_OF_THE_CLAIM: Final[frozenset[Holds]] = frozenset({"issue", "element", "level", "range", "condition", "text"})
"""The kinds of fields that are left empty when another claim is coded from the same quote."""

_REMEMBERED: Final = ("speaker", "said_on", "said_on_basis")
"""The fields that begin as in the coder's last statement of the document, where one quote follows another."""


def add_coding(pages: Blueprint, desk: Desk) -> None:
    """Add the list of documents, the coding page and the check to the editing pages."""

    @pages.get("/")
    def start() -> Any:
        search = request.args.get("q", "")[:200]
        return render_template(
            "edit/start.html",
            rows=_documents(desk, search),
            search=search,
            nothing_coded=not desk.case.days,
            unread_words=unread_words,
            rules_read=english_words().language,
        )

    @pages.get("/code/<document_id>")
    def code(document_id: str) -> Any:
        document = desk.document(document_id)
        source = desk.case.records.get(request.args.get("like", ""))
        if source and source.statement.document == document_id:
            return _page(desk, document, Form(_repeat_texts(desk, source.statement)))
        remembered = None if "plain" in request.args else _last_coded(desk, document_id)
        texts = _remembered_texts(desk, remembered) if remembered else EMPTY_TEXTS
        return _page(desk, document, Form(texts), remembered=remembered)

    @pages.post("/code/<document_id>")
    def record(document_id: str) -> Any:
        document, texts = desk.document(document_id), typed_texts(request.form)
        form_check = check_new(texts, document, desk.codebook, coder=writer())
        if form_check.findings:
            return _page(desk, document, form_check.as_form(texts))
        try:
            statement = desk.add(writer(), form_check.fields)
        except PositionsError as error:
            return _page(desk, document, Form(texts).with_error(error))
        like = statement.id if request.form.get("next") == "same" else None
        return redirect(url_for("edit.code", document_id=document_id, recorded=statement.id, like=like), 303)

    @pages.post("/check/<kind>/<path:name>")
    def check(kind: str, name: str) -> Any:
        try:
            form_check = _check_form(desk, kind, name, typed_texts(request.form))
        except PositionsError as error:
            return jsonify(findings={"": [str(error)]}, told="")
        is_unchanged = kind == "statement" and not form_check.fields
        return jsonify(
            findings=group_by_field(form_check.findings), told="" if is_unchanged else form_check.words(desk.codebook)
        )


def writer() -> str:
    """Return the coder of this request."""
    return str(request.environ.get(CODER) or user_name())


def form_words(desk: Desk) -> dict[str, Any]:
    """Return the template variables of the form of a statement: its fields and their choices."""
    choices = offer_choices(desk.codebook)
    return {"fields": label_fields(desk.codebook), "groups": choices, "speakers": desk.codebook.speakers}


def _check_form(desk: Desk, kind: str, name: str, texts: Mapping[str, str]) -> FormCheck:
    codebook, documents = desk.codebook, desk.case.documents
    if kind == "code":
        return check_new(texts, desk.document(name), codebook, coder=writer())
    if kind == "statement":
        statement = desk.statement(name)
        return check_corrected(texts, statement, documents.get(statement.document), codebook)
    candidate = desk.proposal(name).candidate
    return check_candidate(texts, candidate, documents.get(candidate.document), codebook, coder=writer())


def _documents(desk: Desk, search: str) -> list[tuple[Document, int, int]]:
    """Return the documents that match a search, the last published first, with counts of statements and candidates."""
    coded_counts = desk.case.index.count_by_document()
    open_counts: dict[str, int] = {}
    for item in desk.queue():
        open_counts[item.candidate.document] = open_counts.get(item.candidate.document, 0) + 1
    terms = read_terms(search)
    documents = [
        document
        for document in desk.case.documents.values()
        if matches_all(word_line(f"{document.id} {document.title} {document.outlet}"), terms)
    ]
    documents.sort(key=lambda document: (document.published_on.last, document.id), reverse=True)
    return [
        (document, coded_counts[document.id], open_counts.get(document.id, 0)) for document in documents[:MOST_LISTED]
    ]


def _repeat_texts(desk: Desk, statement: Statement) -> dict[str, str]:
    return claim_texts(statement, desk.codebook) | {
        field.name: field.preset for field in FIELDS if field.holds in _OF_THE_CLAIM
    }


def _last_coded(desk: Desk, document_id: str) -> Statement | None:
    """Return the statement of a document that this request's coder recorded last; ``None`` if there is none."""
    coder, records = writer(), desk.case.index.in_document(document_id)
    own = [record for record in records if record.statement.coder == coder and record.statement.speaker]
    return max(own, key=lambda record: (record.recorded_at, record.statement.id)).statement if own else None


def _remembered_texts(desk: Desk, statement: Statement) -> dict[str, str]:
    texts = claim_texts(statement, desk.codebook)
    return {**EMPTY_TEXTS, **{name: texts[name] for name in _REMEMBERED}}


def _page(desk: Desk, document: Document, form: Form, *, remembered: Statement | None = None) -> Any:
    case = desk.case
    statements = [record.statement for record in case.index.in_document(document.id)]
    statements.sort(key=lambda statement: (statement.start, statement.end, statement.id))
    new_record = case.records.get(request.args.get("recorded", ""))
    return render_template(
        "edit/code.html",
        document=document,
        stretches=cut_at_quotes(document.text or "", statements, case.codebook, party_styles(case.codebook)),
        statements=statements,
        form=form,
        remembered=remembered,
        recorded=new_record.statement if new_record else None,
        added="added" in request.args,
        head=case.head,
        codebook=case.codebook,
        **form_words(desk),
    )
