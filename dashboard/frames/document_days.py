"""When documents were published and when what they quote was said, for the lane of documents on an axis of time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.query.case import Case
from positions.model.document import Document

MOST_DOCUMENTS: Final = 200
"""The most documents that a lane shows: the marks of more would cover it from end to end."""


@dataclass(frozen=True, slots=True)
class DocumentDays:
    """A document, its day of publication (the last one possible), and the days from which its statements count.

    ``said`` is in order and empty for a document without statements.
    """

    document: Document
    published: date
    said: tuple[date, ...]


def list_document_days(case: Case) -> tuple[DocumentDays, ...]:
    """Return the documents of a case in order of publication; none if there are more than :data:`MOST_DOCUMENTS`."""
    return case.answer_once("document days", lambda: _list_days(case))


def _list_days(case: Case) -> tuple[DocumentDays, ...]:
    if len(case.documents) > MOST_DOCUMENTS:
        return ()
    said: dict[str, set[date]] = defaultdict(set)
    for name, day in zip(case.index.table.documents, case.index.table.counting, strict=True):
        said[name].add(day)
    rows = [
        DocumentDays(document, document.published_on.last, tuple(sorted(said[name])))
        for name, document in case.documents.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.published, row.document.id)))
