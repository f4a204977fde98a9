"""One page for many days: what is the same on several days is written once, what differs once for each of its days.

A style sheet shows the variants of the day that the address names (``#2022-02-27``) and hides the others, so that a
page needs no script to show any of its days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any, Final

from dashboard.site.variant_classes import day_classes

_WHOLE: Final = frozenset({"svg", "path", "text", "tspan", "title", "desc", "select", "option", "rect", "circle"})
"""Elements that hold no variants of texts: they differ as a whole."""
_NAMED: Final = frozenset({"tr", "li", "dt"})
"""Elements that the first text in them tells apart."""


@dataclass(slots=True)
class DayNode:
    """An element, or a text if it has no ``tag``, with the days (indices) that it is shown on.

    ``source`` is the serialised node that it was on the ``last`` of its days.
    """

    tag: str
    days: set[int]
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[DayNode] = field(default_factory=list)
    key: Any = None
    source: Any = None
    last: int = 0


def merge_days(days: Sequence[Sequence[Any]]) -> list[Any]:
    """Merge the serialised nodes of several days into nodes that hold them all; ids stay unique.

    What is not on all days has the classes of :func:`dashboard.site.variant_classes.day_classes`. Hiding the variants
    of other days leaves exactly the nodes of a day.
    """
    merged: list[DayNode] = []
    for index, nodes in enumerate(days):
        _add_day(merged, nodes, index)
    _separate_ids(merged)
    return [part for node in merged for part in _written(node, frozenset(range(len(days))), len(days))]


def _add_day(merged: list[DayNode], nodes: Sequence[Any], day: int) -> None:
    """Align the nodes of one more day with those of the days before, in their order."""
    keys = [_key(node) for node in nodes]
    known = [node.key for node in merged]
    result: list[DayNode] = []
    for kind, first, last, start, end in SequenceMatcher(None, known, keys, autojunk=False).get_opcodes():
        if kind == "equal":
            for node, other in zip(merged[first:last], nodes[start:end], strict=True):
                _add_to_node(node, other, day)
                result.append(node)
            continue
        result += merged[first:last]
        result += [_new(node, key, day) for node, key in zip(nodes[start:end], keys[start:end], strict=True)]
    merged[:] = result


def _add_to_node(node: DayNode, other: Any, day: int) -> None:
    if node.source == other:
        _repeat_day(node, day)
        return
    node.days.add(day)
    _add_day(node.children, other[2], day)
    node.source, node.last = other, day


def _repeat_day(node: DayNode, day: int) -> None:
    """Show on one more day what an element was on its last day; most parts of a page are as they were."""
    for child in node.children:
        if node.last in child.days:
            _repeat_day(child, day)
    node.days.add(day)
    node.last = day


def _new(node: Any, key: Any, day: int) -> DayNode:
    if isinstance(node, str):
        return DayNode("", {day}, text=node, key=key, source=node, last=day)
    tag, attributes, inside = node
    children = [_new(child, _key(child), day) for child in inside]
    return DayNode(tag, {day}, attributes, children=children, key=key, source=node, last=day)


def _key(node: Any) -> Any:
    """Return what two nodes have in common that are merged into one; what they hold may differ."""
    if isinstance(node, str):
        return node
    tag, attributes, inside = node
    if tag in _WHOLE and tag != "svg":
        return tag, repr(node)
    name = next(_texts(inside), "") if tag in _NAMED else ""
    return tag, tuple(sorted(attributes.items())), name


def _texts(nodes: Sequence[Any]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield from _texts(node[2])


def _separate_ids(merged: list[DayNode]) -> None:
    """Give each element an id of its own where several have the same, and let what opens one go on doing so."""
    owners: dict[str, list[DayNode]] = {}
    for node in _all_nodes(merged):
        if name := node.attributes.get("id"):
            owners.setdefault(name, []).append(node)
    several = {name: nodes for name, nodes in owners.items() if len(nodes) > 1}
    for name, nodes in several.items():
        for index, node in enumerate(nodes):
            node.attributes = node.attributes | {"id": f"{name}.{index}"}
    if several:
        _split_openers(merged, several)


def _split_openers(nodes: list[DayNode], owners: Mapping[str, Sequence[DayNode]]) -> None:
    """Put a variant in place of each element that opens another one on each of its days."""
    result: list[DayNode] = []
    for node in nodes:
        _split_openers(node.children, owners)
        opened = owners.get(node.attributes.get("popovertarget", ""))
        for owner in opened or ():
            if days := node.days & owner.days:
                part = _limit_days(node, days)
                part.attributes = node.attributes | {"popovertarget": owner.attributes["id"]}
                result.append(part)
        if not opened:
            result.append(node)
    nodes[:] = result


def _limit_days(node: DayNode, days: set[int]) -> DayNode:
    children = [_limit_days(child, common) for child in node.children if (common := child.days & days)]
    return replace(node, days=days, children=children)


def _all_nodes(nodes: Sequence[DayNode]) -> Iterator[DayNode]:
    for node in nodes:
        yield node
        yield from _all_nodes(node.children)


def _written(node: DayNode, within: AbstractSet[int], count: int) -> list[Any]:
    """Write a node in an element that is shown on the days ``within``, of a page of ``count`` days."""
    classes = day_classes(node.days, within, count)
    if not node.tag:
        return [["span", {"class": classes}, [node.text]]] if classes else [node.text]
    attributes = dict(node.attributes)
    if classes:
        attributes["class"] = f"{attributes['class']} {classes}" if attributes.get("class") else classes
    return [[node.tag, attributes, [part for child in node.children for part in _written(child, node.days, count)]]]
