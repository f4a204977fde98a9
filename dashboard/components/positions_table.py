"""The positions as a table, and the issues without a scale in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from dashboard.markup import elements as html
from dashboard.markup.parts import opener, party_marks, party_name
from dashboard.markup.wording import condition_words
from dashboard.query.day_frames import rows_of
from dashboard.query.source import Picture
from positions.analysis.distance import Comparison
from positions.model.codebook import Codebook
from positions.model.dates import date_in_words, days_in_words
from positions.model.issues import ConditionsIssue, OptionsIssue
from positions.model.lists import count_words, join_words
from positions.wording.party_style import PartyStyle

HEADS: Final = ("Party", "Position", "Since", "Deciding quote")


def build_positions_table(table: pd.DataFrame, looks: Mapping[str, PartyStyle]) -> html.Node:
    """Build the table of positions from ``table_frame``: a group of rows an issue, a row each element spoken of."""
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in HEADS]))
    bodies = []
    for group in _by(rows_of(table), "issue").values():
        title = html.Tr(html.Th(group[0].issue_label, colSpan=len(HEADS), scope="rowgroup"), className="group")
        rows = [_position_row(row, looks) for row in group]
        bodies.append(html.Tbody([title, *rows]))
    return html.Table([head, *bodies], className="positions")


def _by(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    """Group rows by one of their fields, in order; filtering frames again and again takes most of a step's time."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _position_row(row: Any, looks: Mapping[str, PartyStyle]) -> html.Node:
    about: list[Any] = [html.B(row.element_label), " · "] if row.element_label else []
    remarks = [html.Small(" · ".join(found))] if (found := _remarks(row)) else []
    quote = opener(row.statement, f"“{row.quote}”")
    return html.Tr(
        [
            html.Td(looks[row.holder].name, **party_marks(row.holder, looks)),
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


def other_issues(picture: Picture, looks: Mapping[str, PartyStyle]) -> list[html.Node]:
    """Build a block for each options or conditions issue that somebody has spoken on."""
    found = []
    codebook, by_issue = picture.case.codebook, _by(rows_of(picture.table), "issue")
    for issue in codebook.issues:
        rows = by_issue.get(issue.id, [])
        if isinstance(issue, OptionsIssue) and rows:
            parts = [_options_lines(rows, codebook, looks), _pair_lines(issue, picture)]
        elif isinstance(issue, ConditionsIssue) and rows:
            parts = [_condition_lines(issue, rows, codebook, looks)]
        else:
            continue
        found.append(html.Section([html.H3(issue.label), html.Div(parts, className="told")], className="issue"))
    return found


def _options_lines(rows: Sequence[Any], codebook: Codebook, looks: Mapping[str, PartyStyle]) -> html.Node:
    spoke, expected = _by(rows, "holder"), {party.id for party in codebook.principals}
    lines: list[Any] = []
    for party in [party for party in looks if party in spoke.keys() | expected]:
        own = spoke.get(party, [])
        sides = {"for": [row for row in own if row.stance > 0], "against": [row for row in own if row.stance < 0]}
        told = [
            html.Span([f"{word} ", *_openers(chosen)], className="stand") for word, chosen in sides.items() if chosen
        ]
        silence = html.Span("has not said", className="silence")
        lines += [html.Dt(party_name(party, looks)), html.Dd(told or silence)]
    return html.Dl(lines, className="stances")


def _openers(rows: Sequence[Any]) -> list[Any]:
    """List elements with a comma between them, each a button; hollow words where only the outlet says so."""
    found: list[Any] = []
    for row in rows:
        reported = " (reported)" if row.reported else ""
        words = f"{row.element_label}: {row.words}{reported}. Open the quote."
        found += [opener(row.statement, row.element_label, name=words, style="link")]
        found += [f"{reported}, "]
    return [*found[:-1], found[-1].removesuffix(", ")]


def _pair_lines(issue: OptionsIssue, picture: Picture) -> html.Node:
    labels = {element.id: element.label for element in issue.elements}
    lines = [_pair_words(comparison, issue, labels, picture.case.codebook) for comparison in picture.comparisons]
    return html.Ul([html.Li(line) for line in lines if line], className="pairs")


def _pair_words(comparison: Comparison, issue: OptionsIssue, labels: Mapping[str, str], codebook: Codebook) -> str:
    found = comparison.issue(issue.id)
    if found is None or not all(_spoke(found.parts, place) for place in (0, 1)):
        return ""
    names = " and ".join(codebook.party(party).name for party in comparison.parties)
    common = join_words((labels[str(leaf)] for leaf in found.common_ground), most=5)
    opened = join_words((labels[leaf] for leaf in found.open), most=5)
    apart = "not comparable" if found.distance is None else f"{found.distance:.2f} apart"
    return f"{names}: common ground: {common} · open: {opened} · {apart} [{found.lo:.2f}–{found.hi:.2f}]"


def _spoke(parts: Iterable[Any], place: int) -> bool:
    return any(part.positions[place] is not None for part in parts)


def _condition_lines(
    issue: ConditionsIssue, rows: Sequence[Any], codebook: Codebook, looks: Mapping[str, PartyStyle]
) -> html.Node:
    lines, by_element = [], _by(rows, "element")
    for element in issue.elements:
        found = by_element.get(element.id, [])
        if not found:
            continue
        told: list[Any] = []
        for row in found:
            addressed = row.holder in element.addressees
            words = condition_words(int(row.stance), addressed=addressed)
            button = opener(row.statement, words, name=f"{words}. Open the quote.", style="link")
            told.append(html.Span([party_name(row.holder, looks), " ", button, " (reported)" if row.reported else ""]))
        spoke = {row.holder for row in found}
        waiting = [codebook.party(party).name for party in element.addressees if party not in spoke]
        if waiting:
            silent = f"{join_words(waiting)} {'has' if len(waiting) == 1 else 'have'} not answered"
            told.append(html.Span(silent, className="silence"))
        lines.append(html.Li([html.Span(element.label, className="element"), html.Span(told, className="answers")]))
    return html.Ul(lines, className="conditions")
