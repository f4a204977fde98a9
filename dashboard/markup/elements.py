"""The elements that a part of the page may be made of, none that loads or runs anything: ``P("text", className="x")``.

They only hold what they are given. Dash's own components check and list their properties at each turn, and listen to
every change on the page: of a table of a few hundred cells that makes each step of the slider take seconds.
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
        *("aside", "svg", "path"),
    }
)
"""Each is made by the function of its name, written with a capital: ``Td``."""


class Node:
    """An element with its attributes, by their Dash names, and what is in it: a text, an element, or a list of them."""

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
