"""Matching found claims to coded ones: which are the same, and of the others what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from positions.model.candidate import closeness
from positions.model.statement import Claim

ClaimPair: TypeAlias = tuple[Claim, Claim]
"""A coded claim and the found one that stands for it."""
Difference: TypeAlias = Literal["holder", "issue", "element", "span"]
"""In what two claims on the same words differ; the element only where the issue is the same."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A claim without a counterpart, with the nearest claim of the other side that shares words with it, if any.

    For a missed claim the nearest is a found one, for a false hit a coded one. ``differs`` says in what they differ:
    nothing where the nearest already counts for another.
    """

    claim: Claim
    nearest: Claim | None
    differs: tuple[Difference, ...]

    @property
    def kind(self) -> str:
        """What is wrong: ``nothing there``, ``duplicate``, ``wrong`` and what, as in ``wrong holder and element``."""
        if self.nearest is None:
            return "nothing there"
        return f"wrong {' and '.join(self.differs)}" if self.differs else "duplicate"


@dataclass(frozen=True, slots=True)
class Matches:
    """Coded and found claims put together one to one, each group in order of place.

    ``pairs`` agree in document, holder, issue, element and words; ``apart`` are what is left over and agrees in all of
    these but the holder. The claims of ``apart`` are among ``misses`` and ``false_hits`` too.
    """

    pairs: tuple[ClaimPair, ...]
    apart: tuple[ClaimPair, ...]
    misses: tuple[Stray, ...]
    false_hits: tuple[Stray, ...]


def match_claims(gold: Iterable[Claim], found: Iterable[Claim]) -> Matches:
    """Match found claims to coded ones, the closest words first, then those of the same voice.

    Two match as :func:`positions.model.candidate.same_claim` tells. Where several found ones stand for one coded one
    only the closest counts and the others are false hits. The order of either side never matters.
    """
    coded, proposed = sorted(gold, key=_place_key), sorted(found, key=_place_key)
    pairs = _pair_closest(coded, proposed, lambda claim: (claim.document, claim.issue, claim.element, claim.holder))
    kept = set(pairs.values())
    missed = [claim for place, claim in enumerate(coded) if place not in pairs]
    extra = [claim for place, claim in enumerate(proposed) if place not in kept]
    apart = _pair_closest(missed, extra, lambda claim: (claim.document, claim.issue, claim.element))
    return Matches(
        tuple((coded[left], proposed[right]) for left, right in sorted(pairs.items())),
        tuple((missed[left], extra[right]) for left, right in sorted(apart.items())),
        tuple(_find_strays(missed, proposed, free=extra)),
        tuple(_find_strays(extra, coded, free=missed)),
    )


def _place_key(claim: Claim) -> tuple[object, ...]:
    """Order claims by place; whatever else they say decides between those of one place, never their order."""
    place = (claim.document, claim.start, claim.end, claim.holder, claim.issue, claim.element or "")
    return (*place, claim.id, claim.model_dump_json())


def _pair_closest(left: Sequence[Claim], right: Sequence[Claim], where: Callable[[Claim], object]) -> dict[int, int]:
    """Join the claims of one place one to one, the closest first; return which on the left has which on the right."""
    there: dict[object, list[tuple[int, Claim]]] = defaultdict(list)
    for place, claim in enumerate(right):
        there[where(claim)].append((place, claim))
    likely = sorted(
        # The sum is the same when the sides are swapped, so swapping them swaps precision and recall and no more.
        (-near, one.voice != two.voice, first + second, first, second)
        for first, one in enumerate(left)
        for second, two in there[where(one)]
        if (near := closeness(one, two)) > 0
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, first, second in likely:
        if first not in partner and second not in taken:
            partner[first] = second
            taken.add(second)
    return partner


def _find_strays(claims: Sequence[Claim], others: Sequence[Claim], *, free: Sequence[Claim]) -> Iterator[Stray]:
    there: dict[str, list[Claim]] = defaultdict(list)
    for other in others:
        there[other.document].append(other)
    unmatched = {id(claim) for claim in free}
    for claim in claims:
        near = [other for other in there[claim.document] if min(claim.end, other.end) > max(claim.start, other.start)]
        nearest = min(near, key=partial(_stray_distance, claim, unmatched=unmatched), default=None)
        yield Stray(claim, nearest, _differences(claim, nearest) if nearest else ())


def _stray_distance(claim: Claim, other: Claim, *, unmatched: Set[int]) -> tuple[int, bool, float]:
    """Tell how far another claim on the same words is: what differs least, free ones first, then by the words."""
    return len(_differences(claim, other)), id(other) not in unmatched, -closeness(claim, other)


def _differences(one: Claim, two: Claim) -> tuple[Difference, ...]:
    differs: list[Difference] = []
    if one.holder != two.holder:
        differs.append("holder")
    if one.issue != two.issue:
        differs.append("issue")
    elif one.element != two.element:
        differs.append("element")
    if closeness(one, two) == 0:
        differs.append("span")
    return tuple(differs)
