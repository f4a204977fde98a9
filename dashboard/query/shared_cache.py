"""Answers for several threads: one that many ask for at once is computed by the first of them.

Whoever asks something else goes on meanwhile: no lock is held while an answer is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Event, Lock
from typing import Any, Final, TypeVar, cast

from dashboard.query.bounded_cache import BoundedCache

Answer = TypeVar("Answer")
WAIT_SECONDS: Final = 10.0
"""How long somebody waits for an answer that another is computing before computing it too."""


class SharedCache:
    """A :class:`~dashboard.query.bounded_cache.BoundedCache` that several threads use; arguments are as there.

    While an answer is computed others may be asked for, as long as none rests on itself. Do not ask with a lock held
    that computing the answer takes.
    """

    def __init__(
        self, most: int, measure: Callable[[Any], int], *, on_drop: Callable[[Any], None] = lambda _question: None
    ) -> None:
        self._answers = BoundedCache(most, measure, on_drop=on_drop)
        self._lock = Lock()
        self._pending: dict[Hashable, Event] = {}

    def __len__(self) -> int:
        return len(self._answers)

    def __contains__(self, question: Hashable) -> bool:
        return question in self._answers

    @property
    def size(self) -> int:
        """About how many bytes the answers take together."""
        return self._answers.size

    def answer_once(
        self,
        question: Hashable,
        compute: Callable[[], Answer],
        *,
        is_kept: Callable[[Answer], bool] = lambda _answer: True,
    ) -> Answer:
        """Return the answer to a question, computed if it is not among the last ones and nobody is computing it.

        One that is not ``is_kept``, or an error, is for the caller alone: who waited for it computes it too.
        """
        while True:
            with self._lock:
                if question in self._answers:
                    found: Any = self._answers.find(question)
                    return cast("Answer", found)
                if (pending := self._pending.get(question)) is None:
                    pending = self._pending[question] = Event()
                    break
            if not pending.wait(WAIT_SECONDS):
                return compute()
        try:
            answer = compute()
            if is_kept(answer):
                with self._lock:
                    self._answers.answer_once(question, lambda: answer)
            return answer
        finally:
            with self._lock:
                del self._pending[question]
            pending.set()

    def drop_unless(self, is_kept: Callable[[Any], bool]) -> None:
        """Drop the answers to all questions but some."""
        with self._lock:
            self._answers.drop_unless(is_kept)
