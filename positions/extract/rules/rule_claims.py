"""Claims before they are candidates, and how several readings of the same words make one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from positions.extract.language.time_expressions import ResolvedTime
from positions.extract.rules.attributed_sentence import SpeakerRef
from positions.extract.rules.stance import StanceReading
from positions.quotes.text_view import Span

_RECENT: Final = 6
"""How many claims back one is looked for that a claim continues."""


@dataclass(frozen=True, slots=True)
class RuleClaim:
    """One claim before it is a candidate: who, about whom, on what, how, and in which words.

    ``span`` and ``passage``, the sentence around it, are half-open, in code points of the text that was read;
    ``sure`` is the confidence, in [0, 1].
    """

    voice: SpeakerRef | None
    relayed_by: str | None
    holder: str
    issue: str
    element: str | None
    stance: int | None
    span: Span
    passage: Span
    direct: bool
    when: ResolvedTime
    sure: float


def join_claims(claims: Iterable[RuleClaim], text: str) -> list[RuleClaim]:
    """Make one claim of neighbouring sentences of the same quotation that say the same, in the order of the text."""
    joined: list[RuleClaim] = []
    for claim in sorted(claims, key=lambda claim: claim.span):
        recent = range(len(joined) - 1, max(-1, len(joined) - _RECENT - 1), -1)
        index = next((n for n in recent if _continues_claim(joined[n], claim, text)), None)
        if index is None:
            joined.append(claim)
            continue
        before = joined[index]
        stance = claim.stance if before.stance is None else before.stance
        joined[index] = replace(before, stance=stance, span=Span(before.span.start, claim.span.end))
    return joined


def _continues_claim(before: RuleClaim, claim: RuleClaim, text: str) -> bool:
    if not claim.direct or text[before.span.end : claim.span.start].strip():
        return False
    same = replace(before, stance=claim.stance, span=claim.span, passage=claim.passage)
    is_same = replace(same, when=claim.when, sure=claim.sure) == claim
    return is_same and (before.stance == claim.stance or None in (before.stance, claim.stance))


def keep_strongest(claims: Iterable[tuple[RuleClaim, StanceReading]]) -> list[RuleClaim]:
    """Of several readings of the same holder, issue and element in one sentence keep the one that says most.

    Its words are those of all that point the same way.
    """
    best: dict[tuple[object, ...], tuple[int, RuleClaim]] = {}
    for claim, reading in claims:
        key = (claim.holder, claim.issue, claim.element, claim.voice)
        weight = 0 if claim.stance is None else 10 * (reading.kind != "act") + abs(claim.stance) + 5 * claim.direct
        if key not in best:
            best[key] = (weight, claim)
            continue
        weaker, stronger = sorted(((weight, claim), best[key]), key=lambda one: one[0])
        best[key] = stronger[0], _join_spans(stronger[1], weaker[1])
    return [claim for _, claim in best.values()]


def _join_spans(claim: RuleClaim, other: RuleClaim) -> RuleClaim:
    """Return a claim with the words of another reading of its sentence too, if that does not say the opposite."""
    if claim.direct != other.direct or (claim.stance or 0) * (other.stance or 0) < 0:
        return claim
    first, end = min(claim.span.start, other.span.start), max(claim.span.end, other.span.end)
    return replace(claim, span=Span(first, end))
