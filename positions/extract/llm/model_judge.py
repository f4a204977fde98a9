"""A language model as a judge of proposals: it is asked closed questions and has to show the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from positions.extract.judges.coefficients import shipped_coefficients
from positions.extract.judges.extractor import JudgedExtractor
from positions.extract.judges.generator import Generator
from positions.extract.judges.proposal import Judgement, Proposal
from positions.extract.llm.proposal_checks import RefusedError, find_clause
from positions.extract.llm.questions import Question, Questioner, stated_probability
from positions.extract.llm.schema import OUTLET, STRANGER, ModelAnswer
from positions.extract.llm.service import ModelRequest
from positions.extract.llm.session import ModelSession
from positions.extract.rules.attributed_sentence import SpeakerRef
from positions.extract.rules.rule_claims import RuleClaim
from positions.model.candidate import Candidate
from positions.model.document import Document
from positions.model.statement import UNKNOWN_SPEAKER
from positions.quotes.quotations import is_quoted
from positions.quotes.text_view import Span

MOST: Final = 40
"""The most pairs that a second pass asks about, the most probable ones: one request."""


class ProposalSource(Protocol):
    """What proposes pairs of a holder and a topic with the words in which both were heard."""

    def propose(self, document: Document, *, every_pair: bool) -> Sequence[Proposal]:
        """Return what a document may claim; with ``every_pair`` each topic with each party in reach."""


class ModelJudge:
    """Asks a language model about proposals; it is a :class:`positions.extract.judges.proposal.Judge`.

    Its probabilities are set by hand for each answer and **not calibrated**. A question that it passes over has the
    probability 0, and so has a stance whose words do not stand in the document.
    """

    threshold = 0.5
    every_pair = True

    def __init__(self, session: ModelSession) -> None:
        self.session = session
        self._questioner = Questioner(session)
        self.version = self._questioner.version
        self.name = f"judge {session.service.model} {self.version}"

    def judge(
        self, document: Document, proposals: Sequence[Proposal], known: Sequence[Candidate] = ()
    ) -> list[Judgement]:
        """Return the model's judgement of each proposal, in their order: the stance, the words and who utters them.

        The model is told the candidates that are ``known`` already. Raises ``QueryError`` if it gives no usable answer.
        """
        answers = self._questioner.ask(document, [question_about(one) for one in proposals], known)
        given = zip(proposals, answers, strict=True)
        return _without_repeats([self._judgement(document, one, answer) for one, answer in given])

    def requests(self, document: Document, proposals: Sequence[Proposal]) -> list[ModelRequest]:
        """Return each request that judging takes."""
        return self._questioner.requests(document, [question_about(one) for one in proposals])

    def _judgement(self, document: Document, proposal: Proposal, answer: ModelAnswer | None) -> Judgement:
        if answer is None:
            return Judgement(0.0, proposal.claim)
        if not answer.stated:
            return Judgement(stated_probability(answer), proposal.claim)
        try:
            claim = self._claim_shown(document, proposal.claim, answer)
        except RefusedError as error:
            self.session.count(0, Counter({error.kind: 1}))
            return Judgement(0.0, proposal.claim)
        self.session.count(1, Counter())
        return Judgement(stated_probability(answer), claim)

    def _claim_shown(self, document: Document, claim: RuleClaim, answer: ModelAnswer) -> RuleClaim:
        """Return a claim with the stance, the words and the speaker of an answer; raise ``RefusedError`` on others."""
        text = document.text or ""
        start, end, _ = find_clause(text, answer.quote, claim.span.start)
        voice = self._voice(claim.voice, answer.speaker)
        direct = voice is not None and is_quoted(text, start, end)
        relay = None if voice is None or voice.speaker == claim.relayed_by else claim.relayed_by
        shown = replace(claim, stance=answer.stance, span=Span(start, end), voice=voice, direct=direct)
        return replace(shown, relayed_by=relay)

    def _voice(self, proposed: SpeakerRef | None, name: str) -> SpeakerRef | None:
        """Return who speaks by an answer; a stranger is the one that was proposed, if that is one."""
        if name in ("", OUTLET):
            return None
        if name == STRANGER:
            is_stranger = proposed is not None and proposed.speaker == UNKNOWN_SPEAKER
            return proposed if is_stranger else SpeakerRef(UNKNOWN_SPEAKER, None)
        speaker = next(one for one in self.session.codebook.speakers if one.name == name)
        return SpeakerRef(speaker.id, None)


class JudgingExtractor:
    """Lets a generator propose claims and a model judge each of them; ``least`` is the least probability to keep."""

    def __init__(self, generator: Generator, session: ModelSession, *, least: float | None = None) -> None:
        self._generator = generator
        self._judge = ModelJudge(session)
        self._extractor = JudgedExtractor(generator, self._judge, least=least)
        self.name = self._extractor.name

    def candidates(self, document: Document) -> Sequence[Candidate]:
        """Return what the model finds stated, in order of offset."""
        return self._extractor.candidates(document)

    def requests(self, document: Document) -> list[ModelRequest]:
        """Return each request that a document takes."""
        return self._judge.requests(document, self._generator.propose(document, every_pair=True))


def question_about(proposal: Proposal) -> Question:
    """Return the question whether a proposal is right."""
    claim = proposal.claim
    return Question(claim.holder, claim.issue, claim.element, claim.passage)


def open_proposals(proposals: Sequence[Proposal], candidates: Sequence[Candidate]) -> list[Proposal]:
    """Return a proposal for each holder and topic that no candidate is about, in the order of the text.

    It is the most probable one by the shipped coefficients; of more than :data:`MOST` the most probable are taken.
    """
    answered = {(one.holder, one.issue, one.element) for one in candidates}
    coefficients = shipped_coefficients()
    best: dict[tuple[str, str, str | None], Proposal] = {}
    for proposal in sorted(proposals, key=lambda one: -coefficients.log_odds(one.evidence)):
        pair = question_about(proposal)[:3]
        if pair not in answered:
            best.setdefault(pair, proposal)
    return sorted(list(best.values())[:MOST], key=lambda one: one.claim.passage)


def _without_repeats(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return the judgements with the probability 0 for one whose words an earlier one shows for the same pair."""
    kept: list[Judgement] = []
    for one in judgements:
        is_repeat = any(_shows_the_same(one, other) for other in kept if other.probability)
        kept.append(one._replace(probability=0.0) if is_repeat else one)
    return kept


def _shows_the_same(judgement: Judgement, earlier: Judgement) -> bool:
    one, other = judgement.claim, earlier.claim
    if one is None or other is None:
        return False
    pairs = [(claim.holder, claim.issue, claim.element) for claim in (one, other)]
    return pairs[0] == pairs[1] and max(one.span.start, other.span.start) < min(one.span.end, other.span.end)
