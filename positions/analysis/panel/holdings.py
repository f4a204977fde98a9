"""What parties hold on some days as values: what a kind of issue measures (:mod:`positions.kinds.series`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from positions.analysis.panel.dense import Panel
from positions.analysis.panel.slots import Ints
from positions.kinds.series import Contests, Holdings
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
    at = np.arange(len(peers))
    starts = np.flatnonzero(np.append(True, peers["group"][1:] != peers["group"][:-1])[: len(peers)])
    group = np.searchsorted(starts, at, side="right") - 1
    first = starts[group]
    low, high = (table[peers["target"], peers[name].view(np.uint8)] for name in ("low", "high"))
    contests = Contests(np.append(0, first), np.append(1, at - first + 1), low, high)
    order = np.argsort(peers["entry"])
    return PanelContests(contests, peers["entry"][order], group[order], _count_key(group, peers["said"]))


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

    def select(self, parties: Sequence[str], slots: Sequence[int], span: slice) -> Holdings:
        """Return what parties hold on some slots on some days; of whom the panel says nothing is silent."""
        shape = len(parties), len(slots), len(self.panel.days[span])
        present = [row for row, party in enumerate(parties) if party in self.panel.parties]
        chosen = np.ix_([self.panel.parties.index(parties[row]) for row in present], slots)
        low, high = (np.full(shape, np.nan) for _ in range(2))
        for name, values in (("low", low), ("high", high)):
            stances = self.panel.cube(name)[..., span][chosen].view(np.uint8)
            for column, slot in enumerate(slots):
                values[present, column] = self.table[slot].take(stances[:, column])
        contest = None
        contested = np.nonzero(self.panel.cube("contested")[..., span][chosen])
        if len(contested[0]):
            contest = np.zeros(shape, dtype=np.int32)
            entry = self.panel.cube("entry")[..., span][chosen][contested]
            day = self.panel.days[span][contested[2]]
            contest[np.array(present)[contested[0]], contested[1], contested[2]] = self.contests.lists_of(entry, day)
        return Holdings(tuple(parties), low, high, contest, self.contests.contests)
