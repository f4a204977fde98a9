"""How fast the judge learns from decisions: a simulated reviewer decides on what it proposes.

Run it with ``python -m benchmarks.learning``. The reviewer knows the coding of some articles and decides on one passage
after the other, in random order, everything that is proposed there. After each number of decisions the judge is
corrected by them and asked, as is the judge as shipped, about what is not decided yet; and, for decisions in a random
half of the articles, about the articles of the other half. All orders are added up.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from positions.extract.evaluation.gold_set import read_claims, read_documents
from positions.extract.judges.coefficients import Coefficients, shipped_coefficients
from positions.extract.judges.examples import Example, coded_examples
from positions.extract.judges.generator import Generator
from positions.extract.judges.training import train
from positions.extract.language.lexicon import read_lexicon
from positions.store.published import read_codebook

ROOT: Final = Path(__file__).parent.parent
ARTICLES: Final = {
    "the second negotiation": (ROOT / "tests" / "tigray", ROOT / "tests" / "tigray"),
    "hard articles (held)": (ROOT / "data", ROOT / "tests" / "unseen" / "held"),
}
"""The folder with the words of each kind of articles, and the one with the articles and their coding."""
DECISIONS: Final = (0, 20, 50, 100)
ORDERS: Final = 20


def examples_in(words: Path, folder: Path) -> list[Example]:
    """Return the proposals of coded articles, right or wrong by their coding."""
    codebook = read_codebook(words)
    documents = read_documents(folder / "documents.jsonl")
    gold = read_claims(folder / "gold.jsonl", codebook, documents)
    return coded_examples(documents, gold, Generator(codebook, read_lexicon(words)))


def in_random_order(examples: Sequence[Example], seed: int) -> list[Example]:
    """Return the examples passage by passage."""
    passages = sorted({(one.candidate.document, one.candidate.start) for one in examples})
    random.Random(seed).shuffle(passages)
    return sorted(examples, key=lambda one: passages.index((one.candidate.document, one.candidate.start)))


def counts(examples: Sequence[Example], judge: Coefficients) -> tuple[int, int, int]:
    """Return how many examples are kept, how many of those are right, and how many are right at all."""
    kept = [one for one in examples if judge.probability(one.proposal.evidence) >= judge.threshold]
    return len(kept), sum(one.is_right for one in kept), sum(one.is_right for one in examples)


def learned(decided: Sequence[Example], known: Coefficients) -> Coefficients:
    """Return the judge corrected by decisions; as it was without any of one kind."""
    is_enough = {one.is_right for one in decided} == {True, False}
    return train(decided, trained_on="decisions", known=known) if is_enough else known


def other_articles(examples: Sequence[Example], seed: int) -> list[Example]:
    """Return the examples of a random half of the articles."""
    articles = sorted({one.candidate.document for one in examples})
    random.Random(seed).shuffle(articles)
    half = set(articles[: len(articles) // 2])
    return [one for one in examples if one.candidate.document in half]


def learning_curve(examples: Sequence[Example], decisions: int, *, across: bool) -> list[tuple[float, float]]:
    """Return precision and recall of the judge as shipped, and corrected by decisions.

    It judges what is not decided yet; ``across`` articles it judges half of them, and the decisions are in the others.
    """
    known = shipped_coefficients()
    totals = [(0, 0, 0), (0, 0, 0)]
    for seed in range(ORDERS):
        apart = other_articles(examples, seed) if across else []
        taken = {one.candidate.document for one in apart}
        order = in_random_order([one for one in examples if one.candidate.document not in taken], seed)
        judges = (known, learned(order[:decisions], known))
        found = [counts(apart or order[decisions:], judge) for judge in judges]
        totals = [tuple(map(sum, zip(*pair, strict=True))) for pair in zip(totals, found, strict=True)]
    return [(right / kept, right / all_right) for kept, right, all_right in totals]


if __name__ == "__main__":
    for name, (words, folder) in ARTICLES.items():
        examples = examples_in(words, folder)
        for across in (False, True):
            for decisions in DECISIONS:
                curve = learning_curve(examples, decisions, across=across)
                shares = " · ".join(f"precision {p:.2f} recall {r:.2f}" for p, r in curve)
                asked = "other articles" if across else "what is left"
                print(f"{name}, {asked}, {decisions:3} decisions: {shares}", flush=True)
