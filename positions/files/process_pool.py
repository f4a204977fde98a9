"""Worker processes on this machine, and handing out tasks to an executor in order, a few ahead.

The standard library's pool of processes was tried. It waits forever for a worker that is killed while it sends a result
longer than a pipe holds, it does not report a worker's exit code, and it runs the caller's script again in every
worker, so that a script that imports a long file would have to guard its main part. Therefore the library's pool of
threads does the queueing here, and each thread has a plain process: tasks go in at its standard input, results come out
at its standard output, and it ends when its input does, so no worker outlives the process that started it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.spawn import import_main_path
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from types import TracebackType
from typing import IO, Any, Final, TypeVar

S = TypeVar("S")
T = TypeVar("T")
_CODE: Final = "from positions.files.process_pool import serve; serve()"
_PIPE: Final = 1 << 20
"""Bytes that a pipe holds, if the system allows: a worker need not wait until each part of its result was taken."""


class WorkerEndedError(Exception):
    """A worker ended before its task did, with a ``code`` (negative: of which signal)."""

    def __init__(self, code: int) -> None:
        super().__init__(f"a worker process ended early (code {code})")
        self.code = code


def hand_out(items: Iterable[S], submit: Callable[[S], Future[T]], *, ahead: int) -> Iterator[tuple[S, Future[T]]]:
    """Yield each item with its future, in order, when up to ``ahead`` later ones have been submitted.

    So neither items nor results pile up: ``items`` is read only as far as futures are taken.
    """
    under_way: deque[tuple[S, Future[T]]] = deque()
    for item in items:
        under_way.append((item, submit(item)))
        if len(under_way) > ahead:
            yield under_way.popleft()
    while under_way:
        yield under_way.popleft()


class ProcessPool(Executor):
    """Up to ``count`` workers, started when they are needed. Functions, arguments, results and errors are pickled.

    If a worker ends early, its task's future raises ``WorkerEndedError`` and a new worker takes its place. If a
    ``with`` block raises, an interrupt too, and on ``shutdown(wait=False)``, workers are stopped in mid-task.
    """

    is_allowed = True
    """False in a worker: a script whose main part is not guarded, run there for its classes, would start ever more."""

    def __init__(self, count: int) -> None:
        if not self.is_allowed:
            raise RuntimeError('a worker starts no others: guard the main part with if __name__ == "__main__":')
        self._threads = ThreadPoolExecutor(count)
        self._workers = [_Worker() for _ in range(count)]
        self._idle = list(self._workers)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Hand out a task; raises at once if it cannot be pickled, and ``RuntimeError`` after a shutdown."""
        return self._threads.submit(self._do, pickle.dumps((fn, args, kwargs)))

    def _do(self, task: bytes) -> Any:
        worker = self._idle.pop()  # there are as many as threads
        try:
            return worker.do(task)
        finally:
            self._idle.append(worker)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all workers, once their tasks are done or, if not to ``wait``, at once."""
        try:
            self._threads.shutdown(wait=wait, cancel_futures=cancel_futures or not wait)
        finally:  # an interrupt while waiting ends them too
            for worker in self._workers:
                worker.end()
            self._threads.shutdown()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown(wait=kind is None)


class _Worker:
    """A process that does one task at a time; it is started for the first one, and anew after it ended early."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_open = True
        self._lock = Lock()

    def do(self, task: bytes) -> Any:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(task, process.stdin)
            process.stdin.flush()
            message = pickle.load(process.stdout)  # noqa: S301 what our own process wrote
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):  # a closed pipe, or one that ends too soon
            self._process = None
            raise WorkerEndedError(_close(process)) from None
        result, error, raised_at = pickle.loads(message)  # noqa: S301
        if error is not None:
            raise error from RuntimeError(raised_at)
        return result

    def _start(self) -> subprocess.Popen[bytes]:
        script = getattr(sys.modules["__main__"], "__file__", None)
        with self._lock:
            if not self._is_open:
                raise CancelledError
            # It finds modules where this process does, not first in the current folder. In a session of its own, an
            # interrupt is not also its own.
            self._process = subprocess.Popen(  # noqa: S603 this program itself
                [sys.executable, "-P", "-c", _CODE, *([script] if script else [])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pipesize=_PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
                start_new_session=True,
            )
        return self._process

    def end(self) -> None:
        with self._lock:
            self._is_open = False
        if process := self._process:
            process.kill()
            _close(process)


def _close(process: subprocess.Popen[bytes]) -> int:
    code = process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):  # what it did not read is lost with it
            if stream:
                stream.close()
    return code


def serve() -> None:
    """Be a worker: do each task that comes in, and end at once when no more can come."""
    ProcessPool.is_allowed = False
    # What a task prints must not come between the results, nor may it read tasks.
    tasks, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    waiting: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_collect, args=(tasks, waiting), daemon=True).start()
    while True:
        pickle.dump(_answer(waiting.get()), results)
        results.flush()


def _collect(tasks: IO[bytes], waiting: SimpleQueue[bytes]) -> None:
    with suppress(EOFError):
        while True:
            waiting.put(pickle.load(tasks))  # noqa: S301 what the process that started this one wrote
    os._exit(0)  # in the middle of a task too: nobody waits for it any more


def _answer(task: bytes) -> bytes:
    """Do a task; return its result, or the error that it raised and where."""
    try:
        if b"__main__" in task and sys.argv[1:]:
            import_main_path(sys.argv[1])  # what the caller's script defines itself; once
        fn, args, kwargs = pickle.loads(task)  # noqa: S301
        return pickle.dumps((fn(*args, **kwargs), None, ""))
    except Exception as error:
        raised_at = "".join(traceback.format_exception(error))
        try:
            message = pickle.dumps((None, error, raised_at))
            pickle.loads(message)  # noqa: S301 an error may want other arguments than it passes on
        except Exception:
            message = pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}"), raised_at))
        return message
