"""One page for many days: what is the same on several days is written once, what differs once for each of its days.

A style sheet shows the variants of the day that the address names (``#2022-02-27``) and hides the others, so that a
page needs no script to show any of its days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Final

VARIANT: Final = "v"
"""The class of what is not shown on all days of its page; ``d0`` and so on are the classes of its days."""
_WHOLE: Final = frozenset({"svg", "path", "text", "tspan", "title", "desc", "select", "option", "rect", "circle"})
"""Elements that hold no variants of texts: they differ as a whole."""
_NAMED: Final = frozenset({"tr", "li", "section", "dt"})
"""Elements that are told apart by the first text in them if nothing else tells them apart."""


@dataclass(slots=True)
class DayNode:
    """An element, or a text if it has no ``tag``, with the days (indices) that it is shown on."""

    tag: str
    days: set[int]
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[DayNode] = field(default_factory=list)
    key: Any = None


def merge_days(days: Sequence[Sequence[Any]]) -> list[Any]:
    """Merge the serialised nodes of several days into nodes that hold them all; ids stay unique.

    What is not on all days has the classes :data:`VARIANT` and ``d`` with the index of each of its days. Hiding the
    variants of other days leaves exactly the nodes of a day.
    """
    merged: list[DayNode] = []
    for index, nodes in enumerate(days):
        _add_day(merged, nodes, index)
    if _has_ambiguous_ids(merged):
        merged = [_whole_day(nodes, index) for index, nodes in enumerate(days)]
    return [part for node in merged for part in _written(node, len(days))]


def _add_day(merged: list[DayNode], nodes: Sequence[Any], day: int) -> None:
    """Align the nodes of one more day with those of the days before, in their order."""
    keys = [_key(node) for node in nodes]
    known = [node.key for node in merged]
    result: list[DayNode] = []
    for kind, first, last, start, end in SequenceMatcher(None, known, keys, autojunk=False).get_opcodes():
        if kind == "equal":
            for node, other in zip(merged[first:last], nodes[start:end], strict=True):
                node.days.add(day)
                if node.tag:
                    _add_day(node.children, other[2], day)
                result.append(node)
            continue
        result += merged[first:last]
        result += [_new(node, key, day) for node, key in zip(nodes[start:end], keys[start:end], strict=True)]
    merged[:] = result


def _new(node: Any, key: Any, day: int) -> DayNode:
    if isinstance(node, str):
        return DayNode("", {day}, text=node, key=key)
    tag, attributes, inside = node
    children = [_new(child, _key(child), day) for child in inside]
    return DayNode(tag, {day}, attributes, children=children, key=key)


def _key(node: Any) -> Any:
    """Return what two nodes have in common that are merged into one; what they hold may differ."""
    if isinstance(node, str):
        return node
    tag, attributes, inside = node
    if tag in _WHOLE and tag != "svg":
        return tag, repr(node)
    name = _first_id(node) or (next(_texts(inside), "") if tag in _NAMED else "")
    return tag, tuple(sorted(attributes.items())), name


def _first_id(node: Any) -> str:
    if isinstance(node, str):
        return ""
    return node[1].get("id", "") or next(filter(None, map(_first_id, node[2])), "")


def _texts(nodes: Sequence[Any]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield from _texts(node[2])


def _has_ambiguous_ids(merged: Sequence[DayNode]) -> bool:
    """Return whether an id stands at two elements: what opens one of them would open the other on some days."""
    tally = Counter(node.attributes["id"] for node in _all_nodes(merged) if "id" in node.attributes)
    return any(number > 1 for number in tally.values())


def _all_nodes(nodes: Sequence[DayNode]) -> Iterator[DayNode]:
    for node in nodes:
        yield node
        yield from _all_nodes(node.children)


def _whole_day(nodes: Sequence[Any], day: int) -> DayNode:
    """Hold a day apart from all others, with ids of its own."""
    children = [_new(node, None, day) for node in nodes]
    for node in _all_nodes(children):
        for name in ("id", "popovertarget"):
            if name in node.attributes:
                node.attributes = node.attributes | {name: f"{node.attributes[name]}-{day}"}
    return DayNode("div", {day}, children=children)


def _written(node: DayNode, within: int | set[int]) -> list[Any]:
    """Write a node in an element that is shown on the days ``within``, or on so many if it is a number."""
    shown_always = len(node.days) == (within if isinstance(within, int) else len(within))
    classes = "" if shown_always else " ".join([VARIANT, *(f"d{day}" for day in sorted(node.days))])
    if not node.tag:
        return [["span", {"class": classes}, [node.text]]] if classes else [node.text]
    attributes = dict(node.attributes)
    if classes:
        attributes["class"] = f"{attributes['class']} {classes}" if attributes.get("class") else classes
    return [[node.tag, attributes, [part for child in node.children for part in _written(child, node.days)]]]
