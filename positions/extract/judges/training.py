"""Training the logistic judge: Newton's method with a Gaussian prior, cross-validated by document.

The prior draws each weight toward zero, or toward the weights that are known already.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from positions.errors import QueryError
from positions.extract.judges.coefficients import TOGETHER, Coefficients
from positions.extract.judges.examples import Example
from positions.extract.judges.word_evidence import names_words
from positions.model.resampling import SEED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.float64]

PRIOR: Final = 20.0
"""The precision of the prior of a weight."""
KNOWN_PRIOR: Final = 60.0
"""That of a weight that is known: some decisions correct it little."""
WORDS_PRIOR: Final = 3.0
"""That of a weight of words, issues or holders, of which known coefficients have none."""
LEAST_OF_WORDS: Final = 3
"""The fewest decisions on some words that a weight is learned for."""
MOST_WEIGHTS: Final = 120
"""The most weights of a model: more remember their examples."""
LEAST_EXAMPLES: Final = 10
"""The fewest examples with a piece of evidence that a weight is learned for."""
THRESHOLD: Final = 0.35
"""F is greatest at about half of itself and flat from 0.3 to 0.45 (cross-validated); less finds hardly more."""
FOLDS: Final = 10
_STEPS: Final = 50
_SMALL: Final = 1e-6
_DIGITS: Final = 3
PRODUCTS: Final = (
    ("between_two", "stance_read"),
    ("condition", "holder_speaks"),
    ("cue_act", "holder_subject"),
    ("cue_act", "no_voice"),
    ("cue_demand", "holder_addressed"),
    ("cue_missing", "holder_speaks"),
    ("heading", "holder_first_named"),
    ("heading", "stance_read"),
    ("holder_addressed", "holder_speaks"),
    ("another_addressed", "holder_speaks"),
    ("holder_before", "stance_read"),
    ("holder_elsewhere", "no_voice"),
    ("holder_in_content", "holder_subject"),
    ("holder_in_content", "said_as_accusation"),
    ("holder_only_named", "holder_read"),
    ("holder_read", "stance_read"),
    ("holder_speaks", "quoted"),
    ("holder_speaks", "said_as_accusation"),
    ("holder_speaks", "said_as_demand"),
    ("holder_speaks", "stance_read"),
    ("holder_subject", "no_voice"),
    ("holder_subject", "stance_read"),
    ("no_voice", "stance_read"),
    ("holder_speaks", "rules_claim"),
    ("no_voice", "rules_claim"),
    ("rules_claim", "topic_of_talking"),
    ("rules_claim", "topic_one_word"),
    ("topic_of_talking", "topic_one_word"),
)
"""Pairs of evidence that mean something together."""


def train(examples: Sequence[Example], *, trained_on: str, known: Coefficients | None = None) -> Coefficients:
    """Return the coefficients that examples teach, calibrated; ``known`` ones are corrected and not learned anew.

    To known ones words, issues and holders of the examples are added: what is peculiar to one negotiation. The same
    examples give the same numbers. Raises ``QueryError`` if there is not one right and one wrong example.
    """
    outcomes = {example.is_right for example in examples}
    if outcomes != {True, False}:
        raise QueryError("examples: found none that is right and one that is wrong, allowed: at least one of each")
    if known is None:
        design = _Design.of(examples, _frequent_names(examples))
        design = design.with_columns(_strongest(design, _fit(design)))
        weights = _calibrated(design, _fit(design))
    else:
        design = _Design.correcting(known, examples)
        weights = _fit(design)
    numbers = {name: round(float(weight), _DIGITS) for name, weight in zip(design.names, weights[1:], strict=True)}
    return Coefficients(
        trained_on=trained_on,
        threshold=known.threshold if known else THRESHOLD,
        intercept=round(float(weights[0]), _DIGITS),
        weights={name: number for name, number in numbers.items() if number},
    )


def cross_validate(
    examples: Sequence[Example], *, beside: Sequence[Example] = (), known: Coefficients | None = None
) -> list[float]:
    """Return for each example its probability by coefficients trained without its document.

    Those ``beside`` them are learned from, but for those of the document.
    """
    probabilities: dict[int, float] = {}
    for held in _folds([example.candidate.document for example in examples]):
        rest = [example for example in (*examples, *beside) if example.candidate.document not in held]
        if {example.is_right for example in rest} == {True, False}:
            coefficients = train(rest, trained_on="", known=known)
        elif known is not None:
            coefficients = known
        else:
            raise QueryError("examples: found too few documents, allowed: two or more with right and wrong examples")
        probabilities |= {
            index: coefficients.probability(example.proposal.evidence)
            for index, example in enumerate(examples)
            if example.candidate.document in held
        }
    return [probabilities[index] for index in range(len(examples))]


def _frequent_words(examples: Sequence[Example]) -> list[str]:
    counts = Counter(name for example in examples for name in example.proposal.evidence if names_words(name))
    return sorted(name for name, count in counts.items() if count >= LEAST_OF_WORDS)


def _folds(documents: Sequence[str]) -> list[set[str]]:
    """Deal the documents out, at most :data:`FOLDS` hands, always the same."""
    names = sorted(set(documents))
    random.Random(SEED).shuffle(names)  # noqa: S311 - the same each time is what is wanted
    return [set(names[first::FOLDS]) for first in range(min(FOLDS, len(names)))]


def _frequent_names(examples: Sequence[Example]) -> list[str]:
    counts = Counter(name for example in examples for name in example.proposal.evidence)
    common = sorted(name for name, count in counts.items() if count >= LEAST_EXAMPLES and not names_words(name))
    return [*common, *(TOGETHER.join(pair) for pair in PRODUCTS if set(pair) <= set(common))]


@dataclass(frozen=True)
class _Design:
    """Examples as numbers: a row each, a column for the intercept and one for each name.

    ``center`` and ``precision`` are those of the prior of the intercept and of each weight.
    """

    names: list[str]
    columns: Numbers
    right: Numbers
    documents: list[str]
    center: Numbers
    precision: Numbers

    @classmethod
    def of(cls, examples: Sequence[Example], names: list[str]) -> _Design:
        """Return the design whose prior draws each weight toward zero; the intercept is nearly free."""
        import numpy as np  # only training needs it

        columns = np.ones((len(examples), len(names) + 1))
        for row, example in enumerate(examples):
            evidence = example.proposal.evidence
            for column, name in enumerate(names, 1):
                first, _, second = name.partition(TOGETHER)
                columns[row, column] = evidence.get(first, 0.0) * (evidence.get(second, 0.0) if second else 1.0)
        right = np.array([float(example.is_right) for example in examples])
        documents = [example.candidate.document for example in examples]
        precision = np.array([1.0, *(PRIOR for _ in names)])
        return cls(names, columns, right, documents, np.zeros(len(names) + 1), precision)

    @classmethod
    def correcting(cls, known: Coefficients, examples: Sequence[Example]) -> _Design:
        """Return the design whose prior draws weights toward known ones, and those of words toward zero."""
        import numpy as np

        words = [name for name in _frequent_words(examples) if name not in known.weights]
        design = cls.of(examples, [*known.weights, *words])
        center = np.array([known.intercept, *known.weights.values(), *(0.0 for _ in words)])
        precisions = [1.0, *(KNOWN_PRIOR for _ in known.weights), *(WORDS_PRIOR for _ in words)]
        return replace(design, center=center, precision=np.array(precisions))

    def with_columns(self, columns: Sequence[int]) -> _Design:
        """Return the design with some of its names, counted from 0."""
        kept = [0, *(column + 1 for column in columns)]
        names = [self.names[column] for column in columns]
        center, precision = self.center[kept], self.precision[kept]
        return replace(self, names=names, columns=self.columns[:, kept], center=center, precision=precision)

    def with_rows(self, rows: NDArray[np.bool_]) -> _Design:
        """Return the design with some of its examples."""
        documents = [name for name, is_kept in zip(self.documents, rows, strict=True) if is_kept]
        return replace(self, columns=self.columns[rows], right=self.right[rows], documents=documents)


def _fit(design: _Design, start: Numbers | None = None) -> Numbers:
    """Return the most probable intercept and weights, found by Newton's method from ``start``."""
    import numpy as np

    columns, right, precision, center = design.columns, design.right, design.precision, design.center
    weights = center if start is None else start
    for _ in range(_STEPS):
        shares = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (right - shares) - precision * (weights - center)
        curve = (columns.T * (shares * (1 - shares))) @ columns + np.diag(precision)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < _SMALL:
            break
    return weights


def _strongest(design: _Design, weights: Numbers) -> list[int]:
    """Return the columns whose weights move the odds most over the examples, in order of name."""
    moves = abs(weights[1:]) * design.columns[:, 1:].std(axis=0)
    ranked = sorted(range(len(design.names)), key=lambda column: (-float(moves[column]), design.names[column]))
    return sorted(ranked[:MOST_WEIGHTS])


def _calibrated(design: _Design, fitted: Numbers) -> Numbers:
    """Return weights with their log odds shifted and stretched so that they fit out of sample (Platt).

    The fits without some documents begin at those with all, ``fitted``, which saves steps and changes no result.
    """
    import numpy as np

    odds = np.zeros(len(design.right))
    for held in _folds(design.documents):
        outside = np.array([name not in held for name in design.documents])
        is_enough = 0 < design.right[outside].sum() < outside.sum()
        weights = _fit(design.with_rows(outside), fitted) if is_enough else design.center
        odds[~outside] = design.columns[~outside] @ weights
    columns, precision = np.column_stack([np.ones(len(odds)), odds]), np.array([1.0, PRIOR])
    shift, slope = _fit(replace(design, names=["odds"], columns=columns, center=np.eye(2)[1], precision=precision))
    stretched: Numbers = slope * fitted
    stretched[0] += shift
    return stretched
