"""The file of results: whole or not at all, or continued behind the last safe one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from positions.errors import WorkspaceError
from positions.extract.batch.output import ResultFile


def test_results_are_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with pytest.raises(KeyError, match="^'stop'$"), ResultFile(path) as file:
        file.write("half")
        raise KeyError("stop")
    assert list(tmp_path.iterdir()) == []
    with ResultFile(path) as file:
        assert file.write("whole") == 5
    assert path.read_text() == "whole"
    with pytest.raises(WorkspaceError, match="exists already; --force overwrites it"):
        ResultFile(path)
    with pytest.raises(WorkspaceError, match="cannot be written"):
        ResultFile(tmp_path / "no" / "folder")


def test_results_go_on_behind_the_last_safe_one(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("safe\nhalf a li")
    with ResultFile(path, resume=5) as file:
        assert file.resumed
        assert file.write("next\n") == 10
    assert path.read_text() == "safe\nnext\n"
    with pytest.raises(WorkspaceError, match="shorter than its manifest says"):
        ResultFile(path, resume=11)


def test_a_pipe_is_written_to_and_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with ResultFile(pipe, force=True) as file:
        file.write("through")
    assert os.read(reading, 100) == b"through"
    os.close(reading)
    assert pipe.is_fifo()
    for path, told in ((pipe, 0), (tmp_path, None)):
        with pytest.raises(WorkspaceError, match="is not a file that can be written"):
            ResultFile(path, resume=told, force=True)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    with ResultFile(tmp_path / "link.jsonl", force=True) as file:
        file.write("new")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_text() == "new"


def test_a_run_that_starts_anew_keeps_what_it_writes_where_it_is_resumed_from_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with pytest.raises(KeyError, match="^'stop'$"), ResultFile(path, resume=0) as file:
        assert not file.resumed
        assert file.write("safe\n") == 5
        assert path.read_text() == "safe\n"
        raise KeyError("stop")
    assert path.read_text() == "safe\n"


def test_an_existing_file_is_not_resumed_from_nothing_without_force(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("somebody's")
    with pytest.raises(WorkspaceError, match="exists already"):
        ResultFile(path, resume=0)
    assert path.read_text() == "somebody's"
    with ResultFile(path, resume=0, force=True) as file:
        file.write("new")
    assert path.read_text() == "new"


def test_a_failed_run_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    with pytest.raises(KeyError, match="^'stop'$"), ResultFile(path, force=True) as file:
        file.write("half")
        raise KeyError("stop")
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]
    assert path.read_text() == "old"


def test_nobody_sees_the_file_before_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with ResultFile(path) as file:
        file.write("half")
        assert not path.exists()
    assert path.exists()


def test_lengths_count_bytes(tmp_path: Path) -> None:
    with ResultFile(tmp_path / "out.jsonl") as file:
        assert [file.write("ö"), file.write("\n"), file.write("")] == [2, 3, 3]


def test_the_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    with ResultFile(tmp_path / "out.jsonl"):
        pass
    rights = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "out.jsonl")]
    assert rights[0] == rights[1]


def test_a_missing_file_cannot_be_resumed_behind_its_beginning(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="remove both to begin anew"):
        ResultFile(tmp_path / "out.jsonl", resume=5)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with ResultFile(tmp_path / "out.jsonl", resume=0) as file:
        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(WorkspaceError, match=r"out.jsonl: cannot be written: No space left on device$"):
            file.write("too much")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    with pytest.raises(WorkspaceError, match="cannot be written: No space left"), ResultFile(full, force=True) as file:
        file.write("x" * 100_000)
