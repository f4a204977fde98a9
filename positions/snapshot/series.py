"""A series of reports at regular days, with an index page; the log is read and sorted once for all of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from positions.errors import QueryError, WorkspaceError, allowed
from positions.files.writing import write_new
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.revision import InForce
from positions.snapshot.build import build_report, index_records
from positions.snapshot.output import SUFFIXES, report_bytes
from positions.snapshot.render import render_index
from positions.snapshot.report import Report
from positions.snapshot.scope import ReportScope
from positions.store.entry import Head

Step: TypeAlias = Literal["day", "week", "month"]
STEPS: Final[tuple[str, ...]] = get_args(Step)
MOST: Final = 4000
"""The most reports of one series: about ten years of days."""


@dataclass(frozen=True, slots=True)
class SeriesTarget:
    """Where and how to write a series: ``fmt`` is the format, ``template`` a folder of the user's own templates."""

    folder: Path
    fmt: str = "html"
    template: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """One report of a series as its index page lists it."""

    name: str
    day: date
    words: str
    headline: str
    moves: int
    firsts: int
    demands: int


def series_days(first: date, last: date, every: str) -> tuple[date, ...]:
    """Return the days from ``first`` to ``last``; a month later is the same day, or the last one of a shorter month.

    Raises ``QueryError`` for an unknown step, a first day after the last, and more than :data:`MOST` reports.
    """
    if every not in STEPS:
        raise QueryError(f"every: {allowed(every, STEPS)}")
    if first > last:
        raise QueryError(f"from: found {first}, allowed: up to {last}, the last day of the series")
    if every == "month":
        months = range((last.year - first.year) * 12 + last.month - first.month + 1)
        days = [day for number in months if (day := _months_later(first, number)) <= last]
    else:
        step = 1 if every == "day" else 7
        days = [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]
    if len(days) > MOST:
        raise QueryError(f"every: found {len(days)} reports, allowed: up to {MOST} in one series")
    return tuple(days)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def series_scopes(
    days: Sequence[date], parties: tuple[str, ...] = (), issues: tuple[str, ...] = ()
) -> tuple[ReportScope, ...]:
    """Return a scope for each day: changes since the previous report, for the first one since the default day."""
    return tuple(ReportScope(day, since, parties, issues) for day, since in zip(days, (None, *days), strict=False))


def series_reports(
    known: InForce, codebook: Codebook, scopes: Sequence[ReportScope], *, head: Head | str
) -> Iterator[Report]:
    """Yield a report for each scope; all must have the same parties and issues, for which records are sorted once."""
    index = index_records(known, codebook, scopes[0]) if scopes else None
    for scope in scopes:
        yield build_report(known, codebook, scope, head=head, index=index)


def file_name(day: date, fmt: str) -> str:
    """Return the name of the file of a day's report: ``2022-02-27.html``."""
    return f"{day.isoformat()}{SUFFIXES[fmt]}"


def series_entry(report: Report, fmt: str) -> SeriesEntry:
    """Return a report's row on the index page."""
    moves = sum(move.kind == "moved" for move in report.changes.moves)
    return SeriesEntry(
        name=file_name(report.as_of, fmt),
        day=report.as_of,
        words=report.as_of_words,
        headline=report.headlines[0].text,
        moves=moves,
        firsts=sum(move.kind == "first stated" for move in report.changes.moves),
        demands=len(report.changes.demands),
    )


def index_page(title: str, head: str, rows: Sequence[SeriesEntry], *, template: Path | None = None) -> str:
    """Write the index page of a series, the first day first, with a link to every report."""
    span = f"{day_in_words(rows[0].day)} to {day_in_words(rows[-1].day)}"
    return render_index({"title": title, "head": head, "rows": rows, "span": span}, template=template)


def write_series(reports: Iterable[Report], days: Sequence[date], target: SeriesTarget) -> None:
    """Write the reports of these days and ``index.html`` into the target's folder, creating it if it is missing.

    Raises ``WorkspaceError`` before anything is written if a file is there already and ``force`` is not given.
    """
    folder, fmt, template, force = target.folder, target.fmt, target.template, target.force
    names = [*(file_name(day, fmt) for day in days), "index.html"]
    existing = next((folder / name for name in names if (folder / name).exists()), None)
    if existing and not force:
        raise WorkspaceError(f"{existing}: exists already; --force overwrites it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{folder}: cannot be made: {error.strerror}") from None
    rows, title, head = [], "", ""
    for report in reports:
        write_new(folder / file_name(report.as_of, fmt), report_bytes(report, fmt, template=template), force=force)
        rows.append(series_entry(report, fmt))
        title, head = report.title, report.head
    write_new(folder / "index.html", index_page(title, head, rows, template=template).encode(), force=force)
