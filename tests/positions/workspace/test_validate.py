from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from positions.workspace.validate import data_findings
from tests.languages_workspace import make_languages_workspace


def changed(shipped: Path, number: int, **fields: Any) -> str:
    """What validate finds once one line of the statements is changed; None removes a field."""
    path = shipped / "statements.jsonl"
    lines = path.read_text().splitlines()
    record = json.loads(lines[number - 1]) | fields
    lines[number - 1] = json.dumps({name: value for name, value in record.items() if value is not None})
    path.write_text("\n".join(lines) + "\n")
    return "\n".join(map(str, data_findings(shipped)))


def test_the_shipped_data_has_no_findings(shipped: Path) -> None:
    assert data_findings(shipped) == ()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"issue": "nuetrality"}, "statements.jsonl:6 issue: found 'nuetrality', allowed: ceasefire"),
        ({"start": 0}, "statements.jsonl:6 end: found"),
        ({"said_on": "2022-02-30"}, "statements.jsonl:6 said_on: found '2022-02-30', which is no day of the calendar"),
        ({"said_on": "2022-02-26"}, "statements.jsonl:6 said_on: found 2022-02-26, allowed: up to the publication"),
        ({"colour": 1}, "statements.jsonl:6 colour: unknown field, allowed: id, document, quote"),
        ({"holder": None}, "statements.jsonl:6 holder: missing"),
        ({"voice": "own"}, "statements.jsonl:6 voice: found 'own', allowed: 'self', 'ascribed' or 'framing'"),
        ({"document": "009"}, "statements.jsonl:6 document: found '009', allowed: 000, 001"),
        ({"id": "000-01"}, "'000-01' revision 1 stands at statements.jsonl:1 already"),
        ({"action": "correct"}, "statements.jsonl:6 action: found 'correct' as revision 1"),
        ({"revision": 3, "action": "correct"}, "statements.jsonl:6 revision: found 3 of '000-06', but 2 is missing"),
        ({"recorded_at": "yesterday"}, "statements.jsonl:6 recorded_at: found 'yesterday'"),
        ({"directness": "direct"}, "statements.jsonl:6 directness: found 'direct', but the quote is not inside"),
        ({"said_on": "2022-02-24", "said_on_basis": "document"}, "allowed: a date that ends on the publication"),
        ({"said_on": "2021-02-25", "said_on_basis": "explicit"}, "found 'explicit', but 2021 is not in the text"),
    ],
)
def test_a_wrong_line_is_told_by_file_line_and_field(shipped: Path, fields: dict[str, Any], told: str) -> None:
    assert told in changed(shipped, 6, **fields)


def test_all_findings_come_at_once(shipped: Path) -> None:
    changed(shipped, 6, stance=7)
    told = changed(shipped, 9, holder="XXX").splitlines()
    assert [line.partition(": ")[0] for line in told] == ["statements.jsonl:6 stance", "statements.jsonl:9 voice"]


def test_a_duplicate_is_told(shipped: Path) -> None:
    path = shipped / "statements.jsonl"
    again = json.loads(path.read_text().splitlines()[0]) | {"id": "000-99"}
    path.write_text(path.read_text() + json.dumps(again) + "\n")
    assert [finding.message for finding in data_findings(shipped)] == [
        "000-99 repeats 000-01: same quote, holder, issue and element"
    ]


def test_a_file_cut_in_the_middle_of_a_line_is_told(shipped: Path) -> None:
    path = shipped / "statements.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    told = "\n".join(map(str, data_findings(shipped)))
    assert "statements.jsonl:182: the last line has no line end" in told
    assert "statements.jsonl:182: not a whole JSON object" in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the document is empty"),
        (b"\xff\xfe\x00", "found the byte 0xff, allowed: UTF-8 text"),
        (b"Something else.", "it has changed since it was coded"),
    ],
)
def test_a_document_that_is_empty_not_utf8_or_changed_is_told(shipped: Path, content: bytes, told: str) -> None:
    next(shipped.parent.glob("seeds/000*")).write_bytes(content)
    found = "\n".join(map(str, data_findings(shipped)))
    assert "documents.jsonl:1 file: ../seeds/000" in found
    assert told in found


def test_a_missing_document_is_told(shipped: Path) -> None:
    next(shipped.parent.glob("seeds/000*")).unlink()
    assert "cannot be read: No such file" in "\n".join(map(str, data_findings(shipped)))


def test_a_statement_of_a_retracted_document_is_told(shipped: Path) -> None:
    path = shipped / "documents.jsonl"
    path.write_text(path.read_text() + json.dumps({"id": "004", "revision": 2, "action": "retract"}) + "\n")
    assert any("'004', which was retracted" in finding.message for finding in data_findings(shipped))


def test_a_wrong_weight_of_the_judge_is_told_with_its_line(shipped: Path) -> None:
    judge = shipped / "judge.toml"
    judge.write_text('trained_on = "a few"\nthreshold = 0.3\nintercept = -1.0\n\n[weights]\nquoted = "much"\n')
    (finding,) = data_findings(shipped)
    assert str(finding).startswith("judge.toml:6 weights.quoted: found 'much'")
    judge.write_text('trained_on = "a few"\nthreshold = 0.3\nintercept = -1.0\n\n[weights]\nquoted = 1.5\n')
    assert data_findings(shipped) == ()


def test_a_relative_date_is_looked_for_in_the_documents_own_language(tmp_path: Path) -> None:
    make_languages_workspace(tmp_path / "dam")
    path = tmp_path / "dam" / "statements.jsonl"
    path.write_text(path.read_text().replace('"said_on_basis": "document"', '"said_on_basis": "relative"'))
    assert [finding for finding in data_findings(path.parent) if finding.field == "said_on_basis"] == []
    documents = tmp_path / "dam" / "documents.jsonl"
    documents.write_text(documents.read_text().replace('"language": "ru"', '"language": "de"'))
    told = [str(finding) for finding in data_findings(path.parent) if finding.field == "said_on_basis"]
    assert len(told) == 2
    assert all("found 'relative', but the text has no weekday" in finding for finding in told)
