"""The matrix of the landing page: issues in rows, parties in columns; each line opens its quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from dashboard.components.evidence import build_evidence
from dashboard.markup import elements as html
from dashboard.markup.parts import data_attributes, party_name
from dashboard.markup.serialise import serialise_once
from dashboard.query.case import Picture, RestsOn
from dashboard.query.view import View
from positions.analysis.state import State
from positions.wording.matrix import CellLine, MatrixRow, matrix_rows, unspoken_words
from positions.wording.party_style import PartyStyle

MOST_LINES: Final = 4
"""The most lines that a cell shows; its issue has them all."""


def build_matrix(picture: Picture, view: View, styles: Mapping[str, PartyStyle], *, before: State | None) -> list[Any]:
    """Build the table of what each shown party holds on each issue; ``before`` is the day compared with."""
    codebook = picture.case.codebook
    parties = picture.parties or tuple(party.id for party in codebook.principals)
    rows = matrix_rows(picture.state, codebook, parties=parties, before=before)
    if picture.issues:
        rows = tuple(row for row in rows if row.issue.id in picture.issues)
    heads = (html.A(party_name(party, styles), href=_party_address(party, view)) for party in parties)
    head = [html.Th("Issue", scope="col"), *(html.Th(name, scope="col") for name in heads)]
    since = before.as_of if before else None
    body = [
        serialise_once(
            picture.case,
            ("matrix row", row.issue.id, since, view),
            partial(_row, row, parties, picture, view, styles),
            RestsOn(picture.state.as_of, issue=row.issue.id),
        )
        for row in rows
    ]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="matrix-table")
    unspoken = unspoken_words(rows, codebook) if not picture.issues else ""
    return [html.Div(table, className="wide"), *([html.P(unspoken, className="silence")] if unspoken else [])]


def _party_address(party: str, view: View) -> str:
    return replace(view, page="party", party=party, statement=None).address()


def _row(
    row: MatrixRow, parties: Sequence[str], picture: Picture, view: View, styles: Mapping[str, PartyStyle]
) -> html.Node:
    to = replace(view, page="issue", issue=row.issue.id, statement=None).address()
    cells = []
    for party, lines in zip(parties, row.cells, strict=True):
        shown: list[Any] = []
        for number, line in enumerate(lines[:MOST_LINES]):
            shown += [_line(line, f"cell-{row.issue.id}-{party}-{number}", picture, styles)]
        if len(lines) > MOST_LINES:
            shown.append(html.A(f"and {len(lines) - MOST_LINES} more", href=to, className="more"))
        silence = html.Span("not recorded", className="silence")
        cells.append(html.Td(shown or silence, **data_attributes(label=styles[party].name)))
    return html.Tr([html.Th(html.A(row.issue.label, href=to), scope="row"), *cells])


def _line(line: CellLine, box: str, picture: Picture, styles: Mapping[str, PartyStyle]) -> html.Node:
    change = [html.Span(line.change, className=f"change {line.change}"), " "] if line.has_changed else []
    before = [f"was: {line.before}"] if line.before else []
    button, quotes = build_evidence([*change, line.words], line.statements, picture, styles, box=box)
    return html.Div([button, html.Small(" · ".join((*before, *line.marks))), quotes], className="line")
