"""The page on many days at once equals the page on each day, and keeps nobody waiting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from threading import BoundedSemaphore, Event, Thread
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View
from dashboard.server import days_route
from dashboard.server.days_route import DaysQuestion, answer_days
from dashboard.shell.callbacks import FRAME_PARTS, write_parts
from positions.workspace import Workspace


@pytest.fixture
def client(workspace: Workspace) -> FlaskClient:
    opened: FlaskClient = create_app(workspace).server.test_client()
    return opened


def parts_by_stop(answer: Any) -> dict[int, dict[str, Any]]:
    parts = answer["parts"]
    return {one["stop"]: {name: parts[place] for name, place in one["parts"].items()} for one in answer["stops"]}


def asked(client: FlaskClient, query: str) -> dict[int, dict[str, Any]]:
    answer = client.get(f"/days.json?{query}")
    assert answer.status_code == 200
    return parts_by_stop(answer.get_json())


@pytest.mark.parametrize("page", PAGE_IDS)
def test_each_day_is_what_the_page_of_that_day_shows(client: FlaskClient, served_source: CaseStore, page: str) -> None:
    plain = View(page=page)
    days = served_source.case(plain).days
    stops = asked(client, f"path={plain.path}&handle=as_of")
    assert list(stops) == list(range(len(days)))
    for stop, day in enumerate(days):
        written = write_parts(served_source.fit_view(replace(plain, as_of=day)), served_source)
        moving = {name: part for name, part in written.items() if name in stops[stop]}
        assert {name: stops[stop][name] for name in moving} == moving
        assert {name for name, part in written.items() if part} - set(stops[stop]) <= {*FRAME_PARTS, "size"}


def test_the_day_compared_with_moves_before_the_one_looked_at(client: FlaskClient, served_source: CaseStore) -> None:
    query = "as_of=2022-02-27&parties=RUS,UKR"
    stops = asked(client, f"{query}&path=/movement&handle=compare")
    days = served_source.case(View()).days
    assert [days[stop].isoformat() for stop in stops] == [
        *("2022-01-31", "2022-02-23", "2022-02-24", "2022-02-25", "2022-02-26"),
    ]
    view = View(page="movement", as_of=days[5], compare=days[2], parties=("RUS", "UKR"))
    assert stops[2]["above"] == write_parts(served_source.fit_view(view), served_source)["above"]


def test_equal_parts_are_sent_once(client: FlaskClient) -> None:
    answer = client.get("/days.json?handle=as_of&path=/").get_json()
    texts = [json.dumps(part) for part in answer["parts"]]
    assert len(set(texts)) == len(texts)
    assert len({one["parts"]["strip"] for one in answer["stops"]}) == 1


@pytest.mark.parametrize(
    "query", ["", "handle=other", "handle=as_of&chunk=-1", "handle=as_of&chunk=x", f"handle=as_of&chunk={'9' * 400}"]
)
def test_what_is_no_handle_or_chunk_is_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/days.json?{query}")
    assert answer.status_code == 400
    assert "handle=as_of" in answer.get_json()["error"]


def test_beyond_the_last_stop_there_is_nothing(client: FlaskClient) -> None:
    assert asked(client, "handle=as_of&chunk=1") == {}
    assert asked(client, "handle=compare&as_of=1990-01-01") == {}


def test_an_answer_is_kept_by_nobody_and_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/days.json?handle=as_of")
    assert first.headers["Cache-Control"] == "no-store"
    same = client.get("/days.json?handle=as_of", headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    other = client.get("/days.json?handle=as_of&parties=RUS,USA", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    assert client.get("/days.json?handle=as_of", headers={"Host": "evil.example.org"}).status_code == 421


def test_an_answer_that_grows_too_large_leaves_its_last_days_out(
    source: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days_route, "MOST_BYTES", 60_000)
    stops = parts_by_stop(json.loads(answer_days(DaysQuestion(View(), "as_of", 0), source, BoundedSemaphore(2))))
    assert list(stops) == list(range(len(stops)))
    assert 1 < len(stops) < len(source.case(View()).days)


class CountedTurns(BoundedSemaphore):
    """How often a turn was taken."""

    taken = 0

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        self.taken += 1
        return super().acquire(blocking, timeout)

    __enter__ = acquire


def test_others_have_their_turn_after_each_day(source: CaseStore) -> None:
    turns = CountedTurns(1)
    answer = json.loads(answer_days(DaysQuestion(View(page="method"), "as_of", 0), source, turns))
    assert turns.taken == len(answer["stops"]) == len(source.case(View()).days)


@pytest.fixture
def slow_answer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While this lasts somebody else's days are computed."""
    begun, ended = Event(), Event()

    def compute(*_args: Any) -> bytes:
        begun.set()
        assert ended.wait(30)
        return b"{}"

    with monkeypatch.context() as patched:
        patched.setattr(days_route, "answer_days", compute)
        other = Thread(target=client.application.test_client().get, args=("/days.json?handle=as_of&issues=talks",))
        other.start()
        assert begun.wait(30)
    yield
    ended.set()
    other.join(30)


@pytest.mark.usefixtures("slow_answer")
def test_who_comes_second_is_sent_away_at_once(client: FlaskClient) -> None:
    answer = client.get("/days.json?handle=as_of")
    assert (answer.status_code, answer.data, answer.headers["Retry-After"]) == (202, b"", "1")
