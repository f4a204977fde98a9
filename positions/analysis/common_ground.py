"""Common ground: what several parties would all accept, what blocks it, and the smallest moves that would open it."""

from __future__ import annotations

from collections.abc import Sequence

from positions.analysis.state import State
from positions.kinds.records import Ground
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook


def find_common_ground(state: State, codebook: Codebook, parties: Sequence[str]) -> tuple[Ground, ...]:
    """Return the common ground of parties on every issue on which one of them has spoken, in codebook order.

    A party named twice counts once. Raises ``QueryError`` for unknown parties.
    """
    names = tuple(dict.fromkeys(codebook.party(party).id for party in parties))
    grounds = (ground for issue in codebook.issues for ground in kind_of(issue).grounds(issue, state, names))
    return tuple(ground for ground in grounds if ground.spoken)
