"""Common ground in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from positions.kinds.records import Ground
from positions.model.codebook import Codebook
from positions.model.lists import join_words


def ground_words(ground: Ground, codebook: Codebook) -> str:
    """Write what parties share on an issue, or what blocks it and the smallest moves that would open it."""
    issue = codebook.issue(ground.issue)
    label = codebook.path_label(ground.issue, ground.element)
    silent = f" {_names(ground.silent, codebook)} silent." if ground.silent else ""
    if len(ground.spoken) < 2:
        return f"{label}: only {_names(ground.spoken, codebook)} has spoken."
    if ground.places:
        places = join_words((codebook.element(ground.issue, leaf).label for leaf in ground.places), most=6)
        return f"{label}: all who have spoken accept {places}.{silent}"
    if ground.shared:
        levels = [lv.label for lv in issue.levels if ground.shared[0] <= issue.values[lv.stance] <= ground.shared[1]]
        return f"{label}: they meet at “{join_words(levels, last='or') if levels else 'between two levels'}”.{silent}"
    words = f"{label}: no common ground."
    if ground.blocking:
        words += (
            f" Without {join_words((codebook.party(p).name for p in ground.blocking), last='or')} there would be some."
        )
    if ground.open:
        places = join_words((codebook.element(ground.issue, leaf).label for leaf in ground.open), most=6)
        words += f" Open, since nobody rejects it: {places}."
    elif ground.moves:
        steps = join_words(f"{codebook.party(party).name} by {gap:.2f}" for party, gap in ground.moves.items())
        words += f" The least that opens it: {steps}."
    return words + silent


def _names(parties: Iterable[str], codebook: Codebook) -> str:
    return join_words(codebook.party(party).name for party in parties)
