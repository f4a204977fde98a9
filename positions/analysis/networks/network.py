"""A network: its nodes in the codebook's order, and its ties with what each rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from positions.analysis.networks.matrices import count_array, tie_weights
from positions.analysis.networks.referrals import Concept, Referral
from positions.kinds.records import ROUNDING
from positions.kinds.series import Array
from positions.model.codebook import Codebook
from positions.model.network_choices import NetworkChoices, NetworkKind

TIED_AT_ZERO: Final[frozenset[NetworkKind]] = frozenset({"affiliation", "mentions", "subtract"})
"""The kinds in which a weight of 0 is an answer and not silence."""


class Tie(NamedTuple):
    """A tie of an actor to a concept, or of two actors over ``concepts``.

    ``weight`` is normalised, ``raw`` is not; ``mentions`` are how many stances it counts, and ``basis`` the ids of the
    statements behind them.
    """

    source: str
    target: str | Concept
    weight: float
    raw: float
    mentions: int
    concepts: tuple[Concept, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Actors, concepts (none where actors are tied to actors) and ties; ``frequency`` counts each node's mentions."""

    actors: tuple[str, ...]
    concepts: tuple[Concept, ...]
    ties: tuple[Tie, ...]
    frequency: dict[str | Concept, int]


def build_network(rows: Sequence[Referral], codebook: Codebook, choices: NetworkChoices) -> Network:
    """Return the network of some mentions.

    An actor that speaks of a concept is tied to it even if what it says for and against it adds up to 0, and of
    ``subtract`` so are two actors that speak of the same; else two actors are tied where their weight is not 0. Silence
    ties nobody.
    """
    actors, concepts = _nodes(rows, codebook, choices)
    counts, values = count_array(rows, actors, concepts)
    raw, weights = tie_weights(counts, values, choices)
    frequency: dict[str | Concept, int] = Counter(row.actor for row in rows)
    make = _actor_to_concept if choices.is_two_mode else _actor_to_actor
    if choices.is_two_mode:
        frequency |= Counter(row.concept for row in rows)
    every = make(rows, (actors, concepts), (raw, weights))
    ties = tuple(tie for tie in every if choices.kind in TIED_AT_ZERO or abs(tie.raw) > ROUNDING)
    return Network(actors, concepts if choices.is_two_mode else (), ties, dict(frequency))


def _nodes(
    rows: Sequence[Referral], codebook: Codebook, choices: NetworkChoices
) -> tuple[tuple[str, ...], tuple[Concept, ...]]:
    words = codebook.speakers if choices.actors == "speaker" else codebook.parties
    actors = {row.actor for row in rows}
    concepts = {row.concept for row in rows}
    every = [
        Concept(issue.id, element, stance)
        for issue in codebook.issues
        for element in (None, *(element.id for element in issue.elements))
        for stance in (issue.values if choices.concepts == "level" else (None,))
        if element is not None or not issue.elements or Concept(issue.id, element, stance) in concepts
    ]
    return (
        tuple(word.id for word in words if choices.isolates or word.id in actors),
        tuple(concept for concept in every if choices.isolates or concept in concepts),
    )


def _actor_to_concept(
    rows: Sequence[Referral], nodes: tuple[Sequence[str], Sequence[Concept]], weights: tuple[Array, Array]
) -> Iterator[Tie]:
    cells: dict[tuple[str, Concept], list[Referral]] = {}
    for row in rows:
        cells.setdefault((row.actor, row.concept), []).append(row)
    raw, normalised = weights
    for i, actor in enumerate(nodes[0]):
        for j, concept in enumerate(nodes[1]):
            if cell := cells.get((actor, concept)):
                pair = float(normalised[i, j]), float(raw[i, j])
                yield Tie(actor, concept, *pair, len(cell), (concept,), _ids(cell))


def _actor_to_actor(
    rows: Sequence[Referral], nodes: tuple[Sequence[str], Sequence[Concept]], weights: tuple[Array, Array]
) -> Iterator[Tie]:
    by_actor: dict[str, list[Referral]] = {actor: [] for actor in nodes[0]}
    for row in rows:
        by_actor[row.actor].append(row)
    spoken = {actor: {row.concept for row in own} for actor, own in by_actor.items()}
    raw, normalised = weights
    for i, actor in enumerate(nodes[0]):
        for h, other in enumerate(nodes[0][i + 1 :], start=i + 1):
            if shared := spoken[actor] & spoken[other]:
                both = [row for row in (*by_actor[actor], *by_actor[other]) if row.concept in shared]
                concepts = tuple(concept for concept in nodes[1] if concept in shared)
                pair = float(normalised[i, h]), float(raw[i, h])
                yield Tie(actor, other, *pair, len(both), concepts, _ids(both))


def _ids(rows: Sequence[Referral]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows for name in row.basis))
