"""Many who ask the same are answered from one computation; who asks something else does not wait for it."""

from __future__ import annotations

from threading import Barrier, Event, Thread

import pytest

from dashboard.query import shared_cache
from dashboard.query.shared_cache import SharedCache


def test_one_of_many_computes_and_the_others_get_its_answer() -> None:
    shared, begun, go, computed, found = SharedCache(1_000, len), Barrier(5), Event(), [], []

    def compute() -> str:
        computed.append("once")
        assert go.wait(10)
        return "some"

    def ask() -> None:
        begun.wait(10)
        found.append(shared.answer_once("q", compute))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    begun.wait(10)
    go.set()
    for thread in threads:
        thread.join(10)
    assert found == ["some"] * 4
    assert computed == ["once"]


def test_who_asks_something_else_goes_on_while_an_answer_is_computed() -> None:
    shared, begun, go, found = SharedCache(1_000, len), Event(), Event(), []

    def compute() -> str:
        begun.set()
        assert go.wait(10)
        return "slow"

    slow = Thread(target=lambda: found.append(shared.answer_once("long", compute)))
    slow.start()
    assert begun.wait(10)
    assert shared.answer_once("short", lambda: "quick") == "quick"
    assert shared.answer_once("short", lambda: "again") == "quick"
    shared.drop_unless(lambda question: question != "short")
    assert found == []
    go.set()
    slow.join(10)
    assert found == ["slow"]


def test_an_answer_may_rest_on_others() -> None:
    shared = SharedCache(1_000, len)
    assert shared.answer_once("sum", lambda: shared.answer_once("part", lambda: "a") + "b") == "ab"
    assert "part" in shared


def test_after_an_error_the_next_one_computes() -> None:
    shared = SharedCache(1_000, len)
    with pytest.raises(ZeroDivisionError, match="zero"):
        shared.answer_once("q", lambda: str(1 // 0))
    assert shared.answer_once("q", lambda: "some") == "some"


def test_an_answer_that_is_not_kept_is_for_one_alone() -> None:
    shared = SharedCache(1_000, len)
    assert shared.answer_once("q", lambda: "mine", is_kept=lambda answer: answer != "mine") == "mine"
    assert shared.answer_once("q", lambda: "yours") == "yours"


def test_nobody_waits_for_ever_for_one_who_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_cache, "WAIT_SECONDS", 0.01)
    shared = SharedCache(1_000, len)

    def compute() -> str:
        other = Thread(target=lambda: found.append(shared.answer_once("q", lambda: "other")))
        other.start()
        other.join(10)
        return "own"

    found: list[str] = []
    assert shared.answer_once("q", compute) == "own"
    assert found == ["other"]


def test_answers_are_bounded_by_their_bytes() -> None:
    shared = SharedCache(10, len)
    for question in range(5):
        shared.answer_once(question, lambda: "some")
    assert [question for question in range(5) if question in shared] == [3, 4]
    assert (len(shared), shared.size) == (2, 8)
