from __future__ import annotations

from typing import Any

import pytest

from tests.positions.cli.test_cli import run

__all__ = ["run"]


def test_movement_as_json_has_the_promised_keys(run: Any) -> None:
    answer = run("movement", "RUS", "UKR", "--from", "2022-02-25", "--to", "2022-02-28", "--format", "json").json
    promised = {"parties", "from", "to", "change", "movement", "coverage_effect", "issues", "ledger", "verdict"}
    assert promised | {"from_asked", "level_band", "rests_on", "parts", "head"} <= set(answer)
    assert sum(answer["parts"].values()) == pytest.approx(answer["change"], abs=1e-12)
    assert {"issue", "change", "share"} <= set(answer["issues"][0])
    keys = {"statement", "said_on", "holder", "issue", "element", "before", "after", "contribution"}
    assert keys <= set(answer["ledger"][0])
    for issue in answer["issues"]:
        told = [row["contribution"] or 0 for row in answer["ledger"] if row["issue"] == issue["issue"]]
        assert sum(told) == pytest.approx(issue["change"], abs=1e-12)


def test_movement_on_the_shipped_case_reads_true(run: Any) -> None:
    """Until 25 February nothing could be compared; on the 27th Ukraine ruled out Belarus and offered other cities."""
    answer = run("movement", "RUS", "UKR", "--from", "2022-02-24", "--to", "2022-02-28", "--format", "json").json
    assert (answer["from"], answer["from_asked"]) == ("2022-02-25", "2022-02-24")
    assert (answer["movement"], answer["verdict"]) == (pytest.approx(1 / 3), "further apart")
    assert answer["rests_on"] == ["Al Jazeera", "Unidentified outlet (003)"]
    assert answer["entered"] == []
    belarus = [row for row in answer["ledger"] if (row["holder"], row["element"]) == ("UKR", "belarus")]
    assert [(row["said_on"], row["before"], row["after"]) for row in belarus] == [("2022-02-27", [1, 1], [-2, -2])]
    told = run("movement", "RUS", "UKR", "--from", "2022-02-25", "--to", "2022-02-28").out
    assert "Russia and Ukraine moved further apart by 0.33, resting on reports of Al Jazeera and" in told
    assert "Ukraine moved on Venue +1.00" in told


def test_demands_list_who_wants_what_and_the_links_between(run: Any) -> None:
    answer = run("demands", "--as-of", "2022-04-14", "--format", "json").json
    who = ("demander", "addressee", "issue", "element")
    found = {tuple(row[key] for key in who): row["status"] for row in answer["demands"]}
    assert found["RUS", "UKR", "neutrality", None] == "leaning"
    assert found["USA", "RUS", "preconditions", "halt-attacks"] == "unanswered"
    assert found["UKR", "RUS", "ceasefire", None] == "refused"
    assert ("talks", "preconditions/halt-attacks") in {(link["after"], link["before"]) for link in answer["links"]}
    assert answer["deadlocks"] == []
    assert "only with or after" in run("demands", "--as-of", "2022-04-14").out


def test_demands_over_time_tell_each_turn(run: Any) -> None:
    turns = run("demands", "--over-time", "--format", "json").json["turns"]
    ceasefire = [(turn["day"], turn["before"], turn["status"]) for turn in turns if turn["issue"] == "ceasefire"]
    assert ceasefire == [("2022-02-25", None, "unanswered"), ("2022-04-14", "unanswered", "refused")]
    assert "refused" in run("demands", "--over-time").out


def test_common_ground_tells_what_is_open(run: Any) -> None:
    told = run("common-ground", "--as-of", "2022-02-27").out
    assert "Venue: no common ground. Open, since nobody rejects it: Warsaw, Bratislava" in told
    answer = run("common-ground", "--as-of", "2022-02-27", "--party", "RUS", "--party", "UKR", "--format", "json").json
    venue = next(row for row in answer["common_ground"] if row["issue"] == "venue")
    assert "minsk" not in venue["open"]
    assert run("common-ground", "--party", "XXX").code == 2


def test_conflicts_tell_outlets_claims_and_what_hangs_on_one(run: Any) -> None:
    answer = run("conflicts", "--as-of", "2022-02-27", "--format", "json").json
    assert answer["disagreements"] == []
    pair = next(row for row in answer["leave_one_out"] if row["parties"] == ["RUS", "UKR"])
    assert pair["widest"] == "Unidentified outlet (003)"
    assert {claim["against"] for claim in answer["claims"]} == {"agrees", "differs", "holder is silent"}
    assert "others claim" in run("conflicts", "--as-of", "2022-02-27").out
    run("correct", "002-18", "--stance", "2", "--reason", "read as a call for it")
    told = run("conflicts", "--as-of", "2022-02-27").out
    assert "Ukraine on Ceasefire, by outlet: Al Jazeera: for it now; Antiwar.com: ready to discuss it" in told


@pytest.mark.parametrize("command", ["demands", "common-ground"])
def test_tables_come_as_csv(run: Any, command: str) -> None:
    lines = run(command, "--as-of", "2022-02-27", "--format", "csv").out.splitlines()
    assert "issue" in lines[0].split(",")
    assert len(lines) > 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("movement", "RUS", "UKR", "--from", "2022-02-28", "--to", "2022-02-25"), "from: found 2022-02-28, allowed"),
        (("movement", "RUS", "UKR", "--from", "2022-01-01", "--to", "2022-02-25"), "before the first statement"),
        (("movement", "RUS", "UKR", "--from", "2022-02-25"), "Missing option '--to'"),
        (("demands", "--as-of", "2999-01-01"), "in the future"),
    ],
)
def test_a_wrong_call_is_told(run: Any, words: tuple[str, ...], told: str) -> None:
    found = run(*words)
    assert found.code == 2
    assert told in found.err
