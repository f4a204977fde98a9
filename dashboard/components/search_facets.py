"""The counts of a search, each a link that narrows it, and what it was narrowed by."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from dashboard.frames.statement_search import PARTS, chosen_values, view_with_value
from dashboard.markup import elements as html
from dashboard.markup.parts import aria
from dashboard.query.view import View
from positions.analysis.search import Facet, SearchResult, ValueCount
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.wording.search import FACET_WORDS, facet_value_words

MOST_VALUES: Final = 12
"""The most values shown of a facet; the page's CSV and JSON have all."""


def build_facets(result: SearchResult, view: View, codebook: Codebook) -> html.Node:
    """Build a list for each facet that has values: a link with its count narrows the search or takes it back."""
    groups = [_group(facet, counts, view, codebook) for facet, counts in result.counts.items() if counts]
    return html.Aside(groups, className="facets", **aria(label="Narrow the list"))


def build_chosen(view: View, codebook: Codebook) -> html.Node | None:
    """Build the links that take back each condition of a search; nothing without conditions."""
    links = [
        (f"{FACET_WORDS[facet]}: {facet_value_words(facet, value, codebook)}", _without(view, facet, value))
        for facet in PARTS
        for value in chosen_values(view, facet)
    ]
    if view.search:
        links.append((f"Words: {view.search}", replace(view, search="", number=1)))
    if view.since:
        links.append((f"Said from {day_in_words(view.since)}", replace(view, since=None, number=1)))
    if not links:
        return None
    items = [html.Li(_removal(words, to)) for words, to in links]
    cleared = View(
        page=view.page, as_of=view.as_of, compare=view.compare, known_at=view.known_at, public_by=view.public_by
    )
    return html.Ul([*items, html.Li(html.A("Clear all", href=cleared.address()))], className="chosen-values")


def _removal(words: str, to: View) -> html.Node:
    return html.A([words, html.Span(" ×", **aria(hidden="true"))], href=to.address(), **aria(label=f"Remove {words}"))


def _without(view: View, facet: Facet, value: str) -> View:
    kept = tuple(one for one in chosen_values(view, facet) if one != value)
    if len(kept) > 0:
        return replace(view, number=1, **{PARTS[facet]: kept})  # type: ignore[arg-type] # only lists hold several
    return view_with_value(view, facet, None)


def _group(facet: Facet, counts: tuple[ValueCount, ...], view: View, codebook: Codebook) -> html.Node:
    chosen = chosen_values(view, facet)
    shown = [one for place, one in enumerate(counts) if place < MOST_VALUES or one.value in chosen]
    items = [html.Li(_value_link(facet, one, view, codebook)) for one in shown]
    more = [html.Li(f"and {len(counts) - len(shown)} more", className="silence")] if len(counts) > len(shown) else []
    return html.Section([html.H2(FACET_WORDS[facet]), html.Ul([*items, *more])])


def _value_link(facet: Facet, count: ValueCount, view: View, codebook: Codebook) -> Any:
    words = facet_value_words(facet, count.value, codebook)
    is_chosen = chosen_values(view, facet) == (count.value,)
    to = view_with_value(view, facet, None if is_chosen else count.value)
    state = aria(current="true") if is_chosen else {}
    return html.A(
        [html.Span(words, dir="auto"), " ", html.Span(f"{count.statements:,}", className="count")],
        href=to.address(),
        **state,
    )
