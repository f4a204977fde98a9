"""Open a statement in the drawer over a page, or beside its document."""

from __future__ import annotations

from typing import Any, Final

from dash import Dash, Input, Output, State

from dashboard.components.statement import build_record, build_statement_body, statement_title
from dashboard.markup import elements as html
from dashboard.markup.serialise import serialise_part
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from positions.wording.party_style import party_styles

BESIDE: Final = " beside"
"""The suffix of a statement's id if it opens beside its document."""
HINT: Final = "Choose a marked quote to read its record here."


def is_beside(view: View) -> bool:
    """Return whether a view shows its statement beside a document instead of in the drawer."""
    return view.page == "documents" and view.document is not None


def drawer_key(view: View) -> str:
    """Return the id of the open statement with :data:`BESIDE` if it opens beside a document; empty for none."""
    return f"{view.statement}{BESIDE if is_beside(view) else ''}" if view.statement else ""


def add_drawer(app: Dash, source: CaseStore) -> None:
    """Register the callback that fills the drawer or the part beside a document."""

    @app.callback(
        Output("statement-parts", "data"), Input("opened", "data"), State("question", "data"), prevent_initial_call=True
    )
    def open_quote(opened: str | None, question: str | None) -> dict[str, list[Any]]:
        view, ref = read_address(question), (opened or "").removesuffix(BESIDE)
        picture = source.picture(view)
        record = picture.case.records.get(ref) if picture and ref else None
        parts: dict[str, Any] = {
            "statement-title": None,
            "statement": None,
            "beside": html.P(HINT, className="silence"),
        }
        if picture is not None and record is not None:
            codebook, history = picture.case.codebook, source.revisions(ref)
            styles = party_styles(codebook)
            if (opened or "").endswith(BESIDE):
                parts["beside"] = build_record(record, picture, styles, history, view)
            else:
                parts["statement-title"] = statement_title(record, codebook)
                parts["statement"] = build_statement_body(record, picture, styles, history)
        return {name: serialise_part(part) for name, part in parts.items()}
