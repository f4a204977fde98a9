"""Examples to learn from: proposals of coded documents, each right or wrong by what people coded there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from positions.extract.evaluation.matching import match_claims
from positions.extract.evaluation.scores import CORE
from positions.extract.judges.extractor import JudgedExtractor
from positions.extract.judges.proposal import Proposal
from positions.model.candidate import Candidate
from positions.model.document import Document
from positions.model.statement import Claim


@dataclass(frozen=True, slots=True)
class Example:
    """A proposal with the candidate that it would become, and whether it is right."""

    proposal: Proposal
    candidate: Candidate
    is_right: bool


def coded_examples(
    documents: Iterable[Document], gold: Sequence[Claim], extractor: JudgedExtractor, *, core: float = CORE
) -> list[Example]:
    """Return an example for each proposal of coded documents, in the order of the documents.

    A proposal is right if a coded claim matches it (:func:`positions.extract.evaluation.matching.match_claims`); one
    that matches a claim coded with a confidence below ``core`` is neither right nor wrong and is left out.
    """
    examples: list[Example] = []
    for document in documents:
        proposed = extractor.proposals(document)
        coded = [claim for claim in gold if claim.document == document.id]
        matches = match_claims(coded, [candidate for _, candidate in proposed])
        sure = {id(found): claim.confidence >= core for claim, found in matches.pairs}
        examples += [
            Example(proposal, candidate, id(candidate) in sure)
            for proposal, candidate in proposed
            if sure.get(id(candidate), True)
        ]
    return examples
