"""Who asks, who is asked, and who says so: demands of several, requests to others, reports within reports, agendas."""

from collections.abc import Sequence

import pytest

from tests.positions.extract.reading import short_claims

JOINT_DEMANDS = {
    "Berlin and Paris demanded an immediate ceasefire, German officials said.": ("DEU", "FRA"),
    '"London and Paris insist on a ceasefire," Downing Street said.': ("GBR", "FRA"),
    "Macron and Scholz called for a ceasefire, the Elysee said.": ("FRA", "DEU"),
    "France and Germany asked Russia for a ceasefire, a spokesman for the Elysee said.": ("FRA", "DEU"),
    "Germany and France urged Moscow to agree to a ceasefire, according to the Elysee.": ("FRA", "DEU"),
    '"The French president and the German chancellor require a ceasefire," Berlin said.': ("DEU", "FRA"),
    "Poland, Germany and France appealed for a ceasefire, the German government said.": ("DEU", "FRA"),
    '"Washington and London want a ceasefire," the State Department said.': ("USA", "GBR"),
    '"The United States and Germany expect a ceasefire," the White House said.': ("USA", "DEU"),
    "The leaders of France and Germany phoned Putin, urging him to accept a ceasefire, the Elysee said.": (
        "DEU",
        "FRA",
    ),
}
ASKED = {
    "Macron spoke to Putin for an hour, urging the Russian president to agree to a ceasefire.": "FRA ceasefire +2",
    "Biden sent an ultimatum to Russia to withdraw its troops.": "USA preconditions/withdrawal-russia +2",
    "Scholz wrote to Putin, pressing him to agree to a ceasefire.": "DEU ceasefire +2",
    "Trump renewed his appeal to Russia and Ukraine to begin talks.": "USA talks +2",
    "Erdogan phoned the Kremlin and asked Putin to accept a ceasefire.": "TUR ceasefire +1",
    "Macron put pressure on Moscow to agree to a ceasefire.": "FRA ceasefire +2",
    "Scholz called Putin on Friday, asking the Russian leader to withdraw his troops.": (
        "DEU preconditions/withdrawal-russia +2"
    ),
    "China told the two sides to begin talks.": "CHN talks +2",
    "Macron urged Putin to hold talks with Zelensky.": "FRA talks +2",
    "Germany asked Russia to begin negotiations with Ukraine.": "DEU talks +2",
}
WITHIN = {
    '"Kyiv said it rejected a ceasefire," Peskov said.': "UKR ceasefire -2 ascribed",
    '"Ukraine told us that it was ready for talks," Lavrov said.': "UKR talks +2 ascribed",
    '"Zelensky said he was ready for talks," Peskov told reporters.': "UKR talks +2 ascribed",
    '"Moscow announced that it would stop the fighting," Kuleba said.': "RUS ceasefire +2 ascribed",
    '"Russia says it is open to a ceasefire," Podolyak said.': "RUS ceasefire +1 ascribed",
    '"Kyiv declared that it would never become neutral," Lavrov noted.': "UKR neutrality -2 ascribed",
    '"Putin said he would not withdraw his troops," Scholz said.': "RUS preconditions/withdrawal-russia -2 ascribed",
    '"London told me that they would not accept a ceasefire," Lavrov said.': "GBR ceasefire -2 ascribed",
    'According to Peskov, "Kyiv said it wanted a ceasefire."': "UKR ceasefire +2 ascribed",
    '"Beijing says it supports a ceasefire," Kuleba said.': "CHN ceasefire +2 ascribed",
}
DISCUSSED = [
    "Putin and Macron discussed neutrality.",
    "The two presidents discussed sanctions on Russia.",
    "Biden and Zelensky spoke about military aid to Ukraine.",
    "The delegations will discuss humanitarian corridors on Friday.",
    "A ceasefire was discussed, Kuleba said.",
    "The ministers talked about security guarantees for Ukraine.",
    "Ukraine's neutral status is being discussed, Lavrov said.",
    "The sides are going to discuss a prisoner exchange.",
    "Sanctions were raised by Biden.",
    "Lavrov and Cavusoglu debated a ceasefire.",
]
HOSTS = {
    "Erdogan offered to host Putin and Zelensky for talks.": "TUR venue/turkey +2",
    "Turkey is ready to host the two presidents in Istanbul for talks, Cavusoglu said.": "TUR venue/istanbul +2",
    "Erdogan invited both leaders, offering to host them in Ankara for talks.": "TUR venue/ankara +2",
    "Lukashenko said Minsk could host the delegations for a round of talks.": "BLR venue/minsk +1",
    "Israel offered to host the two leaders for peace talks.": "ISR venue/israel +2",
    "Erdogan said Turkey would gladly host them for a round of negotiations.": "TUR venue/turkey +2",
}
REFUSED_OFFERS = {
    "Ukraine rejected its offer of talks, the Kremlin said.": ("UKR talks -2", "RUS talks +2"),
    "Kyiv turned down its proposal to hold talks, the Russian Foreign Ministry said.": ("UKR talks -2", "RUS talks +2"),
    "Moscow dismissed its call for a ceasefire, the Ukrainian Foreign Ministry said.": (
        "RUS ceasefire -2",
        "UKR ceasefire +2",
    ),
    "Russia refused its demand for a ceasefire, Kyiv said.": ("RUS ceasefire -2", "UKR ceasefire +2"),
    "Kyiv spurned his proposal of a ceasefire, Putin said.": ("UKR ceasefire -2", "RUS ceasefire +2"),
}
WRITTEN = {
    "A statement from the French presidency said that a ceasefire was necessary.": "elysee > FRA ceasefire +2",
    "A readout from the White House said the United States would keep arming Ukraine.": (
        "white-house > USA military-aid +2"
    ),
    "A message from Downing Street said London was ready for a ceasefire.": "downing-street > GBR ceasefire +2",
    "A message from the Kremlin said Russia was ready for talks.": "kremlin > RUS talks +2",
    "Ukraine, Russia are holding talks, a spokesman for President Zelensky said.": "kyiv > UKR talks +2",
}


def _claims(text: str) -> list[str]:
    """Return what the rules claim in short, without who says it."""
    return [claim.partition(" > ")[2] for claim in short_claims(text)]


@pytest.mark.parametrize(("text", "holders"), JOINT_DEMANDS.items(), ids=JOINT_DEMANDS)
def test_what_several_demand_is_a_demand_of_each(text: str, holders: Sequence[str]) -> None:
    assert sorted(claim.partition(" ")[0] for claim in _claims(text)) == sorted(holders)


@pytest.mark.parametrize(("text", "expected"), ASKED.items(), ids=ASKED)
def test_who_asks_holds_what_they_ask_for_and_who_is_asked_does_not(text: str, expected: str) -> None:
    assert [claim.rpartition(" ")[0] for claim in _claims(text)] == [expected]


@pytest.mark.parametrize(("text", "expected"), WITHIN.items(), ids=WITHIN)
def test_a_pronoun_behind_a_report_within_a_report_means_who_reports_there(text: str, expected: str) -> None:
    assert _claims(text) == [expected]


@pytest.mark.parametrize("text", DISCUSSED)
def test_what_is_only_discussed_is_an_agenda(text: str) -> None:
    assert _claims(text) == []


@pytest.mark.parametrize(("text", "expected"), HOSTS.items(), ids=HOSTS)
def test_who_offers_a_place_for_talks_holds_the_place(text: str, expected: str) -> None:
    assert [claim.rpartition(" ")[0] for claim in _claims(text)] == [expected]


@pytest.mark.parametrize(("text", "expected"), REFUSED_OFFERS.items(), ids=REFUSED_OFFERS)
def test_a_refused_offer_is_the_speakers_if_they_call_it_theirs(text: str, expected: Sequence[str]) -> None:
    assert sorted(claim.rpartition(" ")[0] for claim in _claims(text)) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), WRITTEN.items(), ids=WRITTEN)
def test_what_is_written_or_said_for_somebody_is_theirs(text: str, expected: str) -> None:
    assert expected in [claim.rpartition(" ")[0] for claim in short_claims(text)]
