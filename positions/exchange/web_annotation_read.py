"""Web Annotations read: collections, pages, lists and single ones, and the answers of Hypothesis' search.

They hold no texts, so each is brought to a document of the book: by its address, or else by its words.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from positions.errors import DataError, Finding
from positions.exchange.annotation_anchor import AnnotationAnchor, find_anchors
from positions.exchange.coded_file import Code, CodedFile, CodedPassage, CodedSource
from positions.exchange.incoming import ImportSource
from positions.exchange.web_annotation import DOCUMENT, RECORD
from positions.files.reading import decode, read_bytes
from positions.model.document import Document
from positions.model.lists import count_words

_TAGS: Final = ("tagging", "classifying", "identifying")
"""What a body is for whose words are a code; any other text is a note."""
_SCHEME: Final = re.compile(r"^https?://(www\.)?", re.IGNORECASE)
_WORDS: Final = 3
"""The fewest words by which a document may be found."""


class Annotation(NamedTuple):
    """An annotation as a file has it; ``record`` are a statement's fields if it was written here, else none."""

    where: str
    address: str
    anchor: AnnotationAnchor
    codes: tuple[str, ...]
    creator: str
    note: str
    record: Mapping[str, Any]


def read_web_annotations(source: ImportSource) -> CodedFile:
    """Return what the annotations of a file say about the book's documents; raise ``DataError`` if it is no JSON."""
    name = source.path.name
    text = decode(read_bytes(source.path), where=name).removeprefix("\ufeff")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError([Finding(name, "", f"not JSON: {error}")]) from None
    left_out: Counter[str] = Counter()
    annotations = [
        one
        for number, item in enumerate(_items(content), 1)
        for one in _read_annotation(item, f"{name} annotation {number}", left_out)
    ]
    if not annotations and not left_out:
        raise DataError([Finding(name, "", "holds no annotation; allowed: Web Annotations or a search of Hypothesis")])
    return _Placing(tuple(source.documents()), left_out).place(annotations)


def _items(content: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the annotations in whatever holds them."""
    if isinstance(content, list):
        for one in content:
            yield from _items(one)
    elif isinstance(content, Mapping):
        inner = [content[key] for key in ("items", "rows", "first", "@graph", "replies") if content.get(key)]
        if inner and "target" not in content:
            for one in inner:
                yield from _items(one)
        elif "target" in content or "uri" in content:
            yield content


def _read_annotation(item: Mapping[str, Any], where: str, left_out: Counter[str]) -> Iterator[Annotation]:
    """Yield an annotation for each of its targets that is a passage of text; what has none is counted."""
    if item.get("references"):
        left_out["reply to another annotation"] += 1
        return
    bodies = [one for one in _listed(item.get("body")) if one]
    motivations = {str(one).rpartition("#")[2] for one in _listed(item.get("motivation"))}
    codes = [str(tag) for tag in _listed(item.get("tags"))]
    notes = [str(item.get("text") or item.get("bodyValue") or "")]
    for body in bodies:
        words, purposes = _body_words(body)
        is_code = bool(set(_TAGS) & (purposes or motivations))
        (codes if is_code else notes).append(words)
    record = item.get(RECORD)
    rest = (
        tuple(dict.fromkeys(code.strip() for code in codes if code.strip())),
        _creator(item),
        "\n".join(note.strip() for note in notes if note.strip()),
        record if isinstance(record, Mapping) else {},
    )
    for target in _listed(item.get("target")) or [item.get("uri")]:
        address = str(item.get("uri") or _identifier(target))
        anchor = _anchor(target, record=rest[3])
        if anchor is None:
            left_out["annotation of a whole page"] += 1
        else:
            yield Annotation(where, address, anchor, *rest)


def _body_words(body: Any) -> tuple[str, set[str]]:
    if not isinstance(body, Mapping):
        return str(body), set()
    value = body.get("value") or _identifier(body)
    return str(value), {str(one).rpartition("#")[2] for one in _listed(body.get("purpose"))}


def _anchor(target: Any, *, record: Mapping[str, Any]) -> AnnotationAnchor | None:
    """Return the place that a target's selectors give, ``None`` if none of them is of a text."""
    fields: dict[str, Any] = {}
    selectors = _listed(target.get("selector")) if isinstance(target, Mapping) else []
    for selector in selectors:
        while isinstance(selector, Mapping):
            kind = str(selector.get("type") or "").rpartition("#")[2]
            if kind == "TextQuoteSelector":
                fields |= {name: str(selector.get(name) or "") for name in ("exact", "prefix", "suffix")}
            elif kind == "TextPositionSelector":
                numbers = {name: selector.get(name) for name in ("start", "end")}
                if all(isinstance(one, int) and not isinstance(one, bool) for one in numbers.values()):
                    fields |= numbers
            selector = selector.get("refinedBy")
    is_exact = bool(record.get("quote")) and record.get("quote") == fields.get("exact")
    return AnnotationAnchor(**fields, is_exact=is_exact) if fields else None


def _creator(item: Mapping[str, Any]) -> str:
    """Return who made an annotation: a name, or the name of an account."""
    for creator in _listed(item.get("creator")):
        name = creator.get("name") or creator.get("nickname") if isinstance(creator, Mapping) else creator
        if name or (name := _identifier(creator)):
            return str(name)
    info = item.get("user_info")
    shown = info.get("display_name") if isinstance(info, Mapping) else ""
    return str(shown or re.sub(r"^acct:|@[^@]*$", "", str(item.get("user") or "")))


def _identifier(value: Any) -> str:
    """Return the address of what is given by it, or as an object with it."""
    if isinstance(value, Mapping):
        return _identifier(value.get("source") or value.get("id") or value.get("@id") or "")
    return value if isinstance(value, str) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


@dataclass(slots=True)
class _Placing:
    """Brings annotations to the documents of a book."""

    documents: Sequence[Document]
    left_out: Counter[str]
    lost: Counter[str] = field(default_factory=Counter)

    def place(self, annotations: Sequence[Annotation]) -> CodedFile:
        by_document: dict[str, list[Annotation]] = defaultdict(list)
        known = {one.id: one for one in self.documents}
        for one in annotations:
            if (document := self._document_of(one)) is None:
                self.lost[one.address] += 1
            else:
                by_document[document.id].append(one)
        passages = [one for name, own in by_document.items() for one in self._passages(known[name], own)]
        sources = (CodedSource(one.id, one.title, one.text or "", {"id": one.id}) for one in self.documents)
        codes = dict.fromkeys(code for one in annotations for code in one.codes)
        lines = [f"{count_words(count, *_plural(words))}" for words, count in self.left_out.items()]
        lines += [
            f"{count_words(count, 'annotation')} of {address or 'no address'}: no document has its words"
            for address, count in self.lost.items()
        ]
        return CodedFile(
            tuple(Code((code,)) for code in codes),
            tuple(one for one in sources if one.key in by_document),
            tuple(passages),
            tuple(lines),
        )

    def _passages(self, document: Document, annotations: Sequence[Annotation]) -> Iterator[CodedPassage]:
        spans = find_anchors(document.text or "", [one.anchor for one in annotations])
        for one, span in zip(annotations, spans, strict=True):
            codes = tuple((code,) for code in one.codes)
            told = {"coder": one.creator, "note": one.note}
            fields = dict(one.record) or {name: words for name, words in told.items() if words}
            if document.text is None and one.record:
                yield CodedPassage(one.where, document.id, 0, len(str(one.record.get("quote"))), codes, fields)
            elif span is None:
                self.lost[one.address] += 1
            else:
                yield CodedPassage(one.where, document.id, *span, codes, fields)

    def _document_of(self, one: Annotation) -> Document | None:
        """Return the document of an address; of several, or without one, the one that has the words."""
        plain = _plain_address(one.address)
        own = str(one.record.get("document", "")) or one.address.removeprefix(DOCUMENT)
        by_address = [document for document in self.documents if document.url and _plain_address(document.url) == plain]
        named = [document for document in self.documents if document.id == own]
        for candidates in ([one for one in named if one in by_address or not by_address], by_address):
            if len(candidates) == 1 and self._has(candidates[0], one.anchor):
                return candidates[0]
        if len(one.anchor.exact.split()) < _WORDS:
            return None
        having = [document for document in by_address or self.documents if self._has(document, one.anchor, every=True)]
        return having[0] if len(having) == 1 else None

    def _has(self, document: Document, anchor: AnnotationAnchor, *, every: bool = False) -> bool:
        """Return whether a document has an anchor's words, or has no text in which they could be."""
        if document.text is None:
            return not every
        return find_anchors(document.text, [anchor]) != [None]


def _plain_address(address: str) -> str:
    """Return an address without what differs between two ways to the same page."""
    return re.split("[?#]", _SCHEME.sub("", address))[0].rstrip("/").casefold()


def _plural(words: str) -> tuple[str, str]:
    head, _, rest = words.partition(" ")
    return words, f"{'replies' if head == 'reply' else head + 's'} {rest}"
