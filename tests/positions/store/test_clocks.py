"""A clock that ran ahead is told at every door, and dates nothing that others record."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from positions.errors import DataError
from positions.model.dates import instant_text, is_ahead
from positions.store.importing import import_file
from positions.store.log import Log
from positions.store.verify import verify_log
from positions.workspace import open_workspace
from positions.workspace.validate import data_findings
from tests.positions.store.conftest import SAYS, book, document

YEARS_AHEAD = datetime.now(UTC) + timedelta(days=9000)


def ahead(line: str, **fields: object) -> str:
    return json.dumps(json.loads(line) | {"recorded_at": instant_text(YEARS_AHEAD)} | fields) + "\n"


def test_a_day_ahead_may_be_another_zone_and_more_is_a_clock_that_ran_ahead() -> None:
    now = datetime.now(UTC)
    assert not is_ahead(now + timedelta(hours=20))
    assert is_ahead(now + timedelta(hours=30))


def test_a_line_from_the_future_is_a_finding_and_nothing_is_taken_in(shipped: Path) -> None:
    path = shipped / "statements.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines) + ahead(lines[0], id="000-99"))
    (finding,) = data_findings(shipped)
    assert (finding.where, finding.field) == (f"statements.jsonl:{len(lines) + 1}", "recorded_at")
    assert "days in the future: a clock ran ahead" in finding.message
    with pytest.raises(DataError, match="recorded_at: lies"):
        open_workspace(shipped)


def test_an_import_from_the_future_is_refused(started: Log, tmp_path: Path) -> None:
    path = tmp_path / "theirs.jsonl"
    path.write_text(json.dumps(SAYS | {"recorded_at": instant_text(YEARS_AHEAD), "note": "another"}) + "\n")
    with (
        pytest.raises(DataError, match=r"theirs.jsonl:1 recorded_at: lies [\d,]+ days in the future"),
        started.writing(),
    ):
        import_file(book(started), path)


def test_an_entry_of_a_wrong_clock_dates_nothing_that_follows_and_is_found(log: Log) -> None:
    with log.writing():
        book(log, clock=lambda: YEARS_AHEAD).add_document(document())
    with log.writing():
        book(log).add(**SAYS)
    first, second = log.rows()
    assert second.recorded_at < first.recorded_at
    assert not is_ahead(datetime.fromisoformat(second.recorded_at))
    assert [finding.field for finding in verify_log(log)] == ["recorded_at"]
