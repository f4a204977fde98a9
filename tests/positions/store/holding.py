"""Another program that holds the lock of a record book, and lets go when it is told or after a minute."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

HOLD = """
import select, sqlite3, sys
book = sqlite3.connect(sys.argv[1], isolation_level=None)
book.execute("BEGIN " + sys.argv[2])
print("holds", flush=True)
select.select([sys.stdin], [], [], 60)
"""


@contextmanager
def hold_book(database: Path, lock: Literal["EXCLUSIVE", "IMMEDIATE"] = "EXCLUSIVE") -> Iterator[None]:
    """Shut readers out of a book from another process, or only other writers."""
    command = [sys.executable, "-c", HOLD, str(database), lock]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "holds\n"
        yield
        holder.communicate("go", timeout=60)
