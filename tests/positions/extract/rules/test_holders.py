"""Whose position it is: the speaker's own, that of whom they speak about, of both, or nobody's."""

from __future__ import annotations

import pytest

from tests.positions.extract.reading import short_claims

WANTED_OF_ANOTHER = {
    "demanded that": ("Russia demanded that Ukraine become neutral.", "moscow > RUS neutrality +2 self"),
    "must": ("Ukraine must become neutral, Lavrov said.", "lavrov > RUS neutrality +2 self"),
    "should": (
        "Ukraine should recognise Crimea as Russian, Peskov said.",
        "peskov > RUS preconditions/crimea-recognition +2 self",
    ),
    "guarantees": (
        "Russia must give guarantees, Zelensky said.",
        "zelensky > UKR preconditions/security-guarantees-ukraine +2 self",
    ),
    "urged": ("Zelensky urged Putin to hold talks.", "zelensky > UKR talks +2 self"),
    "said they must": (
        "Zelensky said Russian troops must leave Ukraine.",
        "zelensky > UKR preconditions/withdrawal-russia +2 self",
    ),
    "a condition": (
        "Ukraine will be neutral if Russia withdraws its troops, Podolyak said.",
        "podolyak > UKR preconditions/withdrawal-russia +2 self",
    ),
}
ASKED = {
    "asked to": ("Zelensky said he had asked Putin to hold talks.", ["zelensky > UKR talks +2 self"]),
    "told that": ("Zelensky said he told Putin that he is ready for talks.", ["zelensky > UKR talks +2 self"]),
    "asked somebody": ("Zelensky asked Macron to mediate.", ["zelensky > UKR talks +2 self"]),
}
ACCUSED = {
    "of refusing": ("Lavrov accused Kyiv of refusing talks.", "lavrov > UKR talks -2 ascribed"),
    "blamed for": ("Kuleba blamed Moscow for breaking off the talks.", "kuleba > RUS talks -2 ascribed"),
    "a refusal told": ("Lavrov said Ukraine refused talks.", "lavrov > UKR talks -2 ascribed"),
    "a demand told": ("Peskov said Ukraine demands a ceasefire.", "peskov > UKR ceasefire +2 ascribed"),
}
OWN = {
    "words held with tongs": (
        'Peskov said that Russia\'s "special military operation" would continue.',
        "peskov > RUS ceasefire -2 self",
    ),
    "we": ("We are ready for talks, Zelensky said.", "zelensky > UKR talks +2 self"),
    "he": ("Zelensky said he was ready for talks.", "zelensky > UKR talks +2 self"),
    "they, after one speaker": ("Lavrov said they were ready for talks.", "lavrov > RUS talks +2 self"),
    "the verb itself": ("Zelensky rejected talks.", "zelensky > UKR talks -2 self"),
    "no subject": ("Talks with Russia are possible, Podolyak said.", "podolyak > UKR talks +1 self"),
}
NAMED = {
    "somebody's offer": (
        "Macron said Russia's offer of corridors for civilians was late.",
        "macron > RUS humanitarian/corridors +2 ascribed",
    ),
    "the readiness of somebody": (
        "Zelensky praised the readiness of Turkey to host the talks.",
        "zelensky > TUR venue/turkey +2 ascribed",
    ),
    "by somebody": ("Military aid was refused by the Pentagon, Kuleba said.", "kuleba > USA military-aid -2 ascribed"),
    "by somebody, in the outlet's words": ("A truce has been rejected by Moscow.", "outlet > RUS ceasefire -2 framing"),
    "a name that ends what is spoken of": (
        "Once they drop the plan to join NATO, a ceasefire will follow, Putin said.",
        "putin > RUS ceasefire +1 self",
    ),
}
BOTH = {
    "talks between them": (
        "Talks between Russia and Ukraine ended in Bern.",
        {"outlet > RUS talks +2 framing", "outlet > UKR talks +2 framing"},
    ),
    "what both have agreed to, told by another": (
        "Macron says Sergei Lavrov and Dmytro Kuleba have agreed to meet.",
        {"macron > RUS talks +2 ascribed", "macron > UKR talks +2 ascribed"},
    ),
    "both sides": (
        "Both sides are ready for talks, Peskov said.",
        {"peskov > RUS talks +2 self", "peskov > UKR talks +2 ascribed"},
    ),
    "joined by and": (
        "Russia and Ukraine are ready for talks, Erdogan said.",
        {"erdogan > RUS talks +2 ascribed", "erdogan > UKR talks +2 ascribed"},
    ),
    "a meeting of the two": (
        "Putin and Zelensky should meet, Podolyak said.",
        {"podolyak > RUS talks +2 ascribed", "podolyak > UKR talks +2 self"},
    ),
    "who met, and where": (
        "Russia and Ukraine held talks in Istanbul.",
        {
            "outlet > RUS talks +2 framing",
            "outlet > UKR talks +2 framing",
            "outlet > RUS venue/istanbul +2 framing",
            "outlet > UKR venue/istanbul +2 framing",
        },
    ),
}
TOGETHER = {
    "who demand it in one breath": (
        "On Saturday France, the UK, Poland and Germany called for a ceasefire.",
        {"paris > FRA ceasefire +2 self", "london > GBR ceasefire +2 self", "berlin > DEU ceasefire +2 self"},
    ),
    "with somebody between commas": (
        "The leaders of France, the UK and Germany, backed by US President Joe Biden, pressed Russia to halt the war.",
        {
            "paris > FRA ceasefire +2 self",
            "london > GBR ceasefire +2 self",
            "berlin > DEU ceasefire +2 self",
            "biden > USA ceasefire +2 self",
        },
    ),
    "what one urges, and what another proposes": (
        "Biden urged Kyiv to accept Moscow's proposal of direct negotiations.",
        {"biden > USA talks +1 self", "biden > RUS talks +2 ascribed"},
    ),
    "whose refusal it is": (
        "Putin's continued refusal to accept the ceasefire complicates matters, Zelensky said.",
        {"zelensky > RUS ceasefire -2 ascribed"},
    ),
    "who takes part is not who acts": (
        "The summit held between Joe Biden and Putin ended with Russia demanding a ceasefire.",
        {"moscow > RUS ceasefire +2 self"},
    ),
    "who a relative clause is about": (
        "The fault lies with the Ukrainian side, which categorically rejects the negotiations, Lavrov said.",
        {"lavrov > UKR talks -2 ascribed"},
    ),
    "a name in a longer word": (
        "The Kremlin has dismissed a US-EU-backed ceasefire.",
        {"kremlin > RUS ceasefire -2 self"},
    ),
}
NOBODY = {
    "a stranger's own": "John Smith said neutrality was good.",
    "talks of others": "Macron and Scholz are ready for talks, Peskov said.",
    "nobody is named": "Talks are wanted everywhere.",
    "only what the terms are for": "Lavrov said that Ukraine's conditions for negotiations were known.",
    "a capital that acts": "Erdogan complained that Ankara has not received answers on the talks.",
    "only what it is for": "A step towards a ceasefire was not seen in Kyiv.",
    "only the scene": "Amid a ceasefire deadline set by Washington, Putin flew to Beijing.",
}


@pytest.mark.parametrize(("text", "claim"), WANTED_OF_ANOTHER.values(), ids=WANTED_OF_ANOTHER)
def test_a_demand_on_somebody_else_is_the_demanders(text: str, claim: str) -> None:
    found = short_claims(text)
    assert claim in found
    place = claim.split()[3]
    assert [one for one in found if one.split()[3] == place] == [claim]


@pytest.mark.parametrize(("text", "claims"), ASKED.values(), ids=ASKED)
def test_who_is_asked_or_told_holds_nothing_by_it(text: str, claims: list[str]) -> None:
    assert short_claims(text) == claims


@pytest.mark.parametrize(("text", "claim"), ACCUSED.values(), ids=ACCUSED)
def test_what_is_said_of_another_is_ascribed_to_them(text: str, claim: str) -> None:
    assert short_claims(text) == [claim]


@pytest.mark.parametrize(("text", "claim"), NAMED.values(), ids=NAMED)
def test_an_offer_is_its_owners_and_an_act_its_agents(text: str, claim: str) -> None:
    assert claim in short_claims(text)


@pytest.mark.parametrize(("text", "claims"), TOGETHER.values(), ids=TOGETHER)
def test_each_of_a_list_holds_what_they_say_together(text: str, claims: set[str]) -> None:
    assert set(short_claims(text)) == claims


@pytest.mark.parametrize(("text", "claim"), OWN.values(), ids=OWN)
def test_what_is_said_of_oneself_is_the_speakers(text: str, claim: str) -> None:
    assert short_claims(text) == [claim]


@pytest.mark.parametrize(("text", "claims"), BOTH.values(), ids=BOTH)
def test_two_hold_what_two_do(text: str, claims: set[str]) -> None:
    assert set(short_claims(text)) == claims


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_without_a_party_nobody_holds_it(text: str) -> None:
    assert short_claims(text) == []
