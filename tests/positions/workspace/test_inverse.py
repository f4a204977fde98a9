"""What is written is read back as it was, for every text that a file can hold; what none can hold is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import DataError
from positions.files.writing import guard_cell, restore_cell
from positions.wording.serialise import csv_text
from positions.workspace.open import open_workspace
from tests.positions.exchange.exporting import write_statements

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
TRAPS = ["'=1", "''", "'tis so", "=1+1", "a\u2028", "a\u0085b\x0cc", "a\r\nb\rc\n", '"', ",", "a\x00", "\ufeffx", "-"]


@given(TEXTS)
def test_guarding_a_cell_is_undone_by_restoring_it(text: str) -> None:
    assert restore_cell(guard_cell(text)) == text


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_is_undone_too(text: str) -> None:
    assert restore_cell(guard_cell(text)) == text


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_table_is_read_back_cell_by_cell(texts: list[str]) -> None:
    written = csv_text([{"note": text, "last": "x"} for text in texts], ["note", "last"])
    rows = list(csv.reader(io.StringIO(written, newline=""), strict=True))[1:]
    assert [restore_cell(row[0]) for row in rows] == texts


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_note_of_traps_survives_an_export_and_an_import(shipped: Path, tmp_path: Path, ending: str) -> None:
    with open_workspace(shipped) as workspace:
        ids = [record.statement.id for record in workspace.known().records][: len(TRAPS)]
        with workspace.recording(coder="anna") as book:
            for name, text in zip(ids, TRAPS, strict=True):
                book.correct(name, note=text, reason="a trap")
        records = workspace.known().records
        write_statements(tmp_path / f"all.{ending}", records)
        with workspace.recording(coder="ben") as book:
            for name in ids:
                book.correct(name, note="another", reason="to be brought back")
        notes = {record.statement.id: record.statement.note for record in records}
    lines = (tmp_path / f"all.{ending}").read_bytes().decode("utf-8-sig")
    if ending == "jsonl":
        read = {row["id"]: row.get("note", "") for row in map(json.loads, lines.strip("\n").split("\n"))}
    else:
        read = {row["id"]: restore_cell(row["note"]) for row in csv.DictReader(io.StringIO(lines, newline=""))}
    assert {name: read[name] for name in ids} == {name: notes[name] for name in ids}


@pytest.mark.parametrize("field", ["reason", "note", "coder"])
def test_half_a_surrogate_pair_is_refused_wherever_it_stands(shipped: Path, field: str) -> None:
    words = {"reason": "why", "note": "what", "coder": "anna"} | {field: "a\ud800b"}
    with open_workspace(shipped) as workspace:
        before = workspace.head
        with pytest.raises(DataError, match=r"Unicode|unicode"), workspace.recording(coder=words["coder"]) as book:
            book.correct("000-01", note=words["note"], reason=words["reason"])
        assert workspace.head == before


def test_statements_with_and_without_a_seldom_field_are_one_table(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        with workspace.recording(coder="anna") as book:
            book.correct("000-01", translation="In another language.", translated_by="anna")
        write_statements(tmp_path / "all.csv", workspace.known().records)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows if row["translation"]] == ["000-01"]
    assert all(None not in row.values() for row in rows)
