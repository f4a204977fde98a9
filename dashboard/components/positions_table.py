"""The table of positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from dashboard.markup import elements as html
from dashboard.markup.parts import party_attributes, statement_button
from dashboard.query.day_frames import rows_of
from positions.model.dates import date_in_words, days_in_words
from positions.model.lists import count_words
from positions.wording.party_style import PartyStyle
from positions.wording.quotes import readable_quote

HEADS: Final = ("Party", "Position", "Since", "Deciding quote")


def build_positions_table(table: pd.DataFrame, styles: Mapping[str, PartyStyle]) -> html.Node:
    """Build the table from ``table_frame``: a group of rows for each issue, a row for each position spoken of."""
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in HEADS]))
    bodies = []
    for group in _group_by(rows_of(table), "issue").values():
        title = html.Tr(html.Th(group[0].issue_label, colSpan=len(HEADS), scope="rowgroup"), className="group")
        rows = [_position_row(row, styles) for row in group]
        bodies.append(html.Tbody([title, *rows]))
    return html.Table([head, *bodies], className="positions")


def _group_by(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    """Group rows by one of their fields, in order; filtering the frame for each group is much slower."""
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, name), []).append(row)
    return groups


def _position_row(row: Any, styles: Mapping[str, PartyStyle]) -> html.Node:
    about: list[Any] = [html.B(row.element_label), " · "] if row.element_label else []
    remarks = [html.Small(" · ".join(marks))] if (marks := _remarks(row)) else []
    quote = statement_button(row.statement, f"“{readable_quote(row.quote)}”")
    return html.Tr(
        [
            html.Td(styles[row.holder].name, **party_attributes(row.holder, styles)),
            html.Td([*about, row.words, *remarks]),
            html.Td([date_in_words(row.since), html.Small(days_in_words(row.age_days))], className="since"),
            html.Td([quote, html.Small(row.by)], className="said"),
        ],
        className="row",
    )


def _remarks(row: Any) -> list[str]:
    claims = f"{count_words(row.claims, 'claim')} by others" if row.claims else ""
    marks = ("reported, not stated" if row.reported else "", "contested" if row.contested else "", claims)
    return [mark for mark in marks if mark]
