"""Reports: the shipped case against the imports alone, a long log, and a daily series of a year."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.measure import peak_mib, seconds, side_by_side, told
from benchmarks.synthetic import codebook, fill
from positions.cli.collection import pause_collection, resume_collection
from positions.snapshot.build import build_report
from positions.snapshot.output import report_bytes
from positions.snapshot.scope import ReportScope
from positions.snapshot.series import series_days, series_reports, series_scopes
from positions.workspace import Workspace

ROOT = Path(__file__).parent.parent
IMPORTS = (sys.executable, "-c", "import pandas, pydantic, jinja2")
LAST = date(2004, 12, 1)


def run(*, smoke: bool) -> None:
    """Compare whole processes on the shipped case, then measure one report and a series at 10⁵ statements."""
    shipped(runs=1 if smoke else 7)
    long_log(2_000 if smoke else 100_000, days=5 if smoke else 365)


def shipped(*, runs: int) -> None:
    """The HTML of the shipped case as a whole process, against `import pandas, pydantic, jinja2`."""
    report = (sys.executable, "-m", "positions", "snapshot", "--as-of", "2022-02-27", "--data", str(ROOT / "data"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def process(command: tuple[str, ...]) -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment)

    process(report)
    ours, theirs, ratio = side_by_side(lambda: process(report), lambda: process(IMPORTS), runs=runs)
    told("HTML of the shipped case, whole process; peer: imports alone", ours, theirs, ratio, "<= 1.5")


def long_log(count: int, *, days: int) -> None:
    """One report from the log to HTML, with the memory that it took, and a daily series against it."""
    with tempfile.TemporaryDirectory() as folder, pause_collection():
        resume_collection()
        log = fill(Path(folder) / "positions.db", codebook(), count)

        def one() -> None:
            workspace = Workspace(Path(folder), codebook(), log)
            report = build_report(workspace.known(), workspace.codebook, ReportScope(LAST), head=workspace.head)
            report_bytes(report, "html")

        single = seconds(one)
        told(f"one report, {count} statements, {peak_mib():.0f} MiB", single, 3.0, single / 3.0, "<= 3 s, <= 500 MB")

        def series() -> None:
            workspace = Workspace(Path(folder), codebook(), log)
            asked = series_days(date.fromordinal(LAST.toordinal() - days + 1), LAST, "day")
            scopes = series_scopes(asked)
            for report in series_reports(workspace.known(), workspace.codebook, scopes, head=workspace.head):
                report_bytes(report, "html")

        many = seconds(series)
        told(f"a report a day for {days} days; peer: one report", many, single, many / single, "<= 20")
        log.close()
