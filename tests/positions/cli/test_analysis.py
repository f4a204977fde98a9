from __future__ import annotations

import re
from typing import Any

import pytest

from tests.positions.cli.test_cli import run

__all__ = ["run"]


def test_movement_as_json_has_the_promised_keys(run: Any) -> None:
    answer = run("movement", "RUS", "UKR", "--from", "2022-02-24", "--to", "2022-02-28", "--format", "json").json
    promised = {
        "parties",
        "from",
        "from_asked",
        "to",
        "head",
        "verdict",
        "level_band",
        "rests_on",
        "change",
        "movement",
    }
    assert promised | {"coverage_effect", "parts", "issues", "entered", "left", "ledger"} == set(answer)
    assert list(answer["parts"]) == ["movement", "entered", "left", "framing"]
    assert sum(answer["parts"].values()) == pytest.approx(answer["change"], abs=1e-12)
    assert answer["from_asked"] == "2022-02-24" < answer["from"]
    issue = {"issue", "verdict", "level_band", "rests_on", "change", "contribution", "share"}
    assert all(set(row) == issue for row in answer["issues"])
    keys = {"statement", "said_on", "holder", "issue", "element", "before", "after", "contribution"}
    assert keys <= set(answer["ledger"][0])
    for issue in answer["issues"]:
        told = [row["contribution"] or 0 for row in answer["ledger"] if row["issue"] == issue["issue"]]
        assert sum(told) == pytest.approx(issue["change"], abs=1e-12)


def test_from_an_offer_to_its_refusal_is_a_finding_that_rests_on_both_reports(run: Any) -> None:
    """One outlet tells that Ukraine accepts Minsk, another on the 27th that it rules out Belarus."""
    window = ("--from", "2022-02-25", "--to", "2022-02-28")
    answer = run("movement", "RUS", "UKR", *window, "--format", "json").json
    assert answer["verdict"] == "further apart"
    assert len(answer["rests_on"]) > 1
    belarus = [row for row in answer["ledger"] if (row["holder"], row["element"]) == ("UKR", "belarus")]
    assert [(row["said_on"], row["before"], row["after"]) for row in belarus] == [("2022-02-27", [1, 1], [-2, -2])]
    told = run("movement", "RUS", "UKR", *window).out
    assert "further apart on Venue (0.00 → 1.00)" in told
    assert "resting on reports of " in told
    assert "Ukraine moved on Venue (away by 1.00)" in told
    assert "+0.00" not in told


def test_compare_as_json_tells_how_sensitive_the_distance_is(run: Any) -> None:
    answer = run("compare", "RUS", "UKR", "--as-of", "2022-02-27", "--format", "json").json
    least, greatest = answer["sensitivity"]
    assert least <= answer["distance"] <= greatest
    silent = run("compare", "RUS", "UKR", "--as-of", "2022-01-31", "--format", "json").json
    assert (silent["distance"], silent["sensitivity"]) == (None, None)


def test_state_as_json_tells_ages_what_is_stale_and_what_is_outranked(run: Any) -> None:
    positions = run("state", "--as-of", "2022-04-14", "--format", "json").json["positions"]
    assert {"age_days", "oldest_days", "outranked", "stale"} <= set(positions[0])
    for position in positions:
        assert position["oldest_days"] is None or position["oldest_days"] >= position["age_days"]
    assert any(position["stale"] for position in positions)


def test_demands_list_who_wants_what_and_the_links_between(run: Any) -> None:
    answer = run("demands", "--as-of", "2022-04-14", "--format", "json").json
    who = ("demander", "addressee", "issue", "element")
    found = {tuple(row[key] for key in who): row["status"] for row in answer["demands"]}
    assert found["RUS", "UKR", "neutrality", None] == "leaning"
    assert found["UKR", "RUS", "ceasefire", None] == "refused"
    assert {"reported", "answer_reported"} <= set(answer["demands"][0])
    assert answer["links"]
    assert answer["deadlocks"] == []
    told = run("demands", "--as-of", "2022-04-14").out
    assert "only with or after" in told
    assert not any(link["statement"] in told for link in answer["links"]), "no ids in sentences"


def test_demands_over_time_tell_each_turn(run: Any) -> None:
    turns = run("demands", "--over-time", "--format", "json").json["turns"]
    ceasefire = [(turn["day"], turn["before"], turn["status"]) for turn in turns if turn["issue"] == "ceasefire"]
    assert ceasefire == [("2022-02-25", None, "unanswered"), ("2022-04-14", "unanswered", "refused")]
    assert "refused" in run("demands", "--over-time").out


def test_common_ground_tells_what_is_open(run: Any) -> None:
    told = run("common-ground", "--as-of", "2022-02-27").out
    assert "Venue: no common ground. Open, since nobody rejects it: Warsaw, Bratislava" in told
    assert "only Russia has spoken" not in told
    assert "has not said." in told
    answer = run("common-ground", "--as-of", "2022-02-27", "--party", "RUS", "--party", "UKR", "--format", "json").json
    venue = next(row for row in answer["common_ground"] if row["issue"] == "venue")
    assert "minsk" not in venue["open"]
    assert venue["openings"]
    assert {tuple(opening) for row in answer["common_ground"] for opening in row["openings"]} == {("party", "by", "to")}
    neutrality = next(row for row in answer["common_ground"] if row["issue"] == "neutrality")
    assert {opening["party"] for opening in neutrality["openings"]} == {"RUS", "UKR"}, "no side by an arbitrary order"
    assert run("common-ground", "--party", "XXX").code == 2


def test_conflicts_tell_what_others_claim_and_what_hangs_on_one_outlet(run: Any) -> None:
    answer = run("conflicts", "--as-of", "2022-02-27", "--format", "json").json
    pair = next(row for row in answer["leave_one_out"] if row["parties"] == ["RUS", "UKR"])
    assert pair["lowest"] < pair["highest"]
    assert pair["widest"] in pair["without"]
    assert {claim["against"] for claim in answer["claims"]} == {"agrees", "differs", "holder is silent"}
    relayed = next(claim for claim in answer["claims"] if claim["statement"] == "002-10")
    assert (relayed["holder"], relayed["issue"], relayed["element"]) == ("BLR", "venue", "minsk")
    told = run("conflicts", "--as-of", "2022-02-27").out
    assert "others claim" in told
    assert "against its own word of that day" in told
    assert re.search(r"Ukraine +Peace talks .* Dmitry Peskov, Kremlin spokesman +25 February 2022", told)
    assert not any(claim["statement"] in told for claim in answer["claims"]), "ids are for programs"
    run("correct", "002-18", "--stance", "2", "--reason", "read as a call for it")
    told = run("conflicts", "--as-of", "2022-02-27").out
    assert "Ukraine on Ceasefire, by outlet: Al Jazeera: for it now; Antiwar.com: ready to discuss it" in told


def test_a_window_from_before_the_first_statement_starts_where_the_two_can_be_compared(run: Any) -> None:
    early = run("movement", "RUS", "UKR", "--from", "2022-01-01", "--to", "2022-02-28", "--format", "json").json
    later = run("movement", "RUS", "UKR", "--from", "2022-02-25", "--to", "2022-02-28", "--format", "json").json
    assert (early["from_asked"], early["from"]) == ("2022-01-01", "2022-02-25")
    assert early["movement"] == later["movement"]


@pytest.mark.parametrize("command", ["demands", "common-ground"])
def test_tables_come_as_csv(run: Any, command: str) -> None:
    lines = run(command, "--as-of", "2022-02-27", "--format", "csv").out.splitlines()
    assert "issue" in lines[0].split(",")
    assert len(lines) > 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("movement", "RUS", "UKR", "--from", "2022-02-28", "--to", "2022-02-25"), "from: found 2022-02-28, allowed"),
        (("movement", "RUS", "UKR", "--from", "2022-01-01", "--to", "2022-01-02"), "to: found 2022-01-02, before the"),
        (("movement", "RUS", "UKR", "--from", "2022-02-25", "--to", "2999-01-01"), "to: found 2999-01-01, which is in"),
        (("common-ground", "--party", "RUS", "--party", "RUS"), "parties: found only 'RUS', allowed: two different"),
        (("movement", "RUS", "UKR", "--from", "2022-02-25"), "Missing option '--to'"),
        (("demands", "--as-of", "2999-01-01"), "in the future"),
    ],
)
def test_a_wrong_call_is_told(run: Any, words: tuple[str, ...], told: str) -> None:
    found = run(*words)
    assert found.code == 2
    assert told in found.err
