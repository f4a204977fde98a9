from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from positions.cli import main
from positions.cli.commands import COMMANDS


class Told:
    """What one call of the command line printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shipped: Path) -> Any:
    """Call the command line on a copy of the shipped case."""
    monkeypatch.setenv("POSITIONS_DATA", str(shipped))

    def call(*words: object) -> Told:
        monkeypatch.setattr(sys, "argv", ["positions", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Told(int(ended.value.code or 0), told.out, told.err)

    return call


def test_the_overview_names_every_command(run: Any) -> None:
    told = run("--help")
    assert told.code == 0
    assert all(name in told.out for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Any, command: str) -> None:
    told = run(command, "--help")
    assert told.code == 0
    assert told.out.startswith(f"Usage: positions {command}")


def test_state_as_json_has_the_promised_keys(run: Any) -> None:
    answer = run("state", "--as-of", "2022-02-27", "--format", "json").json
    assert {"as_of", "known_at", "positions", "head"} <= set(answer)
    promised = {"holder", "issue", "element", "stance", "stance_to", "value", "since", "age_days"}
    assert all(promised | {"reported", "contested", "basis"} <= set(row) for row in answer["positions"])
    budapest = [row for row in answer["positions"] if (row["holder"], row["element"]) == ("UKR", "budapest")]
    assert [(row["stance"], row["since"], row["said_of"]) for row in budapest] == [(2, "2022-02-27", "budapest")]


def test_state_shows_no_position_first_stated_later(run: Any) -> None:
    answer = run("state", "--as-of", "2022-02-24", "--format", "json").json
    assert {row["holder"] for row in answer["positions"]} == {"RUS", "UKR"}
    assert all(row["since"].rpartition("/")[2] <= "2022-02-24" for row in answer["positions"])


def test_compare_as_json_tells_who_is_for_and_against_which_place(run: Any) -> None:
    answer = run("compare", "RUS", "UKR", "--as-of", "2022-02-27", "--format", "json").json
    assert {"parties", "as_of", "distance", "thin", "lo", "hi", "coverage", "issues"} <= set(answer)
    issues = {issue["issue"]: issue for issue in answer["issues"]}
    for name in ("talks", "neutrality", "venue"):
        assert issues[name]["distance"] is not None
        assert {"issue", "kind", "distance", "lo", "hi", "gap", "common_ground", "weight"} <= set(issues[name])
    places = {part["element"]: part["stances"] for part in issues["venue"]["parts"]}
    assert places["minsk"]["RUS"]["stance"] > 0 > places["minsk"]["UKR"]["stance"]
    proposed = {place for place, stances in places.items() if (stances["UKR"] or {}).get("stance") == 2}
    assert proposed == {"warsaw", "bratislava", "budapest", "istanbul", "baku"}


def test_csv_has_a_row_for_each_position(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run("state", "--as-of", "2022-02-27", "--format", "csv").out)))
    answer = run("state", "--as-of", "2022-02-27", "--format", "json").json
    assert len(rows) == len(answer["positions"])
    assert {row["stance"] for row in rows} == {"-2", "-1", "1", "2"}
    assert run("compare", "RUS", "UKR", "--format", "csv").out.startswith("issue,kind,distance,lo,hi,gap")


def test_tables_read_as_sentences(run: Any) -> None:
    assert "Venue: Warsaw" in run("state", "--as-of", "2022-02-27").out
    told = run("compare", "RUS", "UKR", "--as-of", "2022-02-27").out
    assert "As of 27 February 2022: Russia and Ukraine are 0.42 apart [0.05, 0.71] on 43\u00a0% of the agenda" in told
    assert "Silent on everything: United States." in run("state", "--as-of", "2022-02-24").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("state", "--as-of", "2022-02-30"), "--as-of: found '2022-02-30', allowed: a day of the calendar"),
        (("state", "--as-of", "2999-01-01"), "as-of: found 2999-01-01, which is in the future"),
        (("state", "--as-of", "2022-01-01"), "before the first statement on 31 January 2022"),
        (("state", "--known-at", "2999-01-01"), "which is in the future"),
        (("state", "--public-by", "soon"), "--public-by: found 'soon'"),
        (("state", "--party", "RSU"), "party: found 'RSU', allowed: BLR"),
        (("compare", "RUS", "RUS"), "found 'RUS' twice"),
        (("compare", "RUS", "XXX"), "party: found 'XXX', allowed: BLR"),
        (("state", "--data", "/nowhere"), "/nowhere: no workspace"),
        (("validate", "--data", "/nowhere"), "/nowhere: no workspace"),
        (("nothing",), "No such command 'nothing'"),
    ],
)
def test_a_wrong_call_ends_in_one_clear_line_and_code_2(run: Any, words: tuple[str, ...], told: str) -> None:
    found = run(*words)
    assert (found.code, found.out) == (2, "")
    assert told in found.err
    assert "Traceback" not in found.err


def test_public_by_shows_what_a_reader_could_know(run: Any) -> None:
    answer = run("state", "--as-of", "2022-02-27", "--public-by", "2022-02-25", "--format", "json").json
    basis = {reference for row in answer["positions"] for reference in row["basis"]}
    assert {reference[:3] for reference in basis} == {"000", "004"}


def test_validate_is_clean_on_the_shipped_case_and_tells_findings_with_code_1(run: Any, shipped: Path) -> None:
    assert run("validate").code == 0
    path = shipped / "statements.jsonl"
    path.write_bytes(path.read_bytes()[:-5])
    for database in shipped.glob("positions.db*"):  # a book that holds the line would mend the text
        database.unlink()
    found = run("validate")
    assert found.code == 1
    assert "statements.jsonl:182" in found.out
    broken = run("state")
    assert broken.code == 1
    assert "statements.jsonl:182" in broken.err


def test_init_makes_a_workspace_that_is_clean_and_says_that_it_is_empty(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run("init", folder).code == 0
    assert run("validate", "--data", folder).code == 0
    assert "nothing is known yet" in run("state", "--data", folder).err
    again = run("init", folder)
    assert again.code == 2
    assert "is a workspace already" in again.err


def test_schema_prints_json_schemas(run: Any) -> None:
    assert set(run("schema").json) == {"codebook", "lexicon", "document", "statement", "candidate", "report"}
    properties = run("schema", "statement").json["properties"]
    assert {"quote", "speaker", "holder", "voice", "said_on", "condition_for"} <= set(properties)


def test_snapshot_writes_a_file_and_never_over_one_unasked(run: Any, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    assert run("snapshot", "--as-of", "2022-02-27", "-o", target).code == 0
    assert "27 February 2022" in target.read_text()
    refused = run("snapshot", "--as-of", "2022-02-27", "-o", target)
    assert refused.code == 2
    assert "exists already" in refused.err
    assert run("snapshot", "--as-of", "2022-02-27", "-o", target, "--force").code == 0
    assert run("snapshot", "-o", tmp_path / "no" / "such.html").code == 2


def test_snapshot_prints_json_and_markdown(run: Any) -> None:
    assert run("snapshot", "--as-of", "2022-02-27", "--format", "json").json
    assert run("snapshot", "--as-of", "2022-02-27", "--format", "md").out.startswith("# ")


def test_a_reader_that_stops_early_is_no_error(shipped: Path) -> None:
    command = f"{sys.executable} -m positions state --format json | head -1"
    environment = {**os.environ, "POSITIONS_DATA": str(shipped)}
    told = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment, check=True)
    assert told.stdout.strip() == "{"
    assert "Traceback" not in told.stderr


def test_the_coding_rules_are_printed_all_or_those_of_an_issue(run: Any) -> None:
    rules = json.loads(run("codebook", "rules", "--format", "json").out)["rules"]
    assert {"one-record", "repeats", "agreed", "fighting"} <= {rule["id"] for rule in rules}
    of_venue = json.loads(run("codebook", "rules", "--issue", "venue", "--format", "json").out)["rules"]
    assert of_venue == [rule for rule in rules if "venue" in rule["issues"]]
    text = run("codebook", "rules", "--issue", "venue").out
    assert text.startswith("A place and the talks in it (Venue, Peace talks)\n")
    unknown = run("codebook", "rules", "--issue", "vanue")
    assert (unknown.code, "allowed" in unknown.err) == (2, True) or unknown.code == 1
