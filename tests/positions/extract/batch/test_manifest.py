"""What is done is written down and passed over; what a crash, another run or another file left is told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from positions.errors import DataError, WorkspaceError
from positions.extract.batch.executors import here
from positions.extract.batch.manifest import Manifest
from positions.extract.batch.runner import Outcome
from positions.model.dates import PartialDate
from tests.positions.extract.echo import plain, run, task


def test_a_manifest_skips_what_is_done_with_the_same_bytes_extractor_and_target(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    tasks = [*plain(5), task("bad luck", 5)]
    with Manifest(path, extractor="echo 1") as manifest:
        manifest.append(run(list(manifest.pending(tasks))[:3], here()))
        manifest.append(run([tasks[5]], here()))
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[0] == {
        "path": "0.txt",
        "sha256": tasks[0].sha256,
        "extractor": "echo 1",
        "document": "d0",
        "candidates": 1,
    }
    assert lines[3]["error"] == "the document is bad"
    with Manifest(path, extractor="echo 1") as manifest:
        assert list(manifest.pending(tasks)) == tasks[3:]
        assert manifest.skipped == 3
    for other in ({"extractor": "echo 2"}, {"extractor": "echo 1", "target": "x.jsonl"}):
        with Manifest(path, **other) as manifest:
            assert list(manifest.pending(tasks)) == tasks
    with Manifest(path, extractor="echo 1") as manifest:
        changed = [task("other words", 0), tasks[1]]
        assert list(manifest.pending(changed)) == changed[:1]


def test_a_line_that_a_crash_cut_off_is_removed_and_done_again(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    tasks = plain(4)
    with Manifest(path, extractor="echo 1") as manifest:
        manifest.append(run(tasks[:2], here()))
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    with Manifest(path, extractor="echo 1") as manifest:
        left = list(manifest.pending(tasks))
        assert left == tasks[1:]
        manifest.append(run(left, here()))
    assert path.read_bytes().startswith(whole)
    assert len(path.read_text().splitlines()) == 4


@pytest.mark.parametrize("line", ["no json", "[]", '{"path": 1, "sha256": "x", "extractor": "y"}', "{}"])
def test_another_file_is_not_taken_for_a_manifest(tmp_path: Path, line: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(f"{line}\n")
    with pytest.raises(DataError, match=r"^notes.txt:1: "):
        Manifest(path, extractor="x")
    assert path.read_text() == f"{line}\n"


def test_two_runs_do_not_write_one_manifest(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    with Manifest(path, extractor="x"), pytest.raises(WorkspaceError, match="another run is writing it"):
        Manifest(path, extractor="x")


def test_a_new_manifest_has_nothing_done(tmp_path: Path) -> None:
    tasks = plain(2)
    with Manifest(tmp_path / "done.jsonl", extractor="echo 1", target="out.jsonl") as manifest:
        assert (manifest.started, manifest.written) == (False, 0)
        assert list(manifest.pending(tasks)) == tasks
        assert manifest.skipped == 0


def test_it_tells_how_long_the_target_was_at_the_last_line(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    with Manifest(path, extractor="echo 1", target="out.jsonl") as manifest:
        manifest.start()
        manifest.append(run(plain(1), here()), written=40)
        manifest.append(run([task("bad luck", 2)], here()), written=55)
    with Manifest(path, extractor="echo 2", target="out.jsonl") as manifest:
        assert (manifest.started, manifest.written) == (True, 55)
    with Manifest(path, extractor="echo 1", target="other.jsonl") as manifest:
        assert (manifest.started, manifest.written) == (False, 0)


def test_a_run_that_wrote_nothing_yet_is_known_to_have_begun(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    with Manifest(path, extractor="echo 1", target="out.jsonl") as manifest:
        manifest.start()
    with Manifest(path, extractor="echo 1", target="out.jsonl") as manifest:
        assert (manifest.started, manifest.written) == (True, 0)
        manifest.start()
    assert len(path.read_text().splitlines()) == 1


def test_without_a_target_nothing_is_begun(tmp_path: Path) -> None:
    with Manifest(tmp_path / "done.jsonl", extractor="echo 1") as manifest:
        manifest.start()
    assert (tmp_path / "done.jsonl").read_text() == ""


def test_another_publication_date_is_other_work(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    (bare,) = plain(1)
    dated = bare._replace(published_on=PartialDate.parse("2022-03-02"))
    with Manifest(path, extractor="echo 1") as manifest:
        manifest.append(run([dated], here()))
    assert json.loads(path.read_text())["published_on"] == "2022-03-02"
    with Manifest(path, extractor="echo 1") as manifest:
        assert list(manifest.pending([dated, bare])) == [bare]


def test_a_problem_is_written_down_and_handed_out_again(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    (sound,) = plain(1)
    missing = sound._replace(problem="no such file")
    with Manifest(path, extractor="echo 1") as manifest:
        manifest.append([Outcome(missing, None, (), "nö"), *run([sound], here())])
    assert [json.loads(line).get("error") for line in path.read_text("utf-8").splitlines()] == ["nö", None]
    with Manifest(path, extractor="echo 1") as manifest:
        assert list(manifest.pending([missing, sound])) == [missing]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "folder", tmp_path):
        with pytest.raises(WorkspaceError, match=r"cannot be written: "):
            Manifest(path, extractor="x")


def test_a_manifest_that_was_refused_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    path.write_text("[]\n")
    with pytest.raises(DataError, match="^done.jsonl:1: "):
        Manifest(path, extractor="x")
    path.write_text("")
    with Manifest(path, extractor="x"):
        pass
