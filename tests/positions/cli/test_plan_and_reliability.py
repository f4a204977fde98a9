from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from positions.cli import main
from positions.cli.commands import COMMANDS
from tests.conftest import ROOT

ISTANBUL, MINSK = (ROOT / "docs" / f"plan-{name}.toml" for name in ("istanbul", "minsk-venue"))
CODING = [ROOT / "data" / "coding" / f"{name}.jsonl" for name in ("first", "second")]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shipped: Path) -> Any:
    """Call the command line on a copy of the shipped case: exit code, output, errors."""
    monkeypatch.setenv("POSITIONS_DATA", str(shipped))
    for name in ("reliability", "plan"):
        monkeypatch.setitem(COMMANDS, name, (f"positions.cli.{name}", name))

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["positions", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out.replace("\u00a0", " "), told.err

    return call


@pytest.mark.parametrize("command", ["reliability", "plan"])
def test_help_tells_the_arguments(run: Any, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert (code, out.startswith(f"Usage: positions {command}")) == (0, True)
    assert "FILE" in out


def test_reliability_of_the_double_coding_as_a_table(run: Any) -> None:
    code, out, _ = run("reliability", *CODING)
    assert code == 0
    assert "2 coders on 000, 003: of 66 units coded by anybody 62 were coded by two" in out
    assert "α = 0.965 (95 % interval 0.930 to 0.986, resampling 2 documents) on what was coded at all" in out
    assert "nobody differs here, so it cannot show how sure that is" in out
    assert "Stance: Venue" in out
    assert "ordinal" in out
    assert "no variation" in out


def test_reliability_as_json_and_csv_has_the_same_rows(run: Any) -> None:
    answer = json.loads(run("reliability", *CODING, "--format", "json")[1])
    assert (answer["coders"], answer["documents"]) == (["coder-1", "coder-2"], ["000", "003"])
    rows = list(csv.DictReader(io.StringIO(run("reliability", *CODING, "--format", "csv")[1])))
    assert [row["issue"] for row in rows] == [row["issue"] or "" for row in answer["rows"]]
    venue = next(row for row in answer["rows"] if row["issue"] == "venue")
    assert (venue["alpha"], venue["units"], venue["metric"], venue["agreement"]) == (1, 22, "ordinal", 1)
    assert (venue["low"], venue["high"], venue["documents"]) == (1, 1, 2)
    coded = answer["rows"][-1]
    assert coded["low"] < coded["alpha"] < coded["high"]
    neutrality = next(row for row in answer["rows"] if row["issue"] == "neutrality")
    assert (neutrality["low"], neutrality["interval_reason"]) == (None, "too few documents")


def test_what_the_coders_differ_on_is_listed_with_what_each_made_of_it(run: Any) -> None:
    out = run("reliability", *CODING)[1]
    assert "They differ on 7 units: 4 passed over by somebody and 3 of another voice." in out
    assert "000, United States, Peace talks: coder-1: sceptical, self (000-1-22); coder-2: sceptical, framing" in out
    differences = json.loads(run("reliability", *CODING, "--format", "json")[1])["differences"]
    assert len(differences) == 7
    assert [row["coder"] for row in differences[0]] == ["coder-1", "coder-2"]
    rows = list(csv.DictReader(io.StringIO(run("reliability", *CODING, "--differences", "--format", "csv")[1])))
    assert [row["voice"] for row in rows] == [row["voice"] or "" for pair in differences for row in pair]


def test_without_samples_there_are_no_intervals(run: Any) -> None:
    rows = json.loads(run("reliability", *CODING, "--resamples", 0, "--format", "json")[1])["rows"]
    assert {row["low"] for row in rows} == {None}


def test_reliability_of_the_book_says_why_there_is_none(run: Any) -> None:
    code, out, _ = run("reliability")
    assert code == 0
    assert "1 coder: agreement cannot be computed, no document has statements by two coders." in out
    rows = json.loads(run("reliability", "--format", "json")[1])["rows"]
    assert {row["alpha"] for row in rows} == {None}
    assert all(row["reason"] for row in rows)


def test_reliability_of_one_coders_file_says_why_there_is_none(run: Any) -> None:
    code, out, _ = run("reliability", CODING[0])
    assert (code, "no document has statements by two coders" in out) == (0, True)


def test_a_coding_file_with_findings_or_none_at_all_is_told(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "third.jsonl"
    path.write_text("{}\n")
    code, out, err = run("reliability", path)
    assert (code, out) == (1, "")
    assert "third.jsonl:1 document: missing" in err
    code, _, err = run("reliability", tmp_path / "none.jsonl")
    assert code == 2
    assert "cannot be read" in err


def test_a_plan_is_told_clause_by_clause_and_party_by_party(run: Any) -> None:
    code, out, _ = run("plan", MINSK, "--as-of", "2022-02-27")
    assert code == 0
    assert "Talks in Minsk on neutrality, 25 February 2022: as of 27 February 2022" in out
    assert "Venue: Minsk: backs it" in out
    assert "rejects, 1.00: rejects it" in out
    assert "Russia accepts 3 of 3 clauses" in out
    assert "Ukraine accepts 2 and rejects 1 of 3 clauses; it is 0.33 from the plan" in out
    assert "on 33 % of it, which is thin" in out


def test_a_plan_is_measured_on_the_day_asked_about(run: Any) -> None:
    def verdicts(day: str) -> dict[str, str]:
        answer = json.loads(run("plan", MINSK, "--as-of", day, "--party", "UKR", "--format", "json")[1])
        return {clause["issue"]: clause["verdict"] for clause in answer["parties"][0]["clauses"]}

    assert verdicts("2022-02-25")["venue"] == "accepts"
    assert verdicts("2022-02-27")["venue"] == "rejects"


def test_a_plan_as_json_and_csv_has_the_promised_keys(run: Any) -> None:
    answer = json.loads(run("plan", ISTANBUL, "--format", "json")[1])
    assert {"as_of", "head", "title", "date", "note", "parties"} == set(answer)
    assert {"party", "distance", "thin", "lo", "hi", "coverage", "clauses"} == set(answer["parties"][0])
    rows = list(csv.DictReader(io.StringIO(run("plan", ISTANBUL, "--format", "csv")[1])))
    assert len(rows) == sum(len(party["clauses"]) for party in answer["parties"]) == 27
    assert set(rows[0]) == set(answer["parties"][0]["clauses"][0])


def test_two_plans_are_compared(run: Any) -> None:
    code, out, _ = run("plan", ISTANBUL, MINSK, "--as-of", "2022-04-14")
    assert code == 0
    assert "only in the second" in out
    assert "is closer to" not in out, "the bounds overlap for all"
    assert "Ukraine may be closer to either, “Istanbul communiqué”" in out
    answer = json.loads(run("plan", ISTANBUL, MINSK, "--as-of", "2022-04-14", "--format", "json")[1])
    assert answer["closer"] == {"RUS": "undecided", "UKR": "undecided", "USA": "undecided"}
    assert [plan["title"] for plan in answer["plans"]] == ["Istanbul communiqué", "Talks in Minsk on neutrality"]
    rows = list(csv.DictReader(io.StringIO(run("plan", ISTANBUL, MINSK, "--format", "csv")[1])))
    assert [row["issue"] for row in rows] == [row["issue"] for row in answer["clauses"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("plan", "none.toml"), "none.toml: cannot be read"),
        (("plan", MINSK, "--party", "XXX"), "party: found 'XXX', allowed: BLR"),
        (("plan", MINSK, "--as-of", "2022-01-01"), "before the first statement"),
        (("plan",), "Missing argument 'FILE'"),
    ],
)
def test_a_wrong_call_ends_in_one_clear_line_and_code_2(run: Any, words: tuple[object, ...], told: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_a_plan_that_breaks_a_rule_ends_in_its_findings_and_code_1(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINSK.read_text().replace('"minsk"', '"minks"').replace('issue = "talks"', 'issue = "talk"'))
    code, _, err = run("plan", path)
    assert code == 1
    assert "clauses.issue: found 'talk', allowed:" in err
    assert "clauses.element: found 'minks', allowed:" in err


def test_neither_command_imports_anything_heavy_for_its_help() -> None:
    code = "import sys, positions.cli.plan\nprint(sorted({'numpy', 'pandas', 'dash'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
