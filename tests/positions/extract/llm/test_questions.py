"""Closed questions: about what a generator proposes and nobody listed yet, answered out of closed lists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from positions.extract.judges.generator import Generator
from positions.extract.judges.proposal import Proposal
from positions.extract.language.lexicon import read_lexicon
from positions.extract.llm.extractor import ModelExtractor
from positions.extract.llm.questions import AT_ONCE, ModelJudge, Questioner, open_questions, question_about
from positions.model.codebook import Codebook
from tests.conftest import ROOT
from tests.positions.extract.llm.conversation import NEVER, SUGGESTED, claim, claims, document, open_session
from tests.positions.extract.scripted import scripted

NO: dict[str, str] = {"stance": "no", "sure": "certain", "quote": "", "speaker": ""}
WARSAW: dict[str, str] = {"stance": "+2", "sure": "likely", "quote": SUGGESTED, "speaker": "Dmitry Peskov"}


@pytest.fixture(scope="module")
def generator(codebook: Codebook) -> Generator:
    return Generator(codebook, read_lexicon(ROOT / "data"))


@pytest.fixture(scope="module")
def proposals(generator: Generator) -> Sequence[Proposal]:
    return generator.propose(document(), every_pair=True)


def answers(count: int, **given: dict[str, str]) -> dict[str, Any]:
    """Answers to questions numbered from 1: no, but for those given by ``q`` and the number."""
    return {"answers": [{"number": number, **given.get(f"q{number}", NO)} for number in range(1, count + 1)]}


def test_only_what_nobody_listed_is_asked_about(
    codebook: Codebook, generator: Generator, proposals: Sequence[Proposal], tmp_path: Path
) -> None:
    with scripted(claims(claim())) as script:
        listed = ModelExtractor(open_session(codebook, script)).candidates(document())
    questions = open_questions(proposals, listed)
    about = [(one.holder, one.issue, one.element) for one in questions]
    assert ("UKR", "neutrality", None) not in about
    assert ("UKR", "venue", "warsaw") in about
    assert len(set(about)) == len(about) <= AT_ONCE
    number = about.index(("UKR", "venue", "warsaw")) + 1
    with scripted(claims(claim()), answers(len(questions), **{f"q{number}": WARSAW})) as script:
        session = open_session(codebook, script, tmp_path)
        candidates = ModelExtractor(session, generator).candidates(document())
        assert ModelExtractor(session, generator).candidates(document()) == candidates
        assert len(script.asked) == 2, "the second time from the cache"
        assert f"{number}. holder: UKR; about: venue/warsaw (Venue: Warsaw); passage: " in script.prompts(1)
    assert [(one.quote, one.issue, one.speaker, one.confidence) for one in candidates] == [
        (NEVER, "neutrality", "zelensky", 0.6),
        (SUGGESTED, "venue", "peskov", 0.7),
    ]


def test_an_invented_quote_of_the_second_pass_is_refused(
    codebook: Codebook, generator: Generator, proposals: Sequence[Proposal]
) -> None:
    count = len(open_questions(proposals, ()))
    invented = WARSAW | {"quote": "Ukraine has accepted every place that there is."}
    with scripted(claims(), answers(count, q1=invented)) as script:
        session = open_session(codebook, script)
        assert ModelExtractor(session, generator).candidates(document()) == []
    assert dict(session.refused) == {"quote not in the document": 1}


def test_a_second_pass_without_a_usable_answer_keeps_the_first(codebook: Codebook, generator: Generator) -> None:
    with scripted(claims(claim()), "I had rather not.") as script:
        session = open_session(codebook, script)
        assert [one.quote for one in ModelExtractor(session, generator).candidates(document())] == [NEVER]
    assert dict(session.refused) == {"second pass unanswered": 1}


def test_unanswered_questions_and_levels_that_do_not_exist_are_asked_again(
    codebook: Codebook, proposals: Sequence[Proposal]
) -> None:
    venues = [question_about(one) for one in proposals if one.claim.issue == "venue"][:2]
    wrong = {"answers": [{"number": 1, **WARSAW, "stance": "0"}]}
    with scripted(wrong, answers(len(venues), q1=WARSAW)) as script:
        given = Questioner(open_session(codebook, script)).ask(document(), venues)
        said = script.prompts(1)
    assert "question 1: 0 is not a level of venue" in said.replace("+0", "0")
    assert [one.stated for one in given if one] == [True, False]


def test_a_judge_gives_each_proposal_a_probability_and_a_stance(
    codebook: Codebook, proposals: Sequence[Proposal]
) -> None:
    few = list(proposals)[:3]
    given = answers(2, q1=WARSAW | {"stance": "-2", "sure": "certain"})
    with scripted(given) as script:
        judge = ModelJudge(open_session(codebook, script))
        judgements = judge.judge(document(), few)
        assert "enum" in str(script.asked[0]["response_format"])
    assert len(judgements) == 3
    assert (judgements[0].probability, judgements[1].probability, judgements[2].probability) == (0.9, 0.02, 0.0)
    assert judge.judge(document(), []) == []
