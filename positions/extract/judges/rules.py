"""The rules as a judge: what they claim is probable, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from positions.extract.judges.proposal import Judgement, Proposal
from positions.model.document import Document

VERSION: Final = "1"
"""The version of the rules in code; that of the lexicon and the language's words is added to it."""


class RuleJudge:
    """Keeps what the rules claim, with the stance that they read."""

    name = f"rules {VERSION}"
    threshold = 0.5
    every_pair = False

    def judge(self, document: Document, proposals: Sequence[Proposal]) -> list[Judgement]:
        """Return the rules' own confidence in what they claim, and 0 for the rest."""
        del document
        return [Judgement(one.claim.sure if one.is_ruled else 0.0) for one in proposals]
