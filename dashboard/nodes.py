"""Parts of the page that only show something, as plain data that the browser builds elements from.

Every Dash component listens to every change on the page, so a table of a few hundred cells makes each step of the
slider take seconds. Built from plain data it costs nothing, and text stays text: the browser never parses any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dash.development.base_component import Component

TAGS: Final = frozenset(
    {
        *("a", "b", "br", "button", "code", "dd", "div", "dl", "dt", "h2", "h3", "li", "p", "section", "small"),
        *("span", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
)
"""The elements that a plain part may have: none that loads or runs anything."""
ATTRIBUTES: Final[Mapping[str, str]] = {
    "className": "class",
    "colSpan": "colspan",
    "href": "href",
    "scope": "scope",
    "style": "style",
    "title": "title",
    "type": "type",
    "data-open": "data-open",
    "aria-hidden": "aria-hidden",
    "aria-label": "aria-label",
}
"""The attributes it may have, by their Dash name."""


def plain(part: Any) -> list[Any]:
    """Turn components and texts into nodes: a text as it is, an element as ``[tag, attributes, nodes]``.

    Raises ``ValueError`` for an element or an attribute that is not allowed in a plain part.
    """
    if part is None:
        return []
    if isinstance(part, list | tuple):
        return [node for item in part for node in plain(item)]
    if not isinstance(part, Component):
        return [str(part)]
    describe: Any = part.to_plotly_json  # dash gives it no types
    fields = describe()
    tag, props = str(fields["type"]).lower(), dict(fields["props"])
    nodes = plain(props.pop("children", None))
    if tag not in TAGS or not props.keys() <= ATTRIBUTES.keys():
        raise ValueError(f"found <{tag} {' '.join(sorted(props))}>, which is not allowed in a plain part")
    if not str(props.get("href", "?")).startswith("?"):
        raise ValueError(f"href: found {props['href']!r}, allowed: an address within the page")
    return [[tag, {ATTRIBUTES[name]: _text(value) for name, value in props.items()}, nodes]]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ";".join(f"{name}:{setting}" for name, setting in value.items())
    return str(value)
