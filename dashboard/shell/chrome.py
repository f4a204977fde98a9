"""The frame around every page: navigation, the form with the options, links to the page's CSV and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.markup import elements as html
from dashboard.markup.forms import boolean_attribute, day_field
from dashboard.markup.parts import aria, data_attributes
from dashboard.pages import PAGES
from dashboard.query.case import Case
from dashboard.query.view import PAGE_IDS, View
from positions.model.dates import day_in_words


def build_navigation(titles: Mapping[str, str], view: View) -> list[Any]:
    """Link all pages; the links keep the chosen day, parties, issues and limits."""
    return [
        html.A(title, href=view_on_page(view, page).address(), **(aria(current="page") if page == view.page else {}))
        for page, title in titles.items()
    ]


def build_search_button() -> html.Node:
    """Build the button that opens the search over all pages, with its key."""
    shortcut = html.Span("/", className="key-cap", **aria(hidden="true"))
    attributes = {**data_attributes(search="1"), **aria(keyshortcuts="/ Control+K", haspopup="dialog")}
    return html.Button(["Search ", shortcut], type="button", className="search-open", **attributes)


def page_heading(title: str, view: View, case: Case) -> list[Any]:
    """Return the heading of a page: what it is about, then the negotiation; the first page is about that alone."""
    if view.page == PAGE_IDS[0]:
        return [case.codebook.title]
    return [html.Span(title, dir="auto"), " ", html.Small(case.codebook.title)]


def view_on_page(view: View, page: str) -> View:
    """Return the view on another page, without the parts that only one page uses."""
    view = replace(view, page=page, statement=None, number=1, document=None, mode="days", unknown=())
    view = replace(view, search="", party=None, since=None, element=None, speaker=None)
    return replace(view, voice=None, outlet="", confidence=None)


def build_options(case: Case, view: View) -> list[Any]:
    """Build the form that changes the view; its fields are named as in the address."""
    return [
        html.Form(
            [*_dates(view), *_choices(case, view), _buttons(view)],
            className="options",
            method="get",
            **data_attributes(view=view.path),
        )
    ]


def _dates(view: View) -> list[Any]:
    compare = [day_field("Compare with", "compare", view.compare)] if PAGES[view.page].compares(view) else []
    return [
        day_field("As of", "as_of", view.as_of),
        *compare,
        day_field("Known as of", "known_at", view.known_at.date() if view.known_at else None),
        day_field("Public by", "public_by", view.public_by),
    ]


def _choices(case: Case, view: View) -> list[Any]:
    parties = [(party.id, party.name) for party in case.codebook.parties]
    issues = [(issue.id, issue.label) for issue in case.codebook.issues]
    return [
        _checkboxes("Parties", "parties", parties, view.parties),
        *([] if view.page == "issue" else [_checkboxes("Issues", "issues", issues, view.issues)]),
    ]


def _checkboxes(legend: str, name: str, options: Sequence[tuple[str, str]], chosen: Sequence[str]) -> html.Node:
    boxes = [
        html.Label(
            [
                html.Input(
                    type="checkbox",
                    name=name,
                    value=value,
                    **boolean_attribute("checked", value in chosen),
                ),
                words,
            ]
        )
        for value, words in options
    ]
    return html.Fieldset([html.Legend(f"{legend} (none ticked: all)"), *boxes])


def _buttons(view: View) -> html.Node:
    hidden: dict[str, Any] = {
        "issue": view.issue,
        "party": view.party,
        "outlet": view.outlet,
        "document": view.document,
        "q": view.search,
        "since": view.since,
        "element": view.element,
        "speaker": view.speaker,
        "voice": view.voice,
        "confidence": view.confidence,
        "mode": view.mode if view.mode != "days" else "",
    }
    fields: list[Any] = [
        html.Input(type="hidden", name=name, value=str(value)) for name, value in hidden.items() if value
    ]
    if view.axis != "event":
        fields.append(html.Input(type="hidden", name="axis", value=view.axis))
    reset_view = View(page=view.page, embed=view.embed)
    reset = html.A("Show everything", href=reset_view.address())
    return html.P([*fields, html.Button("Apply", type="submit", className="apply"), " ", reset])


def options_words(case: Case, view: View) -> str:
    """Return which options are set, for the line that opens the form."""
    parts = []
    if view.parties:
        parts.append(f"{len(view.parties)} of {len(case.codebook.parties)} parties")
    if view.issues:
        parts.append(f"{len(view.issues)} of {len(case.codebook.issues)} issues")
    if view.compare:
        parts.append(f"compared with {day_in_words(view.compare)}")
    if view.known_at:
        parts.append(f"as known on {day_in_words(view.known_at.date())}")
    if view.public_by:
        parts.append(f"published by {day_in_words(view.public_by)}")
    return f"Dates and filters: {', '.join(parts)}" if parts else "Dates and filters"


def build_twin_links(case: Case, view: View, *, compared: tuple[date, date] | None = None) -> list[Any]:
    """Build the links to the page's data and itself in a frame, and the button that copies its address.

    The address to embed is only offered if some may do so. ``compared`` are the two days that the page compares.
    """
    query = replace(view, embed=False).query_string()
    links = [
        # Saved beside the page, which stays: a browser would show JSON in its place.
        html.A(kind.upper(), href=f"/{view.page}.{kind}{query}", download=f"positions-{view.page}.{kind}")
        for kind in ("csv", "json")
    ]
    # A copied link names its days: the last one, and the first that compares, are others once more is recorded.
    named = replace(view, compare=compared[0]) if compared else view
    copy = html.Button("Copy link", type="button", className="link", **data_attributes(copy=named.address()))
    embed = [html.A("Embed", href=replace(view, embed=True).address())] if case.embeddable else []
    return [html.Span("This view: ", className="silence"), *links, copy, *embed]
