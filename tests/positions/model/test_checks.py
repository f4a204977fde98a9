from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from positions.errors import Finding
from positions.model.candidate import Candidate
from positions.model.checks import (
    ClaimChecks,
    claim_findings,
    document_findings,
    open_stance_finding,
    proposal_findings,
)
from positions.model.codebook import Codebook, Role, Speaker
from positions.model.document import Document
from positions.model.statement import Statement
from tests.examples import golden_codebook
from tests.positions.model.test_statement import DOCUMENT, TEXT, fields


def with_speakers(*speakers: Speaker) -> Codebook:
    golden = golden_codebook()
    return Codebook.model_validate(
        {name: getattr(golden, name) for name in Codebook.model_fields} | {"speakers": speakers}
    )


def speaking_for(name: str, *parties: str) -> Speaker:
    return Speaker(id=name, kind="person", name=name, roles=tuple(Role(party=party, title="x") for party in parties))


def with_roles(*parties: str) -> Codebook:
    return with_speakers(speaking_for("someone", *parties))


def statement(**changes: Any) -> Statement:
    return Statement.model_validate(fields(**changes))


def candidate(**changes: Any) -> Candidate:
    return Candidate.model_validate(fields(sha256=DOCUMENT.sha256, **changes))


def told(findings: Iterable[Finding]) -> list[str]:
    return [str(finding) for finding in findings]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"holder": "UKA", "speaker_party": "UKA"}, "holder: found 'UKA', allowed: RUS, UKR, USA"),
        ({"speaker": "nobody"}, "speaker: found 'nobody', allowed: someone"),
        ({"relayed_by": "nobody"}, "relayed_by: found 'nobody', allowed: someone"),
        ({"issue": "nuetrality"}, "issue: found 'nuetrality', allowed: military-aid, neutrality"),
        ({"element": "minsk"}, "element: found 'minsk', allowed: none, neutrality has no elements"),
        ({"issue": "venue", "element": "moscow"}, "element: found 'moscow', allowed: antalya"),
        ({"issue": "venue", "element": None}, "element: found None, allowed: antalya"),
        ({"issue": "venue", "element": "minsk", "stance": 0}, "stance: found 0, allowed: -1, -2, 1, 2"),
        ({"stance": 3}, "stance: found 3"),
        (
            {"issue": "venue", "element": "minsk", "stance_to": 2},
            "stance_to: found 2, allowed: none, venue is no scale",
        ),
        ({"condition_for": "talks"}, "condition_for: found 'talks'"),
        ({"condition_for": "venue/rome"}, "condition_for: found 'rome'"),
    ],
)
def test_what_the_codebook_does_not_know_is_told_with_what_it_does(changes: dict[str, Any], message: str) -> None:
    findings = told(claim_findings(statement(**changes), with_roles("UKR"), None))
    assert any(finding.startswith(message) for finding in findings)


def test_a_finding_has_its_field_and_no_place_yet() -> None:
    (finding,) = claim_findings(statement(stance=3), with_roles("UKR"), None)
    assert (finding.where, finding.field) == ("", "stance")
    assert str(finding.at("statements.jsonl:118")).startswith("statements.jsonl:118 stance: found 3, allowed: ")


def test_a_sound_statement_has_no_findings() -> None:
    assert claim_findings(statement(), with_roles("UKR"), None) == ()


def test_a_speaker_who_does_not_speak_for_the_party_on_the_day_is_told() -> None:
    findings = claim_findings(statement(), with_roles("RUS"), None)
    assert told(findings) == ["speaker_party: found 'UKR', allowed: RUS for someone on 2022-02-25"]


def test_an_unnamed_source_speaks_for_whom_its_document_says() -> None:
    nobody = Speaker(id="unknown", kind="organisation", name="Unnamed source")
    assert told(claim_findings(statement(speaker="unknown"), with_speakers(nobody), None)) == []


def test_a_relay_of_another_party_cannot_be_self() -> None:
    codebook = with_speakers(speaking_for("someone", "RUS"), speaking_for("own", "UKR"))
    findings = claim_findings(statement(speaker="own", relayed_by="someone"), codebook, None)
    assert told(findings) == ["voice: found 'self', but someone, who relays it, does not speak for UKR"]


def test_strangers_may_speak_where_that_is_allowed_and_all_else_is_checked() -> None:
    stranger = statement(speaker="nobody", relayed_by="nobody", voice="ascribed", stance=3)
    found = ClaimChecks(with_roles("RUS"), strangers=True).codebook_findings(stranger)
    assert [finding.field for finding in found] == ["stance"]


def test_words_that_were_looked_up_before_have_the_same_findings() -> None:
    checks = ClaimChecks(with_roles("UKR"))
    first, again = (checks.codebook_findings(statement(stance=3, note=note)) for note in ("", "again"))
    assert first == again != ()
    late = statement(stance=3, speaker_party="RUS", voice="ascribed")
    assert [finding.field for finding in checks.codebook_findings(late)] == ["stance", "speaker_party"]


def test_the_quote_must_stand_at_its_offsets() -> None:
    start = TEXT.index("We are")
    good = {"quote": "We are ready to talk.", "start": start, "end": start + 21}
    assert document_findings(statement(**good), DOCUMENT) == ()
    moved = statement(**good | {"start": start + 1, "end": start + 22})
    assert told(document_findings(moved, DOCUMENT)) == [
        f"quote: the document reads 'e are ready to talk.”' at {start + 1}–{start + 22}",
    ]
    assert document_findings(moved.anchor, DOCUMENT) == document_findings(moved, DOCUMENT)


def test_a_citation_without_text_leaves_the_quote_unverified() -> None:
    citation = Document.model_validate(DOCUMENT.model_dump() | {"text": None, "sha256": None})
    assert document_findings(statement(), citation) == ()


def test_nothing_is_said_after_its_publication() -> None:
    findings = told(document_findings(statement(said_on="2022-02-27"), DOCUMENT))
    assert "said_on: found 2022-02-27, allowed: up to the publication, 2022-02-26" in findings


def test_a_candidate_is_checked_against_the_text_that_its_quote_was_verified_in() -> None:
    wrong = candidate(start=1, end=1 + len(fields()["quote"]))
    assert [finding.field for finding in document_findings(wrong, DOCUMENT)] == ["quote"]
    assert document_findings(wrong.model_copy(update={"sha256": "0" * 64}), DOCUMENT) == ()


def test_a_document_that_is_not_there_is_told_where_one_is_asked_for() -> None:
    checks = ClaimChecks(with_roles("UKR"))
    assert checks.findings(statement(), None) == ()
    assert told(checks.findings(statement(), None, absent="is not here")) == ["document: is not here"]


def test_codebook_and_document_are_asked_together() -> None:
    findings = claim_findings(statement(stance=3, said_on="2022-02-27"), with_roles("UKR"), DOCUMENT)
    assert [finding.field for finding in findings] == ["stance", "quote", "said_on"]


def test_a_proposal_is_open_and_of_the_text_as_recorded() -> None:
    assert list(proposal_findings(candidate(), DOCUMENT)) == []
    assert list(proposal_findings(candidate(), None)) == []
    decided = candidate(status="accepted", statement="doc-01").model_copy(update={"sha256": "0" * 64})
    assert [finding.field for finding in proposal_findings(decided, DOCUMENT)] == ["sha256", "status"]


def test_an_open_stance_is_told_with_the_levels_of_its_issue() -> None:
    finding = open_stance_finding("venue", golden_codebook())
    assert str(finding).startswith("stance: unresolved, allowed: 2 (for it), 1 (open to it)")
