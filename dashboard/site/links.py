"""Parts of the dashboard as a site has them: links lead to files, and what needs a server is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dashboard.site.shared_parts import label_table
from positions.wording.links import web_address

FileOf = Callable[[str], str | None]
"""Maps an address of the dashboard to a way to a file; ``None`` if no file shows it."""
_SERVED: Final = frozenset({"data-picture", "data-copy", "data-play", "data-download", "data-png", "data-copied"})
"""What marks controls that only a server, or a script of the dashboard, gives a use."""
SERVED_PART: Final = "chart-links"
"""The class of a part that has such controls alone: the pictures of a chart and what goes with them."""


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Where the links of a page lead: ``to`` for an address, ``statement_to`` for a statement's id.

    ``classes`` are those that stand for a style attribute (:func:`dashboard.site.shared_parts.hue_classes`).
    """

    to: FileOf
    statement_to: FileOf
    classes: Mapping[str, str] = field(default_factory=dict)


def adapt_nodes(nodes: Sequence[Any], links: FileLinks) -> list[Any]:
    """Return serialised nodes with links to files and without forms; buttons that open a statement become links.

    A link to what the site does not show becomes plain text: it must not lead to something else.
    """
    result: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            result.append(node)
        elif not needs_server(node):
            result.append(_adapt_element(node, links))
    return result


def needs_server(node: Any) -> bool:
    """Return whether an element is left out, since only a dashboard that is served gives it a use."""
    tag, attributes, _ = node
    return tag == "form" or attributes.get("class") == SERVED_PART or bool(_SERVED & attributes.keys())


def _adapt_element(node: Any, links: FileLinks) -> list[Any]:
    tag, attributes, inside = node
    content = adapt_nodes(inside, links)
    if "data-open" in attributes:
        return _link(attributes, links.statement_to(attributes["data-open"]), content)
    if tag == "a" and (href := attributes.get("href", "")) and not web_address(href):
        return _link(attributes, links.to(href), content)
    if tag == "table":
        attributes, content = label_table(attributes, content)
    elif "popover" in attributes:
        # A name needs a role to be heard, and one with a day in it would make the box another one on each day.
        attributes = {name: value for name, value in attributes.items() if name != "aria-label"}
    elif (style := attributes.get("style")) in links.classes:
        classes = f"{attributes.get('class', '')} {links.classes[style]}".strip()
        attributes = {**{name: value for name, value in attributes.items() if name != "style"}, "class": classes}
    return [tag, attributes, content]


def _link(attributes: dict[str, str], way: str | None, content: list[Any]) -> list[Any]:
    kept = {name: value for name, value in attributes.items() if name not in ("href", "type", "data-open")}
    if way is None:
        return ["span", {name: value for name, value in kept.items() if not name.startswith("aria-")}, content]
    return ["a", {"href": way, **kept}, content]
