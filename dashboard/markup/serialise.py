"""Parts of the page as plain data, from which the browser builds elements.

Text stays text: the browser never parses it as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from dashboard.markup.elements import Node
from dashboard.query.case import Case, PagePart, RestsOn
from positions.wording.links import web_address

_INTERNAL_ADDRESS: Final = re.compile(r"\?|#|/(?![/\\])")
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
    "aria-keyshortcuts": "aria-keyshortcuts",
    "aria-haspopup": "aria-haspopup",
    "aria-pressed": "aria-pressed",
    **{name: name for name in ("name", "value", "checked", "selected", "method", "role", "lang", "dir")},
    **{name: name for name in ("min", "max", "maxlength", "placeholder", "autocomplete", "rel", "target", "download")},
    **{name: name for name in ("viewBox", "preserveAspectRatio", "d")},
    "tabIndex": "tabindex",
    **{name: name for name in ("id", "popover", "popovertarget")},
    **{f"data-{name}": f"data-{name}" for name in ("view", "png", "copied", "copy", "from", "kind", "play", "zoom")},
    **{
        f"data-{name}": f"data-{name}"
        for name in ("in", "now", "heat", "shown", "close", "part", "label", "hit", "place", "search", "why")
    },
    **{f"data-{name}": f"data-{name}" for name in ("stop", "day", "low", "high", "before", "since", "step")},
}
"""The allowed attributes, by their Dash names."""


def serialise_part(part: Any) -> list[Any]:
    """Serialise elements and texts: a text as it is, an element as ``[tag, attributes, nodes]``.

    Raises ``ValueError`` for an attribute that is not allowed, and for an address that is neither within the site nor
    on the web.
    """
    nodes: list[Any] = []
    _append_nodes(nodes, part)
    return nodes


def serialise_once(case: Case, question: Hashable, build: Callable[[], Any], resting: RestsOn | None = None) -> Any:
    """Return a part that rests on some statements (``None``: on all that is known), serialised once for these.

    ``question`` has all else that it rests on. It stays as it was built on a page that nobody serves, which is written
    once.
    """
    if not case.served:
        return build()

    def build_part() -> PagePart:
        return PagePart(serialise_part(build()))

    if resting is None:
        return case.answer_once(("part", question), build_part)
    return case.answer_by_content(("part", question), resting, build_part)


def _append_nodes(nodes: list[Any], part: Any) -> None:
    if isinstance(part, str):
        nodes.append(part)
    elif isinstance(part, Node):
        inside: list[Any] = []
        _append_nodes(inside, part.children)
        nodes.append([part.tag, _serialise_attributes(part.tag, part.attributes) if part.attributes else {}, inside])
    elif isinstance(part, PagePart):
        nodes += part
    elif isinstance(part, list | tuple):
        for item in part:
            _append_nodes(nodes, item)
    elif part is not None:
        nodes.append(str(part))


def _serialise_attributes(tag: str, attributes: Mapping[str, Any]) -> dict[str, str]:
    if not attributes.keys() <= ATTRIBUTES.keys():
        raise ValueError(f"found <{tag} {' '.join(sorted(attributes))}>, which is not allowed in a plain part")
    if "href" in attributes and not _INTERNAL_ADDRESS.match(href := str(attributes["href"])) and not web_address(href):
        raise ValueError(f"href: found {href!r}, allowed: an address within the site or on the web")
    return {ATTRIBUTES[name]: value if type(value) is str else _text(value) for name, value in attributes.items()}


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ";".join(f"{name}:{setting}" for name, setting in value.items())
    return str(value)
