"""Take in what was coded in another tool: documents by their text, codes by a mapping file, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from positions.exchange.code_map import NO_MAP, CodeMap
from positions.exchange.coded_documents import find_documents
from positions.exchange.coded_file import CodedFile
from positions.exchange.coded_statements import CodedStatements
from positions.exchange.incoming import Incoming, IncomingStatement
from positions.exchange.own_codes import OwnCodes
from positions.model.codebook import Codebook
from positions.model.statement import Claim, Statement
from positions.store.book import Book
from positions.store.repeats import free_record_id, recorded_statements


def map_coded(coded: CodedFile, code_map: CodeMap | None, book: Book) -> Incoming:
    """Return what a coded file brings to a book, its codes read by a map and by the codebook's own names.

    Passages that say what a statement in force says already are passed over, whatever ids the tool gave them. A record
    that was written here and has other codes by now is corrected in what they say.
    """
    documents = find_documents(coded.sources, code_map or NO_MAP, book)
    reading = CodedStatements(code_map or NO_MAP, book.codebook, documents.by_source)
    statements = list(reading.read(documents.carry(coded.passages, coded.sources)))
    known = {
        one.id: one
        for document in sorted({str(one.fields["document"]) for one in statements})
        for one in recorded_statements(book, document)
    }
    return Incoming(
        tuple(documents.new),
        tuple(_without_known(statements, known, book)),
        (*coded.left_out, *documents.left_out, *reading.left_out),
        (*coded.findings, *documents.findings),
        corrections={name: changes for name, changes in reading.changes.items() if _differs(known.get(name), changes)},
    )


def _differs(statement: Statement | None, changes: Mapping[str, Any]) -> bool:
    """Return whether a statement in force says something else than a tool's codes by now."""
    return statement is not None and any(getattr(statement, name) != value for name, value in changes.items())


def needs_map(coded: CodedFile, codebook: Codebook) -> bool:
    """Return whether some passage has only codes that are not the codebook's own."""
    own = OwnCodes(codebook)
    return any(
        passage.codes and not passage.fields.get("issue") and all(own.fields_of(path) is None for path in passage.codes)
        for passage in coded.passages
    )


def _without_known(
    statements: Sequence[IncomingStatement], known: Mapping[str, Statement], book: Book
) -> Iterator[IncomingStatement]:
    """Yield the statements that the book never had under their id, or does not have by what codes can say of them."""
    contents = {_content_key(one) for one in known.values()}
    for one in statements:
        name = one.fields.get("id")
        is_known = _content_key(one.fields) in contents if name is None else free_record_id(book, str(name)) != name
        if not is_known:
            yield one


def _content_key(claim: Claim | Any) -> tuple[Any, ...]:
    names = ("document", "start", "end", "holder", "issue", "element", "stance", "stance_to")
    if isinstance(claim, Claim):
        return tuple(getattr(claim, name) for name in names)
    return tuple(claim.get(name) for name in names)
