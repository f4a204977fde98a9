"""What all extractors that ask a model share: the service, the cache, and the account given at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from threading import Lock
from typing import Any

from pydantic import BaseModel, ValidationError

from positions.extract.llm.cache import AnswerCache
from positions.extract.llm.service import Service
from positions.model.codebook import Codebook


class ModelSession:
    """A service to ask, with its cache and its account; safe to share between threads.

    ``accepted`` and ``refused`` count the model's proposals, the refused ones by kind; ``cached`` counts the answers
    taken from the cache.
    """

    def __init__(self, codebook: Codebook, service: Service, *, cache: AnswerCache | None = None) -> None:
        self.codebook = codebook
        self.service = service
        self.refused: Counter[str] = Counter()
        self.accepted = 0
        self.cached = 0
        self._cache = cache
        self._lock = Lock()

    def cached_answer(self, key: Sequence[str], answer: type[BaseModel]) -> dict[str, Any] | None:
        """Return a cached answer if it still fits the model of the answer, and count it."""
        entry = self._cache.get(*key) if self._cache else None
        if entry is None:
            return None
        try:
            answer.model_validate(entry["answer"])
        except (KeyError, ValidationError):
            return None
        with self._lock:
            self.cached += 1
        return entry

    def cache_answer(self, key: Sequence[str], answer: dict[str, Any]) -> None:
        """Put an answer into the cache, if there is one."""
        if self._cache:
            self._cache.put(answer, *key)

    def count(self, accepted: int, refused: Counter[str]) -> None:
        """Add to the counts of accepted and refused proposals."""
        with self._lock:
            self.accepted += accepted
            self.refused += refused

    def report(self) -> str:
        """Return one line on what was asked, what it cost and what was refused."""
        spent = self.service.spent
        cost = "cost unknown" if spent.cost is None else f"about ${spent.cost:.4f}"
        if spent.cost is not None and spent.unpriced:
            cost += f" and {spent.unpriced} requests without a price"
        usage = f"{self.service.model}: {spent.requests} requests, {spent.input_tokens:,} tokens in, "
        usage += f"{spent.output_tokens:,} out, {cost if spent.requests else 'no cost'}, {self.cached} answers cached"
        refused = ", ".join(f"{count} {kind}" for kind, count in sorted(self.refused.items()))
        counts = f"{self.accepted} accepted, {self.refused.total()} refused{f' ({refused})' if refused else ''}"
        return f"{usage}; {counts}{'; their confidences are not calibrated' if self.accepted else ''}"
