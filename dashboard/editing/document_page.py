"""The page that adds a document: a pasted text or a file, shown as it was read before it is recorded.

It calls the same functions as ``positions add-document``.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from collections.abc import Mapping
from contextlib import closing
from typing import Any, Final, NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for

from dashboard.editing.coding_page import writer
from dashboard.editing.desk import Desk
from dashboard.editing.extraction_page import start_extraction
from dashboard.editing.extraction_runs import ExtractionRuns
from dashboard.editing.form_checks import Form, shorten_message
from dashboard.editing.form_fields import Field
from positions.errors import DataError, Finding, PositionsError
from positions.model.document import Document
from positions.wording.documents import provenance_lines
from positions.wording.languages import language_name

FIELDS: Final = (
    Field("outlet", "Outlet", "text", "name", "Who published it; left empty: as the document says."),
    Field("published_on", "Published on", "text", "date", "As 2022-02-25 or 2022-02; left empty: as it says."),
    Field("title", "Title", "text", "name", "Left empty: as it says, or its first line."),
    Field("url", "Address", "text", "name", "The web address that it was saved from."),
    Field("fetched_on", "Fetched on", "text", "date", "The day on which it was saved from there."),
    Field("language", "Language", "text", "name", "As ru or pt-BR; left empty: as detected."),
    Field(
        "origin", "Written by", "text", "name", "An agency whose text several outlets carry; left empty: the outlet."
    ),
    Field("author", "Author", "text", "name"),
    Field("note", "Note", "text", "name"),
    Field("id", "Id", "text", "name", "Left empty: from the file's name or the title."),
)
"""The fields of the form beside the text."""
_EXCERPT: Final = 1_500
"""Characters of a text that the preview shows."""


class Received(NamedTuple):
    """What a form brought: the name of its file, empty for a pasted text, and its bytes."""

    name: str
    content: bytes


_NOTHING: Final = Received("", b"")


def add_documents(pages: Blueprint, desk: Desk, runs: ExtractionRuns) -> None:
    """Add the page that adds a document to the editing pages; ``runs`` look it through if that is asked for."""

    @pages.get("/add")
    def add_document() -> Any:
        return _page(Form(dict.fromkeys(_names(), "")))

    @pages.post("/add")
    def read_document() -> Any:
        texts = {name: request.form.get(name, "").strip() for name in _names()}
        texts["text"] = request.form.get("text", "").replace("\r\n", "\n")
        received = _received()
        if not received.content.strip():
            return _page(Form(texts, {"text": ("choose a file, or paste a text",)}))
        step = request.form.get("step")
        is_preview = step not in ("record", "extract")
        fields = {field.name: texts[field.name] for field in FIELDS if texts[field.name]}
        try:
            document, copies = desk.add_document(writer(), received, fields, is_preview=is_preview)
        except PositionsError as error:
            return _page(Form(texts, _findings(error)), received)
        if is_preview:
            return _page(Form(texts), received, preview=document, copies=copies)
        if step == "extract":
            start_extraction(runs, desk, document, "rules")
            return redirect(url_for("edit.extraction", document_id=document.id, run=1, added=1), 303)
        return redirect(url_for("edit.code", document_id=document.id, added=1), 303)


def _names() -> list[str]:
    return ["text", *(field.name for field in FIELDS)]


def _received() -> Received:
    """Return the file of a form, the one that its preview was of, or the pasted text."""
    if (upload := request.files.get("file")) and upload.filename:
        with closing(upload):
            return Received(upload.filename.replace("\\", "/").rpartition("/")[2], upload.read())
    if kept := request.form.get("content", ""):
        try:
            return Received(request.form.get("name", ""), b64decode(kept, validate=True))
        except NotBase64Error:
            return _NOTHING
    return Received("", request.form.get("text", "").replace("\r\n", "\n").encode("utf-8", "surrogatepass"))


def _findings(error: PositionsError) -> dict[str, tuple[str, ...]]:
    """Return the findings of an error by field of the form, those of no field under an empty name."""
    findings = error.findings if isinstance(error, DataError) else (Finding("", "", str(error)),)
    by_field: dict[str, tuple[str, ...]] = {}
    for finding in findings:
        name = finding.field if finding.field in _names() else ""
        by_field[name] = (*by_field.get(name, ()), shorten_message(finding.message))
    return by_field


def _page(
    form: Form, received: Received = _NOTHING, *, preview: Document | None = None, copies: tuple[str, ...] = ()
) -> Any:
    return render_template(
        "edit/add.html",
        form=form,
        fields=FIELDS,
        name=received.name,
        content=b64encode(received.content).decode() if received.name else "",
        preview=preview,
        facts=_facts(preview) if preview else {},
        excerpt=(preview.text or "")[:_EXCERPT] if preview else "",
        is_cut=len(preview.text or "") > _EXCERPT if preview else False,
        copies=copies,
    )


def _facts(document: Document) -> Mapping[str, str]:
    """Return what was read of a document, by label."""
    facts = {
        "Title": document.title,
        "Outlet": document.outlet,
        "Written by": document.origin or "",
        "Published": f"{document.published_on.in_words()} ({document.published_on_basis})",
        "Language": language_name(document.language) if document.language else "not known",
        "Author": document.author,
        "Address": document.url,
        "Source": " ".join(provenance_lines(document)),
        "Id": document.id,
    }
    return {label: value for label, value in facts.items() if value}
