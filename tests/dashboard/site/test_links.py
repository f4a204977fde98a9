"""Parts of the dashboard as a site has them: nothing leads to what is not there."""

from __future__ import annotations

from typing import Any

from dashboard.markup import elements as html
from dashboard.markup.parts import aria, data_attributes, statement_button
from dashboard.markup.serialise import serialise_part
from dashboard.site.links import FileLinks, adapt_nodes


def adapted(part: Any) -> list[Any]:
    links = FileLinks(
        lambda address: "issue-talks.html" if address == "/issue?issue=talks" else None,
        lambda statement: f"documents/003.html#s-{statement}" if statement == "003-22" else None,
        {"--hue:#E69F00": "h0"},
    )
    return adapt_nodes(serialise_part(part), links)


def test_a_link_leads_to_its_file_and_keeps_how_it_looks() -> None:
    link = html.A("Peace talks", href="/issue?issue=talks", className="run", **aria(current="page"))
    assert adapted(link) == [
        ["a", {"href": "issue-talks.html", "class": "run", "aria-current": "page"}, ["Peace talks"]]
    ]


def test_a_link_to_what_no_file_shows_becomes_text() -> None:
    link = html.A(["only ", html.B("Russia")], href="/?parties=RUS", className="count", **aria(current="true"))
    assert adapted(link) == [["span", {"class": "count"}, ["only ", ["b", {}, ["Russia"]]]]]


def test_links_to_the_web_stay() -> None:
    link = html.A("The outlet", href="https://example.org/", rel="noopener", target="_blank")
    assert adapted(link) == serialise_part(link)


def test_a_button_that_opens_a_statement_becomes_a_link_to_its_quote() -> None:
    button = statement_button("003-22", "“no to Minsk”", name="Open the quote")
    way = {"href": "documents/003.html#s-003-22", "class": "quote", "aria-label": "Open the quote"}
    assert adapted(button) == [["a", way, ["“no to Minsk”"]]]
    assert adapted(statement_button("gone", "words")) == [["span", {"class": "quote"}, ["words"]]]


def test_forms_and_what_needs_a_script_or_a_server_are_left_out() -> None:
    parts = [
        html.Form([html.Input(name="q")], method="get"),
        html.Button("Play", **data_attributes(play="1")),
        html.P([html.A("SVG", href="/overview.svg?chart=1")], className="chart-links"),
        html.P("stays"),
    ]
    assert adapted(parts) == [["p", {}, ["stays"]]]


def test_boxes_that_open_without_a_script_stay() -> None:
    parts = [
        html.Button("Venue", type="button", popovertarget="box"),
        html.Div("words", id="box", popover="auto", **aria(label="What this rests on on 27 February")),
    ]
    assert adapted(parts) == [
        ["button", {"type": "button", "popovertarget": "box"}, ["Venue"]],
        ["div", {"id": "box", "popover": "auto"}, ["words"]],
    ]


def test_the_hue_of_a_party_is_a_class_and_any_other_style_stays() -> None:
    parts = [html.Span("Russia", className="party", style={"--hue": "#E69F00"}), html.Span(style={"left": "5%"})]
    assert adapted(parts) == [
        ["span", {"class": "party h0"}, ["Russia"]],
        ["span", {"style": "left:5%"}, []],
    ]
