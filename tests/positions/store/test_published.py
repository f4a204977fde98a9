from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from positions.errors import DataError, WorkspaceError
from positions.store.importing import published_lines, take_all
from positions.store.published import sound_lines
from positions.workspace import open_workspace
from positions.workspace.export import write_folder
from tests.positions.exchange.exporting import write_statements

ROOT = Path(__file__).parent.parent.parent.parent


def exported(shipped: Path, target: Path) -> Path:
    with open_workspace(shipped) as workspace:
        write_folder(target, workspace.revisions(), codebook=shipped / "codebook.toml")
    return target


def load(shipped: Path, other: Path) -> int:
    with open_workspace(shipped) as workspace, workspace.recording(coder="anna") as book:
        return take_all(book, published_lines(sound_lines(other)))


def test_the_committed_data_is_what_export_writes_in_the_order_in_which_it_was_recorded(
    shipped: Path, tmp_path: Path
) -> None:
    target = exported(shipped, tmp_path / "out" / "data")
    assert (target / "codebook.toml").read_bytes() == (ROOT / "data" / "codebook.toml").read_bytes()
    for name in ("documents.jsonl", "statements.jsonl"):
        lines = [json.loads(line) for line in (ROOT / "data" / name).read_text().splitlines()]
        assert lines == sorted(lines, key=lambda line: line["recorded_at"])
        written = [json.loads(line) for line in (target / name).read_text().splitlines()]
        assert written == sorted(lines, key=lambda line: (line["id"], line.get("revision", 1)))
    for seed in (ROOT / "seeds").iterdir():
        assert (target.parent / "seeds" / seed.name).read_bytes() == seed.read_bytes()


def test_a_history_with_corrections_survives_export_and_opening_as_the_same_log(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        with workspace.recording(coder="anna") as book:
            book.correct("000-01", stance=1, reason="read again")
            book.retract("000-02", reason="coded twice")
        head = workspace.head
    target = exported(shipped, tmp_path / "out" / "data")
    with open_workspace(target) as workspace:
        assert workspace.head == head
        assert workspace.verify() == ()


def test_export_overwrites_nothing_unasked(shipped: Path) -> None:
    with open_workspace(shipped) as workspace, pytest.raises(WorkspaceError, match="exists already"):
        write_folder(shipped, workspace.revisions(), codebook=shipped / "codebook.toml")


def test_a_merge_of_two_branches_loads_and_twice_changes_nothing(shipped: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs" / "data"
    exported(shipped, theirs)
    with open_workspace(theirs) as workspace, workspace.recording(coder="ben") as book:
        book.correct("000-03", confidence=0.5, reason="less sure")
    merged = exported(theirs, tmp_path / "merged" / "data")
    assert load(shipped, merged) == 1
    assert load(shipped, merged) == 0
    with open_workspace(shipped) as workspace:
        last = workspace.revisions()[-1]
    assert (last.id, last.number, last.recorded_by) == ("000-03", 2, "ben")
    assert last.first_recorded_at is not None
    assert last.first_recorded_at < last.recorded_at


def test_two_corrections_of_the_same_revision_do_not_merge(shipped: Path, tmp_path: Path) -> None:
    theirs = exported(shipped, tmp_path / "theirs" / "data")
    for folder, stance in ((shipped, 1), (theirs, -1)):
        with open_workspace(folder) as workspace, workspace.recording(coder="x") as book:
            book.correct("000-01", stance=stance)
    merged = exported(theirs, tmp_path / "merged" / "data")
    with pytest.raises(DataError, match="'000-01' revision 2 is in the record book with other content"):
        load(shipped, merged)


def test_an_export_cut_mid_line_is_refused_whole(shipped: Path, tmp_path: Path) -> None:
    theirs = exported(shipped, tmp_path / "theirs" / "data")
    path = theirs / "statements.jsonl"
    extra = json.loads(path.read_text().splitlines()[0]) | {"id": "000-98"}
    path.write_text(path.read_text() + json.dumps(extra) + "\n" + json.dumps(extra | {"id": "000-99"})[:-9])
    with open_workspace(shipped) as workspace:
        head = workspace.head
    with pytest.raises(DataError, match="the last line has no line end"):
        load(shipped, theirs)
    with open_workspace(shipped) as workspace:
        assert workspace.head == head


def test_a_document_s_file_may_not_lead_out_of_the_workspace(shipped: Path) -> None:
    path = shipped / "documents.jsonl"
    path.write_text(path.read_text().replace("../seeds/000", "../../seeds/000", 1))
    with pytest.raises(DataError, match="documents.jsonl:1 file"):
        sound_lines(shipped)


def test_statements_are_written_as_jsonl_csv_and_parquet(shipped: Path, tmp_path: Path) -> None:
    import pandas as pd

    with open_workspace(shipped) as workspace:
        records = workspace.known().records
        frame = workspace.statements()
    for ending in ("jsonl", "csv", "parquet"):
        path = tmp_path / f"all.{ending}"
        assert write_statements(path, records) == len(records)
        again = path.read_bytes()
        write_statements(path, records, force=True)
        assert path.read_bytes() == again
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "all.parquet"), frame, check_dtype=False)
    assert len(pd.read_csv(tmp_path / "all.csv")) == len(records)
    shutil.rmtree(tmp_path / "x", ignore_errors=True)
