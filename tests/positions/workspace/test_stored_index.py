"""An index made from the columns of a log equals one made from its records, and reads only what is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from positions.analysis.state_index import StateIndex, index_statements
from positions.errors import QueryError, WorkspaceError
from positions.model.codebook import Codebook
from positions.model.query import EVERYTHING, Query
from positions.model.revision import select_in_force
from positions.store.sqlite import SqliteLog
from positions.workspace.open import open_workspace
from positions.workspace.stored_index import build_stored_index
from tests.positions.analysis.panel.history import Case, History, cases, questions
from tests.positions.store.conftest import rewrite_entry

COLUMNS = ("ids", "voices", "keys", "documents", "sources", "counting", "competing", "stances")


@contextmanager
def stored_index(history: History, codebook: Codebook, query: Query) -> Iterator[StateIndex]:
    with closing(SqliteLog(Path("none"), in_memory=True)) as log:
        with log.writing():
            log.append(history.rows)
        yield build_stored_index(log, history.columns(), codebook, query, lock=nullcontext())


@given(cases(), questions())
def test_columns_and_records_are_those_of_the_revisions_in_force(case: Case, asked: Query) -> None:
    codebook, history = case
    known = index_statements(select_in_force(history.revisions(), asked), codebook)
    with stored_index(history, codebook, asked) as stored:
        for name in COLUMNS:
            assert list(getattr(stored.table, name)) == list(getattr(known.table, name)), name
        rows = range(len(known.table.ids))
        assert [stored.table.rank(row) for row in rows] == [known.table.rank(row) for row in rows]
        assert [stored.table.row_of(name) for name in known.table.ids] == list(rows)
        assert stored.table.row_of("never recorded") is None
        assert stored.records == known.records
        assert dict(stored.documents) == dict(known.documents)
        assert list(stored.documents) == list(known.documents)
        for day in known.days:
            assert stored.state(day) == known.state(day)


def test_the_shipped_case_is_the_same_from_its_columns(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        for query in (EVERYTHING, Query(known_at=workspace.revisions()[150].recorded_at)):
            stored, known = workspace.index(query), index_statements(workspace.known(query), workspace.codebook)
            assert stored.records == known.records
            assert dict(stored.by_id) == dict(known.by_id)
            assert stored.count_by_document() == known.count_by_document()
            assert stored.state(stored.days[-1]) == known.state(known.days[-1])
        with pytest.raises(QueryError, match="is in the future"):
            workspace.index(known_at=datetime.now(UTC) + timedelta(days=3))


def test_an_index_follows_the_log(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        before = workspace.index()
        first = before.records[0].statement.id
        with workspace.recording(coder="anna") as book:
            book.retract(first, reason="coded twice")
        after = workspace.index()
        assert first in before.by_id
        assert first not in after.by_id
        assert after.records == index_statements(workspace.known(), workspace.codebook).records


def test_an_entry_that_was_changed_since_its_columns_were_made_is_refused_when_it_is_read(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        index = workspace.index()
        first, last = index.table.ids[0], index.table.ids[-1]
        (revision,) = workspace.history(first)
        rewrite_entry(shipped / "positions.db", "note", "Not what was recorded", record_id=revision.id)
        assert index.by_id[last].statement.id == last
        with pytest.raises(WorkspaceError, match="is not as it was recorded"):
            index.by_id[first]
