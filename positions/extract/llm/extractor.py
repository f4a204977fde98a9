"""Two extractors that ask a model: one for all claims of a document, one only for the stances that rules left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from positions.errors import QueryError
from positions.extract.llm.prompt import (
    PIECE,
    VERSION,
    claims_instructions,
    document_prompt,
    split_pieces,
    stances_instructions,
    stances_prompt,
)
from positions.extract.llm.proposal_checks import Checker, RefusedError, sign_candidate
from positions.extract.llm.schema import ModelClaim, claims_in, claims_model, stances_in, stances_model
from positions.extract.llm.service import ModelRequest
from positions.extract.llm.session import ModelSession
from positions.model.candidate import Candidate, Extractor
from positions.model.document import Document

_AROUND = 6_000
"""Characters of the document sent on each side of claims whose stances are asked for."""
_AT_ONCE = 20
"""Claims whose stances are asked for at a time."""


class ModelExtractor:
    """Lets a model list the claims of a document; only those whose quote and names stand in it become candidates."""

    def __init__(self, asking: ModelSession) -> None:
        self.asking = asking
        self._answer = claims_model(asking.codebook)
        self._instructions = claims_instructions(asking.codebook)
        self._version = _prompt_version(self._instructions, self._answer)
        self.name = f"llm {asking.service.model} {self._version}"
        self._checker = Checker(asking.codebook, coder=self.name)

    def candidates(self, document: Document) -> Sequence[Candidate]:
        """Return what the model found and the checks let through, in order of place."""
        found: dict[str, Candidate] = {}
        for start, piece in split_pieces(document.text or ""):
            for candidate in self._of_piece(document, start, piece):
                found.setdefault(candidate.id, candidate)
        return sorted(found.values(), key=lambda one: (one.start, one.end, one.holder, one.issue, one.element or ""))

    def _of_piece(self, document: Document, start: int, piece: str) -> list[Candidate]:
        key = ("claims", str(document.sha256), str(start), self._version, self.asking.service.model)
        review = _AnswerReview(self._checker, document, start)
        if kept := self.asking.kept(key, self._answer):
            review.check(self._answer.model_validate(kept["answer"]))
            self.asking.count(len(review.accepted), Counter(kept.get("refused", {})))
            return list(review.accepted.values())
        question = ModelRequest(self._instructions, document_prompt(document, piece), self._answer, review.check)
        try:
            self.asking.service.ask(question)
        except QueryError:
            self.asking.count(len(review.accepted), review.refused)
            if not review.accepted:
                raise
            return list(review.accepted.values())
        self.asking.count(len(review.accepted), review.refused)
        self.asking.keep(key, {"answer": review.kept, "refused": dict(review.refused)})
        return list(review.accepted.values())


class _AnswerReview:
    """Checks the answers of one conversation: what is sound is kept, what is not is told to the model."""

    def __init__(self, checker: Checker, document: Document, start: int) -> None:
        self._checker = checker
        self._document = document
        self._near = start
        self.accepted: dict[str, Candidate] = {}
        self.refused: Counter[str] = Counter()
        self._sound: list[dict[str, Any]] = []

    @property
    def kept(self) -> dict[str, Any]:
        """The sound claims of all answers as one answer."""
        return {"claims": self._sound}

    def check(self, answer: BaseModel) -> str | None:
        """Take in the sound claims of an answer; return why the others are refused, ``None`` where none is."""
        reasons = []
        for claim, proposal in zip(answer.model_dump()["claims"], claims_in(answer), strict=True):
            try:
                self._accept(claim, proposal)
            except RefusedError as error:
                self.refused[error.kind] += 1
                reasons.append(f"- {error}")
        if not reasons:
            return None
        told = "These claims are refused; the others are taken. Answer with these alone, mended, or with none:"
        return "\n".join([told, *reasons[:20]])

    def _accept(self, claim: dict[str, Any], proposal: ModelClaim) -> None:
        candidate = self._checker.candidate(proposal, self._document, near=self._near)
        self._near = candidate.end
        if candidate.id not in self.accepted:
            self.accepted[candidate.id] = candidate
            self._sound.append(claim)


class HybridExtractor:
    """Lets rules find the claims and a model settle the stances that they left unresolved, nothing else."""

    def __init__(self, rules: Extractor, asking: ModelSession) -> None:
        self.asking = asking
        self._rules = rules
        self._instructions = stances_instructions(asking.codebook)
        self._version = _prompt_version(self._instructions, stances_model(asking.codebook, 1))
        self.name = f"{rules.name} + {asking.service.model} {self._version}"

    def candidates(self, document: Document) -> Sequence[Candidate]:
        """Return what the rules found, in their order, with those stances settled that the model settles."""
        found = list(self._rules.candidates(document))
        for places in _group_unresolved(found):
            settled = self._settled(document, [found[place] for place in places])
            for place, candidate in zip(places, settled, strict=True):
                found[place] = candidate
        return [sign_candidate(candidate, coder=self.name) for candidate in found]

    def _settled(self, document: Document, claims: list[Candidate]) -> list[Candidate]:
        text = document.text or ""
        piece = text[
            max(0, min(claim.start for claim in claims) - _AROUND) : max(claim.end for claim in claims) + _AROUND
        ]
        prompt = stances_prompt(document, piece, claims, self.asking.codebook)
        answer = stances_model(self.asking.codebook, len(claims))
        asked = sha256(prompt.encode()).hexdigest()
        key = ("stances", str(document.sha256), asked, self._version, self.asking.service.model)
        if kept := self.asking.kept(key, answer):
            return self._with_stances(claims, stances_in(answer.model_validate(kept["answer"])))
        found = self.asking.service.ask(
            ModelRequest(self._instructions, prompt, answer, lambda given: self._wrong(claims, given))
        )
        self.asking.keep(key, {"answer": found.model_dump()})
        return self._with_stances(claims, stances_in(found))

    def _wrong(self, claims: list[Candidate], answer: BaseModel) -> str | None:
        wrong = [
            f"- claim {number}: {stance:+d} is no level of {claims[number - 1].issue}"
            for number, stance in stances_in(answer).items()
            if stance not in self.asking.codebook.issue(claims[number - 1].issue).values
        ]
        return "\n".join(["Answer again for all claims:", *wrong]) if wrong else None

    def _with_stances(self, claims: list[Candidate], stances: dict[int, int]) -> list[Candidate]:
        settled, refused = [], Counter[str]()
        for number, claim in enumerate(claims, 1):
            stance = stances.get(number)
            if stance is not None and stance not in self.asking.codebook.issue(claim.issue).values:
                refused["no level of the issue"] += 1
                stance = None
            settled.append(claim.model_copy(update={"stance": stance}))
        self.asking.count(sum(one.stance is not None for one in settled), refused)
        return settled


def _group_unresolved(found: Sequence[Candidate]) -> list[list[int]]:
    """Group the places of unresolved candidates that are few and near enough to be asked about at once."""
    groups: list[list[int]] = []
    for place, candidate in enumerate(found):
        if candidate.stance is not None:
            continue
        last = groups[-1] if groups else []
        if last and len(last) < _AT_ONCE and abs(candidate.start - found[last[0]].start) < PIECE:
            last.append(place)
        else:
            groups.append([place])
    return groups


def _prompt_version(instructions: str, answer: type[BaseModel]) -> str:
    """Name the prompt's version and, by their hash, the words and the codebook that went into it."""
    content = f"{instructions}\0{answer.model_json_schema()}"
    return f"{VERSION}-{sha256(content.encode()).hexdigest()[:8]}"
