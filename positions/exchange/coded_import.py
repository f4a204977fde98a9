"""Take in what was coded in another tool: documents by their text, codes by a mapping file, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from positions.exchange.code_map import NO_MAP, CodeMap
from positions.exchange.coded_documents import find_documents
from positions.exchange.coded_file import CodedFile
from positions.exchange.coded_statements import CodedStatements
from positions.exchange.incoming import Incoming, IncomingStatement
from positions.exchange.own_codes import OwnCodes
from positions.model.codebook import Codebook
from positions.model.statement import Claim
from positions.store.book import Book
from positions.store.repeats import recorded_statements


def map_coded(coded: CodedFile, code_map: CodeMap | None, book: Book) -> Incoming:
    """Return what a coded file brings to a book, its codes read by a map and by the codebook's own names.

    Passages that say what a statement in force says already are passed over, whatever ids the tool gave them.
    """
    documents = find_documents(coded.sources, code_map or NO_MAP, book)
    reading = CodedStatements(code_map or NO_MAP, book.codebook, documents.by_source)
    passages = documents.carry(coded.passages, coded.sources)
    statements = list(_without_known(list(reading.read(passages)), book))
    left_out = (*coded.left_out, *documents.left_out, *reading.left_out)
    return Incoming(tuple(documents.new), tuple(statements), left_out, (*coded.findings, *documents.findings))


def needs_map(coded: CodedFile, codebook: Codebook) -> bool:
    """Return whether some passage has only codes that are not the codebook's own."""
    own = OwnCodes(codebook)
    return any(
        passage.codes and not passage.fields.get("issue") and all(own.fields_of(path) is None for path in passage.codes)
        for passage in coded.passages
    )


def _without_known(statements: Sequence[IncomingStatement], book: Book) -> Iterator[IncomingStatement]:
    """Yield the statements that no statement in force equals in what codes can say of it."""
    ids = sorted({str(one.fields["document"]) for one in statements})
    known: set[tuple[Any, ...]] = set()
    for document in ids:
        known.update(map(_content_key, recorded_statements(book, document)))
    for one in statements:
        if "id" in one.fields or _content_key(one.fields) not in known:
            yield one


def _content_key(claim: Claim | Any) -> tuple[Any, ...]:
    names = ("document", "start", "end", "holder", "issue", "element", "stance", "stance_to")
    if isinstance(claim, Claim):
        return tuple(getattr(claim, name) for name in names)
    return tuple(claim.get(name) for name in names)
