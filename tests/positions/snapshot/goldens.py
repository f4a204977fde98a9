"""Reports kept in the repository; after a change that is meant: ``python -m tests.positions.snapshot.goldens``."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from positions.snapshot.build import build_report
from positions.snapshot.output import SUFFIXES, report_bytes
from positions.snapshot.scope import ReportScope
from positions.workspace import open_workspace
from tests.positions.snapshot.pages import golden

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests" / "examples" / "reports"
SHIPPED = ROOT / "docs" / "report-2022-02-27.html"
LATE = {FOLDER / f"golden{SUFFIXES[form]}": form for form in ("html", "md", "json", "csv")}
"""The report of 15 March in every format that no font has a say in."""
EARLY = FOLDER / "golden-early.md"
GOLDEN = (*LATE, EARLY)


@cache
def golden_files() -> Mapping[Path, bytes]:
    """The reports of the golden example's two days."""
    late, early = golden(), golden(day="2022-03-05")
    return {**{path: report_bytes(late, form) for path, form in LATE.items()}, EARLY: report_bytes(early, "md")}


def shipped_file() -> bytes:
    """The report of 27 February 2022 from a copy of the shipped case."""
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("data", "seeds"):
            shutil.copytree(
                ROOT / name,
                Path(scratch) / name,
                ignore=shutil.ignore_patterns("positions.db*", "positions.local.jsonl"),
            )
        with open_workspace(Path(scratch) / "data") as workspace:
            report = build_report(
                workspace.known(), workspace.codebook, ReportScope(date(2022, 2, 27)), head=workspace.head
            )
    return report_bytes(report, "html")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, content in {**golden_files(), SHIPPED: shipped_file()}.items():
        path.write_bytes(content)
