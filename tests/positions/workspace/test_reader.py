"""A server's view of a workspace: what it has read it goes on answering, whoever writes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from positions.errors import BusyError, WorkspaceError
from positions.store.sqlite import READ_SECONDS
from positions.workspace import Workspace, open_workspace, reader
from positions.workspace.open import DATABASE
from positions.workspace.reader import WorkspaceReader
from tests.positions.store.holding import hold_book


def add_one(workspace: Workspace) -> None:
    with workspace.recording(coder="anna") as book:
        book.retract(next(iter(workspace.claims("statement"))).id, reason="a test")


def wait_until_read(view: WorkspaceReader, workspace: Workspace) -> None:
    until = time.monotonic() + 30
    while view.follow() != workspace.head:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_what_was_read_answers_while_another_program_shuts_readers_out(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        view = WorkspaceReader(workspace)
        head, index = view.follow(), view.index()
        with hold_book(shipped / DATABASE):
            began = time.monotonic()
            assert view.follow() == head
            assert time.monotonic() - began < READ_SECONDS + 2
            with pytest.raises(BusyError, match="while another program writes to it; try again"):
                index.records  # noqa: B018 - read only now
            began = time.monotonic()
            assert [view.follow() for _ in range(10)] == [head] * 10
            assert time.monotonic() - began < READ_SECONDS, "who waited in vain does not wait so long again"
            assert len(view.index().table.ids) == len(index.table.ids)
        assert index.records
        assert view.follow() == head


def test_a_writer_who_waits_for_another_shuts_no_reader_out(shipped: Path) -> None:
    with open_workspace(shipped) as workspace, hold_book(shipped / DATABASE, "IMMEDIATE"):
        view = WorkspaceReader(workspace)
        assert view.follow() == workspace.head
        assert view.index().records


def test_a_reader_moves_on_only_when_it_follows(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        view = WorkspaceReader(workspace)
        before = view.follow()
        add_one(workspace)
        assert view.columns().head == before
        assert view.follow() == view.columns().head == workspace.head != before


def test_many_new_entries_are_read_beside_the_answers(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MANY_ENTRIES", 1)
    with open_workspace(shipped) as workspace:
        view = WorkspaceReader(workspace)
        before, count = view.follow(), len(view.index().table.ids)
        add_one(workspace)
        add_one(workspace)
        assert view.follow() == before, "the first question starts the reading and waits for nothing"
        wait_until_read(view, workspace)
        assert len(view.index().table.ids) == count - 2


def test_what_cannot_be_read_beside_the_answers_is_told(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MANY_ENTRIES", 1)

    def refuse(*_args: object, **_words: object) -> None:
        raise WorkspaceError("entry 7 is not as it was recorded")

    with open_workspace(shipped) as workspace:
        view = WorkspaceReader(workspace)
        view.follow()
        add_one(workspace)
        add_one(workspace)
        monkeypatch.setattr(reader, "log_columns", refuse)
        view.follow()
        with pytest.raises(WorkspaceError, match="entry 7 is not as it was recorded"):
            until = time.monotonic() + 30
            while time.monotonic() < until:
                view.follow()
                time.sleep(0.01)


def test_a_copy_in_memory_is_its_own_reader(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("positions.workspace.open.is_writable", lambda _path: False)
    with open_workspace(shipped) as workspace:
        view = WorkspaceReader(workspace)
        assert view.follow() == workspace.head
        assert view.index().records
    assert not (shipped / DATABASE).exists()
