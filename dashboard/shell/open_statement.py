"""Open a statement in the drawer over a page, or beside its document."""

from __future__ import annotations

from typing import Any, Final

from dash import Dash, Input, Output, State, no_update

from dashboard.components.statement import build_record, build_statement_body, statement_title
from dashboard.markup import elements as html
from dashboard.markup.serialise import build_components, serialise_part
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
    """Register the callback that fills the drawer and the part beside a document."""

    @app.callback(
        Output("statement", "children"),
        Output("drawer", "title"),
        Output("drawer", "opened", allow_duplicate=True),
        Output("beside-parts", "data"),
        Input("opened", "data"),
        State("question", "data"),
        prevent_initial_call=True,
    )
    def open_quote(opened: str | None, question: str | None) -> tuple[Any, Any, Any, Any]:
        view, ref = read_address(question), (opened or "").removesuffix(BESIDE)
        picture = source.picture(view)
        record = picture.case.records.get(ref) if picture and ref else None
        nothing = {"beside": serialise_part(html.P(HINT, className="silence"))}
        if picture is None or record is None:
            return None, "", no_update, nothing
        codebook, history = picture.case.codebook, source.revisions(ref)
        if (opened or "").endswith(BESIDE):
            part = build_record(record, picture, party_styles(codebook), history, view)
            return None, "", no_update, {"beside": serialise_part(part)}
        body = build_statement_body(record, picture, party_styles(codebook), history)
        return build_components(body), statement_title(record, codebook), True, nothing
