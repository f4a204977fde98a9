"""Days of publication against htmldate's public evaluation: ``python -m benchmarks.page_dates FOLDER``.

FOLDER is ``tests`` of a copy of github.com/adbar/htmldate, which holds 1,000 pages (``eval``, ``cache``, ``test_set``)
and the days that people read in them (``eval_*.json``). They are not part of this project.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Final

from positions.errors import PositionsError
from positions.extract.sources.reader import read_source

EXPECTED: Final = ("eval_mediacloud_2020.json", "eval_default.json")
"""The files with the expected days, by address."""
_FOLDERS: Final = ("test_set", "cache", "eval")


def measure_days(folder: Path) -> tuple[Counter[tuple[str, str]], float]:
    """Count the pages by outcome (right, wrong, none) and basis, and return the longest time of a page in seconds."""
    counts: Counter[tuple[str, str]] = Counter()
    longest = 0.0
    for expected in EXPECTED:
        for page in json.loads((folder / expected).read_text(encoding="utf-8")).values():
            begin = time.perf_counter()
            day, basis = _day_of(next(path for name in _FOLDERS if (path := folder / name / page["file"]).is_file()))
            longest = max(longest, time.perf_counter() - begin)
            counts["none" if not day else "right" if day == page["date"] else "wrong", basis] += 1
    return counts, longest


def _day_of(path: Path) -> tuple[str, str]:
    try:
        source = read_source(path)
    except PositionsError:
        return "", ""
    return str(source.published_on or ""), source.published_on_basis or ""


def main() -> None:
    """Measure the folder that the command line names, or say why that is left out."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not (folder / EXPECTED[0]).is_file():
        print("left out: name the folder tests of a copy of github.com/adbar/htmldate")
        return
    counts, longest = measure_days(folder)
    for (outcome, basis), count in sorted(counts.items()):
        print(f"{outcome:6} {basis:9} {count:5}")
    right = sum(count for (outcome, _), count in counts.items() if outcome == "right")
    print(f"right {right} (goal 900), wrong and explicit {counts['wrong', 'explicit']} (goal 15 at most)")
    print(f"longest {longest:.1f} s")


if __name__ == "__main__":
    main()
