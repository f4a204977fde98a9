from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from positions.errors import QueryError, WorkspaceError
from positions.model.codebook import Codebook
from positions.model.revision import InForce
from positions.snapshot.build import build_report
from positions.snapshot.output import report_bytes
from positions.snapshot.report import Report
from positions.snapshot.scope import ReportScope
from positions.snapshot.series import SeriesTarget, series_days, series_reports, series_scopes, write_series
from tests.examples import golden_codebook, golden_records
from tests.positions.snapshot.pages import Page, known


def days(first: str, last: str, every: str) -> list[str]:
    return [str(day) for day in series_days(date.fromisoformat(first), date.fromisoformat(last), every)]


def test_the_days_of_a_series() -> None:
    assert days("2022-02-27", "2022-03-01", "day") == ["2022-02-27", "2022-02-28", "2022-03-01"]
    assert days("2022-02-27", "2022-03-13", "week") == ["2022-02-27", "2022-03-06", "2022-03-13"]
    assert days("2023-11-30", "2024-03-29", "month") == ["2023-11-30", "2023-12-30", "2024-01-30", "2024-02-29"]
    assert days("2022-02-27", "2022-02-27", "month") == ["2022-02-27"]


@pytest.mark.parametrize(
    ("first", "last", "every", "told"),
    [
        ("2022-03-02", "2022-03-01", "day", "from: found 2022-03-02"),
        ("2022-03-01", "2022-03-02", "hour", "allowed: day, month, week"),
        ("0001-01-01", "2022-03-02", "day", "in one series"),
    ],
)
def test_a_series_that_cannot_be_is_refused(first: str, last: str, every: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        days(first, last, every)


def test_a_series_is_the_same_as_its_reports_one_by_one(shipped: tuple[Report, InForce, Codebook]) -> None:
    _, found, words = shipped
    asked = series_days(date(2022, 2, 22), date(2022, 3, 2), "day")
    since = None
    for report, day in zip(series_reports(found, words, series_scopes(asked), head="1:a"), asked, strict=True):
        assert report == build_report(found, words, ReportScope(day, since), head="1:a")
        since = day
    assert list(series_reports(found, words, (), head="1:a")) == []


def test_a_series_is_written_with_an_index_that_leads_to_every_report(tmp_path: Path) -> None:
    asked = series_days(date(2022, 3, 1), date(2022, 3, 15), "week")
    records = known(golden_records())

    def write(folder: Path, fmt: str, *, force: bool = False) -> None:
        reports = series_reports(records, golden_codebook(), series_scopes(asked), head="1:a")
        write_series(reports, asked, SeriesTarget(folder, fmt, force=force))

    folder = tmp_path / "one" / "series"
    write(folder, "html")
    page = Page((folder / "index.html").read_text())
    assert page.values("href") == ["2022-03-01.html", "2022-03-08.html", "2022-03-15.html"]
    assert all((folder / name).is_file() for name in page.values("href"))
    expected = build_report(records, golden_codebook(), ReportScope(asked[1], asked[0]), head="1:a")
    assert (folder / "2022-03-08.html").read_bytes() == report_bytes(expected, "html")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(WorkspaceError, match="exists already"):
        write(folder, "html")
    write(folder, "html", force=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    write(tmp_path / "tables", "csv")
    assert (tmp_path / "tables" / "2022-03-15.zip").is_file()
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="cannot be made"):
        write(tmp_path / "file" / "series", "html")
