"""How a view of a record book, a quote or a document is cited, with the head that names the whole log."""

from __future__ import annotations

from datetime import date

from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.document import Document
from positions.model.lists import count_words
from positions.model.statement import Claim
from positions.wording.documents import outlet_words, page_words
from positions.wording.quotes import readable_quote
from positions.wording.speakers import speaker_words


def citation_words(title: str, *, counts: tuple[int, int], head: str, as_of: date) -> str:
    """Write a citation; ``counts`` are the documents and statements in force, ``head`` the log's as one word."""
    size = f"{count_words(counts[0], 'document')}, {count_words(counts[1], 'statement')}"
    return f"{title}: {size}, record book at {head}; positions as of {day_in_words(as_of)}."


def document_citation(document: Document, *, offset: int | None = None) -> str:
    """Write how a document is cited: author, title, outlet, day, the page of an offset if it is known, address."""
    parts = [f"“{document.title}”" if document.title else "", outlet_words(document), document.published_on.in_words()]
    words = ", ".join(filter(None, [document.author, *parts, page_words(document, offset)]))
    return f"{words}. {document.url}".rstrip() if document.url else f"{words}."


def statement_citation(statement: Claim, document: Document, codebook: Codebook, *, head: str) -> str:
    """Write how a quote is cited: its words, who said them when, the document, and the record that rests on it."""
    speaker = speaker_words(statement, codebook)
    return (
        f"“{readable_quote(statement.quote)}” ({speaker}, {statement.said_on.in_words()}), in: "
        f"{document_citation(document, offset=statement.start)} "
        f"Statement {statement.id} of {codebook.title}, record book at {head}."
    )
