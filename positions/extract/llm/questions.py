"""Closed questions about what a generator proposes: is this holder's stance on this element stated here, and which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple, Protocol

from pydantic import BaseModel

from positions.extract.judges.proposal import Judgement, Proposal
from positions.extract.llm.codebook_words import join_lines, named_speakers
from positions.extract.llm.prompt import PIECE, document_prompt, mark_data, prompt_version, questions_instructions
from positions.extract.llm.schema import ModelAnswer, Sure, answers_in, answers_model
from positions.extract.llm.service import ModelRequest
from positions.extract.llm.session import ModelSession
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.document import Document

AT_ONCE: Final = 20
"""The most questions in one request."""
MOST: Final = 60
"""The most questions that the second pass asks about a document."""
_AROUND: Final = 6_000
"""Characters of the document sent on each side of the passages that are asked about."""
_PROBABILITIES: Final[Mapping[tuple[bool, Sure], float]] = {
    (True, "certain"): 0.9,
    (True, "likely"): 0.7,
    (True, "doubtful"): 0.4,
    (False, "doubtful"): 0.3,
    (False, "likely"): 0.15,
    (False, "certain"): 0.02,
}
"""How probable a stated stance is by what a model answers; set by hand, not calibrated on any set."""


class ProposalSource(Protocol):
    """What proposes pairs of a holder and a topic with the words in which both were heard."""

    def propose(self, document: Document, *, every_pair: bool) -> Sequence[Proposal]:
        """Return what a document may claim; with ``every_pair`` each topic with each party in reach."""


class Question(NamedTuple):
    """A closed question: the holder, the issue, the element and the span of the passage, in code points."""

    holder: str
    issue: str
    element: str | None
    span: tuple[int, int]

    def words(self, number: int, text: str, codebook: Codebook) -> str:
        """Write the question with its number."""
        about = f"{self.issue}/{self.element}" if self.element else self.issue
        label = codebook.path_label(self.issue, self.element)
        passage = join_lines(text[slice(*self.span)])
        return f"{number}. holder: {self.holder}; about: {about} ({label}); passage: {passage}"


class Questioner:
    """Asks closed questions about documents in batches; every answer fits closed lists but for its quote."""

    def __init__(self, session: ModelSession) -> None:
        self.session = session
        self.instructions = questions_instructions(session.codebook)
        self.version = prompt_version(self.instructions, answers_model(session.codebook, 1, ()))

    def ask(self, document: Document, questions: Sequence[Question]) -> list[ModelAnswer | None]:
        """Return an answer to each question, ``None`` for one that was passed over.

        Raises ``QueryError`` if the model gives no usable answer.
        """
        answers: list[ModelAnswer | None] = []
        for batch in _batches(questions):
            numbered = self._ask_batch(document, batch)
            answers += [self._sound(question, numbered.get(number)) for number, question in enumerate(batch, 1)]
        return answers

    def prompts(self, document: Document, questions: Sequence[Question]) -> list[str]:
        """Return the prompts that would be sent."""
        return [self._prompt(document, batch) for batch in _batches(questions)]

    def _sound(self, question: Question, answer: ModelAnswer | None) -> ModelAnswer | None:
        """Return an answer with its stance left open if that is not a level of the issue."""
        if answer is None or answer.stance in (None, *self.session.codebook.issue(question.issue).values):
            return answer
        return answer._replace(stance=None)

    def _ask_batch(self, document: Document, batch: Sequence[Question]) -> dict[int, ModelAnswer]:
        prompt = self._prompt(document, batch)
        names = [speaker.name for speaker in named_speakers(self.session.codebook, document.text or "")]
        model = answers_model(self.session.codebook, len(batch), names)
        digest = sha256(prompt.encode()).hexdigest()
        key = ("questions", str(document.sha256), digest, self.version, self.session.service.model)
        if entry := self.session.cached_answer(key, model):
            return answers_in(model.model_validate(entry["answer"]))

        def check(given: BaseModel) -> str | None:
            return self._reasons(batch, answers_in(given))

        answer = self.session.service.ask(ModelRequest(self.instructions, prompt, model, check))
        self.session.cache_answer(key, {"answer": answer.model_dump()})
        return answers_in(answer)

    def _prompt(self, document: Document, batch: Sequence[Question]) -> str:
        text = document.text or ""
        first = max(0, min(question.span[0] for question in batch) - _AROUND)
        last = max(question.span[1] for question in batch) + _AROUND
        lines = [one.words(number, text, self.session.codebook) for number, one in enumerate(batch, 1)]
        head = document_prompt(document, text[first:last], self.session.codebook)
        return f"{head}\n\nQuestions:\n{mark_data(document, lines)}"

    def _reasons(self, batch: Sequence[Question], answers: Mapping[int, ModelAnswer]) -> str | None:
        """Return which questions have no usable answer, ``None`` if all have one."""
        wrong = [f"- question {number} has no answer" for number in range(1, len(batch) + 1) if number not in answers]
        for number, answer in answers.items():
            issue = self.session.codebook.issue(batch[number - 1].issue)
            if answer.stance is not None and answer.stance not in issue.values:
                wrong.append(f"- question {number}: {answer.stance:+d} is not a level of {issue.id}")
        return "\n".join(["Answer all questions again:", *wrong]) if wrong else None


class ModelJudge:
    """A language model as a judge of proposals that is asked closed questions.

    It is a :class:`positions.extract.judges.proposal.Judge`.

    A question that it passes over has the probability 0.
    """

    threshold = 0.5
    every_pair = True

    def __init__(self, session: ModelSession) -> None:
        self.session = session
        self._questioner = Questioner(session)
        self.name = f"judge {session.service.model} {self._questioner.version}"

    def judge(self, document: Document, proposals: Sequence[Proposal]) -> list[Judgement]:
        """Return the model's judgement of each proposal, in their order."""
        answers = self._questioner.ask(document, [question_about(one) for one in proposals]) if proposals else []
        return [_judgement(answer) for answer in answers]


def _judgement(answer: ModelAnswer | None) -> Judgement:
    if answer is None:
        return Judgement(0.0, None)
    return Judgement(stated_probability(answer), answer.stance)


def stated_probability(answer: ModelAnswer) -> float:
    """Return how probable an answer makes it that the stance is stated, in [0, 1]; not calibrated."""
    return _PROBABILITIES[answer.stated, answer.sure]


def question_about(proposal: Proposal) -> Question:
    """Return the question whether a proposal is right."""
    claim = proposal.claim
    return Question(claim.holder, claim.issue, claim.element, claim.span)


def open_questions(proposals: Sequence[Proposal], candidates: Sequence[Candidate]) -> list[Question]:
    """Return a question for each holder and topic that no candidate is about, in the order of the text.

    What the rules claim comes before other pairs where there are more than :data:`MOST`; each is asked about where it
    was proposed first.
    """
    answered = {(one.holder, one.issue, one.element) for one in candidates}
    questions: dict[tuple[str, str, str | None], Question] = {}
    for proposal in sorted(proposals, key=lambda one: not one.is_ruled):
        question = question_about(proposal)
        if question[:3] not in answered:
            questions.setdefault(question[:3], question)
    return sorted(list(questions.values())[:MOST], key=lambda one: one.span)


def _batches(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Yield the questions that are few and near enough to be asked in one request, in their order."""
    batch: list[Question] = []
    for question in questions:
        if batch and (len(batch) == AT_ONCE or abs(question.span[0] - batch[0].span[0]) > PIECE):
            yield batch
            batch = []
        batch.append(question)
    if batch:
        yield batch
