"""Who speaks for a party: each speaker of its own word, with rank and number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from positions.model.codebook import LOWEST_RANK, Codebook
from positions.model.statement import UNKNOWN_SPEAKER, Statement


@dataclass(frozen=True, slots=True)
class PartySpeaker:
    """Somebody whose words are a party's own: how many statements, the last of them, the best rank held at one.

    ``rank`` is that of ``semantics.md`` §2, from 1, head of state or government, to 4. ``last`` is the statement that
    counts from the latest day.
    """

    speaker: str
    rank: int
    statements: int
    last: Statement


def party_speakers(
    statements: Iterable[Statement], codebook: Codebook, party: str, *, as_of: date
) -> tuple[PartySpeaker, ...]:
    """List who had spoken for a party by the end of a day: by rank, then the most statements, then by id."""
    by_speaker: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.voice == "self" and statement.holder == party and statement.said_on.counts_by(as_of):
            by_speaker[statement.speaker or UNKNOWN_SPEAKER].append(statement)
    speakers = (_party_speaker(name, spoken, codebook, party) for name, spoken in by_speaker.items())
    return tuple(sorted(speakers, key=lambda one: (one.rank, -one.statements, one.speaker)))


def _party_speaker(name: str, spoken: list[Statement], codebook: Codebook, party: str) -> PartySpeaker:
    ranks = (codebook.speaker(name).rank_on(party, one.said_on.last) for one in spoken if codebook.knows_speaker(name))
    last = max(spoken, key=lambda one: (one.said_on.last, one.id))
    return PartySpeaker(name, min(ranks, default=LOWEST_RANK), len(spoken), last)
