from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from positions.extract.judges.extractor import JudgedExtractor
from positions.extract.judges.generator import Generator
from positions.extract.judges.proposal import Judgement, Proposal
from positions.extract.judges.rules import RuleJudge
from positions.extract.language.lexicon import read_lexicon
from positions.model.document import Document
from positions.store.published import read_codebook
from tests.positions.extract.reading import DATA, ROOT, document, rules

ARTICLES = [*sorted((ROOT / "tests" / "unseen" / "plain").glob("*.txt")), *sorted((ROOT / "seeds").glob("*.txt"))]


class EveryPair(RuleJudge):
    """The rules, asked about every pair."""

    every_pair = True


class Anything:
    """A judge to whom everything is equally probable."""

    name, threshold, every_pair = "anything 1", 0.25, True

    def judge(self, document: Document, proposals: Sequence[Proposal]) -> list[Judgement]:
        return [Judgement(0.25) for _ in proposals if document.text]


@cache
def shipped() -> Generator:
    return Generator(read_codebook(DATA), read_lexicon(DATA))


def proposals(text: str) -> list[Proposal]:
    return shipped().propose(document(text), every_pair=True)


def of(found: list[Proposal], holder: str, issue: str) -> Proposal:
    return next(one for one in found if (one.claim.holder, one.claim.issue) == (holder, issue))


@pytest.mark.parametrize("path", ARTICLES[::3], ids=lambda path: path.stem)
def test_the_rules_claim_the_same_of_every_pair_as_of_what_they_claim(path: Path) -> None:
    text = path.read_text()
    asked = JudgedExtractor(shipped(), EveryPair())
    assert asked.candidates(document(text)) == rules().candidates(document(text))


def test_each_topic_is_proposed_with_each_party_in_reach() -> None:
    found = proposals("Poland's president spoke in Warsaw. Russia demanded that Ukraine declare itself neutral.")
    pairs = {(one.claim.holder, one.claim.issue): one.is_ruled for one in found}
    assert pairs == {("RUS", "neutrality"): True, ("UKR", "neutrality"): False}
    assert {one.claim.stance for one in found} == {2}


def test_the_evidence_tells_who_speaks_and_how_the_holder_stands_in_the_sentence() -> None:
    found = proposals("Ukraine will never become neutral, Zelensky said. Russia, he said, wants a neutral Ukraine.")
    own, other = of(found, "UKR", "neutrality").evidence, of(found, "RUS", "neutrality").evidence
    assert own["holder_speaks"] == own["holder_subject"] == own["negated"] == own["said_behind"] == 1
    assert "another_speaks" not in own
    assert other["another_speaks"] == 1
    assert all(0 < value <= 1 for one in found for value in one.evidence.values())


def test_each_holder_issue_and_element_is_proposed_once_a_sentence() -> None:
    for path in ARTICLES[:4]:
        found = [one.claim for one in proposals(path.read_text()) if not one.is_ruled]
        keys = [(one.span, one.holder, one.issue, one.element, one.voice) for one in found]
        assert len(set(keys)) == len(keys)


def test_what_a_judge_finds_less_probable_than_asked_is_left_out() -> None:
    text = document("Russia demanded that Ukraine declare itself neutral.")
    every = JudgedExtractor(shipped(), Anything()).candidates(text)
    assert {one.confidence for one in every} == {0.25}
    assert {one.holder for one in every} == {"RUS", "UKR"}
    assert every[0].coder.startswith("anything 1/")
    assert JudgedExtractor(shipped(), Anything(), least=0.3).candidates(text) == ()
    assert len(rules().candidates(text)) == 1
