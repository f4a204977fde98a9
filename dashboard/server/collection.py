"""Garbage collection in a server's process: less often, and without the objects that were read from the log.

Otherwise each collection scans the cached records again: it took as long as an answer, and a full collection over a
long log as long as ten. Call these functions too if you serve :func:`dashboard.create_app` with another server.
"""

from __future__ import annotations

import gc
from typing import Final

LESS_OFTEN: Final = (20_000, 20, 50)
"""The thresholds of ``gc.set_threshold`` for the three generations."""


def collect_less_often() -> None:
    """Raise the thresholds of the process's garbage collector."""
    gc.set_threshold(*LESS_OFTEN)


def freeze_objects() -> None:
    """Exclude all existing objects from collection; call it after a log was read and sorted."""
    gc.freeze()
