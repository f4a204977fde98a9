"""Many documents over any executor: the same results everywhere, nothing lost when a worker dies."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from positions.errors import ServiceError
from positions.extract.batch.executors import Here, Pool, dask_cluster, here, processes, threads
from positions.extract.batch.runner import Outcome, Task, extract_all, extract_one
from tests.conftest import absent
from tests.positions.extract.echo import Echo, as_bytes, plain, run, task


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


def test_a_document_that_ends_every_worker_is_left_out_and_told() -> None:
    tasks = plain(14)
    tasks[5] = task("poison", 5)
    found = run(tasks, processes(2))
    assert [outcome.task for outcome in found] == tasks
    problems = {outcome.task.where: outcome.problem for outcome in found if outcome.problem}
    assert list(problems) == ["5.txt"]
    assert problems["5.txt"] == "the document ended the process that worked on it (code 3)"


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
