"""The committed data says what the documents say: the traps of each seed, read right."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from positions.model.revision import select_in_force
from positions.model.statement import Statement
from positions.store.published import read_codebook, read_published
from positions.workspace import open_workspace
from positions.workspace.validate import data_findings

ROOT = Path(__file__).parent.parent
LINES = [json.loads(line) for line in (ROOT / "data" / "statements.jsonl").read_text().splitlines()]
IN_FORCE = select_in_force(line.revision for line in read_published(ROOT / "data").lines)
STATEMENTS = {record.statement.id: record.statement for record in IN_FORCE.records}


def about(document: str, words: str, **fields: str) -> list[Statement]:
    """The statements of a document whose quote has the words and whose fields are those given."""
    return [
        said
        for said in STATEMENTS.values()
        if said.document == document
        and words in said.quote
        and all(getattr(said, name) == value for name, value in fields.items())
    ]


def test_the_committed_data_is_clean() -> None:
    assert data_findings(ROOT / "data") == ()


def test_117_statements_of_all_five_documents_are_in_force() -> None:
    assert len(STATEMENTS) == 117
    assert {said.document for said in STATEMENTS.values()} == {"000", "001", "002", "003", "004"}


@pytest.mark.parametrize(
    ("document", "words", "fields"),
    [
        ("000", "Ukraine suggested Warsaw", {"speaker": "kremlin", "holder": "UKR", "voice": "ascribed"}),
        ("000", "I have to refute the claims", {"speaker": "nykyforov", "issue": "talks", "stance": 2}),
        ("000", "a spokesman for Ukrainian President", {"speaker": "nykyforov", "holder": "UKR", "voice": "self"}),
        (
            "001",
            "Kyiv has walked away",
            {"speaker": "putin", "holder": "UKR", "issue": "istanbul-framework", "stance": -2},
        ),
        ("001", "readiness to declare itself", {"speaker": "medinsky", "holder": "UKR", "voice": "ascribed"}),
        ("002", "initial proposal of talks", {"speaker": "zelensky", "said_on": "2022-02-23"}),
        (
            "002",
            "must stop bombing",
            {"holder": "USA", "element": "halt-attacks", "stance": 2, "condition_for": "talks"},
        ),
        ("002", "create the conditions", {"speaker": "lukashenko", "relayed_by": "peskov", "holder": "BLR"}),
        ("003", "Zelensky refuses diplomacy", {"holder": "UKR", "issue": "talks", "stance": -2, "voice": "framing"}),
        ("003", "no intention of occupying", {"holder": "RUS", "issue": "occupation", "stance": -2}),
        ("003", "sanctions package", {"speaker": "lavrov", "said_on": "2022-01"}),
        ("004", "high-level talks", {"speaker": "putin", "relayed_by": "china-foreign-ministry", "voice": "ascribed"}),
        ("004", "integral component", {"holder": "RUS", "issue": "neutrality", "stance": 2, "condition_for": None}),
        ("004", "a demand of Putin", {"holder": "RUS", "issue": "neutrality", "voice": "framing", "speaker": None}),
        ("004", "recognized the self-proclaimed", {"element": "republics-recognition", "voice": "framing"}),
        ("003", "a meeting is feasible", {"holder": "UKR", "issue": "talks", "stance": 2}),
        ("002", "create the conditions", {"issue": "venue", "element": "minsk"}),
        ("002", "sit down at the negotiating table", {"issue": "ceasefire", "stance": 1}),
        ("001", "returned to a deadlock", {"speaker": "putin", "issue": "talks", "stance": -1, "voice": "self"}),
        ("001", "talks in Istanbul", {"holder": "RUS", "element": "istanbul", "stance": 2, "voice": "framing"}),
        ("001", "talks in Istanbul", {"holder": "UKR", "element": "istanbul", "stance": 2, "voice": "framing"}),
        ("001", "congressional aide", {"speaker": "unknown", "speaker_party": None, "voice": "ascribed"}),
        ("004", "<u>said</u>", {"speaker": "kremlin", "element": "minsk", "stance": 2}),
    ],
)
def test_the_traps_are_read_right(document: str, words: str, fields: dict[str, str]) -> None:
    found = [said for said in about(document, words) if all(str(getattr(said, k)) == str(v) for k, v in fields.items())]
    assert found, (document, words, fields)


def test_whoever_leaves_a_list_of_places_to_the_fuller_words_is_not_coded_twice() -> None:
    seen = [(said.speaker, said.holder, said.element, said.quote) for said in about("003", "Warsaw", issue="venue")]
    assert len({element for _, _, element, _ in seen}) == len(seen)


def test_what_the_second_reading_changed_says_why_and_nothing_was_deleted() -> None:
    changed = [line for line in LINES if line.get("action", "add") != "add"]
    assert Counter(line["action"] for line in changed) == {"correct": 9, "retract": 28}
    assert all(line["reason"] and line["recorded_by"] == "second-reading" for line in changed)
    assert len([line for line in LINES if line.get("action", "add") == "add"]) == 145


def test_every_decision_of_the_second_reading_is_the_one_in_force() -> None:
    """The page of decisions has a row for each record: kept, corrected, retracted or added."""
    page = (ROOT / "data" / "coding" / "second_reading" / "decisions.md").read_text()
    rows = [line.split(" | ") for line in page.splitlines() if re.match(r"\| \d{3}-\d{2} ", line)]
    retracted = {row[0].strip("| ") for row in rows if row[2] == "retracted"}
    assert {row[0].strip("| ") for row in rows} - retracted == set(STATEMENTS)
    assert retracted == {line["id"] for line in LINES if line.get("action") == "retract"}


def test_the_codebooks_words_are_neutral_and_its_events_have_their_sources() -> None:
    codebook = read_codebook(ROOT / "data")
    assert codebook.path_label("occupation", None) == "Occupation of Ukraine"
    assert codebook.issue("occupation").level_words(-2) == "denies the intention"
    text = (ROOT / "data" / "codebook.toml").read_text()
    assert not re.search(r"\bits operation|the operation|walks away", text)
    assert {"invasion", "first-round", "istanbul"} <= {event.id for event in codebook.events}


def test_ukraine_proposes_five_cities_and_accepts_any_other_on_27_february() -> None:
    cities = {said.element for said in about("003", "Warsaw, Bratislava", issue="venue")}
    assert cities == {"warsaw", "bratislava", "budapest", "istanbul", "baku"}
    assert about("003", "any other city", element="any")[0].stance == 1


def test_february_lines_in_the_april_text_keep_their_date() -> None:
    assert all(str(said.said_on).startswith("2022-02-27") for said in about("001", "agreement had been reached"))


def test_nobody_claims_what_only_framing_says() -> None:
    with open_workspace(ROOT / "data") as workspace:
        talks = workspace.state().position("UKR", "talks")
    assert talks is not None
    assert talks.stance > 0
    assert not talks.reported


def test_both_codings_of_000_and_003_are_kept_and_sound() -> None:
    codebook = read_codebook(ROOT / "data")
    for name in ("first", "second"):
        lines = (ROOT / "data" / "coding" / f"{name}.jsonl").read_text().splitlines()
        coded = [Statement.model_validate_json(line) for line in lines]
        assert {said.document for said in coded} == {"000", "003"}
        assert all(codebook.issue(said.issue) for said in coded)


def test_the_documents_are_kept_byte_for_byte() -> None:
    received = ROOT.parent / "shared" / "seeds"
    if not received.is_dir():
        pytest.skip("the received documents are not beside this checkout; their hashes are checked all the same")
    for path in received.iterdir():
        assert (ROOT / "seeds" / path.name).read_bytes() == path.read_bytes()
