"""What a page repeats is written once, and everything still opens and says what it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.listing import build_listing
from dashboard.markup import elements as html
from dashboard.markup.parts import data_attributes, party_name
from dashboard.markup.serialise import serialise_part
from dashboard.site.links import FileLinks, adapt_nodes
from dashboard.site.shared_parts import MOST_COLUMNS, hue_classes, label_table, share_boxes, shared_rules
from positions.wording.party_style import party_styles
from tests.examples import golden_codebook


def box(name: str, words: str) -> list[Any]:
    return [
        html.Button(f"open {name}", type="button", popovertarget=name),
        html.Div(words, id=name, popover="auto"),
    ]


def all_nodes(nodes: Sequence[Any]) -> Iterator[Any]:
    for node in nodes:
        if not isinstance(node, str):
            yield node
            yield from all_nodes(node[2])


def opened(nodes: Sequence[Any]) -> list[tuple[Any, Any]]:
    """The buttons' words with the content that each opens."""
    content = {node[1]["id"]: node[2] for node in all_nodes(nodes) if "popover" in node[1]}
    return [(node[2], content[node[1]["popovertarget"]]) for node in all_nodes(nodes) if "popovertarget" in node[1]]


@given(st.lists(st.sampled_from(["one quote", "another quote", ""]), max_size=6), st.booleans())
def test_every_button_opens_what_it_did_and_no_content_is_there_twice(words: list[str], nested: bool) -> None:
    parts: list[Any] = [box(f"b{number}", one) for number, one in enumerate(words)]
    nodes = serialise_part(html.Section(parts) if nested else parts)
    shared = share_boxes(nodes)
    assert opened(shared) == opened(nodes)
    boxes = [node[2] for node in all_nodes(shared) if "popover" in node[1]]
    assert all(boxes.count(one) == 1 for one in boxes)


def test_a_box_within_what_is_closed_is_shared_with_nobody() -> None:
    nodes = serialise_part([html.Details([html.Summary("more"), *box("b1", "quote")]), *box("b2", "quote")])
    assert share_boxes(nodes) == nodes


def test_labels_of_columns_stand_with_the_table() -> None:
    table = serialise_part(build_listing(("Said on", 'The "word"'), [("1 May", "yes"), ("2 May", "no")]))[0][2][0]
    attributes, rows = label_table(table[1], table[2])
    assert attributes == {"class": "listing labelled", "style": r'--c1:"Said on: ";--c2:"The \"word\": "'}
    assert not any("data-label" in node[1] for node in all_nodes(rows))
    assert "td:nth-child(2)::before{content:var(--c2)}" in shared_rules(party_styles(golden_codebook()))


def test_a_table_with_different_labels_in_a_column_or_very_many_stays() -> None:
    cells = [html.Td("yes", **data_attributes(label=label)) for label in ("Russia", "Ukraine")]
    different = serialise_part([html.Tr(cell) for cell in cells])
    assert label_table({}, different) == ({}, different)
    many = serialise_part(html.Tr([html.Td("yes", **data_attributes(label="x"))] * (MOST_COLUMNS + 1)))
    assert label_table({}, many) == ({}, many)


def test_each_hue_has_a_class_whose_rule_sets_it() -> None:
    styles = party_styles(golden_codebook())
    classes = hue_classes(styles)
    links = FileLinks(lambda _address: None, lambda _statement: None, classes)
    for party, style in styles.items():
        [node] = adapt_nodes(serialise_part(party_name(party, styles)), links)
        name = node[1]["class"].split()[-1]
        assert f".{name}{{--hue:{style.hue}}}" in shared_rules(styles)
