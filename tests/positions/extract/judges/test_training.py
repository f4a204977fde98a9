from __future__ import annotations

from functools import cache

import pytest

from positions.errors import QueryError
from positions.extract.evaluation.gold_set import read_claims, read_documents
from positions.extract.judges.coefficients import Coefficients
from positions.extract.judges.examples import Example, coded_examples, hide_words
from positions.extract.judges.generator import Generator
from positions.extract.judges.proposal import Proposal
from positions.extract.judges.training import LEAST_OF_WORDS, MOST_WEIGHTS, THRESHOLD, cross_validate, train
from positions.extract.judges.word_evidence import names_words
from positions.extract.language.english import english_words
from positions.extract.language.lexicon import read_lexicon
from positions.store.published import read_codebook
from tests.positions.extract.reading import DATA, ROOT

SETS = ("plain", "dev")


@cache
def examples() -> tuple[Example, ...]:
    """The proposals of two coded sets."""
    codebook = read_codebook(DATA)
    generator = Generator(codebook, read_lexicon(DATA))
    found: list[Example] = []
    for name in SETS:
        folder = ROOT / "tests" / "unseen" / name
        documents = read_documents(folder / "documents.jsonl")
        found += coded_examples(documents, read_claims(folder / "gold.jsonl", codebook, documents), generator)
    return tuple(found)


@cache
def unseen() -> tuple[float, ...]:
    return tuple(cross_validate(examples()))


def with_evidence(example: Example, is_right: bool, **evidence: float) -> Example:
    return Example(Proposal(example.proposal.read_claim, False, evidence), example.candidate, is_right)


def test_evidence_that_goes_with_right_proposals_speaks_for_them() -> None:
    one, other = examples()[0], examples()[-1]
    assert one.candidate.document != other.candidate.document
    made = [
        with_evidence(
            base, number % 4 > 0, **({"good": 1.0} if number % 4 > 0 else {"bad": 1.0}), noise=number // 4 % 2
        )
        for base in (one, other)
        for number in range(40)
    ]
    learned = train(made, trained_on="made up")
    assert learned.weights["good"] > 0.5 > -0.5 > learned.weights["bad"]
    assert abs(learned.weights.get("noise", 0)) < 0.3
    assert learned.probability({"good": 1.0}) > 0.75 > 0.6 > learned.probability({"bad": 1.0})
    assert (learned.trained_on, learned.threshold) == ("made up", THRESHOLD)


def test_the_same_examples_teach_the_same() -> None:
    some = examples()[:400]
    learned = train(some, trained_on="some")
    assert learned == train(some, trained_on="some")
    assert len(learned.weights) <= MOST_WEIGHTS


def test_what_is_known_is_corrected_and_not_forgotten() -> None:
    some = examples()[:400]
    known = train(some, trained_on="some")
    contrary = [with_evidence(one, not one.is_right, **one.proposal.evidence) for one in some[:5]]
    corrected = train(contrary, trained_on="more", known=known)
    assert all(name in known.weights or names_words(name) for name in corrected.weights)
    assert max(abs(corrected.weights.get(name, 0) - weight) for name, weight in known.weights.items()) < 0.4
    assert corrected != known


def test_only_decisions_teach_what_words_issues_and_holders_mean() -> None:
    some = examples()[:400]
    known = train(some, trained_on="some")
    assert any(names_words(name) for one in some for name in one.proposal.evidence)
    assert not any(names_words(name) for name in known.weights)

    wrong = [with_evidence(one, False, **one.proposal.evidence, **{"words=red lines": 1.0}) for one in some[:9]]
    right = [with_evidence(one, True, **one.proposal.evidence) for one in some[:9]]
    corrected = train([*wrong, *right], trained_on="decisions", known=known)
    assert corrected.weights["words=red lines"] < -0.5


def test_words_that_few_decisions_are_about_teach_nothing() -> None:
    some = examples()[:400]
    rare = [with_evidence(one, False, **{"words=red lines": 1.0}) for one in some[: LEAST_OF_WORDS - 1]]
    corrected = train([*some[:50], *rare], trained_on="decisions", known=train(some, trained_on="some"))
    assert "words=red lines" not in corrected.weights


@pytest.mark.parametrize("kept", [True, False])
def test_nothing_is_learned_of_one_outcome_alone(kept: bool) -> None:
    with pytest.raises(QueryError, match="allowed: at least one of each"):
        train([one for one in examples() if one.is_right is kept], trained_on="")


def test_one_document_cannot_be_judged_by_others() -> None:
    own = [one for one in examples() if one.candidate.document == examples()[0].candidate.document]
    with pytest.raises(QueryError, match="too few documents"):
        cross_validate(own)
    known = Coefficients(trained_on="", threshold=0.3, intercept=0.0, weights={"quoted": 1.0})
    assert cross_validate(own, known=known) == [known.probability(one.proposal.evidence) for one in own]


def test_of_what_is_said_to_be_probable_so_much_is_right() -> None:
    for said, least, most in ((0.8, 0.75, 0.85), (0.5, 0.35, 0.65), (0.05, 0.0, 0.1)):
        near = [one.is_right for one, share in zip(examples(), unseen(), strict=True) if abs(share - said) < 0.1]
        assert least <= sum(near) / len(near) <= most, said


def test_the_judge_puts_right_proposals_before_wrong_ones() -> None:
    shares = {True: [], False: []}  # type: dict[bool, list[float]]
    for one, share in zip(examples(), unseen(), strict=True):
        shares[one.is_right].append(share)
    ordered = sum(right > wrong for right in shares[True] for wrong in shares[False])
    assert ordered / (len(shares[True]) * len(shares[False])) > 0.88


def test_hidden_words_are_some_of_the_languages_and_always_the_same() -> None:
    words, hidden = english_words(), hide_words(english_words(), seed=3)
    assert hidden == hide_words(english_words(), seed=3)
    assert hidden != hide_words(english_words(), seed=4)
    known = {term for group in words.cues for term in group.terms}
    kept = {term for group in hidden.cues for term in group.terms}
    assert kept < known
    assert 0.5 < len(kept) / len(known) < 0.8
    assert hidden.times == words.times
