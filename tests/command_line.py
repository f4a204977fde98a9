"""The command line as another program uses it, but in this process: a new one would import everything anew each time.

What needs a process of its own (signals, pipes that close, encodings, installed scripts) starts one in its test.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

from positions.cli import main


class Pipe(io.TextIOWrapper):
    """A stream that keeps what is written to it, as text or bytes; nobody's terminal."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="", write_through=True)

    @property
    def content(self) -> bytes:
        """All that was written."""
        kept: Any = self.buffer
        return bytes(kept.getvalue())

    @property
    def text(self) -> str:
        """All that was written, as text."""
        return self.content.decode()


@dataclass(frozen=True)
class Answer:
    """What a call printed, and its exit code."""

    code: int
    out: bytes
    err: bytes


@contextmanager
def at_home(folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Work in a folder, with these variables and no others."""
    with chdir(folder), patch.dict(os.environ, environment, clear=True):
        yield


@contextmanager
def notices_on(stream: IO[str]) -> Iterator[None]:
    """Write notices on a stream as a program does that sets no logging up; pytest catches them."""
    logger, handler = logging.getLogger("positions"), logging.StreamHandler(stream)
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = True
        logger.removeHandler(handler)


def call_command(*words: str, typed: str = "", is_joined: bool = False) -> Answer:
    """Call the command line with some words; ``is_joined``: errors come in ``out``, in the order of writing."""
    out = Pipe()
    err = out if is_joined else Pipe()
    code = 0
    argv, given = patch.object(sys, "argv", ["positions", *words]), patch.object(sys, "stdin", io.StringIO(typed))
    try:
        with argv, given, redirect_stdout(out), redirect_stderr(err), notices_on(err):
            main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    gc.unfreeze()  # each call puts all that there is out of the collector's sight
    return Answer(code, out.content, b"" if is_joined else err.content)
