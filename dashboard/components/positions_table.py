"""The table of positions, and the issues without two poles in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from dashboard.markup import elements as html
from dashboard.markup.parts import party_attributes, party_name, statement_button
from dashboard.query.case import Picture
from dashboard.query.day_frames import rows_of
from positions.analysis.distance import Comparison
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.dates import date_in_words, days_in_words
from positions.model.issues import Issue
from positions.model.lists import capitalize_first, count_words, join_words
from positions.wording.parties import parties_words
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


def build_other_issues(picture: Picture, styles: Mapping[str, PartyStyle]) -> list[html.Node]:
    """Build a block for each issue without two poles that somebody has spoken on."""
    blocks = []
    codebook, by_issue = picture.case.codebook, _group_by(rows_of(picture.table), "issue")
    for issue in codebook.issues:
        rows, view = by_issue.get(issue.id, []), kind_of(issue).view
        if view.axis or not rows:
            continue
        if view.sides:
            parts = [_side_lines(rows, codebook, styles), _pair_lines(issue, picture)]
        else:
            parts = [_element_lines(issue, rows, codebook, styles)]
        blocks.append(html.Section([html.H3(issue.label), html.Div(parts, className="told")], className="issue"))
    return blocks


def others_title(codebook: Codebook) -> str:
    """Return the title of these issues in the codebook's nouns: ``Places, conditions and steps``."""
    nouns = dict.fromkeys(issue.nouns for issue in codebook.issues if issue.nouns and not kind_of(issue).view.axis)
    return capitalize_first(join_words(nouns))


def _side_lines(rows: Sequence[Any], codebook: Codebook, styles: Mapping[str, PartyStyle]) -> html.Node:
    rows_by_party, expected = _group_by(rows, "holder"), {party.id for party in codebook.principals}
    lines: list[Any] = []
    for party in [party for party in styles if party in rows_by_party.keys() | expected]:
        party_rows = rows_by_party.get(party, [])
        sides = {
            "for": [row for row in party_rows if row.stance > 0],
            "against": [row for row in party_rows if row.stance < 0],
        }
        entries = [
            html.Span([f"{word} ", *_element_buttons(side_rows)], className="stand")
            for word, side_rows in sides.items()
            if side_rows
        ]
        silence = html.Span("has not said", className="silence")
        lines += [html.Dt(party_name(party, styles)), html.Dd(entries or silence)]
    return html.Dl(lines, className="stances")


def _element_buttons(rows: Sequence[Any]) -> list[Any]:
    """List elements with commas between them, each a button; "(reported)" if only the outlet says so."""
    nodes: list[Any] = []
    for row in rows:
        reported = " (reported)" if row.reported else ""
        words = f"{row.element_label}: {row.words}{reported}. Open the quote."
        nodes += [statement_button(row.statement, row.element_label, name=words, style="link")]
        nodes += [f"{reported}, "]
    return [*nodes[:-1], nodes[-1].removesuffix(", ")]


def _pair_lines(issue: Issue, picture: Picture) -> html.Node:
    labels = {element.id: element.label for element in issue.elements}
    lines = [_pair_words(comparison, issue, labels, picture.case.codebook) for comparison in picture.comparisons]
    return html.Ul([html.Li(line) for line in lines if line], className="pairs")


def _pair_words(comparison: Comparison, issue: Issue, labels: Mapping[str, str], codebook: Codebook) -> str:
    difference = comparison.issue(issue.id)
    if difference is None or not all(_has_position(difference.parts, index) for index in (0, 1)):
        return ""
    names = capitalize_first(parties_words(comparison.parties, codebook))
    common = join_words((labels[str(leaf)] for leaf in difference.common_ground), most=5)
    open_elements = join_words((labels[leaf] for leaf in difference.open), most=5)
    apart = "not comparable" if difference.distance is None else f"{difference.distance:.2f} apart"
    return (
        f"{names}: common ground: {common} · open: {open_elements} · {apart} [{difference.lo:.2f}–{difference.hi:.2f}]"
    )


def _has_position(parts: Iterable[Any], index: int) -> bool:
    return any(part.positions[index] is not None for part in parts)


def _element_lines(
    issue: Issue, rows: Sequence[Any], codebook: Codebook, styles: Mapping[str, PartyStyle]
) -> html.Node:
    lines, by_element = [], _group_by(rows, "element")
    for element in issue.elements:
        element_rows = by_element.get(element.id, [])
        if not element_rows:
            continue
        answers: list[Any] = []
        for row in element_rows:
            button = statement_button(row.statement, row.words, name=f"{row.words}. Open the quote.", style="link")
            answers.append(
                html.Span([party_name(row.holder, styles), " ", button, " (reported)" if row.reported else ""])
            )
        answered = {row.holder for row in element_rows}
        silent_parties = [party for party in issue.addressed.get(element.id, ()) if party not in answered]
        if silent_parties:
            names = parties_words(silent_parties, codebook)
            silent = f"{names} {'has' if len(silent_parties) == 1 else 'have'} not answered"
            answers.append(html.Span(silent, className="silence"))
        lines.append(html.Li([html.Span(element.label, className="element"), html.Span(answers, className="answers")]))
    return html.Ul(lines, className="conditions")
