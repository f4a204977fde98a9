"""Parts of the page as HTML text: the same elements and texts come back, and nothing of a text becomes an element."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.markup import elements as html
from dashboard.markup.elements import TAGS, Node
from dashboard.markup.html_text import VOID, write_html, write_nodes
from dashboard.markup.serialise import ATTRIBUTES, serialise_part
from tests.dashboard.markup.parsed import joined, read_nodes

SIGNS = st.text(
    st.one_of(
        st.sampled_from("<>&\"'`=/! \r\n\t;-[]\u2028\u202e\u00ad#"),
        # What no HTML text can hold: surrogates, and the sign of nought, which every parser replaces.
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=24,
)
HOSTILE = st.one_of(
    SIGNS,
    st.sampled_from(
        [
            "</script><script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "' onmouseover='alert(1)",
            "&lt;script&gt;",
            "&#60;b&#62; &amp;amp; &notit; &copy",
            "<!-- --><!DOCTYPE html><?php ?><![CDATA[x]]>",
            "</td></tr></table></main>",
            "\r\n\r",
        ]
    ),
)
NAMES = [name for name in ATTRIBUTES if name != "href"]


def _nodes() -> st.SearchStrategy[Any]:
    attributes = st.dictionaries(st.sampled_from(NAMES), HOSTILE, max_size=3)

    def node(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        full = st.builds(
            lambda tag, words, content: Node(tag, content, **words),
            st.sampled_from(sorted(TAGS - VOID)),
            attributes,
            st.lists(inside, max_size=3),
        )
        empty = st.builds(lambda tag, words: Node(tag, None, **words), st.sampled_from(sorted(VOID)), attributes)
        return st.one_of(full, empty)

    return st.recursive(HOSTILE, node, max_leaves=8)


@given(st.lists(_nodes(), max_size=3))
def test_what_is_written_is_read_back_and_no_text_becomes_an_element(part: list[Any]) -> None:
    nodes = serialise_part(part)
    read = read_nodes(write_html(part))
    assert read.nodes == joined(nodes)
    assert not read.remarks
    assert set(read.names) <= TAGS


def test_empty_elements_have_no_end_tag_and_drawings_keep_their_attributes() -> None:
    drawing = html.Svg(viewBox="0 0 1 1", preserveAspectRatio="none", children=[html.Path(d="M0 0H1")])
    assert write_html([html.Br(), html.Input(type="search", name="q", value='"')]) == (
        '<br><input type="search" name="q" value="&quot;">'
    )
    assert write_html(drawing) == ('<svg viewBox="0 0 1 1" preserveAspectRatio="none"><path d="M0 0H1"/></svg>')


def test_a_text_comes_back_sign_by_sign_with_its_line_ends() -> None:
    assert write_html("a\r\nb < c & d > e \u2028") == "a&#13;\nb &lt; c &amp; d &gt; e \u2028"


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "object", "base", "meta", "p onclick=x"])
def test_elements_that_load_or_run_something_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="which no part of a page may have"):
        write_nodes([[tag, {}, []]])


@pytest.mark.parametrize("name", ["onclick", "src", "srcdoc", 'a"b', "data-x y"])
def test_attributes_that_no_part_may_have_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not allowed in a plain part"):
        write_nodes([["p", {name: "1"}, []]])


def test_addresses_that_run_something_are_refused() -> None:
    with pytest.raises(ValueError, match="allowed: an address within the site or on the web"):
        write_html(html.A("x", href="javascript:alert(1)"))


def test_an_element_without_content_refuses_content() -> None:
    with pytest.raises(ValueError, match="cannot have any"):
        write_html(html.Br("words"))
