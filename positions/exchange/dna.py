"""Databases of the Discourse Network Analyzer (``.dna``): its documents, and its statements as coded passages.

The value of each short text variable is a code in the variable's name, ``("concept", "…")``; a truth value or a number
is one, too, ``("agreement", "yes")``, so that the mapping file says once which stance it is. Long texts are notes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from positions.errors import Finding
from positions.exchange.coded_file import Code, CodedFile, CodedPassage, CodedSource, CodePath
from positions.exchange.dna_database import DnaTables, Row, read_tables
from positions.exchange.incoming import ImportSource
from positions.extract.sources.document_id import plain_id
from positions.files.characters import is_visible
from positions.model.lists import count_words

_LONGEST_SECONDS: Final = 100_000_000_000
"""A date beyond this is in milliseconds, as the second schema has it: in seconds it would be in the year 5138."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_READ: Final = {
    "REGEXES": ("regular expression", "regular expressions"),
    "VARIABLELINKS": ("link of variables", "links of variables"),
    "STATEMENTLINKS": ("link of statements", "links of statements"),
    "CODERRELATIONS": ("relation of coders", "relations of coders"),
    "ATTRIBUTEVALUES": ("attribute of actors and concepts", "attributes of actors and concepts"),
    "ATTRIBUTES": ("actor or concept with attributes", "actors and concepts with attributes"),
    "ENTITIES": ("actor or concept under another", "actors and concepts under another"),
    "SETTINGS": ("setting", "settings"),
}
_SIDES: Final[Mapping[int, tuple[str, int]]] = {1: ("yes", 2), 0: ("no", -2)}
"""The names of truth values and the stances that they are: for a concept, or against it."""
_ROLES: Final = {"person": "speaker", "organization": "party", "organisation": "party", "concept": "issue"}
"""What the variables of a new database of the Analyzer are in a codebook."""


def read_dna(source: ImportSource) -> CodedFile:
    """Read a database; raise ``DataError`` for a file that is damaged or no such database."""
    tables = read_tables(source.path)
    name = source.path.name
    findings: list[Finding] = []
    sources = tuple(_sources(tables.documents, name, findings))
    passages = tuple(_passages(tables, {one.key: one.text for one in sources}, name, findings))
    empty = len(tables.documents) - len(sources) - sum(one.field == "Date" for one in findings)
    left_out = [
        *([f"{count_words(empty, 'document')} without a text"] if empty else []),
        *(count_words(count, *_NOT_READ[table]) for table, count in tables.counts.items() if count),
        f"colours, and the passwords of {count_words(len(tables.coders), 'coder')}",
    ]
    return CodedFile(tuple(_codes(tables, passages)), sources, passages, tuple(left_out), tuple(findings))


def _sources(documents: Sequence[Row], name: str, findings: list[Finding]) -> Iterator[CodedSource]:
    titles = Counter(str(row[1]) for row in documents)
    for number, title, text, author, outlet, section, notes, kind, seconds in documents:
        if not isinstance(text, str) or not text.strip():
            continue
        day = _day(seconds)
        if day is None:
            findings.append(Finding(f"{name} document {number}", "Date", f"found {seconds!r}, allowed: a time"))
            continue
        about = (("section", section), ("type", kind), ("", notes))
        note = "; ".join(f"{word} {told}".strip() for word, told in about if told and is_visible(str(told)))
        told = {"outlet": outlet, "author": author, "note": note, "title": title}
        fields = {field: str(value) for field, value in told.items() if value and is_visible(str(value))}
        fields |= {"published_on": day, "published_on_basis": "document"}
        if titles[str(title)] > 1:
            fields["id"] = f"{plain_id(str(title)) or 'document'}-{number}"
        yield CodedSource(str(number), str(title), text, fields)


def _day(seconds: Any) -> str | None:
    if not isinstance(seconds, int):
        return None
    try:
        moment = _EPOCH + timedelta(seconds=seconds if abs(seconds) < _LONGEST_SECONDS else seconds / 1000)
    except OverflowError:
        return None
    return moment.date().isoformat()


def _passages(
    tables: DnaTables, texts: Mapping[str, str], name: str, findings: list[Finding]
) -> Iterator[CodedPassage]:
    variables = {row[0]: (str(row[1]), str(row[2])) for row in tables.variables}
    values: dict[Any, list[tuple[str, str, Any]]] = defaultdict(list)
    for statement, variable, value in tables.values:
        if variable in variables:
            values[statement].append((*variables[variable], value))
    for number, _, document, start, stop, coder in tables.statements:
        where = f"{name} statement {number}"
        text = texts.get(str(document))
        if text is None:
            findings.append(Finding(where, "DocumentId", f"found {document!r}, which is no document with a text"))
            continue
        span = _span(text, start, stop)
        if span is None:
            findings.append(Finding(where, "Start", f"found {start!r} to {stop!r}, which is not inside the document"))
            continue
        own = values[number]
        notes = "; ".join(str(value) for _, kind, value in own if kind == "long text" and is_visible(str(value)))
        told = {"coder": tables.coders.get(coder, ""), "note": notes}
        fields = {field: value for field, value in told.items() if is_visible(value)}
        yield CodedPassage(where, str(document), *span, tuple(_paths(own)), fields)


def _span(text: str, start: Any, stop: Any) -> tuple[int, int] | None:
    """Return a span of UTF-16 units, which Java counts in, in code points; ``None`` for one outside the text."""
    if not (isinstance(start, int) and isinstance(stop, int) and 0 <= start < stop):
        return None
    if text.isascii() or max(text) < "\U00010000":
        return (start, stop) if stop <= len(text) else None
    units = text.encode("utf-16-le", "surrogatepass")
    if 2 * stop > len(units):
        return None
    first = len(units[: 2 * start].decode("utf-16-le", "replace"))
    return first, first + len(units[2 * start : 2 * stop].decode("utf-16-le", "replace"))


def _paths(values: Sequence[tuple[str, str, Any]]) -> Iterator[CodePath]:
    for variable, kind, value in values:
        if kind == "boolean" and value in _SIDES:
            yield variable, _SIDES[value][0]
        elif kind != "long text" and is_visible(str(value)):
            yield variable, str(value)


def _codes(tables: DnaTables, passages: Sequence[CodedPassage]) -> Iterator[Code]:
    """Yield each variable and what it was given, whether a statement has it or not, with what it is in a codebook."""
    variables = {row[0]: str(row[1]) for row in tables.variables}
    kinds = {str(row[1]): str(row[2]) for row in tables.variables}
    inner: dict[str, dict[str, None]] = {name: {} for name in variables.values()}
    for variable, value in tables.entities:
        if variable in variables and is_visible(value):
            inner[variables[variable]][value] = None
    for path in (path for passage in passages for path in passage.codes):
        inner[path[0]][path[1]] = None
    stances = dict(_SIDES.values())
    for variable, names in inner.items():
        if not names:
            continue
        yield Code((variable,))
        for name in names:
            fields = {"stance": stances[name]} if kinds[variable] == "boolean" and name in stances else {}
            yield Code((variable, name), fields=fields, role=_ROLES.get(variable, ""))
