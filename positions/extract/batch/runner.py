"""Run an extractor over many documents, whatever executor does the work.

Documents are handed out in batches and their results come back in order, so the results are the same bytes in one
process, in many, and on a cluster. Only a few batches are in progress at a time, so memory does not grow with their
number. If a worker dies, its batch is tried again and then document by document, which identifies and leaves out the
document that ends every worker.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, TypeVar

from positions.errors import DataError, Finding, PositionsError, ServiceError
from positions.extract.batch.executors import Here, Pool
from positions.extract.sources.discover import read_new_document
from positions.files.process_pool import WorkerEndedError, hand_out
from positions.model.candidate import Candidate, Extractor
from positions.model.dates import PartialDate
from positions.model.document import Document

T = TypeVar("T")
BATCH: Final = 16
"""Documents handed to a worker at a time: enough to make sending them cheap, few enough to try one by one."""
_DEATHS: Final = 20
"""After so many documents in a row that each ended their worker, the documents are not the cause."""


class Task(NamedTuple):
    """A document to extract from.

    ``where`` is its name in messages and, without ``document``, the file that it is read from. ``sha256`` is the hash
    of the file's bytes; ``published_on`` and ``outlet`` override what the file says. A ``problem`` found beforehand is
    passed on as the outcome.
    """

    where: str
    sha256: str
    document: Document | None = None
    published_on: PartialDate | None = None
    outlet: str = ""
    problem: str = ""


class Outcome(NamedTuple):
    """The outcome of a task: the document as read and its candidates, or its ``problem`` in one line."""

    task: Task
    document: Document | None
    candidates: Sequence[Candidate]
    problem: str = ""


def extract_one(extractor: Extractor, task: Task) -> Outcome:
    """Extract from one document; whatever goes wrong with it becomes its problem.

    Raises ``ServiceError`` if the extractor cannot work at all.
    """
    if task.problem:
        return Outcome(task, None, (), task.problem)
    try:
        document = task.document or _read_task(task)
        return Outcome(task, document, tuple(extractor.candidates(document)))
    except ServiceError:
        raise
    except PositionsError as error:
        return Outcome(task, None, (), problem_words(error, task.where))
    except Exception as error:  # one document must not stop the others
        return Outcome(task, None, (), _as_one_line(f"the extractor failed: {type(error).__name__}: {error}"))


def extract_all(
    tasks: Iterable[Task], extractor: Extractor, *, pool: Pool, size: int = BATCH
) -> Iterator[list[Outcome]]:
    """Yield the outcomes of all tasks in their order, a batch at a time.

    Raises ``ServiceError`` if the extractor or the workers cannot be used at all.
    """
    with _Runner(extractor, pool) as runner:
        batches = _split_batches(tasks if pool.reads else map(_read_ahead, tasks), size)
        for batch, future in hand_out(batches, runner.submit, ahead=pool.ahead):
            yield runner.outcomes_of(batch, future)


class _Runner:
    """Hands batches to an executor and replaces it when its workers have died."""

    def __init__(self, extractor: Extractor, pool: Pool) -> None:
        self._pool = pool
        self._extractor: Extractor | bytes = extractor if pool.shared else pickle.dumps(extractor)
        self._deaths = 0
        self._executor: Executor = Here()

    def __enter__(self) -> _Runner:
        self._executor = self._pool.make()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._executor.shutdown(wait=True)
        else:
            self._give_up()

    def submit(self, batch: list[Task]) -> Future[list[Outcome]]:
        try:
            return self._executor.submit(_extract_batch, self._extractor, batch)
        except RuntimeError:  # the pool has broken since; its batches are tried again in their turn
            self._renew()
            return self._executor.submit(_extract_batch, self._extractor, batch)

    def outcomes_of(self, batch: list[Task], future: Future[list[Outcome]]) -> list[Outcome]:
        """Return a batch's outcomes; if its worker died, those of a second try, then of a try for each document."""
        try:
            return self._result(future)
        except _WorkerDiedError:
            pass
        try:
            return self._result(self.submit(batch))
        except _WorkerDiedError:
            return [self._try_alone(task) for task in batch]

    def _try_alone(self, task: Task) -> Outcome:
        try:
            return self._result(self.submit([task]))[0]
        except _WorkerDiedError as error:
            self._deaths += 1
            problem = f"the document ended the process that worked on it ({error})"
            if self._deaths >= _DEATHS:
                raise ServiceError(
                    f"{self._deaths} documents in a row ended their process; the last: {error}"
                ) from None
            return Outcome(task, None, (), problem)

    def _result(self, future: Future[list[Outcome]]) -> list[Outcome]:
        try:
            outcomes = future.result()
        except ServiceError:
            raise
        except WorkerEndedError as error:  # a new one takes its place, and others go on
            raise _WorkerDiedError(f"code {error.code}") from None
        except Exception as error:
            self._renew()
            raise _WorkerDiedError(_as_one_line(f"{type(error).__name__}: {error}")) from None
        self._deaths = 0
        return outcomes

    def _renew(self) -> None:
        self._give_up()
        self._executor = self._pool.make()

    def _give_up(self) -> None:
        """Abandon the executor without waiting: work in progress is ignored, other work does not begin."""
        try:
            self._executor.shutdown(wait=False, cancel_futures=True)
        except TypeError:  # Dask's executor has no such option and cancels by itself
            self._executor.shutdown(wait=False)


class _WorkerDiedError(Exception):
    """A batch has no result although documents' errors are results, so its worker is gone."""


def _extract_batch(extractor: Extractor | bytes, tasks: Sequence[Task]) -> list[Outcome]:
    loaded = _load_extractor(extractor) if isinstance(extractor, bytes) else extractor
    return [extract_one(loaded, task) for task in tasks]


@lru_cache(maxsize=2)
def _load_extractor(extractor: bytes) -> Extractor:
    """Unpickle an extractor once for each worker, not for each batch."""
    loaded: Extractor = pickle.loads(extractor)  # noqa: S301 pickled by this program's other process
    return loaded


def _read_ahead(task: Task) -> Task:
    if task.document or task.problem:
        return task
    try:
        return task._replace(document=_read_task(task))
    except PositionsError as error:
        return task._replace(problem=problem_words(error, task.where))


def _read_task(task: Task) -> Document:
    return read_new_document(Path(task.where), published_on=task.published_on, outlet=task.outlet)


def _split_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def problem_words(error: PositionsError, where: str) -> str:
    """Say in one line what is wrong with a document; not which document, since the task names it."""
    if isinstance(error, DataError):
        return _as_one_line("; ".join(_finding_words(finding, where) for finding in error.findings))
    return _as_one_line(str(error).removeprefix(f"{where}: "))


def _finding_words(finding: Finding, where: str) -> str:
    """Say what was found, with the line where the finding names one (``article.txt:7``)."""
    line = finding.where.removeprefix(where).removeprefix(Path(where).name).removeprefix(":")
    return str(finding.at("")) + (f" (line {line})" if line.isdigit() else "")


def _as_one_line(text: str) -> str:
    return " ".join(text.split())[:500]
