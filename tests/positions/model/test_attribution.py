from __future__ import annotations

import pytest

from positions.model.attribution import RolesWhenSaid
from positions.model.codebook import Codebook, Role, Speaker
from positions.model.dates import PartialDate
from tests.examples import golden_codebook

BEFORE, AFTER = "2022-03-05", "2022-03-06"
"""The last day on which the turncoat speaks for Ukraine, and the first on which for Russia."""


def role(party: str, first: str | None = None, last: str | None = None) -> Role:
    return Role.model_validate({"party": party, "title": "envoy", "from": first, "to": last})


SPEAKERS = (
    Speaker(id="turncoat", kind="person", name="T", roles=(role("UKR", None, BEFORE), role("RUS", AFTER))),
    Speaker(id="both", kind="organisation", name="B", roles=(role("USA"), role("UKR"))),
    Speaker(id="former", kind="person", name="F", roles=(role("RUS", None, "2021-12-31"),)),
    Speaker(id="unknown", kind="person", name="U"),
)


def roles(said_on: str | None = BEFORE) -> RolesWhenSaid:
    golden = golden_codebook()
    fields = {name: getattr(golden, name) for name in Codebook.model_fields}
    codebook = Codebook.model_validate(fields | {"speakers": SPEAKERS})
    return RolesWhenSaid(codebook, PartialDate.parse(said_on) if said_on else None)


@pytest.mark.parametrize(
    ("said_on", "party"),
    [
        (BEFORE, "UKR"),
        (AFTER, "RUS"),
        (f"{BEFORE}/{AFTER}", "RUS"),
        (f"../{BEFORE}", "UKR"),
        ("2022-03", "RUS"),
        (None, None),
    ],
)
def test_the_party_is_that_of_the_last_day_when_it_may_have_been_said(said_on: str | None, party: str | None) -> None:
    assert roles(said_on).party("turncoat", holder="USA") == party


@pytest.mark.parametrize(("holder", "party"), [("UKR", "UKR"), ("USA", "USA"), ("RUS", "USA"), (None, "USA")])
def test_of_several_parties_it_is_the_holder_else_the_first(holder: str | None, party: str) -> None:
    assert roles().party("both", holder=holder) == party


@pytest.mark.parametrize("speaker", ["former", "unknown", "nobody-knows", None])
def test_who_has_no_role_on_the_day_speaks_for_nobody(speaker: str | None) -> None:
    assert roles().parties(speaker) == ()
    assert roles().party(speaker, holder="RUS") is None


@pytest.mark.parametrize(
    ("speaker", "party", "relayed_by", "voice"),
    [
        (None, None, None, "framing"),
        ("turncoat", "UKR", None, "self"),
        ("turncoat", "RUS", None, "ascribed"),
        ("turncoat", "UKR", "both", "self"),
        ("turncoat", "UKR", "former", "ascribed"),
        ("both", "USA", "turncoat", "ascribed"),
        ("unknown", None, None, "ascribed"),
    ],
)
def test_the_word_is_the_holders_own_unless_another_party_speaks_or_relays(
    speaker: str | None, party: str | None, relayed_by: str | None, voice: str
) -> None:
    assert roles().voice(speaker=speaker, party=party, relayed_by=relayed_by, holder="UKR") == voice


def test_a_relay_counts_by_its_role_on_the_day() -> None:
    own = {"speaker": "both", "party": "UKR", "relayed_by": "turncoat", "holder": "UKR"}
    assert (roles(BEFORE).voice(**own), roles(AFTER).voice(**own)) == ("self", "ascribed")
