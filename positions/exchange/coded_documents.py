"""Sources of another tool become documents: one that the book has already by its text, else a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from positions.errors import DataError, Finding
from positions.exchange.code_map import CodeMap
from positions.exchange.coded_file import CodedPassage, CodedSource
from positions.exchange.line_shift import LineShift, plain_line_ends
from positions.extract.sources.document_id import plain_id, text_file
from positions.extract.sources.reader import read_content
from positions.files.reading import model_findings
from positions.model.document import Document, sha256_of
from positions.store.book import Book
from positions.store.repeats import free_record_id, recorded_documents

_TELL: Final = "missing; give it under [defaults] or [[documents]] of the mapping file (--propose-map writes one)"


@dataclass(slots=True)
class CodedDocuments:
    """The documents of a file's sources; ``new`` are those that the book does not hold, ``by_source`` has all."""

    new: list[Document] = field(default_factory=list)
    by_source: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def carry(self, passages: Iterable[CodedPassage], sources: Iterable[CodedSource]) -> list[CodedPassage]:
        """Return passages with the offsets that they have in the documents, whose line ends may be others."""
        texts = {source.key: source.text for source in sources}
        shifts = {key: LineShift(texts[key], one.text or "") for key, one in self.by_source.items()}
        return [
            passage._replace(
                start=shifts[passage.source].carry(passage.start), end=shifts[passage.source].carry(passage.end)
            )
            for passage in passages
            if passage.source in shifts
        ]


def find_documents(sources: Iterable[CodedSource], code_map: CodeMap, book: Book) -> CodedDocuments:
    """Return the document of each source that the map does not ignore; what a new one lacks is a finding."""
    found = CodedDocuments()
    known: dict[str, dict[str, Document]] = defaultdict(dict)
    for one in recorded_documents(book):
        known[_text_key(one.text or "")][one.id] = one
    told = {meaning.source: meaning for meaning in code_map.documents}
    for source in sources:
        meaning = told.get(source.name)
        if meaning and meaning.ignore:
            continue
        same = known[_text_key(source.text)]
        # Of several with one text it is the one that the file means; one without a text is known by its id alone.
        document = same.get(str(source.fields.get("id"))) or (next(iter(same.values()), None) if source.text else None)
        if document is None:
            given = meaning.model_dump(exclude={"source", "ignore"}, exclude_none=True) if meaning else {}
            try:
                document = _new_document(source, given, code_map, book=book)
            except DataError as error:
                found.findings += error.findings
                continue
            found.new.append(document)
            same[document.id] = document
        found.by_source[source.key] = document
    return found


def _text_key(text: str) -> str:
    return sha256_of(plain_line_ends(text).encode("utf-8", "surrogatepass"))


def _new_document(source: CodedSource, given: Mapping[str, Any], code_map: CodeMap, *, book: Book) -> Document:
    """Return a source as a document: as the map says, then the file, the map's defaults and the text itself."""
    if not source.text.strip():
        raise DataError([Finding(source.name, "text", "the source has no text")])
    stem = plain_id(source.name.rsplit(".", 1)[0]) or f"document-{sha256_of(source.text.encode())[:8]}"
    read = read_content(source.text.encode(), Path(f"{stem}.txt"))
    defaults = code_map.defaults.model_dump(include={"outlet", "published_on", "published_on_basis"}, exclude_none=True)
    own = {
        "title": source.name,
        "outlet": read.outlet or None,
        "published_on": read.published_on,
        "published_on_basis": read.published_on_basis,
        "author": read.author,
    }
    fields = {**{name: value for name, value in own.items() if value}, **defaults, **source.fields, **given}
    if "published_on" in defaults | dict(given):
        fields["published_on_basis"] = {**defaults, **given}.get("published_on_basis", "inferred")
    fields["id"] = free_record_id(book, str(fields.get("id") or stem))
    if missing := [name for name in ("outlet", "published_on") if not fields.get(name)]:
        raise DataError(Finding(source.name, name, _TELL) for name in missing)
    fields.setdefault("file", f"seeds/{text_file(fields['id'], fields['id'], ending='.txt')}")
    try:
        return Document.model_validate({**fields, "text": source.text, "sha256": sha256_of(source.text.encode())})
    except ValidationError as error:
        raise DataError(model_findings(error, Document, where=source.name)) from None
