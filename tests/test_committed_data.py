"""The committed data says what the documents say: the traps of each seed, read right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from positions.model.statement import Statement
from positions.store.published import read_codebook
from positions.workspace import open_workspace
from positions.workspace.validate import data_findings

ROOT = Path(__file__).parent.parent
STATEMENTS = {
    said.id: said
    for line in (ROOT / "data" / "statements.jsonl").read_text().splitlines()
    for said in [
        Statement.model_validate({k: v for k, v in json.loads(line).items() if k not in ("recorded_at", "recorded_by")})
    ]
}


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


def test_about_90_to_140_statements_of_all_five_documents_are_coded() -> None:
    assert 90 <= len(STATEMENTS) <= 140
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
        ("004", "integral component", {"holder": "RUS", "element": "demilitarisation", "condition_for": "neutrality"}),
        ("004", "<u>said</u>", {"speaker": "kremlin", "element": "minsk", "stance": 2}),
    ],
)
def test_the_traps_are_read_right(document: str, words: str, fields: dict[str, str]) -> None:
    found = [said for said in about(document, words) if all(str(getattr(said, k)) == str(v) for k, v in fields.items())]
    assert found, (document, words, fields)


def test_ukraine_proposes_five_cities_and_accepts_any_other_on_27_february() -> None:
    cities = {said.element for said in about("003", "Warsaw, Bratislava", holder="UKR")}
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
