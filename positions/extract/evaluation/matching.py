"""Match found claims to coded ones: which are the same, and what is wrong with the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from positions.model.candidate import closeness
from positions.model.statement import Claim

ClaimPair: TypeAlias = tuple[Claim, Claim]
"""A coded claim and the found one that matches it."""
Difference: TypeAlias = Literal["holder", "issue", "element", "span"]
"""In what two claims on the same words differ; the element only if the issue is the same."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A claim without a counterpart, and the nearest claim of the other side that shares words with it, if any.

    For a missed claim the nearest is a found one, for a false hit a coded one. ``differs`` says in what they differ; it
    is empty if the nearest already matches another claim.
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
    """Coded and found claims paired one to one, each group in the order of the text.

    ``pairs`` agree in document, holder, issue, element and words; ``apart`` are pairs of the others that agree in all
    of these but the holder. The claims of ``apart`` are among ``misses`` and ``false_hits`` too.
    """

    pairs: tuple[ClaimPair, ...]
    apart: tuple[ClaimPair, ...]
    misses: tuple[Stray, ...]
    false_hits: tuple[Stray, ...]


def match_claims(gold: Iterable[Claim], extracted: Iterable[Claim]) -> Matches:
    """Match found claims to coded ones, the closest words first, then those of the same voice.

    Two match as :func:`positions.model.candidate.same_claim` defines. If several found ones match one coded one, only
    the closest counts and the others are false hits. The order of either side never matters.
    """
    coded, proposed = sorted(gold, key=_place_key), sorted(extracted, key=_place_key)
    pairs = _pair_closest(coded, proposed, lambda claim: (claim.document, claim.issue, claim.element, claim.holder))
    matched = set(pairs.values())
    missed = [claim for index, claim in enumerate(coded) if index not in pairs]
    extra = [claim for index, claim in enumerate(proposed) if index not in matched]
    apart = _pair_closest(missed, extra, lambda claim: (claim.document, claim.issue, claim.element))
    return Matches(
        tuple((coded[left], proposed[right]) for left, right in sorted(pairs.items())),
        tuple((missed[left], extra[right]) for left, right in sorted(apart.items())),
        tuple(_find_strays(missed, proposed, free=extra)),
        tuple(_find_strays(extra, coded, free=missed)),
    )


def _place_key(claim: Claim) -> tuple[object, ...]:
    """Order claims by their words and topic; their other content breaks ties, so their order never does."""
    words_and_topic = (claim.document, claim.start, claim.end, claim.holder, claim.issue, claim.element or "")
    return (*words_and_topic, claim.id, claim.model_dump_json())


def _pair_closest(left: Sequence[Claim], right: Sequence[Claim], key: Callable[[Claim], object]) -> dict[int, int]:
    """Pair claims with equal keys one to one, the closest first; return the index on the right by that on the left."""
    by_key: dict[object, list[tuple[int, Claim]]] = defaultdict(list)
    for index, claim in enumerate(right):
        by_key[key(claim)].append((index, claim))
    likely = sorted(
        # The sum is the same when the sides are swapped, so that swapping them only swaps precision and recall.
        (-near, one.voice != two.voice, first + second, first, second)
        for first, one in enumerate(left)
        for second, two in by_key[key(one)]
        if (near := closeness(one, two)) > 0
    )
    partner: dict[int, int] = {}
    paired: set[int] = set()
    for *_, first, second in likely:
        if first not in partner and second not in paired:
            partner[first] = second
            paired.add(second)
    return partner


def _find_strays(claims: Sequence[Claim], others: Sequence[Claim], *, free: Sequence[Claim]) -> Iterator[Stray]:
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for other in others:
        by_document[other.document].append(other)
    unmatched = {id(claim) for claim in free}
    for claim in claims:
        overlapping = (
            other for other in by_document[claim.document] if min(claim.end, other.end) > max(claim.start, other.start)
        )
        nearest = min(overlapping, key=partial(_stray_distance, claim, unmatched=unmatched), default=None)
        yield Stray(claim, nearest, _differences(claim, nearest) if nearest else ())


def _stray_distance(claim: Claim, other: Claim, *, unmatched: Set[int]) -> tuple[int, bool, float]:
    """Order other claims on the same words: those that differ least, then unmatched ones, then the closest words."""
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
