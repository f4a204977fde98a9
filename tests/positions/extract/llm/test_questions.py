"""Closed questions: every one is answered out of closed lists, or asked again."""

from __future__ import annotations

from collections.abc import Sequence

from positions.extract.judges.proposal import Proposal
from positions.extract.llm.model_judge import question_about
from positions.extract.llm.questions import AT_ONCE, Questioner
from positions.model.codebook import Codebook
from tests.positions.extract.llm.conversation import WARSAW, answers, document, open_session
from tests.positions.extract.scripted import scripted


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


def test_more_questions_than_one_request_holds_are_asked_in_several(
    codebook: Codebook, proposals: Sequence[Proposal]
) -> None:
    questions = [question_about(proposals[0])] * (AT_ONCE + 1)
    with scripted(answers(AT_ONCE), answers(1)) as script:
        given = Questioner(open_session(codebook, script)).ask(document(), questions)
        assert [len(script.asked), len(given)] == [2, AT_ONCE + 1]
        assert f"\n{AT_ONCE}. holder: " in script.prompts(0)
        assert "\n2. holder: " not in script.prompts(1)
