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
"""Issue and element (``None`` for an issue that is taken as a whole)."""


def slots_of(issue: Issue) -> tuple[Slot, ...]:
    """Return what positions are held on in an issue: the whole of it, or each of its elements, inner ones too."""
    return tuple((issue.id, element.id) for element in issue.elements) or ((issue.id, None),)


@dataclass(frozen=True, slots=True)
class SlotMap:
    """How the coded words of a log map to the slots of a panel.

    ``target[issue, element + 1]`` (0: no element) numbers what is spoken of; -1 if the codebook does not declare it.
    For each target, ``depth`` is its depth in the tree, ``root`` whether it contains all others of its issue, and it
    counts for ``count`` of ``slots`` from ``start``. ``stale_after`` are days by slot.
    """

    target: Ints
    depth: Ints
    root: Ints
    start: Ints
    count: Ints
    slots: Ints
    stale_after: Ints
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
    slots = [(issue, element) for issue in codebook.issues for _, element in slots_of(issue)]
    places = {(issue.id, element): place for place, (issue, element) in enumerate(slots)}
    # Targets are numbered by the codebook alone, so they stay the same when the log brings more words.
    for number, (issue, element) in enumerate(slots):
        column = -1 if element is None else codes["element"].get(element)
        if column is not None and issue.id in codes["issue"]:
            target[codes["issue"][issue.id], column + 1] = number
    reached = [[places[issue.id, one] for one in issue.holds_for(element)] for issue, element in slots]
    count = np.array([len(some) for some in reached], dtype=np.int32)
    return SlotMap(
        target,
        depth=np.array([issue.depth(element) for issue, element in slots], dtype=np.int16),
        root=np.array([element is not None and element == issue.root for issue, element in slots], dtype=bool),
        start=np.cumsum(count) - count,
        count=count,
        slots=np.array([slot for some in reached for slot in some], dtype=np.int32),
        stale_after=np.array([issue.stale_after for issue, _ in slots], dtype=np.int64),
        names=names,
    )


def party_codes(parties: Sequence[str], names: Sequence[str]) -> Ints:
    """Return for each holder code its index in ``parties``, -1 if it is not among them."""
    codes = {party: code for code, party in enumerate(parties)}
    return np.array([codes.get(name, -1) for name in names], dtype=np.int32)
