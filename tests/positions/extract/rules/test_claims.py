from __future__ import annotations

import pytest

from tests.positions.extract.reading import read, short_claims

SAID = {
    "a report's subject": ("Russia is ready for talks with Ukraine, Peskov said.", ["peskov > RUS talks +2 self"]),
    "an inverted report": ("“We are ready for talks,” said Dmytro Kuleba.", ["kuleba > UKR talks +2 self"]),
    "according to": ("According to Lavrov, Russia is ready for talks.", ["lavrov > RUS talks +2 self"]),
    "an office for a name": (
        "The Russian foreign minister said Moscow was ready for talks.",
        ["lavrov > RUS talks +2 self"],
    ),
    "a second verb of the same subject": (
        "Zelensky said he wanted a ceasefire and called for talks with Russia.",
        ["zelensky > UKR ceasefire +2 self", "zelensky > UKR talks +2 self"],
    ),
    "a spokesman for somebody": (
        "A spokesman for President Zelensky said Kyiv was ready for talks.",
        ["kyiv > UKR talks +2 self"],
    ),
    "a relative clause between": (
        "Kuleba, who met Lavrov in Antalya, said Ukraine would not lay down its arms.",
        ["kuleba > UKR preconditions/lay-down-arms -2 self"],
    ),
    "an opponent's claim": (
        "Ukraine has refused to negotiate, Putin said.",
        ["putin > UKR talks -2 ascribed"],
    ),
    "an accusation": (
        "Lavrov accused Kyiv of refusing to negotiate with Russia.",
        ["lavrov > UKR talks -2 ascribed"],
    ),
    "a stranger": (
        "John Smith, an analyst, said Russia was ready for talks.",
        ["unknown > RUS talks +2 ascribed"],
    ),
    "a heading without a speaker": ("Zelensky refuses talks with Russia", ["outlet > UKR talks -2 framing"]),
    "a relay of another party": (
        "Peskov said the Belarusian president, Alexander Lukashenko, told him he was ready to host the talks.",
        ["lukashenko > BLR venue/belarus +2 ascribed"],
    ),
}
WANTED = {
    "a demand on somebody else": (
        "Russia demanded that Ukraine become neutral.",
        ["moscow > RUS neutrality +2 self"],
    ),
    "must": (
        "Russian troops must leave Ukraine, Zelensky said.",
        ["zelensky > UKR preconditions/withdrawal-russia +2 self"],
    ),
    "ready to discuss is open": (
        "Kyiv is ready to discuss neutral status, Podolyak said.",
        ["podolyak > UKR neutrality +1 self"],
    ),
    "rules out": ("Zelensky ruled out a ceasefire.", ["zelensky > UKR ceasefire -2 self"]),
    "cannot": ("Ukraine cannot accept neutrality, Kuleba said.", ["kuleba > UKR neutrality -2 self"]),
    "the opposite pole": (
        "Ukraine will not become a member of NATO, Zelensky said.",
        ["zelensky > UKR neutrality +2 self"],
    ),
    "a double negation": (
        "“I have to refute the claims that we have refused to negotiate,” Podolyak said.",
        ["podolyak > UKR talks +1 self"],
    ),
    "ready if": (
        "Russia is ready for talks if Ukraine lays down its arms, Lavrov said.",
        ["lavrov > RUS talks +1 self", "lavrov > RUS preconditions/lay-down-arms +2 self"],
    ),
    "not until": (
        "“There will be no talks until Russian troops leave Ukraine,” Zelensky said.",
        ["zelensky > UKR talks -1 self", "zelensky > UKR preconditions/withdrawal-russia +2 self"],
    ),
    "both sides": (
        "Both sides are ready for talks, Peskov said.",
        ["peskov > RUS talks +2 self", "peskov > UKR talks +2 ascribed"],
    ),
    "several places": (
        "Zelensky suggested Warsaw, Istanbul or Baku for the talks.",
        [
            "zelensky > UKR venue/warsaw +2 self",
            "zelensky > UKR venue/istanbul +2 self",
            "zelensky > UKR venue/baku +2 self",
        ],
    ),
    "a place that cannot be it": (
        "Zelensky said Belarus cannot be the venue for talks with Russia.",
        ["zelensky > UKR venue/belarus -2 self"],
    ),
}
NOTHING = {
    "agreements named after a place": "The Minsk agreements of 2015 ended the fighting, Lavrov said.",
    "a place that is left": "The Russian delegation left Minsk.",
    "a battlefield report": "Missiles hit a warehouse in Kharkiv, the governor said.",
    "an outlet's background without a party": "The talks in Bern concern grain.",
    "a scene": "Macron spoke to reporters after the talks in Istanbul.",
}


@pytest.mark.parametrize(("text", "claims"), SAID.values(), ids=SAID)
def test_the_speaker_and_the_holder_are_found(text: str, claims: list[str]) -> None:
    assert set(claims) <= set(short_claims(text))


@pytest.mark.parametrize(("text", "claims"), WANTED.values(), ids=WANTED)
def test_the_stance_is_read_from_its_cues(text: str, claims: list[str]) -> None:
    found = short_claims(text)
    assert set(claims) <= set(found)
    assert not any(claim.rpartition(" ")[0].rpartition(" ")[0] == wrong.rpartition(" ")[0].rpartition(" ")[0]
                   and claim != wrong for claim in claims for wrong in found)  # fmt: skip


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_states_no_position_is_left_out(text: str) -> None:
    assert short_claims(text) == []


def test_a_pronoun_is_who_spoke_before() -> None:
    claims = read("Lavrov said Russia was ready for talks. He added that it demanded a neutral Ukraine.")
    assert {claim.speaker for claim in claims} == {"lavrov"}


def test_a_quotation_over_several_sentences_is_one_claim_of_its_speaker() -> None:
    text = "“We are ready for talks. We want talks with Ukraine,” Putin said."
    (claim,) = (claim for claim in read(text) if claim.issue == "talks")
    assert (claim.quote, claim.directness) == ("We are ready for talks. We want talks with Ukraine,", "direct")


def test_a_weekday_beside_the_verb_is_when_it_was_said_one_in_the_content_is_not() -> None:
    (claim,) = read("Peskov said on Tuesday that Russia was ready for talks with Ukraine on Saturday.")
    assert (claim.said_on.text, claim.said_on_basis) == ("2022-03-08", "relative")


def test_the_next_sentence_of_the_same_voice_inherits_the_day() -> None:
    text = "Peskov said on Tuesday that Russia was ready for talks. He added that it demanded a neutral Ukraine."
    last = read(text)[-1]
    assert (last.said_on.text, last.said_on_basis) == ("2022-03-08", "inherited")


ASKED = {
    "what would be, said by the other side, is its demand": (
        "Ukraine would become neutral, Lavrov said.",
        ["lavrov > RUS neutrality +2 self"],
    ),
    "what was agreed to is ascribed": (
        "Ukraine has agreed to become neutral, Lavrov said.",
        ["lavrov > UKR neutrality +2 ascribed"],
    ),
    "what is refused is ascribed": (
        "Ukraine will not become neutral, Lavrov said.",
        ["lavrov > UKR neutrality -2 ascribed"],
    ),
    "one's own consent is one's own": (
        "Ukraine will become neutral, Zelensky said.",
        ["zelensky > UKR neutrality +2 self"],
    ),
}
DUE = {
    "theirs": ("Putin wants Kyiv to withdraw its troops.", "withdrawal-ukraine"),
    "the other's": ("Zelensky wants Moscow to withdraw its troops.", "withdrawal-russia"),
}
PLACES = {
    "a town, not its country": (
        "Zelensky proposed Warsaw, Poland, as the venue for the talks.",
        ["venue/warsaw"],
    ),
    "a region, not its country": (
        "Zelensky proposed the Gomel region of Belarus for the talks.",
        ["talks", "venue/gomel"],
    ),
    "one's own country": ("Erdogan said Turkey was ready to host the talks.", ["venue/turkey"]),
    "a capital that acts is its government": (
        "Erdogan told them that Ankara stood ready to host talks between the two sides.",
        ["venue/turkey"],
    ),
    "where somebody spoke is none": (
        "Peskov said after the talks in Istanbul that Russia was ready for a ceasefire.",
        ["ceasefire"],
    ),
}
OTHERS_TALKS = {
    "with one of the two": "Erdogan is ready for talks with Russia.",
    "of others alone": "Macron is ready for talks with Scholz.",
    "of one with another": "Russia is ready for talks with China, Lavrov said.",
}
DIRECT = {
    "a quotation is its words": (
        "“We will not be neutral,” Zelensky said.",
        ("direct", "We will not be neutral,"),
    ),
    "a report is its clause": (
        "Rain fell. Ukraine will not be neutral, Zelensky said.",
        ("paraphrase", "Ukraine will not be neutral"),
    ),
    "an outlet's own words are framing": (
        "Zelensky refuses talks with Russia",
        ("framing", "Zelensky refuses talks with Russia"),
    ),
}


@pytest.mark.parametrize(("text", "claims"), ASKED.values(), ids=ASKED)
def test_what_another_should_do_is_demanded_and_what_they_did_is_ascribed(text: str, claims: list[str]) -> None:
    assert short_claims(text) == claims


@pytest.mark.parametrize(("text", "element"), DUE.values(), ids=DUE)
def test_whose_troops_they_are_is_read_from_who_is_named_last(text: str, element: str) -> None:
    assert [claim.split()[3] for claim in short_claims(text)] == [f"preconditions/{element}"]


@pytest.mark.parametrize(("text", "places"), PLACES.values(), ids=PLACES)
def test_the_narrowest_place_is_the_venue(text: str, places: list[str]) -> None:
    assert [claim.split()[3] for claim in short_claims(text)] == places


@pytest.mark.parametrize("text", OTHERS_TALKS.values(), ids=OTHERS_TALKS)
def test_talks_of_others_are_none_of_these(text: str) -> None:
    assert short_claims(text) == []


@pytest.mark.parametrize(("text", "expected"), DIRECT.values(), ids=DIRECT)
def test_a_claim_is_anchored_to_its_words(text: str, expected: tuple[str, str]) -> None:
    (claim,) = read(text)
    assert (claim.directness, claim.quote) == expected


def test_a_place_where_two_met_is_where_they_talked() -> None:
    assert set(short_claims("The two delegations met in Istanbul.")) == {
        f"outlet > {party} {place} +2 framing" for party in ("RUS", "UKR") for place in ("talks", "venue/istanbul")
    }


def test_who_relays_another_is_told() -> None:
    text = "Peskov said that Lukashenko told him he was ready to host the talks."
    claims = [claim for claim in read(text) if claim.speaker == "lukashenko"]
    assert {(claim.relayed_by, claim.holder, claim.voice) for claim in claims} == {("peskov", "BLR", "ascribed")}


def test_who_speaks_for_the_same_party_relays_nothing() -> None:
    (claim,) = read("Peskov said Lavrov told him Russia was ready for talks.")
    assert (claim.speaker, claim.relayed_by) == ("peskov", None)


def test_one_sentence_claims_a_thing_once() -> None:
    assert short_claims("Zelensky refuses neutrality, refuses a neutral status and wants neutrality.") == [
        "zelensky > UKR neutrality -2 self"
    ]


def test_neighbouring_quotations_are_joined_only_where_they_agree() -> None:
    agreed, turned = (
        read(f"“We are ready for talks. {then}” Zelensky said.") for then in ("We want talks,", "We refuse talks,")
    )
    assert [claim.stance for claim in agreed] == [2]
    assert [claim.stance for claim in turned] == [2, -2]


def test_quotations_that_the_outlets_words_part_stay_two() -> None:
    claims = read("“We are ready for talks,” Zelensky said. “We are ready for talks with Russia.”")
    assert [claim.quote for claim in claims] == ["We are ready for talks,", "We are ready for talks with Russia."]


def test_an_unresolved_stance_is_less_sure() -> None:
    (unresolved,), (resolved,) = read("Zelensky spoke of neutrality."), read("Ukraine rejects neutrality.")
    assert unresolved.stance is None
    assert (unresolved.confidence or 0) < (resolved.confidence or 0)


def test_an_accusation_without_a_stance_claims_nothing() -> None:
    assert short_claims("Lavrov accused Kyiv of talks.") == []
