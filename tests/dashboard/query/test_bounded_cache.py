from __future__ import annotations

from dashboard.query.bounded_cache import BoundedCache


def test_the_last_answers_stay_as_far_as_their_sizes_allow() -> None:
    dropped: list[str] = []
    cache = BoundedCache(10, len, on_drop=dropped.append)
    for name, answer in (("a", "xxxx"), ("b", "xxxx"), ("a", "never computed"), ("c", "xxxx")):
        cache.answer_once(name, lambda answer=answer: answer)
    assert (dropped, len(cache), cache.size) == (["b"], 2, 8)
    assert cache.answer_once("a", lambda: "again") == "xxxx"
    assert cache.answer_once("b", lambda: "new") == "new"


def test_the_last_answer_stays_however_large_it_is() -> None:
    cache = BoundedCache(10, len)
    cache.answer_once("small", lambda: "x")
    cache.answer_once("large", lambda: "x" * 1000)
    assert (len(cache), cache.size) == (1, 1000)
    assert "large" in cache


def test_an_answer_that_grew_counts_as_it_is_when_it_is_asked_for_again() -> None:
    cache, growing = BoundedCache(10, len), ["x"]
    cache.answer_once("growing", lambda: growing)
    cache.answer_once("other", lambda: "x" * 8)
    growing.extend("xxxxx")
    cache.answer_once("growing", lambda: growing)
    assert "other" not in cache
    assert cache.size == 6


def test_an_answer_may_ask_for_others() -> None:
    cache = BoundedCache(10, len)
    assert cache.answer_once("outer", lambda: cache.answer_once("inner", lambda: "x") + "y") == "xy"
    assert (len(cache), cache.size) == (2, 3)


def test_chosen_answers_are_dropped() -> None:
    cache = BoundedCache(10, len)
    for name in "abc":
        cache.answer_once(name, lambda: "x")
    cache.drop_unless(lambda name: name == "b")
    assert (len(cache), cache.size, "b" in cache) == (1, 1, True)
