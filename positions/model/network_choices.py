"""What a network of actors and concepts is made of: its ties, its weights and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from positions.errors import QueryError, allowed

NetworkKind: TypeAlias = Literal["affiliation", "mentions", "congruence", "conflict", "subtract", "overlap"]
"""``affiliation`` and ``mentions`` tie actors to concepts, by what they say of them or by how often they speak of them;
the others tie actors to actors over concepts: by agreement, by disagreement, by the one less the other, or by speaking
of the same whatever they say."""
Normalisation: TypeAlias = Literal["no", "activity", "prominence", "average", "jaccard", "cosine"]
Duplicates: TypeAlias = Literal["include", "document", "week", "month", "year", "range"]
"""Within what the same actor's same word on the same concept counts once; ``include`` counts each."""
NetworkBasis: TypeAlias = Literal["statements", "positions"]
Qualifier: TypeAlias = Literal["level", "sign"]
"""How a stance enters: by the value of its level, or only by its side, where an undecided one has none."""
ConceptUnit: TypeAlias = Literal["element", "level"]
"""What a concept is: an issue or one of its elements, or each level on one, so that a stance is part of it."""
ActorUnit: TypeAlias = Literal["holder", "speaker"]

NETWORK_KINDS: Final[tuple[NetworkKind, ...]] = get_args(NetworkKind)
NORMALISATIONS: Final[tuple[Normalisation, ...]] = get_args(Normalisation)
DUPLICATES: Final[tuple[Duplicates, ...]] = get_args(Duplicates)
NETWORK_BASES: Final[tuple[NetworkBasis, ...]] = get_args(NetworkBasis)
QUALIFIERS: Final[tuple[Qualifier, ...]] = get_args(Qualifier)
CONCEPT_UNITS: Final[tuple[ConceptUnit, ...]] = get_args(ConceptUnit)
ACTOR_UNITS: Final[tuple[ActorUnit, ...]] = get_args(ActorUnit)
TWO_MODE: Final[frozenset[NetworkKind]] = frozenset({"affiliation", "mentions"})
"""The kinds that tie actors to concepts."""
BLIND: Final[frozenset[NetworkKind]] = frozenset({"mentions", "overlap"})
"""The kinds that do not ask what is said of a concept."""
_OF_TWO_MODE: Final = ("no", "activity", "prominence")
_OF_ONE_MODE: Final = ("no", "average", "jaccard", "cosine")


@dataclass(frozen=True, slots=True)
class NetworkChoices:
    """How a network is built; a combination that means nothing raises ``QueryError``.

    ``window`` is how many days a window is long that moves by a day (``None``: one network of all days), ``isolates``
    whether actors and concepts without a tie are nodes.
    """

    kind: NetworkKind = "affiliation"
    normalisation: Normalisation = "no"
    duplicates: Duplicates = "include"
    basis: NetworkBasis = "statements"
    qualifier: Qualifier = "level"
    concepts: ConceptUnit = "element"
    actors: ActorUnit = "holder"
    window: int | None = None
    isolates: bool = False

    def __post_init__(self) -> None:
        fitting = _OF_TWO_MODE if self.is_two_mode else _OF_ONE_MODE
        if self.normalisation not in fitting:
            raise QueryError(allowed(self.normalisation, fitting), field=f"normalisation of {self.kind}")
        if self.concepts == "level" and self.kind in ("conflict", "subtract"):
            raise QueryError(f"found 'level' with {self.kind}: nobody disagrees on a level as such", field="concepts")
        if self.basis == "positions":
            self._check_positions()

    def _check_positions(self) -> None:
        """Refuse what only statements can answer."""
        if self.duplicates != "include":
            raise QueryError(f"found {self.duplicates!r}: a position is held once", field="duplicates")
        if self.window is not None:
            raise QueryError("positions are those of one day, which --as-of names", field="window")
        if self.actors == "speaker":
            raise QueryError("found 'speaker': positions are held by parties", field="actors")

    @property
    def is_two_mode(self) -> bool:
        """Whether ties run from actors to concepts."""
        return self.kind in TWO_MODE


DEFAULT_NETWORK: Final = NetworkChoices()
