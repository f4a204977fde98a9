from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.positions.cli.test_cli import run

__all__ = ["run"]
DAY = ("snapshot", "--as-of", "2022-02-27")


def test_a_report_of_chosen_parties_and_issues_since_a_day(run: Any) -> None:
    found = run(
        *DAY, "--since", "2022-02-24", "--party", "RUS", "--party", "UKR", "--issue", "venue", "--format", "json"
    )
    asked = found.json["asked"]
    assert (asked["since"], asked["parties"], asked["issues"]) == ("2022-02-24", ["RUS", "UKR"], ["venue"])


def test_a_report_is_rendered_again_from_its_json(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    assert run(*DAY, "--format", "json", "-o", path).code == 0
    assert run("render", path, "--format", "md").out == run(*DAY, "--format", "md").out
    assert run("render", path, "--format", "csv", "-o", tmp_path / "report.zip").code == 0
    assert zipfile.is_zipfile(io.BytesIO((tmp_path / "report.zip").read_bytes()))
    path.write_text("{}")
    refused = run("render", path)
    assert (refused.code, "report.json title: missing" in refused.err) == (1, True)


def test_a_report_is_checked_against_the_log(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert run(*DAY, "-o", path).code == 0
    same = run("snapshot", "--check", path)
    assert (same.code, same.out) == (0, f"{path}: the log gives the same, byte for byte\n")
    path.write_text(path.read_text().replace("saying no to Minsk", "saying yes to Minsk"))
    other = run("snapshot", "--check", path)
    assert other.code == 1
    assert "tells otherwise" in other.out
    assert run("snapshot", "--check", tmp_path / "none.html").code == 2


def test_a_series_is_written_into_a_folder(run: Any, tmp_path: Path) -> None:
    told = run("snapshot", "--every", "week", "--from", "2022-02-20", "--to", "2022-03-06", "-o", tmp_path / "weeks")
    assert told.code == 0
    assert sorted(path.name for path in (tmp_path / "weeks").iterdir()) == [
        "2022-02-20.html",
        "2022-02-27.html",
        "2022-03-06.html",
        "index.html",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--every", "week"), "a series needs a folder"),
        (("--from", "2022-02-20"), "only a series has them"),
        (("--since", "2030-01-01", "--as-of", "2022-02-27"), "allowed: before 2022-02-27"),
        (("--party", "XYZ"), "found 'XYZ'"),
        (("--issue", "weather"), "found 'weather'"),
        (("--template", "no/such/folder"), "which is no folder"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(run: Any, words: tuple[str, ...], told: str) -> None:
    found = run("snapshot", *words)
    assert found.code == 2
    assert told in found.err
    assert "Traceback" not in found.err
