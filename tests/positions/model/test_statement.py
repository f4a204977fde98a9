from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from positions.model.document import Document, sha256_of
from positions.model.statement import Statement
from tests.examples import said

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
        ({"quote": ""}, "should match pattern"),
        ({"colour": "blue"}, "Extra inputs"),
    ],
)
def test_impossible_combinations_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Statement.model_validate(fields(**changes))


def test_a_relay_by_another_party_is_ascribed_though_the_holder_spoke() -> None:
    relayed = Statement.model_validate(fields(voice="ascribed", relayed_by="someone"))
    assert relayed.speaker_party == relayed.holder


def test_a_text_that_changed_since_it_was_coded_is_refused() -> None:
    with pytest.raises(ValidationError, match="has changed since it was coded"):
        Document.model_validate(DOCUMENT.model_dump() | {"text": TEXT + "!"})
    with pytest.raises(ValidationError, match="sha256: missing"):
        Document.model_validate(DOCUMENT.model_dump() | {"sha256": None})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x", "https://a b"])
def test_a_document_links_to_the_web_or_nowhere(url: str) -> None:
    with pytest.raises(ValidationError, match="match pattern"):
        Document.model_validate(DOCUMENT.model_dump() | {"url": url})
