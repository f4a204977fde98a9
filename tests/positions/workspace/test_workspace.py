from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from positions.errors import DataError, QueryError, WorkspaceError
from positions.model.query import Query
from positions.workspace import find_folder, open_workspace

FEB_27 = date(2022, 2, 27)


def test_the_shipped_case_opens_and_answers(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        assert workspace.days()[0] == date(2022, 1, 31)
        assert workspace.state().as_of == workspace.days()[-1]
        found = workspace.compare("RUS", "UKR", as_of=FEB_27)
    assert {issue.issue for issue in found.issues if issue.distance is not None} == {"talks", "neutrality", "venue"}


def test_the_second_opening_reads_the_database_and_gives_the_same(shipped: Path) -> None:
    with open_workspace(shipped) as first:
        head, state = first.head, first.state(as_of=FEB_27)
    with open_workspace(shipped) as second:
        assert (second.head, second.state(as_of=FEB_27)) == (head, state)


def test_two_fresh_books_of_the_same_text_are_the_same_log(shipped: Path) -> None:
    with open_workspace(shipped) as first:
        head = first.head
    for path in shipped.glob("positions.db*"):
        path.unlink()
    with open_workspace(shipped) as second:
        assert second.head == head


def test_new_text_is_taken_in_with_a_new_recorded_at_and_keeps_its_own(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        before = workspace.revisions()
    path = shipped / "statements.jsonl"
    fields = json.loads(path.read_text().splitlines()[0]) | {"id": "000-99", "recorded_at": "2020-01-01T00:00:00Z"}
    path.write_text(path.read_text() + json.dumps(fields) + "\n")
    with open_workspace(shipped) as workspace:
        after = workspace.revisions()
    assert after[:-1] == before
    assert after[-1].recorded_at > before[-1].recorded_at
    assert after[-1].first_recorded_at == datetime(2020, 1, 1, tzinfo=UTC)


def test_a_line_edited_in_place_is_refused_and_nothing_is_taken_in(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        head = workspace.head
    path = shipped / "statements.jsonl"
    path.write_text(path.read_text().replace('"confidence": 0.9', '"confidence": 0.8', 1))
    with pytest.raises(DataError, match="in the record book with other content; record a correction"):
        open_workspace(shipped)
    path.write_text(path.read_text().replace('"confidence": 0.8', '"confidence": 0.9', 1))
    with open_workspace(shipped) as workspace:
        assert workspace.head == head


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2022, 1, 30), "before the first statement on 31 January 2022"),
        (datetime.now(UTC).date() + timedelta(days=2), "which is in the future"),
    ],
)
def test_a_day_that_cannot_be_answered_is_refused(shipped: Path, day: date, message: str) -> None:
    with open_workspace(shipped) as workspace, pytest.raises(QueryError, match=message):
        workspace.state(as_of=day)


def test_known_at_in_the_future_is_refused_and_before_anything_is_empty(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        with pytest.raises(QueryError, match=r"known-at: found .* in the future"):
            workspace.known(known_at=datetime.now(UTC) + timedelta(days=2))
        state = workspace.state(known_at=datetime(2022, 3, 1, tzinfo=UTC))
    assert (state.as_of, dict(state.positions)) == (date(2022, 3, 1), {})


def test_before_anything_was_public_all_are_silent(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        state = workspace.state(as_of=date(2022, 2, 25), public_by=date(2022, 2, 24))
        early = workspace.state(as_of=date(2022, 1, 1), public_by=date(2022, 2, 25))
    assert (state.as_of, dict(state.positions)) == (date(2022, 2, 25), {})
    assert (early.as_of, dict(early.positions)) == (date(2022, 1, 1), {})


def test_a_named_folder_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"codebook.toml is missing; `positions init"):
        find_folder(tmp_path)


def test_the_environment_names_a_workspace(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSITIONS_DATA", str(shipped.parent))
    assert find_folder() == shipped


def test_without_a_workspace_a_copy_of_the_example_is_used_and_the_example_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POSITIONS_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first, second = find_folder(), find_folder()
    assert first == second
    assert first.is_relative_to(tmp_path / "cache")
    with open_workspace() as workspace:
        assert workspace.folder == first


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_answers_from_memory(shipped: Path) -> None:
    shipped.chmod(0o555)
    with open_workspace(shipped) as workspace:
        assert workspace.head.seq > 0
    assert not (shipped / "positions.db").exists()


def test_two_processes_may_open_a_fresh_workspace_at_once(shipped: Path) -> None:
    code = f"from positions.workspace import open_workspace; print(open_workspace({str(shipped)!r}).head)"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    told = [process.communicate() for process in running]
    assert {process.returncode for process in running} == {0}, told
    assert len({out for out, _ in told}) == 1


def test_a_newer_record_book_is_refused_with_a_clear_line(shipped: Path) -> None:
    import sqlite3

    with open_workspace(shipped):
        pass
    connection = sqlite3.connect(shipped / "positions.db")
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(WorkspaceError, match="written by a newer positions"):
        open_workspace(shipped)


def test_a_file_that_is_no_database_is_refused_with_a_clear_line(shipped: Path) -> None:
    (shipped / "positions.db").write_text("this is no database, only words " * 100)
    with pytest.raises(WorkspaceError, match="cannot be opened as a record book"):
        open_workspace(shipped)


def test_a_query_and_its_words_ask_the_same_and_the_answers_remember_it(shipped: Path) -> None:
    query = Query(as_of=FEB_27, public_by=date(2022, 3, 1))
    with open_workspace(shipped) as workspace:
        state = workspace.state(query)
        assert state == workspace.state(as_of=FEB_27, public_by=date(2022, 3, 1))
        assert state == workspace.state(Query(public_by=date(2022, 3, 1)), as_of=FEB_27)
        assert (state.as_of, state.query) == (FEB_27, query)
        known = workspace.known(query)
        assert known.query == query
        assert known.answerable_day() == FEB_27
        assert known.answerable_day(date(2022, 2, 26)) == date(2022, 2, 26)
        assert workspace.days(query) == known.days() == tuple(sorted(set(known.days())))
        assert len(workspace.statements(query)) == len(known.records) < len(workspace.statements())
        words: Any = {"as_of": FEB_27, "public_by": date(2022, 3, 1)}
        assert workspace.compare("RUS", "UKR", query) == workspace.compare("RUS", "UKR", **words)


def test_days_and_instants_may_be_iso_text(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        state = workspace.state(as_of=FEB_27)
        assert state == workspace.state(as_of="2022-02-27")
        assert workspace.compare("RUS", "UKR", as_of="2022-02-27") == workspace.compare("RUS", "UKR", as_of=FEB_27)
        assert workspace.days(public_by="2022-03-01") == workspace.days(public_by=date(2022, 3, 1))
        assert not workspace.known(known_at="2022-01-01").records
        assert not workspace.known(known_at=date(2022, 1, 1)).records


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            {"as_of": "27 February 2022"},
            "as_of: found '27 February 2022', allowed: a day of the calendar as",
        ),
        ({"as_of": "2022-02-30"}, "as_of: found '2022-02-30', allowed: a day"),
        ({"as_of": 20220227}, "as_of: found '20220227', allowed: a day"),
        ({"as_of": datetime(2022, 2, 27)}, "as_of: found 'datetime.datetime.*allowed: a day"),
        ({"public_by": "soon"}, "public_by: found 'soon', allowed: a day"),
        ({"known_at": "yesterday"}, "known_at: found 'yesterday', allowed: YYYY-MM-DD or"),
        ({"known_at": 3.5}, "known_at: found '3.5', allowed: YYYY-MM-DD or"),
    ],
)
def test_a_day_or_instant_that_cannot_be_read_is_refused_by_name(
    shipped: Path, words: dict[str, Any], message: str
) -> None:
    with open_workspace(shipped) as workspace, pytest.raises(QueryError, match=message):
        workspace.state(**words)


def test_the_workspace_tells_the_history_of_an_id(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        with workspace.recording(coder="anna") as book:
            book.correct("000-01", stance=1, reason="read again")
        assert [revision.number for revision in workspace.history("000-01")] == [1, 2]
        assert workspace.history("000-01") == tuple(r for r in workspace.revisions() if r.id == "000-01")
        assert workspace.history("nothing") == ()


def test_the_workspace_hands_out_its_documents_without_those_retracted(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        documents = list(workspace.documents())
        assert {document.id: document for document in documents} == workspace.known().documents
        assert all(workspace.document(document.id) == document for document in documents)
        with workspace.recording(coder="anna") as book:
            book.retract(documents[0].id, reason="not of this case")
        assert list(workspace.documents()) == documents[1:]
        assert workspace.document(documents[0].id) is None


def test_the_workspace_verifies_and_backs_up_its_record_book(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        assert workspace.verify() == workspace.verify(head=str(workspace.head)) == ()
        [finding] = workspace.verify(head="1:000000000000")
        assert str(finding).endswith("does not hold the head 1:000000000000")
        workspace.backup(tmp_path / "copy.db")
        assert (tmp_path / "copy.db").stat().st_size
        with pytest.raises(QueryError, match="'x', which is no candidate"):
            workspace.candidate("x")


def test_a_head_is_found_where_it_ended_the_log(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        before = workspace.head
        with workspace.recording(coder="anna") as book:
            book.retract("000-01", reason="coded twice")
        assert workspace.entries_to(str(before)) == before.seq == workspace.head.seq - 1
        assert workspace.entries_to(str(workspace.head)) == workspace.head.seq
        for other in (
            f"{before.seq + 1}:{before.hash[:12]}",
            f"{before.seq}:00",
            "x",
            "0:000000000000",
            "9999:" + "0" * 12,
        ):
            assert workspace.entries_to(other) is None
