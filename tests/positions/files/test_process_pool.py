"""Work in other processes: results in order, errors with their data, nothing hangs and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from positions.errors import QueryError
from positions.files.process_pool import ProcessPool, WorkerEndedError, hand_out
from tests.conftest import ROOT

SOON: float = 60
"""Seconds after which something hangs."""


class UnpicklableError(Exception):
    def __init__(self) -> None:
        super().__init__("a lock is held")
        self.lock = threading.Lock()


class TwoPartError(Exception):
    """Pickles, but cannot be made again from its one argument."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


def fail() -> None:
    raise QueryError("found 'x', allowed: y", field="party")


def fail_unpicklably() -> None:
    raise UnpicklableError


def fail_in_two_parts() -> None:
    raise TwoPartError("this", "that")


def print_and_return(text: str) -> str:
    print(text)
    return text


def wait_and_return(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def return_much_and_be_killed() -> bytes:
    """Return more than a pipe holds, to a parent that is paused, and be killed before it is taken."""
    os.kill(os.getppid(), signal.SIGSTOP)
    words = f"sleep 0.5; kill -KILL {os.getpid()}; kill -CONT {os.getppid()}"
    subprocess.Popen(["sh", "-c", words], start_new_session=True)
    return bytes(1 << 25)


def has_ended(pid: int) -> bool:
    deadline = time.monotonic() + SOON
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_tasks_are_done_in_other_processes_that_are_gone_afterwards() -> None:
    with ProcessPool(2) as pool:
        pids = {pool.submit(os.getpid).result(SOON) for _ in range(4)}
        assert len(pids) == 1, "a second worker is started only for work beside the first one's"
        pids |= {future.result(SOON) for future in [pool.submit(os.getpid) for _ in range(30)]}
    assert len(pids) == 2
    assert os.getpid() not in pids
    assert all(map(has_ended, pids))


def test_results_come_in_the_order_of_the_items_however_long_each_takes() -> None:
    items = [0.3, 0.0, 0.1, 0.0, 0.0]
    with ProcessPool(2) as pool:
        handed = hand_out(items, lambda item: pool.submit(wait_and_return, item), ahead=3)
        assert [(item, future.result(SOON)) for item, future in handed] == [(item, item) for item in items]


@pytest.mark.parametrize("ahead", [0, 1, 5])
def test_items_are_read_only_as_far_as_results_are_taken(ahead: int) -> None:
    asked: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            asked.append(len(asked))
            yield asked[-1]

    with ThreadPoolExecutor(2) as threads:
        for taken, (item, future) in enumerate(
            hand_out(endless(), lambda item: threads.submit(abs, item), ahead=ahead)
        ):
            assert item == future.result(SOON) == taken
            assert len(asked) == taken + 1 + ahead
            if taken == 20:
                break


def test_what_a_task_raises_is_raised_with_its_data_and_says_where_it_was_raised() -> None:
    with ProcessPool(1) as pool:
        with pytest.raises(QueryError, match=r"^party: found 'x', allowed: y$") as caught:
            pool.submit(fail).result(SOON)
        assert (caught.value.field, caught.value.message) == ("party", "found 'x', allowed: y")
        assert "in fail\n" in str(caught.value.__cause__)
        assert pool.submit(abs, -1).result(SOON) == 1


@pytest.mark.parametrize(
    ("task", "message"),
    [(fail_unpicklably, "^UnpicklableError: a lock is held$"), (fail_in_two_parts, "^TwoPartError: this and that$")],
)
def test_an_error_that_cannot_be_sent_is_told_in_words(task: object, message: str) -> None:
    assert callable(task)
    with ProcessPool(1) as pool, pytest.raises(RuntimeError, match=message):
        pool.submit(task).result(SOON)


def test_what_a_task_prints_does_not_come_between_the_results() -> None:
    with ProcessPool(1) as pool:
        assert pool.submit(print_and_return, "hello").result(SOON) == "hello"


def test_large_tasks_and_results_pass() -> None:
    content = os.urandom(1 << 22)
    with ProcessPool(2) as pool:
        futures = [pool.submit(bytes.upper, content) for _ in range(5)]
        assert all(future.result(SOON) == content.upper() for future in futures)


def test_a_task_that_cannot_be_pickled_is_refused_at_once_and_the_pool_goes_on() -> None:
    with ProcessPool(1) as pool:
        with pytest.raises(Exception, match="pickle"):
            pool.submit(lambda: 1)
        assert pool.submit(abs, -1).result(SOON) == 1


def test_a_worker_that_ends_fails_its_own_task_only_and_is_replaced() -> None:
    with ProcessPool(1) as pool:
        before, ended, after = pool.submit(os.getpid), pool.submit(os._exit, 7), pool.submit(os.getpid)
        with pytest.raises(WorkerEndedError, match=r"^a worker process ended early \(code 7\)$") as caught:
            ended.result(SOON)
        assert caught.value.code == 7
        assert before.result(SOON) != after.result(SOON)
    assert has_ended(after.result())


def test_a_worker_killed_between_two_tasks_fails_the_next_one() -> None:
    with ProcessPool(1) as pool:
        pid = pool.submit(os.getpid).result(SOON)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(WorkerEndedError, match=r"\(code -9\)$"):
            pool.submit(abs, -1).result(SOON)
        assert pool.submit(abs, -1).result(SOON) == 1


def test_after_a_shutdown_no_task_is_taken() -> None:
    pool = ProcessPool(1)
    pool.shutdown()
    with pytest.raises(RuntimeError, match="after shutdown"):
        pool.submit(abs, -1)


def test_workers_are_ended_at_their_tasks_and_waiting_tasks_are_cancelled() -> None:
    pool = ProcessPool(1)
    pid = pool.submit(os.getpid).result(SOON)
    working, waiting = pool.submit(time.sleep, 600), pool.submit(abs, -1)
    while not working.running():
        time.sleep(0.01)
    pool.shutdown(wait=False)
    assert has_ended(pid)
    with pytest.raises(WorkerEndedError, match=r"\(code -9\)$"):
        working.result(SOON)
    with pytest.raises(CancelledError, match="^$"):
        waiting.result(SOON)


@pytest.mark.parametrize("error", [KeyboardInterrupt, GeneratorExit, ValueError])
def test_an_error_in_the_block_ends_the_workers_at_once(error: type[BaseException]) -> None:
    with pytest.raises(error, match="^stop$"), ProcessPool(2) as pool:
        pids = [pool.submit(os.getpid).result(SOON)]
        futures: list[Future[None]] = [pool.submit(time.sleep, 600) for _ in range(5)]
        raise error("stop")
    assert all(map(has_ended, pids))
    assert all(future.done() for future in futures)


def test_it_is_an_executor_of_the_standard_library() -> None:
    with ProcessPool(2) as pool:
        assert isinstance(pool, Executor)
        assert list(pool.map(abs, range(-5, 0), timeout=SOON)) == [5, 4, 3, 2, 1]


SCRIPT = """
import multiprocessing, os, signal, subprocess, sys, time
from positions.files.process_pool import ProcessPool

class Number(int):
    def double(self):
        return 2 * self

signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs in the background may not hear it
print("run", flush=True)
{guard}
    multiprocessing.set_start_method("{method}")
    with ProcessPool(2) as pool:
        print(pool.submit(abs, {number}).result(60), pool.submit(os.getpid).result(60), flush=True)
        {work}
"""


def script(
    folder: Path, *, guard: str = "if True:", number: str = "-4", work: str = "pass", method: str = "spawn"
) -> Path:
    path = folder / "script.py"
    path.write_text(SCRIPT.format(guard=guard, number=number, work=work, method=method))
    return path


def start(path: Path, *, cwd: Path | None = None) -> subprocess.Popen[str]:
    words, pipe = [sys.executable, str(path)], subprocess.PIPE
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, env=environment, cwd=cwd)


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_a_script_without_a_guarded_main_part_is_not_run_again(tmp_path: Path, method: str) -> None:
    with start(script(tmp_path, method=method)) as process:
        printed, errors = process.communicate(timeout=SOON)
    assert [line.split()[0] for line in printed.splitlines()] == ["run", "4"]
    assert errors == ""


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_what_a_guarded_script_defines_itself_is_there_in_the_workers(tmp_path: Path, method: str) -> None:
    work = "print(type(pool.submit(Number.double, Number(4)).result(60)), flush=True)"
    path = script(tmp_path, guard="if __name__ == '__main__':", number="Number(-4)", work=work, method=method)
    with start(path) as process:
        printed, errors = process.communicate(timeout=SOON)
    assert printed.splitlines()[1].startswith("4 ")
    assert printed.splitlines()[2] == "<class 'int'>"
    assert "Error" not in errors


def test_a_module_that_lies_in_the_current_folder_is_not_taken_for_a_librarys(tmp_path: Path) -> None:
    folder = tmp_path / "current"
    folder.mkdir()
    (folder / "pickle.py").write_text("raise SystemExit('the wrong module')")
    with start(script(tmp_path), cwd=folder) as process:
        printed, errors = process.communicate(timeout=SOON)
    assert (printed.split()[:2], errors) == (["run", "4"], "")


def test_a_worker_starts_no_workers_of_its_own(tmp_path: Path) -> None:
    with start(script(tmp_path, number="Number(-4)")) as process:
        _, errors = process.communicate(timeout=SOON)
    assert process.returncode == 1
    assert "RuntimeError: a worker starts no others: guard the main part" in errors


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_the_process_that_started_them(tmp_path: Path, kill: signal.Signals) -> None:
    """An interrupt reaches a whole group of processes; workers are not in it and write nothing about it."""
    with start(script(tmp_path, work="pool.submit(time.sleep, 600).result()")) as process:
        assert process.stdout is not None
        process.stdout.readline()
        pid = int(process.stdout.readline().split()[1])
        assert os.getpgid(pid) != os.getpgid(process.pid)
        process.send_signal(kill)
        _, errors = process.communicate(timeout=SOON)
    assert has_ended(pid)
    assert errors.count("Traceback") == (kill == signal.SIGINT)
    assert ("KeyboardInterrupt" in errors) == (kill == signal.SIGINT)


def test_a_worker_killed_while_it_sends_a_long_result_does_not_hang_the_caller(tmp_path: Path) -> None:
    work = (
        "from tests.positions.files.test_process_pool import return_much_and_be_killed as task; "
        "print(repr(pool.submit(task).exception(60)), flush=True)"
    )
    with start(script(tmp_path, work=work)) as process:
        printed, _ = process.communicate(timeout=SOON)
    assert printed.splitlines()[-1] == "WorkerEndedError('a worker process ended early (code -9)')"
