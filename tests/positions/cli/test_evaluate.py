from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import positions.cli.evaluate as evaluate_cli
from positions.cli import main
from positions.extract.evaluation.scores import MEASURES
from positions.model.candidate import Candidate
from positions.model.document import Document
from tests.conftest import ROOT

FIRST, SECOND = (ROOT / "data" / "coding" / f"{name}.jsonl" for name in ("first", "second"))
TEXT = "Kyiv is ready for talks, it said. Moscow ruled out a ceasefire.\n"
GOLD: dict[str, Any] = {"id": "g1", "document": "doc", "quote": TEXT[:23], "start": 0, "end": 23, "speaker": "kyiv"}
GOLD |= {"speaker_party": "UKR", "holder": "UKR", "voice": "self", "directness": "paraphrase", "issue": "talks"}
GOLD |= {"stance": 2, "said_on": "2022-03-01", "said_on_basis": "document", "coder": "me"}
MISSED = {**GOLD, "id": "g2", "quote": TEXT[34:62], "start": 34, "end": 62, "holder": "RUS", "speaker_party": "RUS"}
MISSED |= {"issue": "ceasefire", "stance": -2}


class Stub:
    """An extractor that finds the first clause of every document and says it is about sanctions too."""

    name = "stub 1"

    def candidates(self, document: Document) -> Sequence[Candidate]:
        fields = {**GOLD, "id": f"{document.id}-1", "document": document.id, "sha256": document.sha256, "stance": None}
        assert document.text is not None
        fields["quote"] = document.text[:23]
        return [Candidate.model_validate(fields | {"issue": issue}) for issue in ("talks", "sanctions")]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shipped: Path) -> Any:
    """Call the command line on a copy of the shipped case: exit code, output, errors."""
    monkeypatch.setenv("POSITIONS_DATA", str(shipped))
    monkeypatch.setattr(evaluate_cli, "judged_extractor", lambda *_: Stub())

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["positions", "evaluate", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return call


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two coded claims with their document beside them."""
    folder = tmp_path / "unseen"
    folder.mkdir()
    (folder / "doc.txt").write_text(TEXT)
    document = {"id": "doc", "title": "Talks", "outlet": "The Example", "file": "doc.txt"}
    document |= {"published_on": "2022-03-01", "published_on_basis": "explicit"}
    (folder / "documents.jsonl").write_text(f"{json.dumps(document)}\n")
    path = folder / "gold.jsonl"
    path.write_text("".join(f"{json.dumps(claim)}\n" for claim in (GOLD, MISSED)))
    return path


def test_help_tells_what_counts_as_found(run: Any) -> None:
    code, out, _ = run("--help")
    assert (code, out.startswith("Usage: positions evaluate")) == (0, True)
    assert "half of the shorter" in " ".join(out.split())


def test_two_coders_against_each_other(run: Any) -> None:
    code, out, _ = run("--gold", FIRST, "--candidates", SECOND, "--by", "voice", "--by", "issue", "--by", "document")
    assert code == 0
    assert out.startswith("second.jsonl on 2 documents: 65 coded, 63 found, 62 matched\n")
    lines = {" ".join(line.split()) for line in out.splitlines()}
    assert "precision 0.98 0.97–1.00 62 of 63 found claims" in lines
    assert {line.split()[0] for line in lines if line} >= {"framing", "venue", "003"}


def test_json_and_csv_have_the_same_numbers(run: Any) -> None:
    words = ("--gold", FIRST, "--candidates", SECOND, "--by", "voice")
    answer = json.loads(run(*words, "--format", "json")[1])
    assert (answer["coded"], answer["found"], answer["matched"], answer["left_out"]) == (65, 63, 62, 0)
    assert answer["measures"]["recall"]["right"] == 62
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv")[1])))
    assert [row["measure"] for row in rows[: len(MEASURES)]] == list(MEASURES)
    voices = [row["voice"] for row in answer["by_voice"]]
    assert list(dict.fromkeys(row["group"] for row in rows)) == ["", *voices]
    assert float(rows[1]["value"]) == answer["measures"]["recall"]["value"]


def test_the_extractor_runs_over_the_documents_beside_the_gold(run: Any, gold: Path) -> None:
    code, out, _ = run("--gold", gold, "--misses", "--context", 8)
    assert code == 0
    assert out.startswith("stub 1 on 1 document: 2 coded, 2 found, 1 matched\n")
    assert out.splitlines()[-2:] == [
        "+ doc:0 UKR sanctions ? self | ⟦Kyiv is ready for talks⟧, it sai | wrong issue: UKR talks +2 self",
        "− doc:34 RUS ceasefire −2 self | t said. ⟦Moscow ruled out a ceasefire⟧. | nothing there",
    ]


def test_documents_without_coded_claims_are_counted_apart(run: Any, gold: Path) -> None:
    (gold.parent / "more.txt").write_text("Kyiv is ready for talks, or so.\n")
    documents = gold.parent / "documents.jsonl"
    more = json.loads(documents.read_text()) | {"id": "more", "file": "more.txt"}
    more.pop("sha256", None)
    documents.write_text(f"{documents.read_text()}{json.dumps(more)}\n")
    assert run("--gold", gold)[1].startswith("stub 1 on 1 document with coded claims and 1 without: 2 coded, 4 found")
    answer = json.loads(run("--gold", gold, "--format", "json")[1])
    assert (answer["documents"], answer["documents_uncoded"]) == (1, 1)


def test_the_strays_for_programs_keep_quote_context_and_nearest(run: Any, gold: Path) -> None:
    answer = json.loads(run("--gold", gold, "--misses", "--format", "json")[1])
    rows = list(csv.DictReader(io.StringIO(run("--gold", gold, "--misses", "--format", "csv")[1])))
    assert [row["what"] for row in rows] == [row["what"] for row in answer["strays"]] == ["false hit", "miss"]
    stray = answer["strays"][0]
    assert (stray["kind"], stray["quote"], stray["nearest_id"]) == ("wrong issue", TEXT[:23], "g1")
    assert (stray["before"], stray["after"]) == ("", TEXT[23:53])


def test_matched_claims_with_a_wrong_field_are_listed_with_both_values(run: Any, gold: Path) -> None:
    changed = {**GOLD, "stance": -1, "voice": "ascribed", "speaker_party": "RUS", "said_on": "2022-02"}
    found = gold.parent / "found.jsonl"
    found.write_text(f"{json.dumps(changed)}\n")
    code, out, _ = run("--gold", gold, "--candidates", found, "--wrong", "--context", 0)
    assert code == 0
    assert out.splitlines()[-1] == (
        "~ doc:0 UKR talks +2 self | ⟦Kyiv is ready for talks⟧ | wrong speaker_party RUS for UKR, "
        "voice ascribed for self, said_on 2022-02 for 2022-03-01, stance_sign, stance_level: UKR talks −1 ascribed"
    )
    assert "nothing there" not in out


def test_unsure_claims_can_be_left_out(run: Any, gold: Path) -> None:
    gold.write_text(f"{json.dumps(GOLD)}\n{json.dumps(MISSED | {'confidence': 0.6})}\n")
    answer = json.loads(run("--gold", gold, "--core", "--format", "json")[1])
    assert (answer["coded"], answer["measures"]["recall"]["value"]) == (1, 1)


def test_without_gold_the_accepted_statements_are_it(run: Any) -> None:
    code, out, _ = run("--resamples", 0)
    assert code == 0
    assert out.startswith("stub 1 on 5 documents: 117 coded, 10 found")


def test_candidates_in_documents_that_nobody_coded_are_left_out(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(
        "".join(line for line in FIRST.read_text().splitlines(keepends=True) if '"document": "000"' in line)
    )
    code, out, _ = run("--gold", path, "--candidates", SECOND)
    assert code == 0
    assert out.startswith("second.jsonl on 1 document: 27 coded, 24 found, 24 matched; 39 in other documents left out")


def test_other_documents_can_be_named(run: Any, gold: Path) -> None:
    elsewhere = gold.parent.parent / "moved.jsonl"
    gold.rename(elsewhere)
    assert run("--gold", elsewhere)[0] == 1  # the workspace does not hold the document
    code, out, _ = run("--gold", elsewhere, "--documents", gold.parent / "documents.jsonl")
    assert (code, "1 matched" in out) == (0, True)


@pytest.mark.parametrize("words", [("--gold", "gone.jsonl"), ("--by", "mood"), ("--resamples", "-1")])
def test_a_wrong_call_ends_in_one_clear_line(run: Any, words: tuple[str, str]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert words[-1] in err
    assert "Traceback" not in err


def test_documents_without_text_need_candidates(run: Any, gold: Path) -> None:
    path = gold.parent / "documents.jsonl"
    document = json.loads(path.read_text())
    path.write_text(f"{json.dumps({name: value for name, value in document.items() if name != 'file'})}\n")
    code, _, err = run("--gold", gold)
    assert (code, "no text of doc" in err) == (2, True)
    assert run("--gold", gold, "--candidates", gold)[0] == 0


def test_gold_with_findings_is_told_line_by_line(run: Any, gold: Path) -> None:
    gold.write_text(f"{json.dumps(GOLD | {'issue': 'weather'})}\n{json.dumps(MISSED | {'stance': 9})}\n")
    code, out, err = run("--gold", gold)
    assert (code, out) == (1, "")
    assert [line.split(": ")[0] for line in err.splitlines()] == ["gold.jsonl:1 issue", "gold.jsonl:2 stance"]


def test_a_case_without_coded_documents_is_told(run: Any, gold: Path) -> None:
    (gold.parent / "documents.jsonl").write_text("")
    gold.write_text("")
    code, _, err = run("--gold", gold)
    assert (code, "nothing to score against" in err) == (2, True)
