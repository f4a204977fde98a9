"""Two extractors that ask a model: for all claims of a document, or only for stances that the rules left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from pydantic import BaseModel

from positions.errors import QueryError
from positions.extract.judges.extractor import claim_candidate
from positions.extract.llm.model_judge import ModelJudge, ProposalSource, open_proposals
from positions.extract.llm.prompt import (
    PIECE,
    claims_instructions,
    document_prompt,
    prompt_version,
    split_pieces,
    stances_instructions,
    stances_prompt,
    text_around,
)
from positions.extract.llm.proposal_checks import Checker, RefusedError, sign_candidate
from positions.extract.llm.schema import (
    ModelClaim,
    claims_in,
    claims_model,
    stances_in,
    stances_model,
)
from positions.extract.llm.service import ModelRequest
from positions.extract.llm.session import ModelSession
from positions.model.candidate import Candidate, Extractor, same_claim
from positions.model.document import Document

_CLAIMS_SHARE: Final = 2.5
"""Characters of answer for one of the prompt: in four dense articles read by a person 1.3 to 2.4."""
_STANCES_SHARE: Final = 0.5
_AT_ONCE = 20
"""The most claims whose stances are asked for in one request."""


class ModelExtractor:
    """Lets a model list the claims of a document; only those with its quote and names in it become candidates.

    With a ``source`` of proposals a second pass asks closed questions about what was proposed and not listed.
    """

    def __init__(self, session: ModelSession, source: ProposalSource | None = None) -> None:
        self.session = session
        self._source = source
        self._judge = ModelJudge(session)
        self._answer = claims_model(session.codebook)
        self._instructions = claims_instructions(session.codebook)
        self._version = prompt_version(self._instructions, self._answer)
        second = f" + {self._judge.version}" if source else ""
        self.name = f"llm {session.service.model} {self._version}{second}"
        self._checker = Checker(session.codebook, coder=self.name)

    def candidates(self, document: Document) -> Sequence[Candidate]:
        """Return what the model proposes and the checks accept, in order of offset, each claim on some words once."""
        candidates: list[Candidate] = []
        for start, piece in split_pieces(document.text or ""):
            candidates += self._candidates_of(document, start, piece)
        candidates = _drop_repeats(candidates)
        if self._source is not None:
            candidates = _drop_repeats([*candidates, *self._missed(document, candidates, self._source)])
        return sorted(candidates, key=_text_order)

    def requests(self, document: Document) -> Iterator[ModelRequest]:
        """Yield each request that a document takes, as if nothing were listed."""
        for start, piece in split_pieces(document.text or ""):
            yield self._request(document, piece, _AnswerReview(self._checker, document, start))
        if self._source is not None:
            proposals = open_proposals(self._source.propose(document, every_pair=True), ())
            yield from self._judge.requests(document, proposals)

    def _missed(
        self, document: Document, candidates: Sequence[Candidate], source: ProposalSource
    ) -> Iterator[Candidate]:
        """Ask about the pairs that no candidate is about, and yield what the model says is stated there."""
        proposals = open_proposals(source.propose(document, every_pair=True), candidates)
        try:
            judgements = self._judge.judge(document, proposals, candidates)
        except QueryError:
            self.session.count(0, Counter({"second pass unanswered": 1}))
            return
        for proposal, (probability, claim) in zip(proposals, judgements, strict=True):
            if probability >= self._judge.threshold:
                claim = replace(claim or proposal.claim, sure=probability)
                yield claim_candidate(claim, document, self.session.codebook, coder=self.name)

    def _candidates_of(self, document: Document, start: int, piece: str) -> list[Candidate]:
        key = ("claims", str(document.sha256), str(start), self._version, self.session.service.model)
        review = _AnswerReview(self._checker, document, start)
        if entry := self.session.cached_answer(key, self._answer):
            review.check(self._answer.model_validate(entry["answer"]))
            self.session.count(len(review.accepted), Counter(entry.get("refused", {})))
            return list(review.accepted.values())
        try:
            self.session.service.ask(self._request(document, piece, review))
        except QueryError:
            self.session.count(len(review.accepted), review.refused)
            if not review.accepted:
                raise
            return list(review.accepted.values())
        self.session.count(len(review.accepted), review.refused)
        self.session.cache_answer(key, {"answer": review.sound_answer, "refused": dict(review.refused)})
        return list(review.accepted.values())

    def _request(self, document: Document, piece: str, review: _AnswerReview) -> ModelRequest:
        prompt = document_prompt(document, piece, self.session.codebook)
        return ModelRequest(self._instructions, prompt, self._answer, review.check, _CLAIMS_SHARE)


class _AnswerReview:
    """Checks the answers of one conversation: keeps the sound claims and tells the model what is wrong with others."""

    def __init__(self, checker: Checker, document: Document, start: int) -> None:
        self._checker = checker
        self._document = document
        self._near = start
        self.accepted: dict[str, Candidate] = {}
        self.refused: Counter[str] = Counter()
        self._sound: list[dict[str, Any]] = []

    @property
    def sound_answer(self) -> dict[str, Any]:
        """The sound claims of all answers as one answer."""
        return {"claims": self._sound}

    def check(self, answer: BaseModel) -> str | None:
        """Accept the sound claims of an answer; return why the others are refused, ``None`` if none is."""
        reasons = []
        for claim, proposal in zip(answer.model_dump()["claims"], claims_in(answer), strict=True):
            try:
                self._accept(claim, proposal)
            except RefusedError as error:
                self.refused[error.kind] += 1
                reasons.append(f"- {error}")
        if not reasons:
            return None
        request = "These claims are refused; the others are taken. Answer with these alone, mended, or with none:"
        return "\n".join([request, *reasons[:20]])

    def _accept(self, claim: dict[str, Any], proposal: ModelClaim) -> None:
        candidate = self._checker.candidate(proposal, self._document, near=self._near)
        self._near = candidate.end
        if candidate.id not in self.accepted:
            self.accepted[candidate.id] = candidate
            self._sound.append(claim)


class HybridExtractor:
    """Lets rules find the claims and a model settle the stances that they left unresolved, nothing else."""

    def __init__(self, rules: Extractor, session: ModelSession) -> None:
        self.session = session
        self._rules = rules
        self._instructions = stances_instructions(session.codebook)
        self._version = prompt_version(self._instructions, stances_model(session.codebook, 1))
        self.name = f"{rules.name} + {session.service.model} {self._version}"

    def candidates(self, document: Document) -> Sequence[Candidate]:
        """Return what the rules find, in their order, with the stances that the model settles."""
        candidates = list(self._rules.candidates(document))
        for indexes in _group_unresolved(candidates):
            settled = self._settle(document, [candidates[index] for index in indexes])
            for index, candidate in zip(indexes, settled, strict=True):
                candidates[index] = candidate
        return [sign_candidate(candidate, coder=self.name) for candidate in candidates]

    def requests(self, document: Document) -> Iterator[ModelRequest]:
        """Yield each request that a document takes."""
        candidates = self._rules.candidates(document)
        for indexes in _group_unresolved(candidates):
            yield self._request(document, [candidates[index] for index in indexes])

    def _request(self, document: Document, claims: list[Candidate]) -> ModelRequest:
        first, last = min(claim.start for claim in claims), max(claim.end for claim in claims)
        piece = text_around(document.text or "", first, last)
        prompt = stances_prompt(document, piece, claims, self.session.codebook)
        model = stances_model(self.session.codebook, len(claims))
        return ModelRequest(self._instructions, prompt, model, lambda given: self._check(claims, given), _STANCES_SHARE)

    def _settle(self, document: Document, claims: list[Candidate]) -> list[Candidate]:
        request = self._request(document, claims)
        model = request.answer
        digest = sha256(request.prompt.encode()).hexdigest()
        key = ("stances", str(document.sha256), digest, self._version, self.session.service.model)
        if entry := self.session.cached_answer(key, model):
            return self._with_stances(claims, stances_in(model.model_validate(entry["answer"])))
        answer = self.session.service.ask(request)
        self.session.cache_answer(key, {"answer": answer.model_dump()})
        return self._with_stances(claims, stances_in(answer))

    def _check(self, claims: list[Candidate], answer: BaseModel) -> str | None:
        """Return which stances are not levels of their issue, ``None`` if all are."""
        wrong = [
            f"- claim {number}: {stance:+d} is not a level of {claims[number - 1].issue}"
            for number, stance in stances_in(answer).items()
            if stance not in self.session.codebook.issue(claims[number - 1].issue).values
        ]
        return "\n".join(["Answer again for all claims:", *wrong]) if wrong else None

    def _with_stances(self, claims: list[Candidate], stances: dict[int, int]) -> list[Candidate]:
        settled, refused = [], Counter[str]()
        for number, claim in enumerate(claims, 1):
            stance = stances.get(number)
            if stance is not None and stance not in self.session.codebook.issue(claim.issue).values:
                refused["not a level of the issue"] += 1
                stance = None
            settled.append(claim.model_copy(update={"stance": stance}))
        self.session.count(sum(one.stance is not None for one in settled), refused)
        return settled


def _drop_repeats(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of which no earlier one says the same of the same words by the same speaker.

    One sentence may tell that a party has agreed to something by one account and refused it by another.
    """
    kept: list[Candidate] = []
    for candidate in candidates:
        same_words = (one for one in kept if same_claim(candidate, one))
        if not any((one.speaker, one.stance) == (candidate.speaker, candidate.stance) for one in same_words):
            kept.append(candidate)
    return kept


def _text_order(candidate: Candidate) -> tuple[int, int, str, str, str]:
    return candidate.start, candidate.end, candidate.holder, candidate.issue, candidate.element or ""


def _group_unresolved(candidates: Sequence[Candidate]) -> list[list[int]]:
    """Group the indexes of unresolved candidates that are few and near enough to be asked about in one request."""
    groups: list[list[int]] = []
    for index, candidate in enumerate(candidates):
        if candidate.stance is not None:
            continue
        last = groups[-1] if groups else []
        if last and len(last) < _AT_ONCE and abs(candidate.start - candidates[last[0]].start) < PIECE:
            last.append(index)
        else:
            groups.append([index])
    return groups
