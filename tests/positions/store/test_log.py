"""What every log must do, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from positions.errors import ConflictError, DataError, QueryError, WorkspaceError
from positions.model.query import Query
from positions.model.revision import select_in_force
from positions.model.statement import Statement
from positions.store.entry import EMPTY, read_row
from positions.store.log import Log
from positions.store.sqlite import SqliteLog
from positions.store.verify import verify_log
from tests.positions.store.conftest import SAYS, Opener, book, document


def add(log: Log, coder: str = "anna", **fields: Any) -> Statement:
    with log.writing():
        return book(log, coder).add(**(SAYS | fields))


def test_a_fresh_log_is_empty(log: Log) -> None:
    assert (log.head(), log.last_recorded_at(), list(log.rows())) == (EMPTY, "", [])
    assert verify_log(log) == ()


def test_what_was_recorded_reads_back_the_same(started: Log, opener: Opener) -> None:
    rows = list(opener().rows())
    assert rows == list(started.rows())
    assert [(row.seq, row.kind, row.id, row.number, row.action) for row in rows] == [
        (1, "document", "doc", 1, "add"),
        (2, "statement", "doc-01", 1, "add"),
    ]
    content = read_row(rows[1]).content
    assert isinstance(content, Statement)
    assert Statement.model_validate(content.model_dump()) == content
    assert (content.start, content.end, content.voice, content.directness, content.coder) == (
        1,
        24,
        "self",
        "direct",
        "anna",
    )
    assert read_row(rows[0]).content == document()


def test_entries_are_read_by_number_and_a_missing_one_is_named(started: Log) -> None:
    rows = list(started.rows())
    assert started.entries([2, 1, 2]) == rows
    assert started.entries([2]) == rows[1:]
    assert started.entries([]) == []
    with pytest.raises(WorkspaceError, match="entry 3 is missing"):
        started.entries([1, 3])


def test_the_head_moves_with_each_commit_and_not_before(started: Log, opener: Opener) -> None:
    other = opener()
    before = other.head()
    with started.writing():
        book(started).add(**SAYS)
    assert other.head().seq == before.seq + 1
    assert other.head().hash == list(other.rows())[-1].hash


def test_a_reader_reads_while_its_log_writes_and_is_closed_with_it(started: Log) -> None:
    reader = started.open_reader()
    before = list(started.rows())
    with started.writing():
        book(started).add(**SAYS)
        assert list(reader.rows()) == before
    assert list(reader.rows(after=1)) == list(started.rows(after=1)) != before[1:]
    started.close()
    if isinstance(reader, SqliteLog):  # one to PostgreSQL connects again
        with pytest.raises(WorkspaceError, match="cannot be read"):
            reader.head()


def test_an_error_rolls_the_whole_transaction_back(started: Log) -> None:
    before = started.head()
    with pytest.raises(DataError, match="stance: found 9, allowed: "), started.writing():
        writer = book(started)
        writer.add(**SAYS)
        writer.add(**(SAYS | {"stance": 9}))
    assert started.head() == before
    assert verify_log(started) == ()
    assert add(started).id == "doc-02"


def test_updates_and_deletes_are_refused_by_the_database_itself(started: Log) -> None:
    # On SQLite the table's own name is that of what counts in it.
    table = "main.revision" if isinstance(started, SqliteLog) else "revision"
    for command in (f"UPDATE {table} SET reason = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match="append-only"):
            started._connection.execute(command)  # type: ignore[attr-defined]
    assert verify_log(started) == ()


def test_recorded_at_rises_even_when_the_clock_steps_back(started: Log) -> None:
    past = datetime(2000, 1, 1, tzinfo=UTC)
    for _ in range(3):
        with started.writing():
            book(started, clock=lambda: past).add(**SAYS)
    moments = [row.recorded_at for row in started.rows()]
    assert moments == sorted(set(moments))
    assert verify_log(started) == ()


def test_ids_count_up_within_a_document(started: Log) -> None:
    assert [add(started).id for _ in range(3)] == ["doc-02", "doc-03", "doc-04"]


def test_the_same_id_is_not_recorded_twice(started: Log) -> None:
    with pytest.raises(ConflictError, match="doc-01: is recorded already, by anna"):
        add(started, "ben", id="doc-01")


def test_a_correction_is_a_new_revision_and_the_old_answer_can_be_given_again(started: Log) -> None:
    with started.writing():
        corrected = book(started, "ben").correct("doc-01", stance=-1, reason="read again")
    assert isinstance(corrected, Statement)
    revisions = [read_row(row) for row in started.rows()]
    then = select_in_force(revisions, Query(known_at=revisions[1].recorded_at)).records[0].statement
    now = select_in_force(revisions).records[0].statement
    assert (then.stance, now.stance) == (1, -1)
    assert [row.reason for row in started.revisions_of("doc-01")] == ["", "read again"]


def test_two_who_correct_the_same_revision_end_with_one_winner_who_is_named(started: Log) -> None:
    with started.writing():
        book(started, "ben").correct("doc-01", replaces=1, stance=-1, reason="first")
    with (
        pytest.raises(ConflictError, match=r"doc-01: revision 1 is replaced already, by revision 2 by ben .*first"),
        started.writing(),
    ):
        book(started, "cleo").correct("doc-01", replaces=1, stance=0)


def test_a_retraction_needs_a_reason_and_ends_an_id(started: Log) -> None:
    with pytest.raises(DataError, match="a retraction needs a reason"), started.writing():
        book(started).retract("doc-01", reason=" ")
    with started.writing():
        book(started, "ben").retract("doc-01", reason="coded twice")
    assert select_in_force(map(read_row, started.rows())).records == ()
    with pytest.raises(ConflictError, match=r"was retracted by ben .*coded twice"), started.writing():
        book(started).correct("doc-01", stance=0)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stance": 1}, "nothing would change"),
        ({"colour": "red"}, "found 'colour', allowed: document, quote"),
        ({"stance": 7}, "stance: found 7, allowed: -1, -2, 0, 1, 2"),
        ({"quote": "We are not ready"}, "is not in the document word for word; the nearest passage is"),
        ({"quote": "Not today."}, "occurs 2 times in the document; say which"),
        ({"said_on": "2022-03-09"}, "allowed: up to the publication, 2022-03-02"),
    ],
)
def test_a_wrong_correction_is_told_and_nothing_recorded(started: Log, changes: dict[str, Any], message: str) -> None:
    before = started.head()
    with pytest.raises(DataError, match=message), started.writing():
        book(started).correct("doc-01", **changes)
    assert started.head() == before


def test_a_corrected_quote_is_looked_up_again_and_a_new_holder_gets_its_voice(started: Log) -> None:
    with started.writing():
        found = book(started).correct("doc-01", quote="Not in Minsk.")
    assert isinstance(found, Statement)
    assert found.end - found.start == len("Not in Minsk.")
    with started.writing():
        other = book(started).correct("doc-01", holder="RUS")
    assert isinstance(other, Statement)
    assert other.voice == "ascribed"


def test_what_was_never_recorded_cannot_be_changed(started: Log) -> None:
    with pytest.raises(QueryError, match="found 'doc-77', which was never recorded"), started.writing():
        book(started).correct("doc-77", stance=1)


def test_a_statement_needs_its_document(started: Log) -> None:
    with pytest.raises(DataError, match="document: found 'other', which is not recorded"):
        add(started, document="other")
    with started.writing():
        book(started).retract("doc", reason="a hoax")
    with pytest.raises(DataError, match="not recorded or was retracted"):
        add(started)


def test_writers_on_several_connections_lose_nothing_and_wait_for_each_other(started: Log, opener: Opener) -> None:
    logs = [opener() for _ in range(4)]

    def write(log: Log, name: str) -> None:
        for _ in range(15):
            add(log, name)

    threads = [threading.Thread(target=write, args=(log, f"coder-{n}")) for n, log in enumerate(logs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = list(started.rows())
    assert len(rows) == 2 + 4 * 15
    assert len({row.id for row in rows}) == len(rows)
    assert verify_log(started) == ()


def test_a_reader_sees_whole_transactions_only(started: Log, opener: Opener) -> None:
    reader = opener()
    with started.writing():
        writer = book(started)
        writer.add(**SAYS)
        if isinstance(started, SqliteLog):
            assert len(list(reader.rows())) == 2
        writer.add(**SAYS)
    assert len(list(reader.rows())) == 4


def test_a_backup_opens_clean_and_is_the_same_log(started: Log, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    started.backup(target)
    copy = SqliteLog(target)
    assert list(copy.rows()) == list(started.rows())
    assert copy.head() == started.head()
    assert verify_log(copy) == ()
    copy.close()
    with pytest.raises(WorkspaceError, match="exists already"):
        started.backup(target)


def test_a_report_s_head_is_held_still_or_told_missing(started: Log) -> None:
    then = str(started.head())
    add(started)
    assert verify_log(started, expected=then) == ()
    assert "does not hold the head 2:000000000000" in str(verify_log(started, expected="2:000000000000")[0])


def test_the_clock_moves_recorded_at_where_it_may(started: Log) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    with started.writing():
        book(started, clock=lambda: later).add(**SAYS)
    assert datetime.fromisoformat(started.last_recorded_at()) == later
