"""Bounds on what one client takes of the server: how long a request may arrive, how many connections there are."""

from __future__ import annotations

import sys
import time
from typing import Final

from waitress.channel import HTTPChannel

CONNECTIONS: Final = 2000
"""The most connections that are open at once."""
OTHER_FILES: Final = 100
"""How many open files the process needs beside its connections."""
REQUEST_SECONDS: Final = 60.0
"""How long a request may take to arrive: our forms are small, and a slow client keeps a connection."""


class TimedChannel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection that is ended if a request takes too long to arrive, even if a byte comes now and then."""

    _began = 0.0

    def received(self, data: bytes) -> bool:
        """Take in what a client sent."""
        now, before = time.monotonic(), self.request
        if before is not None and now - self._began > REQUEST_SECONDS:
            self.will_close = True
            return False
        taken: bool = super().received(data)
        if self.request is not before:
            self._began = now
        return taken


def connection_limit() -> int:
    """Return how many connections may be open at once, as far as the system lets this process open files.

    With more, accepting one fails again and again, and nobody is answered.
    """
    if sys.platform == "win32":  # pragma: no cover
        return CONNECTIONS
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    if resource.RLIM_INFINITY != soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft == resource.RLIM_INFINITY else max(1, min(CONNECTIONS, soft - OTHER_FILES))
