"""The garbage collector of a command's process: off while it starts, and seldom at work afterwards.

A command reads records that it keeps to its end; looking through them for garbage over and over found none and took up
to a fifth of the time (10⁵ statements, Python 3.11). Only the command line and the dashboard's server set this: the
process of a script that calls the library is its own.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SELDOM: Final = (200_000, 50, 100)
"""How many new objects, and how many collections of the young ones, start a collection of the older ones."""


@contextmanager
def pause_collection() -> Iterator[None]:
    """Collect nothing until :func:`resume_collection`: what is imported is not garbage, which saves a tenth of a start.

    At the end the collector works as before, whatever happened in between.
    """
    before = gc.get_threshold()
    gc.disable()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.enable()


def resume_collection() -> None:
    """Collect again, seldom, and never look at what there is by now; nothing changes unless it was paused."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()
