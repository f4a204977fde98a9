"""The seam between generating and judging: what is proposed, with its evidence, and what a judge says about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from positions.extract.rules.rule_claims import RuleClaim
from positions.model.document import Document


@dataclass(frozen=True, slots=True)
class Proposal:
    """A holder's stance on an issue or element that some words of a document may state.

    ``claim`` is what would be claimed, its stance as the cues read it. ``is_ruled`` is true if the rules claim it.
    ``evidence`` are the named features that speak for or against it, each in [0, 1], those that are 0 left out
    (:mod:`positions.extract.judges.topic_evidence`); it is empty for a judge that reads none.
    """

    claim: RuleClaim
    is_ruled: bool
    evidence: Mapping[str, float]


class Judgement(NamedTuple):
    """How probable it is that a proposal is right, in [0, 1], and the claim as the judge reads it.

    The claim is the proposal's own; a judge may settle its stance, its words and who utters them.
    """

    probability: float
    claim: RuleClaim


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
