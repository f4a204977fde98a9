"""The scripts that decide on candidates, and what looks back on them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from positions.errors import QueryError
from positions.model.revision import Record
from positions.workspace import open_workspace
from tests.conftest import LOGGED
from tests.positions.cli.test_cli import run
from tests.positions.proposing import article, candidates, propose

__all__ = ["run"]


@pytest.fixture
def tell(run: Any, shipped: Path) -> Any:
    """Call the command line on a copy of the shipped case with the example candidates."""
    propose(shipped)
    return run


def listed(tell: Any, *options: str) -> dict[str, str]:
    rows = tell("candidates", "list", "--format", "json", *options).json["candidates"]
    return {row["id"]: row["status"] for row in rows}


def squeezed(table: str) -> str:
    return re.sub(" +", " ", table)


def in_force(folder: Path) -> tuple[Record, ...]:
    with open_workspace(folder) as workspace:
        return workspace.known().records


def test_the_list_is_for_people_and_for_programs(tell: Any) -> None:
    told = squeezed(tell("candidates", "list").out)
    assert "border.2 open Ukraine Venue: Minsk unresolved 28 February 2022 “We will not meet in Minsk,”" in told
    assert "⟨U+202E⟩other⟨U+202C⟩" in told
    assert "3 candidates, head " in told
    row = tell("candidates", "list", "--format", "json").json["candidates"][0]
    assert (row["revision"], row["recorded_by"], row["stance"], row["rung"]) == (1, "machine", 2, "exact")
    lines = tell("candidates", "list", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["border.1", "border.2", "border.3"]
    rows = list(csv.DictReader(io.StringIO(tell("candidates", "list", "--format", "csv").out)))
    assert [row["stance"] for row in rows] == ["2", "", "1"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--unresolved",), ["border.2"]),
        (("--issue", "talks"), ["border.1", "border.3"]),
        (("--issue", "talks", "--holder", "UKR"), ["border.3"]),
        (("--document", "border", "--status", "open"), ["border.1", "border.2", "border.3"]),
        (("--document", "003"), []),
        (("--status", "accepted"), []),
    ],
)
def test_the_list_is_narrowed(tell: Any, options: tuple[str, ...], found: list[str]) -> None:
    assert list(listed(tell, *options)) == found


def test_candidates_are_accepted_all_or_none(tell: Any, shipped: Path) -> None:
    before = len(in_force(shipped))
    refused = tell("candidates", "accept", "border.1", "border.2", "border.3", "--coder", "anna")
    assert (refused.code, refused.out) == (1, "")
    assert "border.2 stance: unresolved, allowed: 2 (backs it)" in refused.err
    assert len(in_force(shipped)) == before
    told = tell("candidates", "accept", "border.1", "border.3", "--coder", "anna").out
    assert "accepted border.1 as border-01: RUS talks/ +2\naccepted border.3 as border-02: UKR talks/ +1\n" in told
    assert len(in_force(shipped)) == before + 2
    assert (
        "accepted border.2 as border-03: UKR venue/minsk -2"
        in tell("candidates", "accept", "border.2", "--set", "stance=-2", "--set", "note=read twice").out
    )
    assert listed(tell, "--status", "open") == {}


def test_all_that_is_wrong_is_told_at_once(tell: Any) -> None:
    told = tell("candidates", "accept", "border.1", "border.3", "--set", "stance=9", "--set", "holder=XXX")
    assert told.code == 1
    assert "border.1 stance: found 9" in told.err
    assert "border.3 stance: found 9" in told.err
    assert "border.3 holder: found 'XXX'" in told.err


def test_where_chooses_and_a_dry_run_records_nothing(tell: Any, shipped: Path) -> None:
    told = tell(
        "candidates", "reject", "--where", "issue=talks", "--where", "coder=rules-1", "--reason", "x", "--dry-run"
    )
    assert told.out.startswith("would have rejected border.1\nwould have rejected border.3\nhead ")
    assert set(listed(tell).values()) == {"open"}
    tell("candidates", "reject", "--where", "stance=", "--reason", "no stance in it", "--coder", "ben")
    assert listed(tell) == {"border.1": "open", "border.2": "rejected", "border.3": "open"}
    assert "accepted 0 candidates: none that is open fits" in tell("candidates", "accept", "--where", "stance=").out
    tell("candidates", "accept", "--where", "status=open")
    assert set(listed(tell, "--status", "accepted")) == {"border.1", "border.3"}
    assert len(in_force(shipped)) == 119


def test_decisions_are_undone(tell: Any, shipped: Path) -> None:
    tell("candidates", "accept", "border.1")
    tell("candidates", "reject", "border.2", "--reason", "no")
    told = tell("candidates", "reopen", "--where", "document=border", "--reason", "by mistake").out
    assert "reopened border.1, retracted border-01\nreopened border.2\n" in told
    assert set(listed(tell).values()) == {"open"}
    assert len(in_force(shipped)) == 117


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("accept",), "give either IDs or --where FIELD=VALUE"),
        (("accept", "border.1", "--where", "issue=talks"), "give either IDs or --where FIELD=VALUE"),
        (("accept", "--where", "talks"), "found 'talks', allowed: FIELD=VALUE"),
        (("accept", "--where", "colour=red"), "where: found 'colour', allowed: "),
        (("accept", "--where", "issue=weather"), "issue: found 'weather', allowed: "),
        (("accept", "000-01"), "id: found '000-01', which is no candidate"),
        (("reject", "border.1"), "Missing option '--reason'"),
        (("reopen", "border.1"), "border.1: is open, there is nothing to undo"),
        (("list", "--issue", "weather"), "issue: found 'weather', allowed: "),
        (("list", "--document", "nowhere"), "document: found 'nowhere', which was never recorded"),
        (("list", "--status", "maybe"), "'maybe' is not one of"),
    ],
)
def test_a_wrong_call_is_told_with_code_2(tell: Any, words: tuple[str, ...], told: str) -> None:
    found = tell("candidates", *words)
    assert (found.code, found.out) == (2, "")
    assert told in found.err


def test_a_second_decision_names_the_winner(tell: Any) -> None:
    tell("candidates", "reject", "border.1", "--reason", "no stance", "--coder", "ben")
    told = tell("candidates", "accept", "border.1", "border.3", "--coder", "anna")
    assert told.code == 2
    assert "border.1: was rejected by ben at " in told.err
    assert "(no stance) already" in told.err
    assert listed(tell)["border.3"] == "open"


def test_history_log_and_show_tell_what_became_of_a_candidate(tell: Any) -> None:
    tell("candidates", "accept", "border.2", "--set", "stance=-2", "--coder", "anna")
    told = squeezed(tell("history", "border.2").out)
    assert "UKR venue/minsk unresolved, self, 2022-02-28, open" in told
    assert "UKR venue/minsk unresolved, self, 2022-02-28, accepted amended stance" in told
    rows = tell("log", "-n", "2", "--format", "json").json["revisions"]
    assert [(row["kind"], row["id"]) for row in rows] == [("candidate", "border.2"), ("statement", "border-01")]
    shown = tell("show", "border.2").out
    assert "border.2  Ukraine · Venue: Minsk · unresolved" in shown
    assert "status      was accepted as border-01 by anna at " in shown
    assert "status      is open" in tell("show", "border.1").out
    assert "\x1b" not in tell("show", "border.1").out
    assert tell("show", "border.2", "--format", "json").json["status"] == "accepted"
    assert "proposed by rules-1" in tell("show", "border-01").out


def test_positions_panels_exports_and_files_know_nothing_of_candidates(
    tell: Any, shipped: Path, tmp_path: Path
) -> None:
    ask = ("state", "--as-of", "2022-02-28", "--format", "json")
    basis = {reference for row in tell(*ask).json["positions"] for reference in row["basis"]}
    assert not [reference for reference in basis if reference.startswith("border")]
    assert "border." not in tell("panel", "--format", "csv").out
    assert "wrote 117 statements" in tell("export", tmp_path / "all.csv").out
    with open_workspace(shipped) as workspace:
        assert len(workspace.statements()) == 117
        assert len(workspace.columns()) == workspace.head.seq == LOGGED + 4
    assert "0 findings" in tell("verify").out


def test_decisions_go_round_through_the_published_text(tell: Any, tmp_path: Path) -> None:
    tell("candidates", "accept", "border.1")
    tell("candidates", "reject", "border.2", "--reason", "no")
    folder = tmp_path / "out" / "data"
    assert f"wrote {LOGGED + 7} revisions" in tell("export", folder).out
    assert "loaded 0 new revisions" in tell("load", folder).out
    assert tell("validate", "--data", folder).out.endswith("0 findings\n")
    with open_workspace(folder) as copy:
        assert [item.candidate.status for item in copy.candidates()] == ["accepted", "rejected", "open"]
        assert f"head {copy.head}" in tell("verify").out
    path = folder / "candidates.jsonl"
    path.write_text(
        path.read_text().replace('"holder": "UKR"', '"holder": "XXX"').replace('"rung": "exact"', '"rung": 1')
    )
    broken = tell("validate", "--data", folder)
    assert broken.code == 1
    assert "candidates.jsonl:1 rung: found 1, allowed: 'exact', 'space', 'marks' or 'letters'" in broken.out


def test_the_door_gives_frozen_records(tell: Any, shipped: Path) -> None:
    del tell
    with open_workspace(shipped) as workspace:
        found = workspace.candidates(status="open", holder="UKR")
        assert tuple(item.candidate for item in found) == candidates()[1:]
        assert workspace.document("border") == article()
        assert workspace.document("nowhere") is None
        with pytest.raises(AttributeError, match="cannot assign to field 'reason'"):
            found[0].reason = "changed"  # type: ignore[misc]
        with pytest.raises(QueryError, match="party: found 'XXX'"):
            workspace.candidates(holder="XXX")
