"""A series of reports, one every so often, with an index page: the log is read and sorted once for all of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from positions.errors import QueryError, WorkspaceError, allowed
from positions.files.writing import write_new
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.revision import InForce
from positions.snapshot.build import build_report, told_states
from positions.snapshot.output import SUFFIXES, report_bytes
from positions.snapshot.render import render_index
from positions.snapshot.report import Report
from positions.store.entry import Head

Step: TypeAlias = Literal["day", "week", "month"]
STEPS: Final[tuple[str, ...]] = get_args(Step)
MOST: Final = 4000
"""How many reports one series may have, about ten years of days."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One report of a series as its index tells it."""

    name: str
    day: date
    words: str
    headline: str
    moves: int
    firsts: int
    demands: int


def series_days(first: date, last: date, every: str) -> tuple[date, ...]:
    """Return the days from ``first`` to ``last``; a month later is the same day, or the month's last one.

    Raises ``QueryError`` for another step, a first day after the last, and a series that never ends.
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


def series_reports(
    known: InForce,
    codebook: Codebook,
    days: Sequence[date],
    *,
    head: Head | str,
    known_at: datetime | None = None,
    public_by: date | None = None,
    parties: Sequence[str] = (),
    issues: Sequence[str] = (),
) -> Iterator[Report]:
    """Yield the report of each day; each tells what changed since the one before, the first since a week before."""
    states = told_states(known, codebook, parties, issues)
    since: date | None = None
    for day in days:
        yield build_report(
            known,
            codebook,
            as_of=day,
            since=since,
            head=head,
            known_at=known_at,
            public_by=public_by,
            parties=parties,
            issues=issues,
            states=states,
        )
        since = day


def file_name(day: date, fmt: str) -> str:
    """Name the file of a day's report: ``2022-02-27.html``."""
    return f"{day.isoformat()}{SUFFIXES[fmt]}"


def listed_report(report: Report, fmt: str) -> Listed:
    """Tell a report in the line that the index has for it."""
    moved = sum(move.kind == "moved" for move in report.changes.moves)
    return Listed(
        name=file_name(report.as_of, fmt),
        day=report.as_of,
        words=report.as_of_words,
        headline=report.headlines[0].text,
        moves=moved,
        firsts=sum(move.kind == "first stated" for move in report.changes.moves),
        demands=len(report.changes.demands),
    )


def index_page(title: str, head: str, rows: Sequence[Listed], *, template: Path | None = None) -> str:
    """Write the index page of a series, the first day first, with a link to every report."""
    span = f"{day_in_words(rows[0].day)} to {day_in_words(rows[-1].day)}"
    return render_index({"title": title, "head": head, "rows": rows, "span": span}, template=template)


def write_series(
    reports: Iterable[Report], days: Sequence[date], folder: Path, *, fmt: str, template: Path | None, force: bool
) -> None:
    """Write the reports of these days and ``index.html`` into a folder, which is made where there is none.

    Raises ``WorkspaceError`` before anything is written where a file is there already and ``force`` is not given.
    """
    names = [*(file_name(day, fmt) for day in days), "index.html"]
    there = next((folder / name for name in names if (folder / name).exists()), None)
    if there and not force:
        raise WorkspaceError(f"{there}: exists already; --force overwrites it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{folder}: cannot be made: {error.strerror}") from None
    rows, title, head = [], "", ""
    for report in reports:
        write_new(folder / file_name(report.as_of, fmt), report_bytes(report, fmt, template=template), force=force)
        rows.append(listed_report(report, fmt))
        title, head = report.title, report.head
    write_new(folder / "index.html", index_page(title, head, rows, template=template).encode(), force=force)
