"""Documents as BibTeX, with biblatex's dates and addresses beside the year and month of classic styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from positions.errors import DataError, Finding, MissingExtraError
from positions.exchange.content import BookContent, Exported
from positions.exchange.csl import Item, bibliography, document_item, read_items
from positions.exchange.incoming import ImportSource, Incoming
from positions.files.reading import decode, read_bytes

_SPECIAL: Final = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "\\": "\\textbackslash{}",
}
_LIGATURE: Final = re.compile(r"(?:-(?=-)|'(?=')|`(?=`)|[?!](?=`))")
"""The first of two signs that TeX would make one of."""
_VERBATIM: Final = frozenset({"url", "date", "urldate", "year", "month"})
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PLAIN: Final = {"URL": "url", "language": "langid", "note": "note", "page": "pages", "version": "version"}
_OWN: Final = re.compile(r"positions-([a-z_]+)")


def write_bibtex(content: BookContent) -> Exported:
    """Return an ``@article`` for each document, in order of id, in UTF-8 with TeX's special signs escaped."""
    text = "\n".join(item_bibtex(document_item(document)) for document in content.documents)
    return bibliography(content, text)


def item_bibtex(item: Item) -> str:
    """Return an entry as BibTeX, its last line ended."""
    kind = "article" if item["type"] == "article-newspaper" else "dataset"
    fields = "".join(f"  {name} = {{{_field(name, value)}}},\n" for name, value in _fields(item))
    return f"@{kind}{{{item['id']},\n{fields}}}\n"


def _field(name: str, value: str) -> str:
    text = " ".join(value.split())
    if name in _VERBATIM:
        return text.replace("{", "%7B").replace("}", "%7D")
    return _LIGATURE.sub(r"\g<0>{}", "".join(_SPECIAL.get(sign, sign) for sign in text))


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    names = {"title": "title", "container-title": "journaltitle"}
    yield from ((field, item[name]) for name, field in names.items() if name in item)
    for author in item.get("author", ()):
        # In braces TeX takes a name whole: an agency is no given name and family name.
        yield "author", author["literal"]
    ends = item["issued"]["date-parts"]
    yield "date", "/".join("-".join(f"{part:02}" for part in end) for end in ends)
    yield "year", f"{ends[-1][0]:04}"
    if len(ends[-1]) > 1:
        yield "month", _MONTHS[ends[-1][1] - 1]
    yield from ((field, item[name]) for name, field in _PLAIN.items() if name in item)
    if "accessed" in item:
        yield "urldate", "-".join(f"{part:02}" for part in item["accessed"]["date-parts"][-1])
    yield from ((f"positions-{name}", str(value)) for name, value in item.get("custom", {}).items())


def read_bibtex(source: ImportSource) -> Incoming:
    """Read the entries as documents whose texts are not held; raise ``DataError`` for a file that is not BibTeX."""
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.middlewares import LatexDecodingMiddleware
    except ImportError:
        raise MissingExtraError("Reading BibTeX", "citing") from None

    path = source.path
    text = decode(read_bytes(path), where=path.name).removeprefix("\ufeff")
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware(keep_braced_groups=False)])
    findings = [
        Finding(f"{path.name}:{(block.start_line or 0) + 1}", "", "found half an entry, or one that is there twice")
        for block in library.failed_blocks
    ]
    if not library.entries and text.strip() and not findings:
        findings.append(Finding(path.name, "", "found no entry, allowed: BibTeX entries such as @article{key, …}"))
    if findings:
        raise DataError(findings)
    placed = (
        (
            f"{path.name}:{(entry.start_line or 0) + 1}",
            _item(entry.key, {field.key.lower(): field.value for field in entry.fields}),
        )
        for entry in library.entries
    )
    return read_items(placed, folder=path.parent)


def _item(key: str, fields: dict[str, Any]) -> Item:
    def first(*names: str) -> str:
        return next((text for name in names if (text := _plain(fields.get(name)))), "")

    return {
        "id": key,
        "title": first("title"),
        "container-title": first("journaltitle", "journal", "booktitle", "publisher", "organization", "howpublished"),
        "author": [{"literal": name} for name in re.split(r"\s+and\s+", first("author")) if name],
        "issued": {"raw": first("date") or _month(first("year"), first("month"))},
        "URL": first("url").replace("%7B", "{").replace("%7D", "}"),
        "language": first("langid", "language"),
        "note": first("note", "annote"),
        "attachments": list(_attached(str(fields.get("file", "")))),
        "custom": {match[1]: _plain(value) for name, value in fields.items() if (match := _OWN.fullmatch(name))},
    }


def _attached(text: str) -> Iterator[str]:
    """Yield the paths in a field such as ``Full Text:files/3/x.pdf:application/pdf;Page:files/4/x.html:text/html``."""
    for part in re.split(r"(?<!\\);", text.strip("{}")):
        pieces = re.split(r"(?<!\\):", part)
        if path := pieces[1] if len(pieces) == 3 else pieces[0]:
            yield re.sub(r"\\(.)", r"\1", path).strip()


def _plain(value: object) -> str:
    return " ".join(str(value or "").split())


def _month(year: str, month: str) -> str:
    name = month.lower()[:3]
    number = _MONTHS.index(name) + 1 if name in _MONTHS else int(month) if month.isascii() and month.isdigit() else 0
    return f"{year}-{number:02}" if number else year
