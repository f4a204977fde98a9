"""Files as git had them: what was resolved by hand, or edited, is not lost as long as somebody committed it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

_MOST: Final = 200
"""How many commits of one file are looked at."""
_SECONDS: Final = 10


class PastFile(NamedTuple):
    """A file's content in a commit."""

    commit: str
    content: bytes


def find_past_file(path: Path, is_wanted: Callable[[bytes], bool]) -> PastFile | None:
    """Return the last committed content of a file that is the wanted one; ``None`` if git has none or is not there."""
    return next((past for past in _past_files(path) if is_wanted(past.content)), None)


def _past_files(path: Path) -> Iterator[PastFile]:
    # What is being merged has no branch yet.
    merged = _git(path, "rev-parse", "--quiet", "--verify", "MERGE_HEAD").split()
    # Without the whole history a merge that took one side hides the other one.
    commits = _git(
        path, "rev-list", "--full-history", "--all", "HEAD", *(one.decode() for one in merged), "--", path.name
    )
    for commit in commits.decode().split()[:_MOST]:
        if content := _git(path, "cat-file", "blob", f"{commit}:./{path.name}"):
            yield PastFile(commit, content)


def _git(path: Path, *words: str) -> bytes:
    """Return what one of git's plumbing commands prints in a file's folder; nothing if it cannot."""
    # Plumbing obeys no settings of the folder's own that could run programs.
    command = ["git", "--literal-pathspecs", "-C", str(path.parent), *words]
    # A clone that lacks old contents would fetch them.
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=environment)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
