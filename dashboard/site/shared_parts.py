"""What a page of a site would repeat is written once: boxes with the same content, labels of columns, parties' hues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from positions.wording.party_style import PartyStyle

LABEL: Final = "data-label"
MOST_COLUMNS: Final = 9
"""The most columns of a table whose labels the style sheet writes; the matrix has one for each party."""


def share_boxes(nodes: Sequence[Any]) -> list[Any]:
    """Return serialised nodes in which the buttons of boxes with the same content all open the first of them."""
    first: dict[str, str] = {}
    names: dict[str, str] = {}
    for box in _boxes(nodes):
        names[box[1]["id"]] = first.setdefault(repr(box[2]), box[1]["id"])
    shared = {name: kept for name, kept in names.items() if name != kept}
    return _without_boxes(nodes, shared) if shared else list(nodes)


def _boxes(nodes: Sequence[Any]) -> Iterator[Any]:
    """Yield the boxes that are there whatever the reader has opened: in what is closed none can be shown."""
    for node in nodes:
        if isinstance(node, str) or node[0] == "details":
            continue
        if "popover" in node[1] and "id" in node[1]:
            yield node
        yield from _boxes(node[2])


def _without_boxes(nodes: Sequence[Any], shared: Mapping[str, str]) -> list[Any]:
    kept: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            kept.append(node)
        elif node[1].get("id") not in shared:
            opened = shared.get(node[1].get("popovertarget", ""))
            attributes = node[1] | {"popovertarget": opened} if opened else node[1]
            kept.append([node[0], attributes, _without_boxes(node[2], shared)])
    return kept


def hue_classes(styles: Mapping[str, PartyStyle]) -> dict[str, str]:
    """Return the class that stands for each style attribute which sets a party's hue alone."""
    hues = dict.fromkeys(style.hue for style in styles.values())
    return {f"--hue:{hue}": f"h{number}" for number, hue in enumerate(hues)}


def shared_rules(styles: Mapping[str, PartyStyle]) -> str:
    """Return the style sheet of what is written once: the parties' hues and, on a narrow screen, labels of cells."""
    hues = "".join(f".{name}{{{style}}}" for style, name in hue_classes(styles).items())
    labels = "".join(
        f".labelled td:nth-child({number})::before{{content:var(--c{number})}}" for number in range(1, MOST_COLUMNS + 1)
    )
    return f"{hues}@media (max-width: 720px) {{{labels}}}"


def label_table(attributes: Mapping[str, str], rows: Sequence[Any]) -> tuple[dict[str, str], list[Any]]:
    """Return the attributes and the content of a table whose columns' labels stand with the table, not in each cell.

    A table with a column of different labels, or with very many, stays as it is.
    """
    labels: dict[int, set[str]] = {}
    for number, cell in _cells(rows):
        if label := cell[1].get(LABEL):
            labels.setdefault(number, set()).add(label)
    if not labels or max(labels) > MOST_COLUMNS or any(len(words) > 1 for words in labels.values()):
        return dict(attributes), list(rows)
    # The matrix sets its labels in a column of their own, the other tables before the words.
    end = "" if "matrix-table" in attributes.get("class", "") else ": "
    texts = {number: words.pop().replace("\\", "\\\\").replace('"', '\\"') for number, words in labels.items()}
    style = ";".join(f'--c{number}:"{text}{end}"' for number, text in sorted(texts.items()))
    shown = {"class": f"{attributes.get('class', '')} labelled".strip(), "style": style}
    return {**attributes, **shown}, _without_labels(rows)


def _cells(rows: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Yield the cells of a table with their places in their rows, from 1."""
    for node in rows:
        if isinstance(node, str) or node[0] == "table":
            continue
        if node[0] == "tr":
            cells = [cell for cell in node[2] if not isinstance(cell, str)]
            yield from ((number, cell) for number, cell in enumerate(cells, 1) if cell[0] == "td")
        else:
            yield from _cells(node[2])


def _without_labels(nodes: Sequence[Any]) -> list[Any]:
    return [
        node
        if isinstance(node, str)
        else [node[0], {name: words for name, words in node[1].items() if name != LABEL}, _without_labels(node[2])]
        for node in nodes
    ]
