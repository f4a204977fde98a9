"""Documents in words: where a text comes from, and on which page of it something stands."""

from __future__ import annotations

from collections.abc import Iterator

from positions.model.document import Document
from positions.model.lists import count_words
from positions.wording.languages import language_name


def page_words(document: Document, offset: int | None, *, before: str = "") -> str:
    """Write the page of a document on which an offset lies, ``p. 3``, after ``before``; empty without a page map."""
    page = document.page_at(offset)
    return f"{before}p. {page}" if page else ""


def outlet_words(document: Document) -> str:
    """Write who published a document, and after it who wrote it if that is another."""
    return f"{document.outlet} ({document.origin})" if document.origin else document.outlet


def describe_document(document: Document) -> str:
    """Write a document: its title, who published it when, where its text comes from, then the text."""
    return "\n".join([*document_lines(document), "", document.text or "(no text is held)"])


def document_lines(document: Document) -> Iterator[str]:
    """Yield what is known of a document beside its text, in sentences."""
    author = f" by {document.author}" if document.author else ""
    yield document.title
    yield f"{document.outlet}, {document.published_on.in_words()} ({document.published_on_basis}){author}"
    if document.language:
        yield f"Its language is {language_name(document.language)}."
    if document.origin:
        yield f"Written by {document.origin}."
    if document.url and not (document.made_from and document.made_from.fetched_on):
        yield f"Its address is {document.url}"
    yield from provenance_lines(document)
    if document.note:
        yield document.note


def provenance_lines(document: Document) -> Iterator[str]:
    """Yield what a document's text was made of, in sentences; nothing if its text is not held."""
    made = document.made_from
    if made:
        tool = f", read by {made.tool}" if made.tool else ""
        pages = f", {count_words(len(made.pages), 'page')}" if made.pages else ""
        yield f"The text is that of {made.name} (SHA-256 {made.sha256}){tool}{pages}."
        if made.fetched_on:
            yield f"Fetched on {made.fetched_on.in_words()}{f' from {document.url}' if document.url else ''}"
    elif document.file and document.sha256:
        yield f"The text is kept as it was received: {document.file} (SHA-256 {document.sha256})."
