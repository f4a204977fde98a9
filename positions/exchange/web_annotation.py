"""Statements as Web Annotations (W3C, JSON-LD): a passage of a document, the codes as tags, and the record itself.

A passage is given twice, by its words with those around it and by its offsets, in code points as the standard says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.own_codes import OwnCodes
from positions.exchange.refi_xml import guid_of
from positions.model.dates import instant_text
from positions.model.document import Document
from positions.model.lists import count_words
from positions.model.revision import Record

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
"""The vocabulary of Web Annotations."""
RECORD: Final = "record"
"""The key of what only this program knows: a statement's fields as JSON, which other programs pass over."""
DOCUMENT: Final = "urn:x-positions:document:"
"""How the address of a document begins that has none on the web; its id follows."""
_OWN_CONTEXT: Final = {"@version": 1.1, RECORD: {"@id": "urn:x-positions:record", "@type": "@json"}}
_AROUND: Final = 32
"""Characters of a document before and after a quote that tell it from the same words elsewhere."""


def write_web_annotations(content: BookContent) -> Exported:
    """Return a collection of annotations on one page, in order of document and place."""
    documents = {one.id: one for one in content.documents}
    records = [one for one in content.records if one.statement.document in documents]
    records.sort(key=lambda one: (one.statement.document, one.statement.start, one.statement.id))
    codes = OwnCodes(content.codebook)
    collection = {
        "@context": [CONTEXT, _OWN_CONTEXT],
        "id": _urn("collection", content.codebook.title, content.head),
        "type": "AnnotationCollection",
        "label": content.codebook.title,
        "total": len(records),
        "first": {
            "id": _urn("page", content.codebook.title, content.head),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [_annotation(one, documents[one.statement.document], codes) for one in records],
        },
    }
    text = json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return Exported({ONLY: text.encode()}, tuple(_left_out(content)))


def _left_out(content: BookContent) -> Iterator[str]:
    if content.documents:
        yield f"{count_words(len(content.documents), 'text')} of documents: annotations point to them"
    yield "definitions of the codebook: a tag is a name alone"


def _annotation(record: Record, document: Document, codes: OwnCodes) -> dict[str, Any]:
    statement = record.statement
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": path[-1]} for path in codes.of(statement)]
    if statement.note:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": statement.note})
    fields = statement.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"start", "end"})
    return {
        "id": _urn("annotation", statement.id, statement.model_dump_json()),
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Person", "name": statement.coder},
        "created": instant_text(record.recorded_at),
        "body": bodies,
        "target": {"source": document.url or f"{DOCUMENT}{document.id}", "selector": _selectors(record, document)},
        RECORD: fields,
    }


def _selectors(record: Record, document: Document) -> list[dict[str, Any]]:
    statement, text = record.statement, document.text
    quote = {"type": "TextQuoteSelector", "exact": statement.quote}
    if text is None:
        return [quote]
    around = {
        "prefix": text[max(0, statement.start - _AROUND) : statement.start],
        "suffix": text[statement.end : statement.end + _AROUND],
    }
    position = {"type": "TextPositionSelector", "start": statement.start, "end": statement.end}
    return [{**quote, **{name: words for name, words in around.items() if words}}, position]


def _urn(kind: str, *content: str) -> str:
    return f"urn:uuid:{guid_of(kind, *content).lower()}"
