from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from positions.model.checks import codebook_problems, document_problems
from positions.model.codebook import Codebook, Role, Speaker
from positions.model.document import Document, sha256_of
from positions.model.statement import Statement
from tests.examples import golden_codebook, said

TEXT = "He said: “We are ready to talk.” That was all."
DOCUMENT = Document(
    id="doc",
    title="t",
    outlet="o",
    published_on="2022-02-26",  # type: ignore[arg-type]
    published_on_basis="explicit",
    text=TEXT,
    sha256=sha256_of(TEXT.encode()),
)


def fields(**changes: Any) -> dict[str, Any]:
    return said("2022-02-25", "UKR", "neutrality", 1).statement.model_dump() | changes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"end": 3}, "end: found 3, allowed: 17"),
        ({"stance_to": 1}, "stance_to: found 1, allowed: above stance 1"),
        ({"voice": "framing"}, "framing goes with framing"),
        ({"voice": "framing", "directness": "framing"}, "speaker: found 'someone'"),
        ({"speaker": None}, "speaker: missing; only framing has none"),
        ({"speaker_party": "RUS"}, "voice: found 'self', but the speaker speaks for RUS and the holder is UKR"),
        ({"voice": "ascribed"}, "found 'ascribed', but UKR speaks about itself and nobody relays it"),
        ({"said_on": "2022-02-30"}, "no day of the calendar"),
        ({"confidence": 1.5}, "less than or equal to 1"),
        ({"condition_for": "a/b/c"}, "match pattern"),
        ({"quote": ""}, "at least 1 character"),
        ({"colour": "blue"}, "Extra inputs"),
    ],
)
def test_impossible_combinations_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Statement.model_validate(fields(**changes))


def test_a_relay_by_another_party_is_ascribed_though_the_holder_spoke() -> None:
    relayed = Statement.model_validate(fields(voice="ascribed", relayed_by="someone"))
    assert relayed.speaker_party == relayed.holder


def with_speakers(*speakers: Speaker) -> Codebook:
    golden = golden_codebook()
    return Codebook.model_validate(
        {name: getattr(golden, name) for name in Codebook.model_fields} | {"speakers": speakers}
    )


def speaking_for(name: str, *parties: str) -> Speaker:
    return Speaker(id=name, kind="person", name=name, roles=tuple(Role(party=party, title="x") for party in parties))


def with_roles(*parties: str) -> Codebook:
    return with_speakers(speaking_for("someone", *parties))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"holder": "UKA", "speaker_party": "UKA"}, "holder: found 'UKA', allowed: RUS, UKR, USA"),
        ({"speaker": "nobody"}, "speaker: found 'nobody', allowed: someone"),
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
    statement = Statement.model_validate(fields(**changes))
    assert any(problem.startswith(message) for problem in codebook_problems(statement, with_roles("UKR")))


def test_a_sound_statement_has_no_problems() -> None:
    assert codebook_problems(Statement.model_validate(fields()), with_roles("UKR")) == ()


def test_a_speaker_who_does_not_speak_for_the_party_on_the_day_is_told() -> None:
    found = codebook_problems(Statement.model_validate(fields()), with_roles("RUS"))
    assert found == ("speaker_party: found 'UKR', allowed: RUS for someone on 2022-02-25",)


def test_a_relay_of_another_party_cannot_be_self() -> None:
    codebook = with_speakers(speaking_for("someone", "RUS"), speaking_for("own", "UKR"))
    statement = Statement.model_validate(fields(speaker="own", relayed_by="someone"))
    assert codebook_problems(statement, codebook) == (
        "voice: found 'self', but someone, who relays it, does not speak for UKR",
    )


def test_the_quote_must_stand_at_its_offsets() -> None:
    start = TEXT.index("We are")
    good = fields(quote="We are ready to talk.", start=start, end=start + 21)
    assert document_problems(Statement.model_validate(good), DOCUMENT) == ()
    moved = Statement.model_validate(good | {"start": start + 1, "end": start + 22})
    assert document_problems(moved, DOCUMENT) == (
        f"quote: the document reads 'e are ready to talk.”' at {start + 1}–{start + 22}",
    )


def test_a_citation_without_text_leaves_the_quote_unverified() -> None:
    citation = Document.model_validate(DOCUMENT.model_dump() | {"text": None, "sha256": None})
    assert document_problems(Statement.model_validate(fields()), citation) == ()


def test_nothing_is_said_after_its_publication() -> None:
    late = Statement.model_validate(fields(said_on="2022-02-27"))
    assert "said_on: found 2022-02-27, allowed: up to the publication, 2022-02-26" in document_problems(late, DOCUMENT)


def test_a_text_that_changed_since_it_was_coded_is_refused() -> None:
    with pytest.raises(ValidationError, match="has changed since it was coded"):
        Document.model_validate(DOCUMENT.model_dump() | {"text": TEXT + "!"})
    with pytest.raises(ValidationError, match="sha256: missing"):
        Document.model_validate(DOCUMENT.model_dump() | {"sha256": None})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x", "https://a b"])
def test_a_document_links_to_the_web_or_nowhere(url: str) -> None:
    with pytest.raises(ValidationError, match="match pattern"):
        Document.model_validate(DOCUMENT.model_dump() | {"url": url})
