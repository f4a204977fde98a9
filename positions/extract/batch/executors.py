"""Where extraction runs: in this process, in threads, in processes of this machine, or on a Dask cluster.

Each is a ``concurrent.futures.Executor`` that can be made anew after a worker has died.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from positions.errors import MissingExtraError, QueryError, ServiceError
from positions.files.process_pool import ProcessPool

T = TypeVar("T")
_CONNECT_SECONDS: Final = 10
"""How long a Dask scheduler may take to answer the first time."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A way to make executors.

    ``ahead`` is how many batches are handed out before the first one's results are asked for, so it bounds the memory.
    ``shared`` tells that the workers see this process's memory, ``reads`` that they see its files.
    """

    make: Callable[[], Executor]
    ahead: int = 0
    shared: bool = True
    reads: bool = True


class Here(Executor):
    """An executor that does the work at once, in the caller's thread."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Call the function and return its outcome as a future that is done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def here() -> Pool:
    """Work in this process, one document after the other."""
    return Pool(Here)


def threads(count: int) -> Pool:
    """Work in threads: for extractors that wait for a server."""
    return Pool(lambda: ThreadPoolExecutor(count), ahead=2 * count)


def processes(count: int) -> Pool:
    """Work in processes of this machine. See :class:`positions.files.process_pool.ProcessPool`."""
    return Pool(lambda: ProcessPool(count), ahead=2 * count, shared=False)


@contextmanager
def dask_cluster(address: str) -> Iterator[Pool]:
    """Work on an existing Dask cluster; it may not see this machine's files, so documents are sent with their text.

    Raises ``MissingExtraError`` where the extra is not installed, ``QueryError`` for what is no address, and
    ``ServiceError`` where no scheduler answers.
    """
    try:
        import distributed
    except ImportError:
        raise MissingExtraError("--scheduler", "scale") from None
    if not re.fullmatch(
        r"inproc://\S+|([a-z]+://)?[^:/\s]+:[0-9]{1,5}|([a-z]+://)?\[[0-9a-fA-F:.%]+\]:[0-9]{1,5}", address
    ):
        # The client leaves a traceback behind if it cannot read one.
        raise QueryError(f"--scheduler: found {address[:200]!r}, allowed: HOST:PORT or tcp://HOST:PORT")
    try:
        connect: Any = distributed.Client
        client = connect(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        message = str(error).partition("\n")[0]
        raise ServiceError(f"--scheduler: no Dask scheduler answers at {address}: {message}") from None

    def make() -> Executor:
        if client.status != "running":
            raise ServiceError(f"--scheduler: the scheduler at {address} is gone; what was done before is kept")
        # Not pure: a batch that is tried again must run again, not get its failure out of the scheduler's memory.
        executor: Executor = client.get_executor(pure=False)
        return executor

    try:
        yield Pool(
            make, ahead=2 * max(1, len(client.scheduler_info(n_workers=-1)["workers"])), shared=False, reads=False
        )
    finally:
        client.close()
