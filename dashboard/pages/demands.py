"""Demands: who wants what of whom, what the answer is and since when, and which demands wait for each other."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.components.listing import build_listing
from dashboard.markup import elements as html
from dashboard.markup.parts import opener, party_name
from dashboard.markup.wording import counted
from dashboard.pages.base import Looks, Page
from dashboard.query.day_frames import rows_of
from dashboard.query.source import Picture
from dashboard.query.view import View
from positions.analysis.demands import deadlocks, demands_at, links_at
from positions.model.dates import PartialDate
from positions.wording.sentences import link_words, listed
from positions.wording.serialise import plain_row

COLUMNS: Final = (
    *("demander", "addressee", "issue", "element", "insistence", "refusal", "status"),
    *("first_made", "last_repeated", "answered", "basis", "label"),
)
ORDER: Final = ("refused", "unanswered", "partly met", "met", "dropped")


def demands_frame(picture: Picture, view: View) -> pd.DataFrame:
    """List the demands of the day, the refused first; columns are the fields of ``Demand`` and the ``label``."""
    codebook = picture.case.codebook
    rows = []
    for demand in demands_at(picture.case.index.records, codebook, as_of=picture.state.as_of):
        if view.parties and not {demand.demander, demand.addressee} & set(view.parties):
            continue
        if view.issues and demand.issue not in view.issues:
            continue
        rows.append({**plain_row(demand), "label": codebook.path_label(demand.issue, demand.element)})
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    rank = frame["status"].map({status: place for place, status in enumerate(ORDER)})
    return frame.iloc[rank.argsort(kind="stable")].reset_index(drop=True)


def above(picture: Picture, view: View, looks: Looks) -> list[Any]:
    """Tell how many demands there are and what became of them, then list them."""
    frame = demands_frame(picture, view)
    if frame.empty:
        return [html.P("Nobody has demanded anything of anybody by this day, or the filters leave nothing.")]
    tally = frame["status"].value_counts()
    told = listed(f"{tally[status]} {status}" for status in ORDER if status in tally)
    rows = [
        (
            party_name(row.demander, looks),
            html.B(row.label),
            party_name(row.addressee, looks),
            [html.Span(row.status, className=f"status {row.status.replace(' ', '-')}"), _answered(row)],
            [_words(row.first_made), html.Small(f"last on {_words(row.last_repeated)}")],
            _quotes(row, picture),
        )
        for row in rows_of(frame)
    ]
    heads = ("Who asks", "For what", "Of whom", "Answer", "First made", "Words")
    return [
        html.P(f"{counted(len(frame), 'demand')}: {told}."),
        html.Section([build_listing(heads, rows)], className="part"),
        html.Section(_circles(picture), className="part"),
    ]


def _words(day: str) -> str:
    return PartialDate.parse(day).in_words()


def _answered(row: Any) -> Any:
    return html.Small(f"since {_words(row.answered)}") if isinstance(row.answered, str) and row.answered else None


def _quotes(row: Any, picture: Picture) -> list[Any]:
    records = picture.case.records
    return [opener(ref, f"“{records[ref].statement.quote}”") for ref in row.basis[:2]]


def _circles(picture: Picture) -> list[Any]:
    codebook = picture.case.codebook
    links = links_at(picture.case.index.records, codebook, as_of=picture.state.as_of)
    circles = deadlocks(links)
    told = [html.Li([opener(link.statement, link_words(link, codebook))]) for link in links]
    found: list[Any] = [html.H2("What waits for what")]
    if not links:
        return [*found, html.P("Nobody has said that one thing comes only after another.")]
    for circle in circles:
        names = listed(codebook.party(link.holder).name for link in circle)
        found.append(html.P(f"Deadlock: {names} each wait for the other; none of these steps can come first."))
    if not circles:
        found.append(html.P("No circle among these: each can be taken up in some order."))
    return [*found, html.Ul(told, className="sentences")]


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the demands and the links of what comes after what."""
    links = links_at(picture.case.index.records, picture.case.codebook, as_of=picture.state.as_of)
    return {
        "demands": demands_frame(picture, view),
        "links": pd.DataFrame([plain_row(link) for link in links], columns=["holder", "before", "after", "statement"]),
    }


PAGE: Final = Page("preconditions", "Preconditions", above, tables)
