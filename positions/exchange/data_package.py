"""The book as a Data Package: tables as CSV, each with its schema, the codebook, the citation and the head of the log.

Data Package 2.0 (datapackage.org) and, beside it, RO-Crate 1.2 metadata (researchobject.org) of the same files.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from positions.exchange.content import BookContent, Exported
from positions.exchange.csl import document_item
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.lists import count_words
from positions.model.statement import Statement
from positions.wording.citation import citation_words
from positions.wording.fields import FIELD_WORDS
from positions.wording.positions import claim_words

if TYPE_CHECKING:
    import pandas as pd

_TYPES: Final = {
    "start": "integer",
    "end": "integer",
    "stance": "integer",
    "stance_to": "integer",
    "confidence": "number",
}
_DOCUMENT: Final = (
    "id",
    "title",
    "outlet",
    "origin",
    "published_on",
    "published_on_basis",
    "author",
    "url",
    "language",
)
_LEVELS: Final = {
    "issue": ("string", "The issue's id"),
    "issue_label": ("string", "The issue in words"),
    "kind": ("string", "scale, options or conditions"),
    "element": ("string", "The id of an option or condition, missing for a level"),
    "element_label": ("string", "The option or condition in words"),
    "stance": ("integer", "The number of a level, missing for an element"),
    "words": ("string", "The level in words"),
    "definition": ("string", "What counts as the level"),
    "value": ("number", "Where it lies from 0 to 1, the plus pole"),
}
_KINDS: Final = {"f": "number", "i": "integer", "u": "integer", "b": "boolean", "M": "date"}


@dataclass(frozen=True, slots=True)
class PackageTable:
    """A table of the package: its ``rows`` by ``columns``, each with a type of Table Schema and a description.

    ``key`` are the columns that tell rows apart; ``refers`` maps a column to the table whose ``id`` it has.
    """

    name: str
    title: str
    columns: Mapping[str, tuple[str, str]]
    rows: Sequence[Mapping[str, Any]]
    key: tuple[str, ...] = ()
    refers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The table's file in the package."""
        return f"{self.name}.csv"

    def content(self) -> bytes:
        """Return the table as CSV in UTF-8, as it is: a cell may begin with any sign."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(self.columns), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({name: _cell(row.get(name)) for name in self.columns} for row in self.rows)
        return text.getvalue().encode()

    def resource(self, content: bytes) -> dict[str, Any]:
        """Return the table's entry in ``datapackage.json``."""
        fields = [
            {"name": name, "type": kind, **({"description": words} if words else {})}
            for name, (kind, words) in self.columns.items()
        ]
        schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
        if self.key:
            schema["primaryKey"] = list(self.key)
        if self.refers:
            schema["foreignKeys"] = [
                {"fields": [column], "reference": {"resource": table, "fields": ["id"]}}
                for column, table in self.refers.items()
            ]
        return {
            "name": self.name,
            "type": "table",
            "title": self.title,
            "path": self.path,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "schema": schema,
        }


def write_data_package(content: BookContent) -> Exported:
    """Return the package's files: ``datapackage.json``, a CSV a table, the codebook's levels, RO-Crate metadata."""
    tables = list(_tables(content))
    written = {table.path: table.content() for table in tables}
    days = [record.statement.said_on.last for record in content.records]
    counts = len(content.documents), len(content.records)
    title = content.codebook.title
    citation = citation_words(title, counts=counts, head=content.head, as_of=max(days)) if days else title
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "positions",
        "title": title,
        "description": content.codebook.description,
        "version": content.head,
        "citation": citation,
        "sources": [_source(document_item(document)) for document in content.documents],
        "resources": [table.resource(written[table.path]) for table in tables],
    }
    files = written | {"datapackage.json": _json(package)}
    files["ro-crate-metadata.json"] = _json(
        _crate(content, tables, citation, last=max(days).isoformat() if days else "")
    )
    texts = sum(document.text is not None for document in content.documents)
    summary = f"{count_words(len(tables), 'table')} of {count_words(counts[1], 'statement')}"
    return Exported(files, (f"{count_words(texts, 'text')} of documents: they may be others' property",), summary)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _source(item: Mapping[str, Any]) -> dict[str, str]:
    named = {"title": item.get("title", ""), "path": item.get("URL", "")}
    return {name: value for name, value in named.items() if value}


def _tables(content: BookContent) -> Iterable[PackageTable]:
    columns = {
        name: (_TYPES.get(name, "string"), FIELD_WORDS[name].label if name in FIELD_WORDS else "")
        for name in Statement.model_fields
    }
    own = {
        "stance_words": ("string", "The stance in the words of the codebook"),
        "said_from": ("date", "The first day that the date of saying may mean; missing if it is open"),
        "said_by": ("date", "The last day that it may mean, by which positions are resolved"),
        "recorded_at": ("datetime", "When the record book took it in, UTC"),
    }
    rows = [
        record.statement.model_dump(mode="json")
        | {
            "stance_words": claim_words(record.statement, content.codebook),
            **_days(record.statement.said_on),
            "recorded_at": record.recorded_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        for record in content.records
    ]
    yield PackageTable("statements", "Statements", columns | own, rows, ("id",), {"document": "documents"})
    documents = [document.model_dump(mode="json", include=set(_DOCUMENT)) for document in content.documents]
    yield PackageTable("documents", "Documents", dict.fromkeys(_DOCUMENT, ("string", "")), documents, ("id",))
    parties = [{"id": party.id, "name": party.name} for party in content.codebook.parties]
    yield PackageTable("parties", "Parties", {"id": ("string", ""), "name": ("string", "")}, parties, ("id",))
    levels = list(_levels(content.codebook))
    yield PackageTable("codebook", "Issues, their levels and elements", _LEVELS, levels)
    if content.tables is not None and content.records:
        tables = content.tables()
        yield _frame_table("positions", "Positions on each day with a statement", tables.positions())
        yield _frame_table("distances", "Distances of the principals on each day", tables.distances())
        yield _frame_table("distances-by-issue", "Distances by issue", tables.distances(by_issue=True))


def _days(said_on: PartialDate) -> dict[str, str]:
    return {"said_from": said_on.first.isoformat() if said_on.first else "", "said_by": said_on.last.isoformat()}


def _levels(codebook: Codebook) -> Iterable[dict[str, Any]]:
    for issue in codebook.issues:
        named = {"issue": issue.id, "issue_label": issue.label, "kind": issue.kind}
        for level in issue.levels:
            value = issue.values[level.stance]
            words = {"words": level.label, "definition": level.definition}
            yield named | words | {"stance": level.stance, "value": value}
        for element in issue.elements:
            yield named | {"element": element.id, "element_label": element.label}


def _frame_table(name: str, title: str, frame: pd.DataFrame) -> PackageTable:
    columns = {str(column): (_KINDS.get(frame[column].dtype.kind, "string"), "") for column in frame.columns}
    return PackageTable(
        name,
        title,
        columns,
        [{str(column): value for column, value in row.items()} for row in frame.to_dict("records")],
    )


def _cell(value: object) -> object:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.date().isoformat() if hasattr(value, "date") and callable(value.date) else value


def _crate(content: BookContent, tables: Sequence[PackageTable], citation: str, *, last: str) -> dict[str, Any]:
    """Return RO-Crate metadata: the crate as a data set whose parts are the files."""
    files = [
        {"@id": table.path, "@type": "File", "name": table.title, "encodingFormat": "text/csv"} for table in tables
    ]
    package = {"@id": "datapackage.json", "@type": "File", "name": "Data Package", "encodingFormat": "application/json"}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": content.codebook.title,
        "description": content.codebook.description or content.codebook.title,
        "datePublished": last,
        "license": "See the documents' sources; the coding is its coders'.",
        "version": content.head,
        "creditText": citation,
        "hasPart": [{"@id": file["@id"]} for file in (package, *files)],
    }
    about = {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}}
    about["conformsTo"] = {"@id": "https://w3id.org/ro/crate/1.2"}
    return {"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": [about, root, package, *files]}
