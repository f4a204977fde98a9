"""Let the judge learn: from coded documents, or from what reviewers decided on a workspace's candidates.

What is learned is compared with what was there before, by judgements of documents that it has not seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from positions.coding.coded_set import CodedSet
from positions.errors import QueryError
from positions.extract.evaluation.scores import CORE
from positions.extract.judges.coefficients import Coefficients, shipped_coefficients
from positions.extract.judges.examples import Example, candidates_proposed, coded_examples, hide_words
from positions.extract.judges.generator import Generator
from positions.extract.judges.training import cross_validate, train
from positions.extract.language.english import english_words
from positions.extract.language.lexicon import read_lexicon
from positions.model.candidate import Candidate, closeness, same_claim
from positions.model.document import Document
from positions.model.lists import count_words
from positions.model.resampling import SEED
from positions.model.statement import Claim
from positions.workspace import Workspace

READINGS: Final = 2
"""How often the coded documents are read again with words hidden."""


@dataclass(frozen=True, slots=True)
class JudgeScore:
    """How well judgements fit what is right.

    ``kept`` of the examples are at least as probable as the threshold, ``right`` of those are right, of ``coded`` that
    could be found. ``error`` is the mean squared difference of probability and outcome; ``ordered`` the share of pairs
    of a right and a wrong example in which the right one is more probable, a tie counting half; ``None`` without pairs.
    """

    kept: int
    right: int
    coded: int
    error: float
    ordered: float | None

    @property
    def precision(self) -> float | None:
        """The share of the kept that is right; ``None`` if nothing is kept."""
        return self.right / self.kept if self.kept else None

    @property
    def recall(self) -> float | None:
        """The share of what could be found that is kept; ``None`` if there is nothing."""
        return self.right / self.coded if self.coded else None


@dataclass(frozen=True, slots=True)
class Training:
    """What was learned, of how many documents and examples, and how it fares beside what was there ``before``."""

    coefficients: Coefficients
    documents: int
    examples: int
    right: int
    before: JudgeScore
    after: JudgeScore

    @property
    def is_better(self) -> bool:
        """Whether what was learned errs less on documents that it has not seen."""
        return self.after.error < self.before.error


def train_on_coded(sets: Iterable[CodedSet], workspace: Workspace) -> Training:
    """Learn from coded documents; before is what the rules claim.

    Each document is read as it is and :data:`READINGS` times with words hidden, which is only learned from.
    """
    lexicon = read_lexicon(workspace.folder)
    plain: list[Example] = []
    hidden: list[Example] = []
    coded, documents = 0, 0
    generators = [
        Generator(workspace.codebook, lexicon, hide_words(english_words(), seed=SEED + number))
        for number in range(READINGS)
    ]
    everything = Generator(workspace.codebook, lexicon)
    for one in sets:
        plain += coded_examples(one.documents, one.gold, everything)
        hidden += [example for other in generators for example in coded_examples(one.documents, one.gold, other)]
        coded += sum(claim.confidence >= CORE for claim in one.gold)
        documents += len(one.documents)
    right = sum(example.is_right for example in plain)
    words = f"{count_words(documents, 'document')} with {count_words(coded, 'coded claim')}"
    coefficients = train([*plain, *hidden], trained_on=words)
    rules = [example.proposal.claim.sure if example.proposal.is_ruled else 0.0 for example in plain]
    unseen = cross_validate(plain, beside=hidden)
    return Training(
        coefficients,
        documents,
        len(plain),
        right,
        before=score_judgements(plain, rules, threshold=0.5, coded=coded),
        after=score_judgements(plain, unseen, threshold=coefficients.threshold, coded=coded),
    )


def train_on_decisions(workspace: Workspace) -> Training:
    """Correct the shipped coefficients by a workspace's decisions; before is what they say by themselves.

    Raises ``QueryError`` if nothing that can be learned from is decided.
    """
    generator = Generator(workspace.codebook, read_lexicon(workspace.folder))
    examples = list(decided_examples(workspace, generator))
    right = sum(example.is_right for example in examples)
    if right in (0, len(examples)):
        raise QueryError("decisions: found none to learn from, allowed: candidates accepted and others rejected")
    known = shipped_coefficients()
    documents = len({example.candidate.document for example in examples})
    words = f"{known.trained_on}, corrected by {count_words(len(examples), 'decision')}"
    coefficients = train(examples, trained_on=words, known=known)
    before = [known.probability(example.proposal.evidence) for example in examples]
    after = cross_validate(examples, known=known)
    return Training(
        coefficients,
        documents,
        len(examples),
        right,
        before=score_judgements(examples, before, threshold=known.threshold, coded=right),
        after=score_judgements(examples, after, threshold=known.threshold, coded=right),
    )


def decided_examples(workspace: Workspace, generator: Generator) -> Iterator[Example]:
    """Yield an example for each decision: what was accepted as proposed is right, what was rejected is wrong.

    What was amended to another holder, issue or element is wrong as proposed and right as amended; what people coded by
    hand in the same documents is right. What was not proposed by topics and parties, as a language model may do,
    teaches nothing.
    """
    statements = {record.statement.id: record.statement for record in workspace.known().records}
    decided = defaultdict(list)
    for record in workspace.candidates():
        if record.candidate.status != "open":
            decided[record.candidate.document].append(record.candidate)
    for name, candidates in decided.items():
        document = workspace.document(name)
        if document is not None and document.text is not None:
            coded = [one for one in statements.values() if one.document == name]
            yield from _examples_in(document, candidates, coded, generator)


def _examples_in(
    document: Document, decided: Sequence[Candidate], coded: Sequence[Claim], generator: Generator
) -> Iterator[Example]:
    by_id = {claim.id: claim for claim in coded}
    for proposal, candidate in candidates_proposed(document, generator):
        near = [one for one in decided if same_claim(one, candidate)]
        if near:
            decision = max(near, key=lambda one: closeness(one, candidate))
            became = by_id.get(decision.statement or "")
            if decision.status == "rejected" or became is not None:
                is_right = decision.status == "accepted" and became is not None and same_claim(became, candidate)
                yield Example(proposal, candidate, is_right)
        elif any(same_claim(claim, candidate) for claim in coded):
            yield Example(proposal, candidate, is_right=True)


def score_judgements(
    examples: Sequence[Example], probabilities: Sequence[float], *, threshold: float, coded: int
) -> JudgeScore:
    """Return how well probabilities fit examples; ``coded`` is how many right ones could be found at all."""
    outcomes = [example.is_right for example in examples]
    kept = [is_right for is_right, share in zip(outcomes, probabilities, strict=True) if share >= threshold]
    error = sum((share - is_right) ** 2 for is_right, share in zip(outcomes, probabilities, strict=True))
    return JudgeScore(
        len(kept), sum(kept), coded, error / len(examples) if examples else 0.0, _share_ordered(outcomes, probabilities)
    )


def _share_ordered(outcomes: Sequence[bool], probabilities: Sequence[float]) -> float | None:
    right = [share for is_right, share in zip(outcomes, probabilities, strict=True) if is_right]
    wrong = [share for is_right, share in zip(outcomes, probabilities, strict=True) if not is_right]
    if not right or not wrong:
        return None
    ordered = sum((one > other) + (one == other) / 2 for one in right for other in wrong)
    return ordered / (len(right) * len(wrong))
