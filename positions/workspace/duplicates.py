"""What came twice: a text under two ids, a claim of the same words in one document; told when it is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from positions.errors import Finding
from positions.model.document import Document
from positions.model.statement import Statement
from positions.store.book import Book
from positions.store.entry import read_row
from positions.store.repeats import recorded_documents, repeated_statements
from positions.wording.copies import copies_words, repeat_words


def duplicate_findings(book: Book, ids: Iterable[str]) -> Iterator[Finding]:
    """Yield which of these records, just recorded, say or hold what another one does; nobody is kept from recording."""
    contents = [read_row(row).content for name in ids for row in book.log.revisions_of(name)]
    documents = {one.id: one for one in contents if isinstance(one, Document)}
    if documents:
        yield from _copies(book, documents)
    statements = {one.id: one for one in contents if isinstance(one, Statement)}
    for name, other in repeated_statements(book, statements.values()):
        yield Finding(name, "id", repeat_words(name, other))


def _copies(book: Book, documents: dict[str, Document]) -> Iterator[Finding]:
    from positions.analysis.near_duplicates import copies_of, find_copies  # brings numpy, which a statement never needs

    if len(documents) == 1:
        [document] = documents.values()
        others = (one for one in recorded_documents(book) if not (document.origin and document.origin == one.origin))
        for copies in copies_of(document, others):
            yield Finding(document.id, "text", copies_words(copies))
    else:
        for copies in find_copies({one.id: one for one in recorded_documents(book)}):
            if copies.document in documents or copies.other in documents:
                yield Finding(copies.document, "text", copies_words(copies))
