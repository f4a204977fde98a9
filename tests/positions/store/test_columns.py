from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from positions.errors import WorkspaceError
from positions.model.statement import VOICES
from positions.store import column_copy as module
from positions.store.column_copy import log_columns
from positions.store.columns import NOTHING, TYPES, Columns, build_columns
from positions.store.log import Log
from positions.store.sqlite import SqliteLog
from tests.positions.store.conftest import SAYS, book


@pytest.fixture
def cached(started: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy on disk of the started log's columns, however short the log is."""
    monkeypatch.setattr(module, "ENOUGH", 1)
    cache = tmp_path / "positions.columns.npz"
    log_columns(started, cache)
    assert cache.exists()
    return cache


def same(one: Columns, two: Columns) -> bool:
    return (one.head, one.names, one.ids) == (two.head, two.names, two.ids) and all(
        np.array_equal(one[name], two[name]) for name in TYPES
    )


def test_columns_tell_each_entry_in_recorded_order(started: Log) -> None:
    with started.writing():
        book(started).correct("doc-01", stance=-1)
    with started.writing():
        book(started).retract("doc-01", reason="x")
    found = build_columns(started.rows())
    assert len(found) == 4
    assert found["subject"].tolist() == [0, 1, 1, 1]
    assert found["stance"].tolist() == [NOTHING, 1, -1, NOTHING]
    assert found["holder"].tolist() == [NOTHING, 0, 0, NOTHING]
    assert found.names["holder"] == ("UKR",)
    assert [VOICES[voice] for voice in found["voice"][1:3]] == ["self", "self"]
    assert found["recorded"].tolist() == sorted(found["recorded"].tolist())


def test_the_copy_on_disk_is_used_only_while_it_fits_the_log(started: Log, cached: Path) -> None:
    assert same(log_columns(started, cached), build_columns(started.rows()))
    with started.writing():
        book(started).add(**SAYS)
    assert same(log_columns(started, cached), build_columns(started.rows()))


@pytest.mark.parametrize("damage", ["cut", "empty", "flipped", "foreign", "text"])
def test_a_cut_changed_or_foreign_copy_is_made_anew_never_trusted(started: Log, cached: Path, damage: str) -> None:
    whole = cached.read_bytes()
    with started.writing():
        book(started).add(**SAYS)
    newer = build_columns(started.rows())
    cached.write_bytes(
        {
            "cut": whole[:-100],
            "empty": b"",
            "flipped": whole[:200] + bytes([whole[200] ^ 1]) + whole[201:],
            "foreign": whole,
            "text": b"not a copy at all" * 10,
        }[damage]
    )
    assert same(log_columns(started, cached), newer)
    assert same(log_columns(started, cached), newer)


def test_only_what_was_recorded_since_is_read_after_the_copy(
    started: Log, cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started.writing():
        book(started).add(**SAYS)
    written = cached.stat().st_mtime_ns
    begun: list[int] = []
    rows = started.rows
    monkeypatch.setattr(started, "rows", lambda after=0: begun.append(after) or rows(after=after))
    monkeypatch.setattr(module, "LACKING", 0.9)
    newer = log_columns(started, cached)
    assert begun[-1] == 2
    assert same(newer, build_columns(rows()))
    assert cached.stat().st_mtime_ns == written, "a copy that lacks little is not written again"
    assert log_columns(started, cached, known=newer) is newer


def test_a_log_that_goes_on_from_the_copy_with_a_forged_entry_is_refused(started: Log, cached: Path) -> None:
    with started.writing():
        book(started).add(**SAYS)
    if isinstance(started, SqliteLog):
        started._connection.execute("DROP TRIGGER revision_no_update")
        started._connection.execute("UPDATE main.revision SET reason = 'forged' WHERE seq = 3")
        with pytest.raises(WorkspaceError, match="entry 3 is not as it was recorded"):
            log_columns(started, cached)


def test_a_copy_that_cannot_be_written_changes_no_answer(started: Log, cached: Path) -> None:
    assert same(log_columns(started, cached.parent / "no" / "such" / "place.npz"), build_columns(started.rows()))
