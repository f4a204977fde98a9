"""Which format the ending of a file's name stands for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from positions.errors import QueryError, allowed


def format_of(path: Path, endings: Mapping[str, str]) -> str:
    """Return the format of a file by its name's ending, such as ``.csv``, in small or capital letters.

    ``endings`` maps each allowed ending to its format. Raises ``QueryError`` listing them for any other, and for none.
    """
    ending = path.suffix.lower()
    if ending not in endings:
        raise QueryError(f"{path.name}: {allowed(ending or 'no ending', endings)}")
    return endings[ending]
