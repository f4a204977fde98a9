"""Documents as RIS, which every reference manager reads: two letters, two spaces, a hyphen, a space, a value a line.

Written here, since it is a line each; read by rispy, which knows the many ways in which tools write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from positions.errors import DataError, Finding, MissingExtraError
from positions.exchange.content import BookContent, Exported
from positions.exchange.csl import Item, bibliography, document_item, read_items
from positions.exchange.incoming import ImportSource, Incoming
from positions.files.reading import decode, read_bytes

_DAY: Final = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?")
_OWN_FIELD: Final = re.compile(r"(\w+): (.*?)(?=; \w+: |$)")
_FILES: Final = ("file_attachments1", "file_attachments2")
_LANGUAGES: Final = re.compile(r"[A-Za-z]{2,3}(-.*)?")


def write_ris(content: BookContent) -> Exported:
    """Return an entry of type NEWS for each document, in order of id."""
    text = "\n".join(item_ris(document_item(document)) for document in content.documents)
    return bibliography(content, text)


def item_ris(item: Item) -> str:
    """Return an entry as RIS, its last line ended."""
    return "".join(f"{tag}  - {' '.join(str(value).split())}\n" for tag, value in _lines(item))


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS" if item["type"] == "article-newspaper" else "DATA"
    yield "ID", item["id"]
    for tag, name in (("TI", "title"), ("T2", "container-title")):
        if name in item:
            yield tag, item[name]
    for author in item.get("author", ()):
        yield "AU", author["literal"]
    ends = item["issued"]["date-parts"]
    yield "PY", f"{ends[-1][0]:04}"
    yield "DA", _slashes(ends[-1])
    for tag, name in (("UR", "URL"), ("LA", "language"), ("N1", "note"), ("SP", "page"), ("ET", "version")):
        if name in item:
            yield tag, item[name]
    if "accessed" in item:
        yield "Y2", _slashes(item["accessed"]["date-parts"][-1])
    if custom := item.get("custom"):
        yield "C1", "; ".join(f"{name}: {value}" for name, value in custom.items())
    yield "ER", ""


def _slashes(parts: list[int]) -> str:
    """Return a day as RIS has it, ``2022/02/27/``: what is not known is empty."""
    return "/".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]), *[""] * (4 - len(parts))])


def read_ris(source: ImportSource) -> Incoming:
    """Read the entries as documents whose texts are not held; raise ``DataError`` for a file that is not RIS."""
    try:
        import rispy
    except ImportError:
        raise MissingExtraError("Reading RIS", "citing") from None

    path = source.path
    text = decode(read_bytes(path), where=path.name).removeprefix("\ufeff")
    try:
        entries = rispy.loads(text)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError([Finding(path.name, "", f"found no RIS ({error}), allowed: entries from TY to ER")]) from None
    if not entries and text.strip():
        raise DataError([Finding(path.name, "", "found no entry, allowed: entries from TY to ER")])
    numbered = ((f"{path.name}:entry {number}", _item(entry)) for number, entry in enumerate(entries, 1))
    return read_items(numbered, folder=path.parent)


def _item(entry: dict[str, Any]) -> Item:
    def first(*names: str) -> Any:
        return next((entry[name] for name in names if entry.get(name)), "")

    urls = first("urls", "url")
    custom = dict(_OWN_FIELD.findall(str(first("custom1"))))
    language = str(first("language"))
    return {
        "id": first("id", "accession_number"),
        "title": first("title", "primary_title", "short_title"),
        "container-title": first("secondary_title", "journal_name", "publication_name", "publisher"),
        "author": [{"literal": name} for name in (*_texts(entry.get("authors")), *_texts(entry.get("first_authors")))],
        "issued": {"raw": _day(str(first("date"))) or _day(str(first("year", "publication_year")))},
        "URL": urls[0] if isinstance(urls, list) else urls,
        "language": language if _LANGUAGES.fullmatch(language) else "",
        "note": "\n".join(_texts(entry.get("notes"))),
        "custom": custom,
        "attachments": [name for tag in _FILES for name in _texts(entry.get(tag))],
    }


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _day(text: str) -> str:
    """Return the ISO form of a RIS date such as ``2022/02/27/morning``; what is not one as it is."""
    match = _DAY.match(text)
    if not match:
        return text
    return "-".join(part.zfill(2) for part in match.groups() if part)
