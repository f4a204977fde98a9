"""Links from the dashboard to the editing pages; none if editing is off."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from dashboard.markup import elements as html
from dashboard.query.case import Case


def page_links(case: Case) -> list[Any]:
    """Link the coding and the review page."""
    return [html.A("Code", href="/edit/"), html.A("Review", href="/edit/review")] if case.editable else []


def statement_links(case: Case, statement: str) -> list[Any]:
    """Link the page that corrects and retracts a statement."""
    link = html.A("Correct or retract this statement", href=f"/edit/statement/{quote(statement)}")
    return [html.P(link)] if case.editable else []


def document_links(case: Case, document: str) -> list[Any]:
    """Link the page that codes a document."""
    return [" · ", html.A("Code this document", href=f"/edit/code/{quote(document)}")] if case.editable else []
