"""The garbage collector of a command's process: off at the start, and running rarely afterwards.

A command keeps the records that it reads; repeated collections found no garbage among them and took up to a fifth of
the time (10⁵ statements, Python 3.11). Only the command line and the dashboard's server set this: a script that calls
the library decides for itself.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SELDOM: Final = (200_000, 50, 100)
"""Thresholds of the collector: new objects, and collections of younger generations before one of the next."""


@contextmanager
def pause_collection() -> Iterator[None]:
    """Pause the collector until :func:`resume_collection`: imports leave no garbage, which saves a tenth of a start.

    At the end of the block the collector works as before, whatever happened in it.
    """
    before = gc.get_threshold()
    gc.disable()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.enable()


def resume_collection() -> None:
    """Resume the collector with rare collections, and freeze all present objects; does nothing unless it was paused."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()
