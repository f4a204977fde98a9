"""A record book that was changed or damaged answers with one clear error, or as if nothing had happened."""

from __future__ import annotations

import random
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from positions.errors import PositionsError, WorkspaceError
from positions.workspace.open import open_workspace

DAY = date(2022, 2, 27)


@pytest.fixture
def database(shipped: Path) -> Path:
    """The record book of a copy of the shipped case."""
    with open_workspace(shipped) as workspace:
        workspace.revisions()
    return shipped / "positions.db"


def answer(folder: Path) -> tuple[object, ...]:
    with open_workspace(folder) as workspace:
        return (*workspace.state(as_of=DAY).positions.values(), str(workspace.read_head))


def test_a_flipped_bit_is_one_clear_error_or_changes_no_answer(database: Path) -> None:
    sound, draw = database.read_bytes(), random.Random(20220224)
    before = answer(database.parent)
    noticed = 0
    for _ in range(40):
        damaged = bytearray(sound)
        damaged[draw.randrange(len(sound))] ^= 1 << draw.randrange(8)
        database.write_bytes(damaged)
        try:
            assert answer(database.parent) == before
        except PositionsError as error:
            noticed += 1
            assert "\n" not in str(error)
    assert noticed


@pytest.mark.parametrize("word", [b"CREATE TABLE", b"CREATE TRIGGER", b"CREATE INDEX"])
def test_bytes_that_are_no_text_in_the_schema_are_one_clear_error(database: Path, word: bytes) -> None:
    sound = database.read_bytes()
    assert word in sound
    database.write_bytes(sound.replace(word, word[:-2] + b"\xcf" + word[-1:], 1))
    with pytest.raises(WorkspaceError, match="cannot be opened as a record book"):
        answer(database.parent)


def forge(database: Path, command: str) -> None:
    connection = sqlite3.connect(database)
    for name in ("revision_no_update", "revision_no_delete"):
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(command)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("UPDATE revision SET content = content || ' ' WHERE seq = 40", "entry 40"),
        ("UPDATE revision SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq = 20", "entry 20"),
        ("UPDATE revision SET reason = 'none' WHERE seq = 1", "entry 1 "),
        ("DELETE FROM revision WHERE seq = 50", "entry 50"),
        ("DELETE FROM revision WHERE seq > 100", "it ends at"),
    ],
)
def test_a_changed_entry_is_named_by_whoever_reads_on(database: Path, command: str, named: str) -> None:
    forge(database, command)
    with pytest.raises(WorkspaceError, match=named), open_workspace(database.parent) as workspace:
        workspace.state(as_of=DAY)


def test_nothing_is_written_after_an_end_that_is_not_as_it_was_recorded(database: Path) -> None:
    forge(database, "UPDATE revision SET reason = 'other' WHERE seq = (SELECT max(seq) FROM revision)")
    with (
        pytest.raises(WorkspaceError, match="not as it was recorded"),
        open_workspace(database.parent) as workspace,
        workspace.recording(coder="anna") as book,
    ):
        book.retract("000-01", reason="a test")


def test_an_answer_names_the_head_of_the_entries_that_it_rests_on(shipped: Path) -> None:
    with open_workspace(shipped) as reader, open_workspace(shipped) as writer:
        rested_on = reader.read_head
        with writer.recording(coder="anna") as book:
            book.retract("000-01", reason="a test")
        known = reader.known()
        assert reader.read_head == writer.head != rested_on
        assert "000-01" not in {record.statement.id for record in known.records}
