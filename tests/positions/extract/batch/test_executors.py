"""Where the work is done: here, in threads, in processes, on a cluster."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from positions.errors import MissingExtraError, QueryError, ServiceError
from positions.extract.batch.executors import Here, dask_cluster, here, processes, threads


def fail() -> None:
    raise ZeroDivisionError("oops")


def test_here_is_in_the_callers_thread_and_done_at_once() -> None:
    pool = here()
    with pool.make() as executor:
        future = executor.submit(threading.get_ident)
        assert future.done()
        assert future.result() == threading.get_ident()
    assert (pool.ahead, pool.shared, pool.reads) == (0, True, True)


def test_here_an_error_is_the_futures() -> None:
    with Here() as executor:
        future = executor.submit(fail)
    assert isinstance(future.exception(), ZeroDivisionError)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_here_an_interruption_is_nobodys_result(stop: type[BaseException]) -> None:
    def interrupt() -> None:
        raise stop("enough")

    with Here() as executor, pytest.raises(stop, match="^enough$"):
        executor.submit(interrupt)


def test_threads_are_others_of_this_process() -> None:
    pool = threads(2)
    with pool.make() as executor:
        assert executor.submit(threading.get_ident).result() != threading.get_ident()
        assert executor.submit(os.getpid).result() == os.getpid()
    assert (pool.ahead, pool.shared, pool.reads) == (4, True, True)


def test_processes_are_others_and_see_the_files() -> None:
    pool = processes(1)
    assert (pool.ahead, pool.shared, pool.reads) == (2, False, True)
    with pool.make() as executor:
        assert executor.submit(os.getpid).result() != os.getpid()
        with pytest.raises(ZeroDivisionError, match="oops"):
            executor.submit(fail).result()


@pytest.mark.parametrize("pool", [here(), threads(1), processes(1)], ids=["here", "threads", "processes"])
def test_each_pool_makes_a_new_executor_each_time(pool: object) -> None:
    assert isinstance(pool, type(here()))
    one, two = pool.make(), pool.make()
    one.shutdown()
    assert two.submit(abs, -3).result() == 3
    two.shutdown()


def test_a_cluster_that_is_not_there_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("positions.extract.batch.executors._CONNECT_SECONDS", 0.3)
    with (
        pytest.raises(ServiceError, match=r"^--scheduler: no Dask scheduler answers at tcp://127.0.0.1:9: .*$"),
        dask_cluster("tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.parametrize("address", ["no://where", "nonsense", "", "127.0.0.1", "http://127.0.0.1:1/x", "a b:1"])
def test_what_is_no_address_is_refused_before_anybody_is_asked(address: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(QueryError, match="^--scheduler: found .*, allowed: HOST:PORT"), dask_cluster(address):
        pass


def test_without_the_extra_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'positions\[scale\]'"), dask_cluster("tcp://127.0.0.1:9"):
        pass
