"""Parts of the page as HTML text, for what is drawn before any script runs or without one.

The text says what :func:`dashboard.markup.serialise.serialise_part` allowed and nothing else: whatever a document or a
codebook holds stays text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from dashboard.markup.elements import TAGS
from dashboard.markup.serialise import ATTRIBUTES, serialise_part

VOID: Final = frozenset({"br", "input"})
"""The elements that have no content and no end tag."""
EMPTY: Final = frozenset({"path", "rect", "line", "circle", "polygon"})
"""The elements of a drawing that are closed where they begin if they have no content: charts have thousands."""
DRAWN_TAGS: Final = TAGS | {"g", "rect", "line", "circle", "polygon", "text", "tspan", "title"}
"""The elements of parts and of drawings within them."""
DRAWN_NAMES: Final = frozenset(
    {
        *("width", "height", "font-size", "font-weight", "font-style", "fill", "stroke", "stroke-width", "opacity"),
        *("stroke-dasharray", "points", "x", "y", "x1", "x2", "y1", "y2", "r", "transform", "text-anchor"),
        "vector-effect",
    }
)
"""The attributes of drawings beside those of all parts."""
_ALLOWED: Final = frozenset(ATTRIBUTES.values())
# A browser reads a carriage return as a line feed unless it is written as a reference.
_IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def write_html(part: Any) -> str:
    """Return elements and texts, as pages are built of them, as HTML text.

    Raises ``ValueError`` for what :func:`dashboard.markup.serialise.serialise_part` and :func:`write_nodes` refuse.
    """
    return write_nodes(serialise_part(part))


def write_nodes(nodes: Iterable[Any], *, tags: AbstractSet[str] = TAGS, names: AbstractSet[str] = frozenset()) -> str:
    """Write serialised nodes, a text or ``[tag, attributes, nodes]`` each, as HTML text.

    ``tags`` are the elements that are allowed; ``names`` attributes that are allowed beside those of all parts.

    Raises ``ValueError`` for an element or an attribute that no part of a page may have, and for content in an element
    that cannot have any.
    """
    pieces: list[str] = []
    _append_nodes(pieces, nodes, tags, _ALLOWED | names)
    return "".join(pieces)


def _append_nodes(pieces: list[str], nodes: Iterable[Any], tags: AbstractSet[str], names: AbstractSet[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            pieces.append(node.translate(_IN_TEXT))
            continue
        tag, attributes, inside = node
        if tag not in tags:
            raise ValueError(f"found <{tag}>, which no part of a page may have")
        if tag in EMPTY and not inside:
            pieces.append(f"<{tag}{_attributes(tag, attributes, names)}/>")
            continue
        pieces.append(f"<{tag}{_attributes(tag, attributes, names)}>")
        if tag not in VOID:
            _append_nodes(pieces, inside, tags, names)
            pieces.append(f"</{tag}>")
        elif inside:
            raise ValueError(f"found content in <{tag}>, which cannot have any")


def _attributes(tag: str, attributes: Mapping[str, str], names: AbstractSet[str]) -> str:
    if not attributes.keys() <= names:
        raise ValueError(f"found <{tag} {' '.join(sorted(attributes))}>, which is not allowed in a plain part")
    return "".join(f' {name}="{value.translate(_IN_ATTRIBUTE)}"' for name, value in attributes.items())
