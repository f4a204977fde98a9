from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.positions.cli.test_cli import run

__all__ = ["run"]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_panel_has_the_positions_of_state_on_each_day(run: Any) -> None:
    found = rows(run("panel", "--from", "2022-02-26", "--to", "2022-02-27", "--format", "csv").out)
    state = run("state", "--as-of", "2022-02-27", "--format", "json").json["positions"]
    told = {
        (row["holder"], row["issue"], row["element"], row["stance"], row["statement"], row["oldest_days"], row["stale"])
        for row in found
        if row["day"] == "2022-02-27"
    }
    assert told == {
        (
            *(row["holder"], row["issue"], row["element"] or "", str(row["stance"]), row["basis"][0]),
            *("" if row["oldest_days"] is None else str(row["oldest_days"]), str(row["stale"])),
        )
        for row in state
    }


def test_distances_are_those_of_compare(run: Any) -> None:
    found = rows(run("panel", "--distances", "--format", "csv").out)
    row = next(row for row in found if (row["day"], row["party"], row["other"]) == ("2022-02-27", "RUS", "UKR"))
    whole = run("compare", "RUS", "UKR", "--as-of", "2022-02-27", "--format", "json").json
    assert (float(row["distance"]), row["thin"]) == (whole["distance"], "True")
    by_issue = rows(run("panel", "--distances", "--by-issue", "--format", "csv").out)
    assert {"issue", "weight"} <= set(by_issue[0])


def test_distances_in_json_are_the_numbers_of_compare_to_the_last_digits(run: Any) -> None:
    found = run("panel", "--distances", "--format", "json").json
    row = next(row for row in found if (row["day"], row["party"], row["other"]) == ("2022-02-27", "RUS", "UKR"))
    whole = run("compare", "RUS", "UKR", "--as-of", "2022-02-27", "--format", "json").json
    for name in ("distance", "lo", "hi", "coverage"):
        assert row[name] == pytest.approx(whole[name], abs=1e-14)


def test_a_principal_that_has_said_nothing_is_compared_as_a_silent_one(run: Any) -> None:
    early = ("--known-at", "2026-11-21T23:30:00.000006Z")
    assert {row["holder"] for row in rows(run("panel", *early, "--format", "csv").out)} == {"RUS", "UKR"}
    found = rows(run("panel", "--distances", *early, "--format", "csv").out)
    assert [(row["party"], row["other"]) for row in found] == [("RUS", "UKR"), ("RUS", "USA"), ("UKR", "USA")]
    whole = run("compare", "RUS", "USA", *early, "--format", "json").json
    assert (found[1]["distance"], float(found[1]["lo"]), float(found[1]["hi"])) == ("", whole["lo"], whole["hi"])


def test_every_day_wide_and_json_forms(run: Any) -> None:
    wide = rows(run("panel", "--wide", "--every-day", "--from", "2022-02-01", "--format", "csv").out)
    assert len(wide) == 28 + 31 + 14
    assert wide[0]["RUS/talks"] == ""
    assert run("panel", "--distances", "--format", "json").json[0]["day"] == "2022-01-31"
    assert "distance" in run("panel", "--distances").out


def test_a_panel_goes_into_a_file_and_never_over_one_unasked(run: Any, tmp_path: Path) -> None:
    target = tmp_path / "panel.csv"
    assert run("panel", "--format", "csv", "-o", target).code == 0
    assert run("panel", "--format", "csv", "-o", target).code == 2
    assert rows(target.read_text())


def test_as_public_by_an_earlier_day(run: Any) -> None:
    found = rows(run("panel", "--public-by", "2022-02-25", "--format", "csv").out)
    assert {row["statement"][:3] for row in found} == {"000", "004"}
    assert run("panel", "--from", "2022-01-01").code == 2
