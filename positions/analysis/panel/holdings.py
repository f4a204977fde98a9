"""What parties hold on some days as values: what a kind of issue measures (:mod:`positions.kinds.series`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from positions.analysis.panel.dense import DENSE, Panel
from positions.analysis.panel.runs import SILENT, UNSAID
from positions.analysis.panel.slots import Ints
from positions.kinds.series import Contests, Holdings, Values
from positions.model.codebook import Codebook

BYTES: Final = 256
"""How many stances there can be: they are looked up as bytes."""


def value_table(panel: Panel, codebook: Codebook) -> Ints:
    """Return the value in [0, 1] by slot and stance (as a byte); NaN for a stance that is not a level."""
    table = np.full((len(panel.slots), BYTES), np.nan)
    for row, (issue, _) in enumerate(panel.slots):
        for stance, value in codebook.issue(issue).values.items():
            table[row, stance % BYTES] = value
    return table


@dataclass(frozen=True, slots=True)
class PanelContests:
    """The contested positions of a panel: ``contests`` as values, and which of their lists a cell is from.

    ``entries``, ascending, are the statements that contest each other and ``group`` the group of each. ``counting``
    holds group and day as one ascending integer: list ``n`` is of its group's statements up to the ``n``-th of all.
    """

    contests: Contests
    entries: Ints
    group: Ints
    counting: Ints

    def lists_of(self, entry: Ints, day: Ints) -> Ints:
        """Return the lists of contested positions by their deciding statement and day (since 1970)."""
        group = self.group[np.searchsorted(self.entries, entry)]
        return np.searchsorted(self.counting, _count_key(group, day), side="right")


def find_contests(panel: Panel, table: Ints) -> PanelContests:
    """Return the contested positions of a panel; ``table`` has the values by slot and stance."""
    peers = panel.find_peers()
    starts = np.flatnonzero(np.append(True, peers["group"][1:] != peers["group"][:-1])[: len(peers)])
    group = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(peers)))
    first, at = starts[group], np.arange(len(peers))
    low, high = (table[peers["target"], peers[name].view(np.uint8)] for name in ("low", "high"))
    least, most = _running_ends((low + high) / 2, group)
    contests = Contests(np.append(0, first), np.append(1, at - first + 1), low, high, least, most)
    order = np.argsort(peers["entry"])
    return PanelContests(contests, peers["entry"][order], group[order], _count_key(group, peers["said"]))


def _running_ends(values: Ints, group: Ints) -> tuple[Ints, Ints]:
    """Return the least and the greatest value so far within its group, and 0 before all."""
    distinct, code = np.unique(values, return_inverse=True)
    # As integers, groups are kept apart without rounding.
    step = group * len(distinct)
    most = distinct[np.maximum.accumulate(code + step) - step]
    least = distinct[np.minimum.accumulate(code - step) + step]
    return np.append(0, least), np.append(0, most)


def _count_key(group: Ints, day: Ints) -> Ints:
    key: Ints = (group.astype(np.int64) << 32) + (day.astype(np.int64) + 2**31)
    return key


@dataclass(frozen=True, slots=True)
class PanelValues:
    """A panel of which holdings are taken; ``table`` has the values by slot and stance."""

    panel: Panel
    table: Ints
    contests: PanelContests

    @classmethod
    def of(cls, panel: Panel, codebook: Codebook) -> PanelValues:
        """Look the values of a panel's stances up."""
        table = value_table(panel, codebook)
        return cls(panel, table, find_contests(panel, table))

    def select(self, party: str, slots: Sequence[int], span: slice) -> Holdings:
        """Return what a party holds on some slots on some days; of whom the panel says nothing is silent."""
        days = self.panel.days[span]
        shape = len(slots), len(days)
        if party in self.panel.parties:
            row = self.panel.parties.index(party)
            cells = {name: self.panel.cube(name)[row, slots, span] for name in ("low", "high", "entry", "contested")}
        else:
            blank = {"low": SILENT, "high": SILENT, "entry": UNSAID, "contested": False}
            cells = {name: np.full(shape, value, dtype=DENSE[name]) for name, value in blank.items()}
        lists = np.zeros(shape, dtype=np.int32)
        contested = np.nonzero(cells["contested"])
        lists[contested] = self.contests.lists_of(cells["entry"][contested], days[contested[1]])
        changes = np.ones(shape, dtype=bool)
        changes[:, 1:] = (cells["entry"][:, 1:] != cells["entry"][:, :-1]) | (lists[:, 1:] != lists[:, :-1])
        values = partial(self._values, {**cells, "lists": lists}, self.table[slots])
        return Holdings(party, cells["low"], cells["low"] != SILENT, cells["contested"], changes, values)

    def _values(self, held: Mapping[str, Ints], table: Ints, cells: Ints) -> Values:
        """Return what is held in some cells."""
        row = cells // held["low"].shape[1]
        low, high = (
            table.ravel().take(row * BYTES + held[name].ravel()[cells].view(np.uint8)) for name in ("low", "high")
        )
        middle = (low + high) / 2
        least = most = middle
        lists = held["lists"].ravel()[cells]
        contested = np.flatnonzero(lists)
        contests = self.contests.contests
        if len(contested):
            at = lists[contested]
            least, most = middle.copy(), middle.copy()
            least[contested], most[contested] = contests.least[at], contests.most[at]
        return Values(low, high, lists, middle, least, most, contests)
