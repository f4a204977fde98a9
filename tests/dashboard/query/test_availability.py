"""Nobody shuts readers out: not many questions about the past, not an editor who waits, not another program."""

from __future__ import annotations

import gc
import time
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from weakref import ref

import pytest

from benchmarks.synthetic import codebook, fill
from dashboard import create_app
from dashboard.query import source as source_module
from dashboard.query.source import WRITERS, CaseStore
from dashboard.query.view import View
from positions.analysis.panel.in_force import EntriesInForce
from positions.errors import BusyError
from positions.model.query import Query
from positions.store.columns import Columns
from positions.workspace import Workspace, open_workspace, stored_index
from positions.workspace.open import DATABASE
from tests.positions.store.holding import hold_book

STATEMENTS = 500
BOUND = 2_000_000


def test_two_hundred_questions_about_the_past_stay_within_the_bound_of_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "CASE_BYTES", BOUND)
    monkeypatch.setattr(source_module, "ANSWER_BYTES", BOUND)
    words = codebook()
    with Workspace(tmp_path, words, fill(tmp_path / DATABASE, words, STATEMENTS)) as workspace:
        store, end = CaseStore(workspace), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=STATEMENTS)
        store.picture(View())

        def ask(number: int) -> int:
            picture = store.picture(View(known_at=end - timedelta(seconds=number)))
            assert picture is not None
            return len(picture.table)

        ask(0)
        gc.collect()
        tracemalloc.start()
        try:
            assert all(ask(number) for number in range(1, 201))
            used, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert used < 2 * BOUND
        assert len(store._cases) < 8
        assert max(store._cases.size, store._answers.size) <= BOUND


def test_a_dropped_case_is_freed_with_its_answers(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "CASE_BYTES", 1)
    store, first = CaseStore(workspace), View(public_by=date(2022, 3, 1))
    picture = store.picture(first)
    assert picture is not None
    assert not picture.trend.empty
    index = ref(picture.case.index)
    gc.disable()  # a server excludes what it has read from collection
    try:
        del picture
        assert index() is not None
        store.case(View())
        assert index() is None
    finally:
        gc.enable()


def test_pages_that_were_read_are_answered_while_another_program_holds_the_book(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        client = create_app(workspace).server.test_client()
        before = {path: client.get(path).get_data() for path in ("/overview.json", "/distance.csv", "/healthz")}
        with hold_book(shipped / DATABASE):
            began = time.monotonic()
            for _ in range(5):
                assert {path: client.get(path).get_data() for path in before} == before
                assert client.get("/").status_code == 200
            assert time.monotonic() - began < 5
            began = time.monotonic()
            unread = client.get("/documents.json?known_at=2026-11-20&q=talks")
            assert time.monotonic() - began < 3
            assert unread.status_code in (200, 503)
            if unread.status_code == 503:
                assert unread.headers["Retry-After"]
                assert "try again" in unread.get_json()["error"]
        assert client.get("/documents.json?known_at=2026-11-20&q=talks").status_code == 200


def test_an_editor_who_waits_for_the_book_shuts_no_reader_out(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        store = CaseStore(workspace, editable=True)
        record, began_waiting = next(iter(store.case(View()).records)), Event()

        def write() -> None:
            with store.lock_for_writing() as editor:
                began_waiting.set()
                with editor.recording(coder="anna") as book:
                    book.retract(record, reason="a test")

        with hold_book(shipped / DATABASE, "IMMEDIATE"):
            thread = Thread(target=write)
            thread.start()
            assert began_waiting.wait(10)
            began = time.monotonic()
            assert record in store.case(View()).records
            assert store.picture(View(as_of=date(2022, 2, 27))) is not None
            assert store.revisions(record)
            assert time.monotonic() - began < 2
            assert thread.is_alive()
        thread.join(30)
        assert record not in store.case(View()).records


def test_only_so_many_editors_wait_and_the_next_is_refused_at_once(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        store, leave = CaseStore(workspace, editable=True), Event()

        def write() -> None:
            with store.lock_for_writing():
                assert leave.wait(30)

        threads = [Thread(target=write) for _ in range(WRITERS)]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 10
        while store._waiting._value and time.monotonic() < until:
            time.sleep(0.01)
        with pytest.raises(BusyError, match="several others are writing"), store.lock_for_writing():
            pass
        leave.set()
        for thread in threads:
            thread.join(10)
        with store.lock_for_writing() as editor:
            assert editor is workspace


def test_a_slow_question_about_the_past_stops_nobody_who_asks_about_now(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, leave, choose = Event(), Event(), stored_index.choose_in_force

    def choose_slowly(columns: Columns, query: Query) -> EntriesInForce:
        if query.known_at is not None:
            began.set()
            assert leave.wait(30)
        return choose(columns, query)

    monkeypatch.setattr(stored_index, "choose_in_force", choose_slowly)
    app = create_app(workspace)
    client = app.server.test_client()
    slow = Thread(target=lambda: answers.append(client.get("/overview.json?known_at=2026-11-20").status_code))
    answers: list[int] = []
    slow.start()
    assert began.wait(30)
    other = app.server.test_client()
    for address in ("/", "/overview.json", "/overview.json?as_of=2022-02-27", "/movement.json", "/healthz"):
        assert other.get(address).status_code == 200
    assert answers == []
    leave.set()
    slow.join(30)
    assert answers == [200]


def test_a_slow_answer_stops_nobody_who_asks_for_another_of_the_same_case(workspace: Workspace) -> None:
    store, began, leave = CaseStore(workspace), Event(), Event()

    def answer_slowly() -> str:
        began.set()
        assert leave.wait(30)
        return "slow"

    slow = Thread(target=lambda: store.case(View()).answer_once("slow", answer_slowly))
    slow.start()
    assert began.wait(30)
    picture = store.picture(View(as_of=date(2022, 2, 27)))
    assert picture is not None
    assert not picture.trend.empty
    assert store.case(View(public_by=date(2022, 3, 1))).records
    assert slow.is_alive()
    leave.set()
    slow.join(30)


def test_an_editor_who_looks_through_the_book_stops_nobody_who_reads_pages(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        store, began, leave = CaseStore(workspace, editable=True), Event(), Event()

        def look() -> None:
            with store.lock_workspace():
                began.set()
                assert leave.wait(30)

        looking = Thread(target=look)
        looking.start()
        assert began.wait(30)
        record = next(iter(store.case(View()).records))
        assert store.picture(View(as_of=date(2022, 2, 27))) is not None
        assert store.revisions(record)
        assert looking.is_alive()
        leave.set()
        looking.join(30)


def test_an_editor_looks_through_the_book_as_it_is_now(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        store = CaseStore(workspace, editable=True)
        with store.lock_workspace() as before:
            head = before.head
        record = next(iter(store.case(View()).records))
        with store.lock_for_writing() as editor, editor.recording(coder="anna") as book:
            book.retract(record, reason="a test")
        with store.lock_workspace() as after:
            assert after.head.seq == head.seq + 1
            assert after.history(record)[-1].action == "retract"
