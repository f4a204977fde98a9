"""The elements allowed in a part of the page, none of which loads or runs anything: ``P("text", className="x")``.

They only hold their content and attributes. Dash's own components validate their properties and listen to every change
on the page: with a table of a few hundred cells each step of the slider would take seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

TAGS: Final = frozenset(
    {
        *("a", "b", "br", "button", "code", "dd", "div", "dl", "dt", "h2", "h3", "li", "p", "section", "small"),
        *("span", "table", "tbody", "td", "th", "thead", "tr", "ul", "ol", "mark", "blockquote", "em", "strong"),
        *("form", "label", "input", "select", "option", "fieldset", "legend", "figure", "figcaption", "caption"),
        *("aside", "details", "summary", "svg", "path"),
    }
)
"""Each has a function of its capitalised name that builds it: ``Td``."""


class Node:
    """An element: its attributes, by their Dash names, and its content, a text, a node or a list of them."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, children: Any = None, **attributes: Any) -> None:
        self.tag = tag
        self.children = children
        self.attributes = attributes

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attributes}>{self.children!r}"


globals().update({tag.capitalize(): partial(Node, tag) for tag in TAGS})


def __getattr__(name: str) -> Callable[..., Node]:
    raise AttributeError(f"found {name!r}, which is no element that a part of the page may have")
