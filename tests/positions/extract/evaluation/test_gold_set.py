from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from positions.errors import DataError
from positions.extract.evaluation.gold_set import ENVELOPE, read_claims, read_documents
from positions.model.candidate import Candidate
from positions.model.document import sha256_of
from positions.store.published import Envelope
from tests.examples import golden_codebook
from tests.positions.extract.coded import coded

TEXT = "Kyiv will stay neutral, it says. — A line in which somebody says nothing."
DOCUMENT = {"id": "doc", "title": "Neutral", "outlet": "The Example", "published_on": "2022-03-02"}
DOCUMENT |= {"published_on_basis": "explicit", "file": "doc.txt"}


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


def line(**fields: Any) -> dict[str, Any]:
    claim = coded("UKR neutrality", at=(0, 22), quote=TEXT[:22]).model_dump(mode="json", exclude_none=True)
    return claim | fields


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "doc.txt").write_text(TEXT)
    write(tmp_path / "documents.jsonl", DOCUMENT | {"style": "wire"})
    return tmp_path


def findings(folder: Path, *lines: dict[str, Any]) -> list[str]:
    documents = read_documents(folder / "documents.jsonl")
    with pytest.raises(DataError, match=r"^gold\.jsonl:\d") as raised:
        read_claims(write(folder / "gold.jsonl", *lines), golden_codebook(), documents, elsewhere=False)
    return [str(finding) for finding in raised.value.findings]


def test_the_fields_of_a_revision_are_those_of_the_store() -> None:
    assert set(ENVELOPE) == set(Envelope.model_fields)


def test_documents_come_with_their_texts_and_hashes(folder: Path) -> None:
    [document] = read_documents(folder / "documents.jsonl")
    assert (document.text, document.sha256) == (TEXT, sha256_of(TEXT.encode()))


def test_a_text_that_is_missing_or_has_changed_is_told(folder: Path) -> None:
    write(
        folder / "documents.jsonl",
        DOCUMENT | {"file": "gone.txt"},
        DOCUMENT | {"id": "two", "sha256": "0" * 64},
        {"id": "three"},
    )
    with pytest.raises(DataError, match=r"(?m)^documents\.jsonl:3 outlet: missing") as raised:
        read_documents(folder / "documents.jsonl")
    told = str(raised.value)
    assert "documents.jsonl:1 file" in told
    assert "documents.jsonl:2" in told
    assert "has changed" in told


def test_claims_may_lack_stance_coder_and_id(folder: Path) -> None:
    fields = line(stance=None)
    del fields["coder"], fields["id"]
    [claim] = read_claims(write(folder / "gold.jsonl", fields), golden_codebook())
    assert (claim.id, claim.coder, claim.stance) == ("line-1", "gold", None)


def test_candidates_keep_what_is_theirs_and_speakers_may_be_strangers(folder: Path) -> None:
    [found] = read_claims(
        write(folder / "found.jsonl", line(sha256="0" * 64, rung="space", speaker="stranger")), golden_codebook()
    )
    assert isinstance(found, Candidate)
    assert (found.rung, found.speaker) == ("space", "stranger")


def test_the_last_revision_counts_and_a_retraction_removes(folder: Path) -> None:
    path = write(
        folder / "gold.jsonl",
        line(id="a", stance=-2, recorded_by="editor", recorded_at="2026-01-01T00:00:00Z"),
        line(id="b"),
        line(id="a", stance=2, revision=2, action="correct", reason="misread"),
        {"id": "b", "revision": 2, "action": "retract"},
    )
    assert [(claim.id, claim.stance) for claim in read_claims(path, golden_codebook())] == [("a", 2)]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"issue": "weather"}, "gold.jsonl:1 issue: found 'weather'"),
        ({"element": "minsk"}, "gold.jsonl:1 element: found 'minsk'"),
        ({"stance": 7}, "gold.jsonl:1 stance: found 7"),
        ({"holder": "ATL", "voice": "ascribed"}, "gold.jsonl:1 holder: found 'ATL'"),
        ({"document": "other"}, "gold.jsonl:1 document: found 'other', allowed: doc"),
        ({"start": 1, "end": 23}, "gold.jsonl:1 quote: the document reads"),
        ({"said_on": "2022-03-03"}, "gold.jsonl:1 said_on"),
        ({"mood": "grim"}, "gold.jsonl:1 mood: unknown field"),
        ({"revision": "two"}, "gold.jsonl:1 revision: found 'two'"),
    ],
)
def test_a_wrong_claim_is_told_with_file_line_and_field(folder: Path, fields: dict[str, Any], told: str) -> None:
    assert told in "\n".join(findings(folder, line(**fields)))


def test_a_claim_elsewhere_passes_where_it_is_allowed(folder: Path) -> None:
    documents = read_documents(folder / "documents.jsonl")
    path = write(folder / "found.jsonl", line(document="other", quote="another text of its own"[:22]))
    assert [claim.document for claim in read_claims(path, golden_codebook(), documents)] == ["other"]


def test_all_findings_come_together(folder: Path) -> None:
    told = findings(folder, line(id="a", issue="weather"), line(id="b", stance=7), line(id="b"))
    assert len(told) == 3
    assert any("'b' is already used at gold.jsonl:2" in finding for finding in told)
