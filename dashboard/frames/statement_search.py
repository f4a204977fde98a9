"""What a view's search finds in its case."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from dashboard.frames.issue_history import records_frame
from dashboard.query.case import Case, Picture
from dashboard.query.view import View
from positions.analysis.search import Facet, Search, SearchIndex, SearchResult, find_statements, index_words
from positions.wording.search import FOUND_COLUMNS, found_row

PARTS: Final[dict[Facet, str]] = {
    "party": "parties",
    "issue": "issues",
    "element": "element",
    "voice": "voice",
    "outlet": "outlet",
    "speaker": "speaker",
    "confidence": "confidence",
    "document": "document",
}
"""The field of a view that holds the chosen values of each facet."""
_SEVERAL: Final = ("parties", "issues")


def search_index(case: Case) -> SearchIndex:
    """Return a case's statements and documents ready to be searched."""
    return case.answer_once("words", lambda: index_words(case.index.records, case.documents, case.codebook))


def find_by_view(picture: Picture, view: View) -> SearchResult:
    """Return what a view's search finds among what was said, and published, by the day looked at."""
    until = picture.state.as_of
    search = Search(
        words=view.search,
        parties=view.parties,
        issues=view.issues,
        elements=_one(view.element),
        voices=_one(view.voice),
        outlets=_one(view.outlet),
        speakers=_one(view.speaker),
        confidence=_one(view.confidence),
        documents=_one(view.document),
        since=view.since,
        # The last day of all leaves nothing out: it is no condition.
        until=None if until >= picture.case.days[-1] else until,
    )
    return find_statements(search_index(picture.case), search)


def view_with_value(view: View, facet: Facet, value: str | None) -> View:
    """Return a view, on the first page of its list, with one value of a facet in place of those before, or none."""
    name = PARTS[facet]
    empty: object = () if name in _SEVERAL else "" if name == "outlet" else None
    chosen = empty if value is None else (value,) if name in _SEVERAL else value
    changes: dict[str, object] = {name: chosen, "number": 1, "statement": None}
    return replace(view, **changes)  # type: ignore[arg-type]


def chosen_values(view: View, facet: Facet) -> tuple[str, ...]:
    """Return the values of a facet that a view has chosen."""
    value = getattr(view, PARTS[facet])
    return value if isinstance(value, tuple) else _one(value)


def found_frame(case: Case, result: SearchResult) -> pd.DataFrame:
    """List all statements that were found, with the columns of :data:`positions.wording.search.FOUND_COLUMNS`."""
    rows = [found_row(case.records[name], case.codebook) for name in result.statements]
    return pd.DataFrame(rows, columns=list(FOUND_COLUMNS))


def page_frame(case: Case, result: SearchResult, number: int, size: int) -> pd.DataFrame:
    """List one page of what was found, the latest first, as :func:`dashboard.frames.issue_history.records_frame`."""
    names = result.statements[::-1][(number - 1) * size : number * size]
    return records_frame(case, [case.records[name] for name in names])


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
