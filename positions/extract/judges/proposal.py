"""The seam between generating and judging: what is proposed, with its evidence, and what a judge says about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from positions.extract.rules.rule_claims import RuleClaim
from positions.model.document import Document


@dataclass(frozen=True)
class Proposal:
    """A holder's stance on an issue or element that some words of a document may state.

    ``read_claim`` gives what would be claimed, asked for few of them. ``is_ruled`` is true if the rules claim it.
    ``evidence`` are the named features that speak for or against it, each in [0, 1], those that are 0 left out
    (:mod:`positions.extract.judges.topic_evidence`); it is empty for a judge that reads none.
    """

    read_claim: Callable[[], RuleClaim]
    is_ruled: bool
    evidence: Mapping[str, float]

    @cached_property
    def claim(self) -> RuleClaim:
        """What would be claimed, its stance as the cues read it; read when it is asked for."""
        return self.read_claim()


class Judgement(NamedTuple):
    """How probable it is that a proposal is right, in [0, 1], and the claim as the judge reads it.

    ``None`` is the proposal's own claim; a judge may settle its stance, its words and who utters them.
    """

    probability: float
    claim: RuleClaim | None = None


class Judge(Protocol):
    """Anything that judges proposals.

    ``name`` is what it signs them with, its version included. What it finds less probable than ``threshold`` is left
    out unless a user says otherwise. With ``every_pair`` it is given each topic with each party in reach and their
    evidence, else only what the rules claim.
    """

    name: str
    threshold: float
    every_pair: bool

    def judge(self, document: Document, proposals: Sequence[Proposal]) -> Sequence[Judgement]:
        """Return a judgement for each proposal of a document, in their order; the same every time."""
