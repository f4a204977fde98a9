"""A language model as a judge: of every proposal, and of those that nobody listed yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from positions.extract.evaluation.gold_set import read_claims, read_documents
from positions.extract.evaluation.scores import measure_scores
from positions.extract.judges.generator import Generator
from positions.extract.judges.proposal import Proposal
from positions.extract.language.sentences import sentence_spans
from positions.extract.llm.extractor import ModelExtractor
from positions.extract.llm.model_judge import MOST, JudgingExtractor, ModelJudge, open_proposals, question_about
from positions.extract.llm.questions import AT_ONCE, Question
from positions.extract.llm.schema import stance_word
from positions.model.codebook import Codebook
from positions.model.statement import Claim
from tests.conftest import ROOT
from tests.positions.extract.llm.conversation import (
    NEVER,
    NO,
    READY,
    SUGGESTED,
    TEXT,
    WARSAW,
    answers,
    claim,
    claims,
    document,
    open_session,
)
from tests.positions.extract.scripted import scripted

SECOND = ROOT / "tests" / "unseen" / "second" / "held"


def test_a_passage_is_a_whole_sentence_even_of_a_quotation(proposals: Sequence[Proposal]) -> None:
    sentences = set(sentence_spans(document().text or ""))
    assert {question_about(one).span for one in proposals} <= sentences


def test_only_what_nobody_listed_is_asked_about(
    codebook: Codebook, generator: Generator, proposals: Sequence[Proposal], tmp_path: Path
) -> None:
    with scripted(claims(claim())) as script:
        listed = ModelExtractor(open_session(codebook, script)).candidates(document())
    questions = [question_about(one) for one in open_proposals(proposals, listed)]
    about = [(one.holder, one.issue, one.element) for one in questions]
    assert ("UKR", "neutrality", None) not in about
    assert ("UKR", "venue", "warsaw") in about
    assert len(set(about)) == len(about) <= MOST
    number = about.index(("UKR", "venue", "warsaw")) + 1
    with scripted(claims(claim()), answers(len(questions), **{f"q{number}": WARSAW})) as script:
        session = open_session(codebook, script, tmp_path)
        candidates = ModelExtractor(session, generator).candidates(document())
        assert ModelExtractor(session, generator).candidates(document()) == candidates
        assert len(script.asked) == 2, "the second time from the cache"
        second = script.prompts(1)
    assert f"\n{number}. holder: UKR; about: venue/warsaw (Venue: Warsaw)\n" in second
    assert second.count(f"Passage: {SUGGESTED}") == 1, "a passage is told once for all questions about it"
    made = f"holder: UKR; about: neutrality (Ukraine's neutrality); stance: -2; quote: {NEVER}"
    assert f"Records that are made already:\n<<<document {document().sha256[:24]}\n{made}" in second
    assert [(one.quote, one.issue, one.speaker, one.confidence) for one in candidates] == [
        (NEVER, "neutrality", "zelensky", 0.6),
        (SUGGESTED, "venue", "peskov", 0.7),
    ]


def test_an_invented_quote_of_the_second_pass_is_refused(
    codebook: Codebook, generator: Generator, proposals: Sequence[Proposal]
) -> None:
    count = len(open_proposals(proposals, ()))
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


def number_of(proposals: Sequence[Proposal], *pair: str) -> int:
    """The number of the first question about a holder, an issue and an element."""
    return next(number for number, one in enumerate(proposals, 1) if question_about(one)[:3] == pair)


def test_a_judge_gives_each_proposal_a_probability_a_stance_and_the_words(
    codebook: Codebook, proposals: Sequence[Proposal]
) -> None:
    number = number_of(proposals, "UKR", "venue", "istanbul")
    few = [proposals[number - 1], *proposals[:2]]
    shown = {"stance": "+1", "sure": "certain", "quote": READY, "speaker": "somebody else"}
    with scripted(answers(2, q1=shown)) as script:
        judge = ModelJudge(open_session(codebook, script))
        judgements = judge.judge(document(), few)
        assert "enum" in str(script.asked[0]["response_format"])
    assert [one.probability for one in judgements] == [0.9, 0.02, 0.0], "a question passed over is answered by nothing"
    claim = judgements[0].claim
    assert (claim.stance, claim.direct, claim.holder, claim.element) == (1, True, "UKR", "istanbul")
    assert claim.voice
    assert claim.voice.speaker == "unknown"
    assert READY in TEXT[slice(*claim.span)]


def test_a_judge_is_not_believed_without_the_words(codebook: Codebook, proposals: Sequence[Proposal]) -> None:
    with scripted(answers(1, q1=WARSAW | {"quote": "Ukraine has accepted every place that there is."})) as script:
        session = open_session(codebook, script)
        assert [one.probability for one in ModelJudge(session).judge(document(), proposals[:1])] == [0.0]
    assert session.refused.total() == 1


def test_the_same_words_are_shown_once_for_a_holder_and_a_topic(
    codebook: Codebook, proposals: Sequence[Proposal]
) -> None:
    one = proposals[number_of(proposals, "UKR", "venue", "warsaw") - 1]
    with scripted(answers(2, q1=WARSAW, q2=WARSAW)) as script:
        judgements = ModelJudge(open_session(codebook, script)).judge(document(), [one, one])
    assert [judgement.probability for judgement in judgements] == [0.7, 0.0]


def test_nothing_is_asked_about_nothing(codebook: Codebook) -> None:
    with scripted(answers(1)) as script:
        assert ModelJudge(open_session(codebook, script)).judge(document(), []) == []
        assert script.asked == []


def test_the_extractor_keeps_what_the_model_finds_probable(
    codebook: Codebook, generator: Generator, proposals: Sequence[Proposal]
) -> None:
    number = number_of(proposals, "UKR", "venue", "warsaw")
    doubtful = {f"q{number}": WARSAW | {"sure": "doubtful"}}
    for least, found in ((None, []), (0.4, [("UKR", "warsaw", 2, "peskov", "ascribed", 0.4)])):
        with scripted(answers(len(proposals), **doubtful)) as script:
            extractor = JudgingExtractor(generator, open_session(codebook, script), least=least)
            candidates = extractor.candidates(document())
        assert len(list(extractor.requests(document()))) == len(script.asked)
        rows = [(one.holder, one.element, one.stance, one.speaker, one.voice, one.confidence) for one in candidates]
        assert rows == found


def test_of_right_answers_none_is_lost_on_the_way(codebook: Codebook, generator: Generator) -> None:
    documents = read_documents(SECOND / "documents.jsonl")
    article = next(one for one in documents if one.id == "agency-istanbul")
    coded = [one for one in read_claims(SECOND / "gold.jsonl", codebook, documents) if one.document == article.id]
    asked = [question_about(one) for one in generator.propose(article, every_pair=True)]
    pages = [asked[first : first + AT_ONCE] for first in range(0, len(asked), AT_ONCE)]
    with scripted(
        *({"answers": [right_answer(*one, coded) for one in enumerate(page, 1)]} for page in pages)
    ) as script:
        session = open_session(codebook, script)
        found = JudgingExtractor(generator, session).candidates(article)
        assert len(script.asked) == len(pages)
    measures = measure_scores(coded, found, codebook, resamples=0).whole.measures
    assert session.refused.total() == 0
    assert [measures[name].value for name in ("precision", "holder", "stance_level")] == [1.0, 1.0, 1.0]
    assert (measures["recall"].value or 0) >= 0.8


def right_answer(number: int, question: Question, coded: Sequence[Claim]) -> dict[str, Any]:
    """What somebody answers who knows what was coded; speakers are left to those who look them up."""
    pairs = (one for one in coded if (one.holder, one.issue, one.element) == question[:3])
    hit = next((one for one in pairs if max(one.start, question.span[0]) < min(one.end, question.span[1])), None)
    if hit is None:
        return {"number": number, **NO}
    stance = "unresolved" if hit.stance is None else stance_word(hit.stance)
    return {"number": number, "stance": stance, "sure": "certain", "quote": hit.quote, "speaker": "somebody else"}
