"""An extractor that asks nothing and tells what asking would cost, a line for each document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Protocol

from positions.extract.llm.budget import NO_TOKENS, Budget, Tokens
from positions.extract.llm.service import ModelRequest
from positions.model.candidate import Candidate
from positions.model.document import Document


class Asking(Protocol):
    """Anything that asks a model about documents and can say beforehand what it would ask."""

    name: str

    def requests(self, document: Document) -> Iterable[ModelRequest]:
        """Return each request that a document takes."""


class CostEstimator:
    """Stands in for an extractor: finds nothing, and adds up the tokens of what that one would ask.

    Cached answers are not looked at: an estimate is what the documents cost at most but for the model's mistakes.
    """

    def __init__(self, extractor: Asking, budget: Budget) -> None:
        self.name = f"estimate of {extractor.name}"
        self._extractor = extractor
        self._budget = budget
        self._by_document: dict[str, Tokens] = {}
        self._lock = Lock()

    def candidates(self, document: Document) -> Sequence[Candidate]:
        """Return nothing; count what the document would cost."""
        tokens = NO_TOKENS
        for request in self._extractor.requests(document):
            tokens = tokens.plus(request.estimate)
        with self._lock:
            self._by_document[document.id] = tokens
        return ()

    def report(self) -> str:
        """Return a line for each document and one for all, that nothing was asked."""
        total = NO_TOKENS
        for tokens in self._by_document.values():
            total = total.plus(tokens)
        lines = [f"{name}: {self._budget.words(tokens)}" for name, tokens in sorted(self._by_document.items())]
        return "\n".join([*lines, f"estimate, nothing was asked: {self._budget.words(total)}"])
