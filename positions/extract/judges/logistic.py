"""A judge that weighs the evidence: a logistic model whose coefficients are data."""

from __future__ import annotations

from collections.abc import Sequence

from positions.extract.judges.coefficients import Coefficients
from positions.extract.judges.proposal import Judgement, Proposal
from positions.extract.judges.rules import VERSION
from positions.model.document import Document


class LogisticJudge:
    """Judges every pair by its evidence; its name has the versions of the coefficients and of the rules they weigh."""

    every_pair = True

    def __init__(self, coefficients: Coefficients) -> None:
        self.name = f"model {coefficients.version}/{VERSION}"
        self.threshold = coefficients.threshold
        self._coefficients = coefficients

    def judge(self, document: Document, proposals: Sequence[Proposal]) -> list[Judgement]:
        """Return how probable each proposal is by its evidence, as the cues read it."""
        del document
        return [Judgement(self._coefficients.probability(one.evidence)) for one in proposals]
