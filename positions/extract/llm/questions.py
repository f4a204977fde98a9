"""Closed questions about what a generator proposes: is this holder's stance on this element stated here, and which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from pydantic import BaseModel

from positions.extract.llm.codebook_words import join_lines, named_speakers
from positions.extract.llm.prompt import (
    PIECE,
    describe_claim,
    describe_topic,
    document_prompt,
    mark_data,
    prompt_version,
    questions_instructions,
    text_around,
)
from positions.extract.llm.schema import ModelAnswer, Sure, answers_in, answers_model
from positions.extract.llm.service import ModelRequest
from positions.extract.llm.session import ModelSession
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.document import Document

AT_ONCE: Final = 40
"""The most questions in one request."""
_SHARE: Final = 1.0
"""Characters of answer for one of the prompt: 70 for a *no*, 260 for a level."""
_PROBABILITIES: Final[Mapping[tuple[bool, Sure], float]] = {
    (True, "certain"): 0.9,
    (True, "likely"): 0.7,
    (True, "doubtful"): 0.4,
    (False, "doubtful"): 0.3,
    (False, "likely"): 0.15,
    (False, "certain"): 0.02,
}
"""How probable a stated stance is by what a model answers; set by hand, not calibrated on any set."""


class Question(NamedTuple):
    """A closed question: the holder, the issue, the element and the span of the passage, in code points."""

    holder: str
    issue: str
    element: str | None
    span: tuple[int, int]

    def words(self, number: int, codebook: Codebook) -> str:
        """Write the question with its number, without its passage."""
        return f"{number}. holder: {self.holder}; about: {describe_topic(self.issue, self.element, codebook)}"


class Questioner:
    """Asks closed questions about documents in batches; every answer fits closed lists but for its quote."""

    def __init__(self, session: ModelSession) -> None:
        self.session = session
        self.instructions = questions_instructions(session.codebook)
        self.version = prompt_version(self.instructions, answers_model(session.codebook, 1, ()))

    def ask(
        self, document: Document, questions: Sequence[Question], known: Sequence[Candidate] = ()
    ) -> list[ModelAnswer | None]:
        """Return an answer to each question, ``None`` for one that was passed over.

        The candidates ``known`` already are told, so that none of them is given as an answer again. Raises
        ``QueryError`` if the model gives no usable answer.
        """
        answers: list[ModelAnswer | None] = []
        for batch in _batches(questions):
            numbered = self._ask_batch(document, batch, known)
            answers += [self._sound(question, numbered.get(number)) for number, question in enumerate(batch, 1)]
        return answers

    def requests(self, document: Document, questions: Sequence[Question]) -> list[ModelRequest]:
        """Return the requests that would be sent."""
        return [self._request(document, batch, ()) for batch in _batches(questions)]

    def _sound(self, question: Question, answer: ModelAnswer | None) -> ModelAnswer | None:
        """Return an answer with its stance left open if that is not a level of the issue."""
        if answer is None or answer.stance in (None, *self.session.codebook.issue(question.issue).values):
            return answer
        return answer._replace(stance=None)

    def _ask_batch(
        self, document: Document, batch: Sequence[Question], known: Sequence[Candidate]
    ) -> dict[int, ModelAnswer]:
        request = self._request(document, batch, known)
        model = request.answer
        digest = sha256(request.prompt.encode()).hexdigest()
        key = ("questions", str(document.sha256), digest, self.version, self.session.service.model)
        if entry := self.session.cached_answer(key, model):
            return answers_in(model.model_validate(entry["answer"]))
        answer = self.session.service.ask(request)
        self.session.cache_answer(key, {"answer": answer.model_dump()})
        return answers_in(answer)

    def _request(self, document: Document, batch: Sequence[Question], known: Sequence[Candidate]) -> ModelRequest:
        names = [speaker.name for speaker in named_speakers(self.session.codebook, document.text or "")]
        model = answers_model(self.session.codebook, len(batch), names)

        def check(given: BaseModel) -> str | None:
            return self._reasons(batch, answers_in(given))

        return ModelRequest(self.instructions, self._prompt(document, batch, known), model, check, _SHARE)

    def _prompt(self, document: Document, batch: Sequence[Question], known: Sequence[Candidate]) -> str:
        text = document.text or ""
        first, last = min(question.span[0] for question in batch), max(question.span[1] for question in batch)
        parts = [document_prompt(document, text_around(text, first, last), self.session.codebook)]
        if known:
            records = [describe_claim(one, self.session.codebook) for one in known]
            parts.append(f"Records that are made already:\n{mark_data(document, records)}")
        questions = _question_lines(text, batch, self.session.codebook)
        parts.append(f"Questions, each under its passage:\n{mark_data(document, list(questions))}")
        return "\n\n".join(parts)

    def _reasons(self, batch: Sequence[Question], answers: Mapping[int, ModelAnswer]) -> str | None:
        """Return which questions have no usable answer, ``None`` if all have one."""
        wrong = [f"- question {number} has no answer" for number in range(1, len(batch) + 1) if number not in answers]
        for number, answer in answers.items():
            issue = self.session.codebook.issue(batch[number - 1].issue)
            if answer.stance is not None and answer.stance not in issue.values:
                wrong.append(f"- question {number}: {answer.stance:+d} is not a level of {issue.id}")
        return "\n".join(["Answer all questions again:", *wrong]) if wrong else None


def stated_probability(answer: ModelAnswer) -> float:
    """Return how probable an answer makes it that the stance is stated, in [0, 1]; not calibrated."""
    return _PROBABILITIES[answer.stated, answer.sure]


def _question_lines(text: str, batch: Sequence[Question], codebook: Codebook) -> Iterator[str]:
    """Yield each passage once before the questions about it."""
    passage = None
    for number, question in enumerate(batch, 1):
        if question.span != passage:
            passage = question.span
            yield f"Passage: {join_lines(text[slice(*passage)])}"
        yield question.words(number, codebook)


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
