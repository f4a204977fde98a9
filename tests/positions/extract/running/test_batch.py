"""Many documents over any executor: the same results everywhere, nothing lost when a worker dies."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from positions.candidate import Candidate
from positions.documents import Document, sha256_of
from positions.errors import DataError, QueryError, ServiceError, WorkspaceError
from positions.extract.running.batch import Outcome, Task, extract_all, extract_one
from positions.extract.running.manifest import Manifest
from positions.extract.running.pools import Here, Pool, dask_cluster, here, processes, threads
from positions.extract.running.results import ResultFile
from tests.conftest import absent


class Echo:
    """An extractor that claims each document's first word, and does as some documents tell it."""

    name = "echo 1"

    def candidates(self, document: Document) -> Sequence[Candidate]:
        text = document.text or ""
        word = text.split()[0]
        if word == "poison":
            os._exit(3)
        if word == "once" and not (mark := Path(document.note)).exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "bad":
            raise QueryError("the document\nis bad")
        if word == "bug":
            raise ZeroDivisionError("oops")
        if word == "down":
            raise ServiceError("nobody answers")
        fields = {
            "id": f"{document.id}-1",
            "document": document.id,
            "quote": word,
            "start": 0,
            "end": len(word),
            "holder": "RUS",
            "voice": "framing",
            "directness": "framing",
            "issue": "talks",
            "coder": self.name,
            "said_on": document.published_on,
            "said_on_basis": "document",
            "sha256": document.sha256,
        }
        return [Candidate.model_validate(fields)]


def task(text: str, number: int = 0, **fields: Any) -> Task:
    digest = sha256_of(text.encode())
    whole = {"title": "t", "outlet": "o", "published_on": "2022-03-01", "published_on_basis": "explicit", **fields}
    document = Document.model_validate({"id": f"d{number}", "sha256": digest, "text": text, **whole})
    return Task(f"{number}.txt", digest, document)


def plain(count: int) -> list[Task]:
    return [task(f"word{number} and more", number) for number in range(count)]


def run(tasks: Sequence[Task], pool: Pool, size: int = 4) -> list[Outcome]:
    return [outcome for batch in extract_all(tasks, Echo(), pool=pool, size=size) for outcome in batch]


def as_bytes(outcomes: Sequence[Outcome]) -> bytes:
    return b"".join(one.model_dump_json().encode() for outcome in outcomes for one in outcome.candidates)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    try:
        from distributed import LocalCluster
    except ImportError:
        absent("dask is not installed")
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as found:
        yield found


def test_one_process_two_processes_and_threads_give_the_same_bytes() -> None:
    tasks = [*plain(21), task("bad luck", 21), task("bug here", 22), *plain(3)]
    one = run(tasks, here())
    assert [outcome.task for outcome in one] == tasks
    assert [outcome.problem for outcome in one if outcome.problem] == [
        "the document is bad",
        "the extractor failed: ZeroDivisionError: oops",
    ]
    for pool in (processes(2), threads(3)):
        other = run(tasks, pool)
        assert as_bytes(other) == as_bytes(one)
        assert other == one


def test_a_dask_cluster_gives_the_same_bytes(cluster: Any) -> None:
    tasks = [*plain(9), task("bad luck", 21)]
    with dask_cluster(cluster.scheduler_address) as pool:
        found = run(tasks, pool)
    assert found == run(tasks, here())


def test_a_cluster_that_is_not_there_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("positions.extract.running.pools._CONNECT_SECONDS", 0.3)
    with (
        pytest.raises(ServiceError, match=r"^--scheduler: no Dask scheduler answers at tcp://127.0.0.1:9: .*$"),
        dask_cluster("tcp://127.0.0.1:9"),
    ):
        pass


def test_a_document_that_ends_every_worker_is_left_out_and_told() -> None:
    tasks = plain(14)
    tasks[5] = task("poison", 5)
    found = run(tasks, processes(2))
    assert [outcome.task for outcome in found] == tasks
    problems = {outcome.task.where: outcome.problem for outcome in found if outcome.problem}
    assert list(problems) == ["5.txt"]
    assert problems["5.txt"].startswith("the document ended the process that worked on it (BrokenProcessPool")


def test_a_worker_killed_once_loses_nothing(tmp_path: Path) -> None:
    tasks = plain(10)
    tasks[6] = task("once is enough", 6, note=str(tmp_path / "killed"))
    found = run(tasks, processes(2))
    assert (tmp_path / "killed").exists()
    assert all(outcome.document for outcome in found)
    assert as_bytes(found) == as_bytes(run(tasks, here()))


class Dying(Here):
    """An executor whose workers never come back."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ARG002 the signature is given
        future: Future[Any] = Future()
        future.set_exception(OSError("gone"))
        return future


def test_when_every_worker_dies_the_run_ends_instead_of_blaming_each_document() -> None:
    with pytest.raises(ServiceError, match="20 documents in a row ended their process; the last: OSError: gone"):
        run(plain(100), Pool(Dying))
    assert len([outcome for outcome in run(plain(19), Pool(Dying)) if outcome.problem]) == 19


def test_a_service_that_is_down_ends_the_run() -> None:
    for pool in (here(), processes(1)):
        with pytest.raises(ServiceError, match="^nobody answers$"):
            run([*plain(2), task("down now", 2)], pool)


def test_documents_are_asked_for_only_as_far_ahead_as_results_are_taken() -> None:
    asked: list[int] = []

    def endless() -> Iterator[Task]:
        for number in range(10**9):
            asked.append(number)
            yield task("word", number)

    stream = extract_all(endless(), Echo(), pool=threads(2), size=4)
    for _ in range(10):
        next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert len(asked) <= (10 + 2 * 2 + 1) * 4


def test_a_problem_found_beforehand_is_passed_on() -> None:
    given = Task("x.txt", "", problem="no such file")
    assert extract_one(Echo(), given) == Outcome(given, None, (), "no such file")


def test_a_manifest_skips_what_is_done_with_the_same_bytes_extractor_and_target(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    tasks = [*plain(5), task("bad luck", 5)]
    with Manifest(path, extractor="echo 1") as manifest:
        manifest.append(run(list(manifest.left(tasks))[:3], here()))
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
        assert list(manifest.left(tasks)) == tasks[3:]
        assert manifest.skipped == 3
    for other in ({"extractor": "echo 2"}, {"extractor": "echo 1", "target": "x.jsonl"}):
        with Manifest(path, **other) as manifest:
            assert list(manifest.left(tasks)) == tasks
    with Manifest(path, extractor="echo 1") as manifest:
        changed = [task("other words", 0), tasks[1]]
        assert list(manifest.left(changed)) == changed[:1]


def test_a_line_that_a_crash_cut_off_is_removed_and_done_again(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    tasks = plain(4)
    with Manifest(path, extractor="echo 1") as manifest:
        manifest.append(run(tasks[:2], here()))
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    with Manifest(path, extractor="echo 1") as manifest:
        left = list(manifest.left(tasks))
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


def test_results_are_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with pytest.raises(KeyError), ResultFile(path) as file:
        file.write("half")
        raise KeyError
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
        with pytest.raises(WorkspaceError, match="is no file that can be written"):
            ResultFile(path, resume=told, force=True)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    with ResultFile(tmp_path / "link.jsonl", force=True) as file:
        file.write("new")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_text() == "new"


def test_processes_start_within_seconds() -> None:
    start = time.perf_counter()
    run(plain(2), processes(2))
    assert time.perf_counter() - start < 30
