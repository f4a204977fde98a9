"""Documents as CSL-JSON, the form in which Zotero, pandoc and citation styles keep an entry.

It is the middle of all bibliographic formats: RIS and BibTeX are written from its items and read into them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from pydantic import ValidationError

from positions.errors import DataError, Finding, PositionsError
from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.incoming import ImportSource, Incoming
from positions.extract.sources.document_id import plain_id
from positions.files.reading import decode, model_findings, read_bytes
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.lists import count_words
from positions.model.words import MOST_OF_ID

Item: TypeAlias = dict[str, Any]
"""An entry by the names of the CSL-JSON schema 1.0.2."""

OWN: Final = ("published_on", "published_on_basis", "origin", "sha256")
"""Fields of a document that CSL has no name for; they stand under ``custom``, which the schema keeps for such."""


def document_item(document: Document) -> Item:
    """Return a document as an entry: its author as one literal name, its day to the precision that is known."""
    item: Item = {
        "id": document.id,
        "type": "article-newspaper",
        "title": document.title,
        "container-title": document.outlet,
        "author": [{"literal": document.author}] if document.author else [],
        "issued": _issued(document.published_on),
        "URL": document.url,
        "language": document.language or "",
        "note": document.note,
    }
    if document.made_from and document.made_from.fetched_on:
        item["accessed"] = _issued(document.made_from.fetched_on)
    fields = document.model_dump(mode="json", include=set(OWN))
    item["custom"] = {name: fields[name] for name in OWN if fields[name] is not None}
    return {name: value for name, value in item.items() if value}


def _issued(day: PartialDate) -> Item:
    """Return a day, month, year or interval as ``date-parts``; an open start has none, its end stands for it."""
    first, _, last = day.text.rpartition("/")
    ends = [end for end in (first, last) if end not in ("", "..")]
    return {"date-parts": [[int(part) for part in end.split("-")] for end in ends]}


def write_csl(content: BookContent) -> Exported:
    """Return the documents in force as a JSON list of entries, in order of id."""
    items = [document_item(document) for document in content.documents]
    return bibliography(content, json.dumps(items, ensure_ascii=False, indent=1) + "\n")


def bibliography(content: BookContent, text: str) -> Exported:
    """Return the export of a bibliography of a book's documents, with what it cannot hold."""
    texts = sum(document.text is not None for document in content.documents)
    counts = (count_words(texts, "text"), count_words(len(content.records), "statement"))
    left_out = f"{counts[0]} and {counts[1]}: a bibliography holds only what documents are called and where they are"
    return Exported({ONLY: text.encode()}, (left_out,), count_words(len(content.documents), "document"))


def read_csl(source: ImportSource) -> Incoming:
    """Read a list of entries, or one entry, as documents whose texts are not held."""
    path = source.path
    text = decode(read_bytes(path), where=path.name).removeprefix("\ufeff")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError([Finding(path.name, "", f"found no JSON ({error}), allowed: a list of CSL entries")]) from None
    items = given if isinstance(given, list) else [given]
    numbered = ((f"{path.name}:entry {number}", item) for number, item in enumerate(items, 1))
    return read_items(numbered, folder=path.parent)


def read_items(items: Iterable[tuple[str, object]], *, folder: Path) -> Incoming:
    """Return the documents that entries describe, each given with its place in a file; wrong ones are findings.

    An entry's ``attachments`` are the files that a reference manager exports with it: the text of the first that can be
    read, below ``folder``, becomes the document's. Without one the document is known by name only.
    """
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    unread: list[str] = []
    for where, item in items:
        if not isinstance(item, dict):
            findings.append(Finding(where, "", f"found {type(item).__name__}, allowed: a CSL entry with its fields"))
            continue
        try:
            fields = _document_fields(item, taken=documents)
            document = _attached_document(item, fields, folder, unread) or Document.model_validate(fields)
            documents[document.id] = document
        except ValidationError as error:
            findings += model_findings(error, Document, where=where)
        except DataError as error:
            findings += [finding.at(where) for finding in error.findings]
    return Incoming(tuple(documents.values()), left_out=tuple(unread), findings=tuple(findings))


def _attached_document(item: Item, fields: Item, folder: Path, unread: list[str]) -> Document | None:
    """Return the document with the text of the first attached file that can be read; tell the others in ``unread``."""
    from positions.extract.sources.reader import read_source

    for name in item.get("attachments", ()):
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            unread.append(f"{name}: a file outside the folder of the bibliography")
            continue
        try:
            return read_source(path).document(**fields)
        except PositionsError as error:
            unread.append(f"{name}: {' '.join(str(error).split())}")
    return None


def _document_fields(item: Item, *, taken: Mapping[str, Document]) -> Item:
    given = item.get("custom")
    custom = given if isinstance(given, dict) else {}
    url = _text(item.get("URL"))
    fields = {
        "id": _free_id(_text(item.get("id")) or _text(item.get("title")), taken),
        "title": _text(item.get("title")),
        "outlet": _text(item.get("container-title")) or _text(item.get("publisher")) or urlsplit(url).hostname or "",
        "author": "; ".join(_names(item.get("author"))),
        "published_on": custom.get("published_on") or _day(item.get("issued")),
        "published_on_basis": custom.get("published_on_basis", "explicit"),
        "url": url if url.startswith(("http://", "https://")) else "",
        "note": _text(item.get("note")),
    }
    if origin := custom.get("origin"):
        fields["origin"] = origin
    if language := _text(item.get("language")):
        fields["language"] = language.partition("-")[0].lower()
    return fields


def _free_id(name: str, taken: Mapping[str, Document]) -> str:
    """Return an id made of a name, numbered if it is taken: Zotero's are addresses, Mendeley's numbers."""
    stem = name.rpartition("/")[2] if name.startswith(("http://", "https://")) else name
    base = plain_id(stem) or "document"
    numbered = (f"{base[: MOST_OF_ID - 5]}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(one for one in numbered if one not in taken)


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _names(value: object) -> Iterator[str]:
    for name in value if isinstance(value, list) else []:
        if isinstance(name, dict):
            parts = [_text(name.get(part)) for part in ("given", "non-dropping-particle", "family", "suffix")]
            if words := _text(name.get("literal")) or " ".join(filter(None, parts)):
                yield words


def _day(value: object) -> str:
    """Return a CSL date in canonical form; raise ``DataError`` if it is missing or is not a date."""
    issued = value if isinstance(value, dict) else {}
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and all(isinstance(end, list) and end and end[0] for end in parts):
        ends = ["-".join(_number(part, width) for part, width in zip(end, (4, 2, 2), strict=False)) for end in parts]
        return "/".join(dict.fromkeys(ends[:2]))
    if words := _text(issued.get("raw")) or _text(issued.get("literal")):
        return words
    raise DataError([Finding("", "issued", "missing; a document has a day, month or year of publication")])


def _number(part: object, width: int) -> str:
    return _text(part).zfill(width)
