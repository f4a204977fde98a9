"""The garbage collector of a server's process: it looks less often, and not at what was read from the log.

What is kept for the next answers is looked through again and again: each look took as long as an answer, and a full one
over a long log as long as ten. Whoever serves :func:`dashboard.create_app` with another server may call the same.
"""

from __future__ import annotations

import gc
from typing import Final

LESS_OFTEN: Final = (20_000, 20, 50)
"""How many new objects, and how many collections of the young ones, start a collection of the older ones."""


def collect_less_often() -> None:
    """Set the thresholds of the process's collector for a server."""
    gc.set_threshold(*LESS_OFTEN)


def freeze_objects() -> None:
    """Take all that there is out of the collector's sight; call it when a log was read and sorted."""
    gc.freeze()
