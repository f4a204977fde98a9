"""The ranks of the speakers of a log, by whom they speak for and the day (``semantics.md`` §2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from positions.analysis.panel.slots import Ints
from positions.model.codebook import LOWEST_RANK, Codebook, Role
from positions.model.dates import day_number


@dataclass(frozen=True, slots=True)
class RankTable:
    """Ranks of coded speakers for coded holders; build it with :func:`build_ranks`.

    ``rank[speaker + 1, holder]`` (0: nobody) holds on any day, or is 0 if it changes: then ``starts`` are speaker,
    holder and day, as one ascending integer, from which each of ``ranks`` holds.
    """

    rank: Ints
    starts: Ints
    ranks: Ints

    def on(self, speaker: Ints, holder: Ints, day: Ints) -> Ints:
        """Return the best rank of each coded speaker among its roles for a holder on a day (since 1970)."""
        pair = (speaker + 1) * np.int64(self.rank.shape[1]) + holder
        ranks: Ints = self.rank.ravel().take(pair)
        changing = np.flatnonzero(ranks == 0)
        if len(changing):
            at = (pair[changing] << 32) + (day[changing] + np.int64(2**31))
            ranks[changing] = self.ranks[np.searchsorted(self.starts, at, side="right") - 1]
        return ranks


def build_ranks(codebook: Codebook, names: Mapping[str, tuple[str, ...]]) -> RankTable:
    """Build the ranks of a log's speakers for its holders."""
    speakers = [codebook.speaker(name) if codebook.knows_speaker(name) else None for name in names["speaker"]]
    holders = {name: code for code, name in enumerate(names["holder"])}
    rank = np.full((len(speakers) + 1, max(1, len(holders))), LOWEST_RANK, dtype=np.int8)
    changes: list[tuple[int, int]] = []
    for row, speaker in enumerate(speakers, 1):
        for party in {role.party for role in speaker.roles if role.party in holders} if speaker else ():
            assert speaker is not None
            roles = [role for role in speaker.roles if role.party == party]
            days = _turning_days(roles)
            rank[row, holders[party]] = 0 if len(days) > 1 else speaker.rank_on(party, days[0])
            pair = row * rank.shape[1] + holders[party]
            changes += [((pair << 32) + day_number(day) + 2**31, speaker.rank_on(party, day)) for day in days]
    changes.sort()
    starts, ranks = (np.array([change[part] for change in changes], dtype=np.int64) for part in (0, 1))
    return RankTable(rank, starts, ranks.astype(np.int8))


def _turning_days(roles: list[Role]) -> list[date]:
    """Return the days from which other roles may be held, from the earliest day of all."""
    ends = [role.last + timedelta(days=1) for role in roles if role.last is not None and role.last < date.max]
    return sorted({date.min, *(role.first for role in roles if role.first is not None), *ends})
