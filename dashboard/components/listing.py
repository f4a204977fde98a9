"""The tables and forms of the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from dashboard.markup import elements as html
from dashboard.markup.forms import hidden_fields
from dashboard.markup.parts import data_attributes
from dashboard.query.view import View


def build_listing(heads: Sequence[str], rows: Iterable[Sequence[Any]], *, name: str = "listing") -> html.Node:
    """Build a table; cells carry their column's head for narrow screens, which hide the row of heads."""
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in heads]))
    body = html.Tbody([html.Tr([_cell(*pair) for pair in zip(heads, row, strict=True)]) for row in rows])
    return html.Div(html.Table([head, body], className=name), className="wide")


def _cell(head: Any, cell: Any) -> Any:
    return html.Td(cell, **(data_attributes(label=head) if isinstance(head, str) else {}))


def build_view_form(
    view: View, fields: Sequence[Any], *, keep: Collection[str] = (), button: str = "Show"
) -> html.Node:
    """Build a form that sets the parts of the address named in ``keep`` and leaves the others as they are."""
    hidden = hidden_fields(view, without={*keep, "statement"})
    submit = html.Button(button, type="submit", className="apply")
    return html.Form([*hidden, *fields, submit], **data_attributes(view=view.path), method="get", className="go")
