from __future__ import annotations

from datetime import date

import pytest

from positions.model.codebook import Codebook, Role, Speaker
from positions.wording.speakers import relayer_name, source_name, speaker_name, speaker_words, titled_speaker
from tests.examples import golden_codebook_with, said

ENVOY = Speaker(
    id="envoy",
    kind="person",
    name="Li Wei",
    roles=(
        Role.model_validate({"party": "UKR", "title": "envoy", "to": date(2022, 3, 1)}),
        Role.model_validate({"party": "UKR", "title": "minister", "from": date(2022, 3, 2)}),
    ),
)
PRESS = Speaker(id="press", kind="organisation", name="the press office")


@pytest.fixture
def words() -> Codebook:
    return golden_codebook_with(speakers=(ENVOY, PRESS))


def test_a_speaker_has_the_title_of_the_day_on_which_it_was_said(words: Codebook) -> None:
    for day, title in (("2022-03-01", "envoy"), ("2022-03-02", "minister"), ("2022-02-28/2022-03-03", "minister")):
        claim = said(day, "UKR", "neutrality", 1, speaker="envoy").statement
        assert titled_speaker(claim, words) == speaker_words(claim, words) == f"Li Wei, {title}"


def test_a_relay_is_named_after_the_speaker(words: Codebook) -> None:
    claim = said("2022-03-01", "UKR", "neutrality", 1, speaker="envoy", relayed_by="press").statement
    assert relayer_name(claim, words) == "the press office"
    assert speaker_words(claim, words) == "Li Wei, envoy, as told by the press office"


def test_what_nobody_is_quoted_with_is_the_outlets_own(words: Codebook) -> None:
    claim = said("2022-03-01", "UKR", "neutrality", 1, voice="framing").statement
    assert titled_speaker(claim, words) == relayer_name(claim, words) == ""
    assert speaker_words(claim, words) == "the outlet's own words"
    assert speaker_words(claim, words, outlet="The Example") == "The Example"
    assert source_name(claim, words) == "the outlet"


def test_nobody_that_the_codebook_does_not_declare_breaks_a_page(words: Codebook) -> None:
    claim = said("2022-03-01", "UKR", "neutrality", 1, speaker="unknown", relayed_by="stranger").statement
    assert speaker_words(claim, words) == "Unnamed source, as told by stranger"
    assert speaker_name("unknown", words) == "Unnamed source"


def test_in_short_the_relayer_stands_for_what_a_party_is_said_to_have_said_itself(words: Codebook) -> None:
    fields = {"speaker": "envoy", "relayed_by": "press"}
    told = said("2022-03-01", "UKR", "neutrality", 1, voice="ascribed", speaker_party="UKR", **fields).statement
    own = said("2022-03-01", "UKR", "neutrality", 1, **fields).statement
    assert (source_name(told, words), source_name(own, words)) == ("the press office", "Li Wei")
