"""Examples to learn from: proposals of coded documents, each right or wrong by what people coded there."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from positions.extract.evaluation.matching import match_claims
from positions.extract.evaluation.scores import CORE
from positions.extract.judges.extractor import claim_candidate
from positions.extract.judges.generator import Generator
from positions.extract.judges.proposal import Proposal
from positions.extract.language.english import CueGroup, English
from positions.model.candidate import Candidate
from positions.model.document import Document
from positions.model.statement import Claim

HIDDEN: Final = 0.35
"""The share of a language's cues that are hidden from an article read with words missing."""


@dataclass(frozen=True, slots=True)
class Example:
    """A proposal with the candidate that it would become, and whether it is right."""

    proposal: Proposal
    candidate: Candidate
    is_right: bool


def coded_examples(documents: Iterable[Document], gold: Sequence[Claim], generator: Generator) -> list[Example]:
    """Return an example for each proposal of coded documents, in the order of the documents.

    A proposal is right if a coded claim matches it (:func:`positions.extract.evaluation.matching.match_claims`); one
    that matches a claim coded with a confidence below :data:`CORE` is neither right nor wrong and is left out.
    """
    examples: list[Example] = []
    for document in documents:
        proposed = candidates_proposed(document, generator)
        coded = [claim for claim in gold if claim.document == document.id]
        matches = match_claims(coded, [candidate for _, candidate in proposed])
        is_sure = {id(found): claim.confidence >= CORE for claim, found in matches.pairs}
        examples += [
            Example(proposal, candidate, id(candidate) in is_sure)
            for proposal, candidate in proposed
            if is_sure.get(id(candidate), True)
        ]
    return examples


def candidates_proposed(document: Document, generator: Generator) -> list[tuple[Proposal, Candidate]]:
    """Return every proposal of a document with the candidate that it would become."""
    return [
        (proposal, claim_candidate(proposal.claim, document, generator.codebook, coder="proposed"))
        for proposal in generator.propose(document, every_pair=True)
    ]


def hide_words(words: English, *, seed: int) -> English:
    """Return a language without some of its cues and, half as many, of its verbs of speaking.

    The documents to learn from are those in which the words were looked for, so they hold few that are not listed. An
    article elsewhere holds many. What is learned with words hidden relies less on each of them.
    """
    chance = random.Random(seed)  # noqa: S311 - the same each time is what is wanted

    def thin(groups: Sequence[CueGroup], share: float) -> tuple[CueGroup, ...]:
        terms = [tuple(term for term in group.terms if chance.random() >= share) for group in groups]
        return tuple(one.model_copy(update={"terms": kept}) for one, kept in zip(groups, terms, strict=True))

    return words.model_copy(update={"cues": thin(words.cues, HIDDEN), "speech": thin(words.speech, HIDDEN / 2)})
