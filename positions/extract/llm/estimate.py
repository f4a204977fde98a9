"""An extractor that asks nothing and tells what asking would cost, a line for each document."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from positions.extract.llm.budget import NO_TOKENS, Tokens, estimate_tokens
from positions.extract.llm.extractor import ModelExtractor
from positions.model.candidate import Candidate
from positions.model.document import Document


class CostEstimator:
    """Stands in for an extractor: finds nothing, and adds up the tokens of what that one would ask.

    Cached answers are not looked at: an estimate is what the documents cost at most but for the model's mistakes.
    """

    def __init__(self, extractor: ModelExtractor) -> None:
        self.name = f"estimate of {extractor.name}"
        self._extractor = extractor
        self._by_document: dict[str, Tokens] = {}
        self._lock = Lock()

    def candidates(self, document: Document) -> Sequence[Candidate]:
        """Return nothing; count what the document would cost."""
        tokens = NO_TOKENS
        for instructions, prompt in self._extractor.prompts(document):
            tokens = tokens.plus(estimate_tokens(instructions, prompt))
        with self._lock:
            self._by_document[document.id] = tokens
        return ()

    def report(self) -> str:
        """Return a line for each document and one for all, that nothing was asked."""
        budget = self._extractor.session.service.budget
        total = NO_TOKENS
        for tokens in self._by_document.values():
            total = total.plus(tokens)
        lines = [f"{name}: {budget.words(tokens)}" for name, tokens in sorted(self._by_document.items())]
        return "\n".join([*lines, f"estimate, nothing was asked: {budget.words(total)}"])
