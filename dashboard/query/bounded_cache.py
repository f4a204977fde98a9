"""Answers that were computed, as many as their size allows, so that no row of questions fills the memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class BoundedCache:
    """The last answers asked for, up to ``most`` bytes together; the last one is held whatever its size.

    ``measure`` returns about how many bytes an answer takes; it is asked whenever the answer is, since answers grow.
    ``on_drop`` is called with the question of an answer that went to make room. Not thread-safe.
    """

    def __init__(
        self, most: int, measure: Callable[[Any], int], *, on_drop: Callable[[Any], None] = lambda _question: None
    ) -> None:
        self._most, self._measure, self._on_drop = most, measure, on_drop
        self._answers: dict[Hashable, Any] = {}
        self._sizes: dict[Hashable, int] = {}
        self.size = 0

    def __len__(self) -> int:
        return len(self._answers)

    def __contains__(self, question: Hashable) -> bool:
        return question in self._answers

    def answer_once(self, question: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return the answer to a question, computed if it is not among the last ones."""
        answer: Answer = self._answers[question] if question in self._answers else compute()
        self._drop(question)
        self._answers[question], self._sizes[question] = answer, self._measure(answer)
        self.size += self._sizes[question]
        while self.size > self._most and len(self._answers) > 1:
            self._drop(oldest := next(iter(self._answers)))
            self._on_drop(oldest)
        return answer

    def find(self, question: Hashable) -> Any | None:
        """Return the answer to a question if it is among the last ones, else ``None``."""
        if question not in self._answers:
            return None
        return self.answer_once(question, lambda: None)

    def drop_unless(self, is_kept: Callable[[Any], bool]) -> None:
        """Drop the answers to all questions but some."""
        for question in [one for one in self._answers if not is_kept(one)]:
            self._drop(question)

    def _drop(self, question: Hashable) -> None:
        if question in self._answers:
            del self._answers[question]
            self.size -= self._sizes.pop(question)
