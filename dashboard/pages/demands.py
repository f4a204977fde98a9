"""Demands: who demands what of whom, the answer and since when, and which steps wait for each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Literal

import pandas as pd

from dashboard.components.deadlock_ring import build_deadlock_ring
from dashboard.components.listing import build_listing
from dashboard.markup import elements as html
from dashboard.markup.parts import party_name, statement_button
from dashboard.pages.base import Page, Styles
from dashboard.query.case import Picture
from dashboard.query.view import View
from dashboard.query.window import compared_days
from positions.analysis.demands import Demand, Link, demands_at, find_deadlocks, links_at, select_demands
from positions.model.lists import join_words
from positions.wording.demands import DEMAND_COLUMNS, LINK_COLUMNS, demand_counts, demand_marks, link_words
from positions.wording.positions import said_phrase, since_phrase
from positions.wording.quotes import readable_quote
from positions.wording.rows import demand_row, link_row

COLUMNS: Final = (*DEMAND_COLUMNS, "label")


def list_demands(picture: Picture, view: View) -> tuple[Demand, ...]:
    """Return the demands of the day that the view's parties make or are addressed by, on its issues; by default all."""
    codebook, state = picture.case.codebook, picture.state
    records = picture.case.index.on_issues({issue.id for issue in codebook.issues if issue.addressed})
    demands = demands_at(records, codebook, as_of=state.as_of, state=state)
    return select_demands(demands, parties=view.parties, issues=view.issues)


def earlier_statuses(picture: Picture, view: View) -> dict[tuple[Any, ...], str]:
    """Return the status that each demand had on the day compared with, by who demands what of whom."""
    days, codebook = compared_days(picture, view), picture.case.codebook
    if days is None:
        return {}
    records = picture.case.index.on_issues({issue.id for issue in codebook.issues if issue.addressed})
    demands = demands_at(records, codebook, as_of=days[0], state=picture.case.state_on(days[0]))
    return {_key(demand): demand.status for demand in demands}


def _key(demand: Demand) -> tuple[Any, ...]:
    return demand.demander, demand.addressee, demand.issue, demand.element


def list_links(picture: Picture) -> tuple[Link, ...]:
    """Return the links of the day: what is to come only after something else."""
    state = picture.state
    return links_at(picture.case.index.deciding(state), picture.case.codebook, as_of=state.as_of, state=state)


def demands_frame(picture: Picture, view: View) -> pd.DataFrame:
    """List the demands of the day: ``DEMAND_COLUMNS`` and the ``label`` of what is demanded."""
    codebook = picture.case.codebook
    rows = [
        {**demand_row(demand), "label": codebook.path_label(demand.issue, demand.element)}
        for demand in list_demands(picture, view)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def above(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Count the demands by status in a sentence, then list them."""
    demands = list_demands(picture, view)
    filters = " The filters may leave some out." if view.parties or view.issues else ""
    if not demands:
        return [html.P(f"{demand_counts(demands, picture.state)}{filters}")]
    return [
        html.P(f"{demand_counts(demands, picture.state)}{filters}"),
        html.Section(build_demands(demands, picture, styles, before=earlier_statuses(picture, view)), className="part"),
        html.Section(_sequence_part(picture), className="part"),
    ]


def build_demands(
    demands: Sequence[Demand],
    picture: Picture,
    styles: Styles,
    *,
    about: Literal["", "demander", "addressee"] = "",
    before: Mapping[tuple[Any, ...], str] = MappingProxyType({}),
) -> list[Any]:
    """Build the table of some demands, ``about`` with the one column of parties that says something; or say: none.

    ``before`` has the statuses of the day compared with, as :func:`earlier_statuses` returns them.
    """
    if not demands:
        return [html.P("No such demand is recorded.")]
    codebook = picture.case.codebook
    columns: dict[str, list[Any]] = {
        "Who asks": [party_name(demand.demander, styles) for demand in demands],
        "For what": [html.B(codebook.path_label(demand.issue, demand.element)) for demand in demands],
        "Of whom": [party_name(demand.addressee, styles) for demand in demands],
        "Answer": [_answer(demand, before.get(_key(demand), "")) for demand in demands],
        "First made": [
            [demand.first_made.in_words(), html.Small(f"last {said_phrase(demand.last_repeated)}")]
            for demand in demands
        ],
        "Words": [_quotes(demand, picture) for demand in demands],
    }
    omitted = {"demander": "Of whom", "addressee": "Who asks"}.get(about, "")
    heads = [head for head in columns if head != omitted]
    return [build_listing(heads, zip(*(columns[head] for head in heads), strict=True))]


def _answer(demand: Demand, before: str) -> list[html.Node]:
    """Write the answer, since when it stands, and what it was on the day compared with if that was another."""
    status = html.Span(demand.status, className=f"status {demand.status.replace(' ', '-')}")
    since = [since_phrase(demand.answered)] if demand.answered else []
    was = [f"was: {before}"] if before and before != demand.status else []
    return [status, *(html.Small(words) for words in (*was, *since, *demand_marks(demand)))]


def _quotes(demand: Demand, picture: Picture) -> list[Any]:
    records = picture.case.records
    return [statement_button(ref, f"“{readable_quote(records[ref].statement.quote)}”") for ref in demand.basis[:2]]


def _sequence_part(picture: Picture) -> list[Any]:
    codebook = picture.case.codebook
    links = list_links(picture)
    cycles = find_deadlocks(links)
    circular = {link.statement for cycle in cycles for link in cycle}
    others = [link for link in links if link.statement not in circular]
    sentences = [html.Li([statement_button(link.statement, link_words(link, codebook))]) for link in others]
    parts: list[Any] = [html.H2("What waits for what")]
    if not links:
        return [*parts, html.P("Nobody has said that one thing comes only after another.")]
    for cycle in cycles:
        names = join_words(dict.fromkeys(codebook.party(link.holder).name for link in cycle))
        parts.append(html.P(f"Deadlock, by the word of {names}: none of these steps can come first."))
        parts.append(build_deadlock_ring(cycle, codebook))
    if not cycles:
        parts.append(html.P("No circle among these: each can be taken up in some order."))
    return [*parts, html.Ul(sentences, className="sentences")]


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the demands, and the links between steps of which one is to come after the other."""
    return {
        "demands": demands_frame(picture, view),
        "links": pd.DataFrame([link_row(link) for link in list_links(picture)], columns=list(LINK_COLUMNS)),
    }


PAGE: Final = Page(
    "preconditions",
    "Demands",
    above,
    tables,
    compares=lambda _view: True,
    is_listed=lambda codebook: any(addressees for issue in codebook.issues for addressees in issue.addressed.values()),
)
