"""Parts of the page that only show something, as plain data that the browser builds elements from.

Every Dash component listens to every change on the page, so a table of a few hundred cells makes each step of the
slider take seconds. Built from plain data it costs nothing, and text stays text: the browser never parses any of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from dash.development.base_component import Component

_INSIDE: Final = re.compile(r"\?|#|/(?![/\\])")
TAGS: Final = frozenset(
    {
        *("a", "b", "br", "button", "code", "dd", "div", "dl", "dt", "h2", "h3", "li", "p", "section", "small"),
        *("span", "table", "tbody", "td", "th", "thead", "tr", "ul", "ol", "mark", "blockquote", "em", "strong"),
        *("form", "label", "input", "select", "option", "fieldset", "legend", "figure", "figcaption", "caption"),
        *("aside", "svg", "path"),
    }
)
"""The elements that a plain part may have: none that loads or runs anything."""
ATTRIBUTES: Final[Mapping[str, str]] = {
    "className": "class",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
    "href": "href",
    "scope": "scope",
    "style": "style",
    "title": "title",
    "type": "type",
    "data-open": "data-open",
    "aria-hidden": "aria-hidden",
    "aria-label": "aria-label",
    "aria-current": "aria-current",
    "aria-sort": "aria-sort",
    **{name: name for name in ("name", "value", "checked", "selected", "method", "role", "lang", "dir")},
    **{name: name for name in ("min", "max", "maxlength", "placeholder", "autocomplete", "rel", "target")},
    **{name: name for name in ("viewBox", "preserveAspectRatio", "d")},
    "tabIndex": "tabindex",
    **{f"data-{name}": f"data-{name}" for name in ("view", "download", "picture", "copy", "from", "kind", "play")},
    **{f"data-{name}": f"data-{name}" for name in ("in", "now", "shown", "close", "part")},
}
"""The attributes it may have, by their Dash name."""


@dataclass(frozen=True)
class Node:
    """An element that Dash has no component for, such as a field of a form or a drawing."""

    tag: str
    attributes: Mapping[str, Any]


def node(tag: str, **attributes: Any) -> Any:
    """Return an element; ``children`` is what it contains."""
    return Node(tag, attributes)


def plain(part: Any) -> list[Any]:
    """Turn components and texts into nodes: a text as it is, an element as ``[tag, attributes, nodes]``.

    Raises ``ValueError`` for an element or an attribute that is not allowed in a plain part.
    """
    if part is None:
        return []
    if isinstance(part, list | tuple):
        return [node for item in part for node in plain(item)]
    if isinstance(part, Node):
        tag, props = part.tag, dict(part.attributes)
    elif isinstance(part, Component):
        describe: Any = part.to_plotly_json  # dash gives it no types
        fields = describe()
        tag, props = str(fields["type"]).lower(), dict(fields["props"])
    else:
        return [str(part)]
    nodes = plain(props.pop("children", None))
    if tag not in TAGS or not props.keys() <= ATTRIBUTES.keys():
        raise ValueError(f"found <{tag} {' '.join(sorted(props))}>, which is not allowed in a plain part")
    if not _INSIDE.match(str(props.get("href", "?"))) and not _is_web(str(props["href"])):
        raise ValueError(f"href: found {props['href']!r}, allowed: an address within the site or on the web")
    return [[tag, {ATTRIBUTES[name]: _text(value) for name, value in props.items()}, nodes]]


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ";".join(f"{name}:{setting}" for name, setting in value.items())
    return str(value)
