"""The manifest of a long extraction: one line for each document done, so that a rerun skips it.

Lines are appended only after their results are safe, and reach the disk before the next batch begins. A last line that
a crash cut off is removed. Documents that failed are listed too, and tried again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from positions.errors import DataError, Finding, WorkspaceError
from positions.extract.batch.runner import Outcome, Task
from positions.files.reading import json_object

_START: Final = {"extractor": str, "target": str, "written": int}
_DONE: Final = {"path": str, "sha256": str, "extractor": str}


class Manifest:
    """A manifest open for one run with one extractor; only one run at a time can hold it.

    ``target`` names where the results go: what was done for another target is not done for this one. ``started`` says
    whether an earlier run wrote to it, ``written`` how many bytes it had at the last line, ``skipped`` how many tasks
    :meth:`pending` has left out. Raises ``WorkspaceError`` if the file cannot be opened or another run holds it, and
    ``DataError`` with the line that is not a manifest's.
    """

    def __init__(self, path: Path, *, extractor: str, target: str = "") -> None:
        self._extractor = extractor
        self._target = target
        self._done: set[bytes] = set()
        self.started = False
        self.written = 0
        self.skipped = 0
        try:
            self._file = path.open("a+b")
        except OSError as error:
            raise WorkspaceError(f"{path}: cannot be written: {error.strerror}") from None
        try:
            _lock_file(self._file.fileno(), path)
            self._read(path.name)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Manifest:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def pending(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Yield the tasks that no earlier run did with the same bytes, extractor and publication date."""
        for task in tasks:
            if not task.problem and self._is_done(task):
                self.skipped += 1
            else:
                yield task

    def _is_done(self, task: Task) -> bool:
        return _work_key(task.sha256, self._extractor, str(task.published_on or ""), self._target) in self._done

    def append(self, outcomes: Sequence[Outcome], *, written: int = 0) -> None:
        """Append outcomes whose results are safe, durably; ``written`` is the output's length with them, in bytes."""
        self._append_lines([self._outcome_line(outcome, written) for outcome in outcomes])

    def start(self) -> None:
        """Name the target in the manifest before anything is written to it."""
        if self._target and not self.started:
            self._append_lines([{"extractor": self._extractor, "target": self._target, "written": 0}])

    def _append_lines(self, lines: Sequence[dict[str, Any]]) -> None:
        self._file.write("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode())
        self._file.flush()
        os.fsync(self._file.fileno())

    def _outcome_line(self, outcome: Outcome, written: int) -> dict[str, Any]:
        task = outcome.task
        line: dict[str, Any] = {"path": task.where, "sha256": task.sha256, "extractor": self._extractor}
        if task.published_on:
            line["published_on"] = str(task.published_on)
        if outcome.document is None:
            line["error"] = outcome.problem
        else:
            line |= {"document": outcome.document.id, "candidates": len(outcome.candidates)}
        if self._target:
            line |= {"target": self._target, "written": written}
        return line

    def _read(self, name: str) -> None:
        self._file.seek(0)
        complete = 0
        for number, line in enumerate(self._file, 1):
            if not line.endswith(b"\n"):
                self._file.truncate(complete)
                break
            complete += len(line)
            fields = json_object(line, where=f"{name}:{number}")
            if isinstance(fields, Finding):
                raise DataError([fields])
            if not _is_manifest_line(fields):
                raise DataError([Finding(f"{name}:{number}", "", "is not a line of a manifest")])
            self._register(fields)

    def _register(self, fields: dict[str, Any]) -> None:
        target = str(fields.get("target", ""))
        if "error" not in fields and "sha256" in fields:
            published_on = str(fields.get("published_on", ""))
            self._done.add(_work_key(fields["sha256"], fields["extractor"], published_on, target))
        if target and target == self._target:
            self.started, self.written = True, fields.get("written", 0)


def _is_manifest_line(fields: dict[str, Any]) -> bool:
    return any(all(isinstance(fields.get(field), kind) for field, kind in form.items()) for form in (_START, _DONE))


def _work_key(*parts: str) -> bytes:
    """Hash what identifies a piece of work to 16 bytes, so that a million of them fit into memory."""
    return blake2b("\0".join(parts).encode(), digest_size=16).digest()


def _lock_file(handle: int, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks on Windows
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise WorkspaceError(f"{path}: another run is writing it") from None
