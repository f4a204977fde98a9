"""Map the words of a codebook to a panel: integers for parties and slots, and the slots a statement counts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.issues import Issue

Ints: TypeAlias = npt.NDArray[Any]
Slot: TypeAlias = tuple[str, str | None]
"""Issue and element (``None`` on a scale)."""


def slots_of(issue: Issue) -> tuple[Slot, ...]:
    """Return what positions on an issue are compared over: the scale itself, the options' leaves, the conditions."""
    return tuple((issue.id, slot) for slot in issue.slots)


@dataclass(frozen=True, slots=True)
class SlotMap:
    """How the coded words of a log map to the slots of a panel.

    ``target[issue, element + 1]`` (0: no element) numbers what is spoken of; -1 if the codebook does not declare it.
    For each target, ``depth`` is its depth in the tree, and it counts for ``count`` of ``slots`` from ``start``.
    """

    target: Ints
    depth: Ints
    start: Ints
    count: Ints
    slots: Ints
    names: Mapping[str, tuple[str, ...]]

    def targets(self, issue: Ints, element: Ints) -> Ints:
        """Return the targets of coded issues and elements; raise ``QueryError`` for undeclared ones."""
        at = issue * np.int32(self.target.shape[1])
        at += element
        at += 1
        targets: Ints = self.target.take(at)
        if len(targets) and targets.min() < 0:
            first = int(np.flatnonzero(targets < 0)[0])
            raise QueryError(f"issue: {self._undeclared_words(int(issue[first]), int(element[first]))}")
        return targets

    def _undeclared_words(self, issue: int, element: int) -> str:
        word = self.names["issue"][issue]
        about = word if element < 0 else f"{word}/{self.names['element'][element]}"
        return f"found {about!r}, which the codebook does not declare"


def build_slot_map(codebook: Codebook, names: Mapping[str, tuple[str, ...]]) -> SlotMap:
    """Build the slot map of a codebook for the words of a log's columns."""
    codes = {name: {word: code for code, word in enumerate(names[name])} for name in ("issue", "element")}
    target = np.full((len(names["issue"]), len(names["element"]) + 1), -1, dtype=np.int32)
    depth: list[int] = []
    reached: list[list[int]] = []
    places = {slot: place for place, slot in enumerate(slot for issue in codebook.issues for slot in slots_of(issue))}
    for issue in codebook.issues:
        for element, deep, slots in _reaches(issue):
            column = -1 if element is None else codes["element"].get(element)
            if column is not None and issue.id in codes["issue"]:
                target[codes["issue"][issue.id], column + 1] = len(depth)
            # Targets are numbered by the codebook alone, so they stay the same when the log brings more words.
            depth.append(deep)
            reached.append([places[slot] for slot in slots])
    count = np.array([len(slots) for slots in reached], dtype=np.int32)
    flat = np.array([slot for slots in reached for slot in slots], dtype=np.int32)
    return SlotMap(target, np.array(depth, dtype=np.int8), np.cumsum(count) - count, count, flat, names)


def _reaches(issue: Issue) -> list[tuple[str | None, int, Sequence[Slot]]]:
    """List an issue's elements with their depth and the slots that they count for."""
    elements: list[str | None] = [element.id for element in issue.elements] or [None]
    return [
        (element, issue.depth(element), [(issue.id, slot) for slot in issue.reach(element)]) for element in elements
    ]


def party_codes(parties: Sequence[str], names: Sequence[str]) -> Ints:
    """Return for each holder code its index in ``parties``, -1 if it is not among them."""
    codes = {party: code for code, party in enumerate(parties)}
    return np.array([codes.get(name, -1) for name in names], dtype=np.int32)
