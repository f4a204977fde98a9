"""What is told without who says it, and what only looks like a stance: duties, places of talks, thanks, answers."""

import pytest

from tests.positions.extract.reading import short_claims

REFUSED_THERE = {
    "Ukraine refused to start negotiations in Minsk.": "UKR venue/minsk -2",
    "Kyiv rejected talks in Belarus, Zakharova said.": "UKR venue/belarus -2",
    "Zelensky ruled out negotiations at Gomel.": "UKR venue/gomel -2",
    "Moscow declined to hold talks in Warsaw.": "RUS venue/warsaw -2",
    "Kyiv turned down talks in Minsk.": "UKR venue/minsk -2",
    "Russia refuses talks in Poland, Podolyak said.": "RUS venue/poland -2",
}
NOTHING = [
    "Zelensky thanked Turkey for hosting the talks.",
    "Lavrov thanked Beijing for supporting a ceasefire.",
    "Thanking Berlin for military aid, Zelensky left.",
    "Responding to a question about talks in Ankara, Peskov said nothing had been decided.",
    "Commenting on the ceasefire, Lavrov left.",
    "Replying to reports of talks in Minsk, Kuleba shrugged.",
    "Reacting to calls for a ceasefire, Putin laughed.",
    "The proposal was met with silence, Price said.",
    "Zelensky said the offer had been met with bombs.",
    "His call was met by derision in Moscow.",
]
OPEN = {
    "The Kremlin sees no obstacles to talks.": "RUS talks +1",
    "Peskov said Moscow did not see any obstacles to a ceasefire.": "RUS ceasefire +1",
    "Kyiv does not see any obstacle to a prisoner exchange, Vereshchuk said.": "UKR humanitarian/prisoner-exchange +1",
    "Lavrov said there were no impediments to talks.": "RUS talks +1",
    "Answering a question on neutrality, Zelensky said he was ready for talks.": "UKR talks +2",
}
DUTIES = {
    "Ukraine must become neutral.": "RUS neutrality +2",
    "The Ukrainian authorities will have to recognise Crimea as Russian.": "RUS preconditions/crimea-recognition +2",
    "Ukraine has to give up NATO.": "RUS neutrality +2",
    "Kyiv must lay down its arms.": "RUS preconditions/lay-down-arms +2",
    "Moscow has to stop the bombing.": "UKR ceasefire +2",
}
HELD_THERE = {
    "The meeting takes place in Istanbul.": "istanbul",
    "The talks are being held in Gomel.": "gomel",
    "The negotiations resumed in Antalya on Friday.": "antalya",
    "The delegations are in Minsk for talks.": "minsk",
    "The next round of talks will take place in Warsaw.": "warsaw",
}
ON = {
    "Kyiv on Moscow's proposal: we want a ceasefire": "kyiv > UKR ceasefire +2",
    "Peskov on talks: Russia is ready": "peskov > RUS talks +2",
    "Kuleba about Minsk: we will not hold talks there": "kuleba > UKR talks -2",
    "Lavrov on NATO: Ukraine must become neutral": "lavrov > RUS neutrality +2",
    "Macron on the war: a ceasefire is necessary": "macron > FRA ceasefire +2",
}


def _claims(text: str) -> list[str]:
    """Return what the rules claim in short, without who says it and in whose voice."""
    return [claim.partition(" > ")[2].rpartition(" ")[0] for claim in short_claims(text)]


@pytest.mark.parametrize(("text", "expected"), REFUSED_THERE.items(), ids=REFUSED_THERE)
def test_talks_refused_at_a_place_are_a_refusal_of_the_place(text: str, expected: str) -> None:
    assert _claims(text) == [expected]


@pytest.mark.parametrize("text", NOTHING)
def test_thanks_answers_and_fates_are_no_position(text: str) -> None:
    assert _claims(text) == []


@pytest.mark.parametrize(("text", "expected"), OPEN.items(), ids=OPEN)
def test_who_sees_no_obstacle_is_open(text: str, expected: str) -> None:
    assert _claims(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), DUTIES.items(), ids=DUTIES)
def test_a_duty_of_one_of_two_that_nobody_states_is_wanted_by_the_other(text: str, expected: str) -> None:
    assert _claims(text) == [expected]


@pytest.mark.parametrize(("text", "place"), HELD_THERE.items(), ids=HELD_THERE)
def test_talks_that_nobody_is_said_to_hold_are_of_the_two_who_talk(text: str, place: str) -> None:
    assert {f"RUS venue/{place} +2", f"UKR venue/{place} +2"} <= set(_claims(text))


@pytest.mark.parametrize(("text", "expected"), ON.items(), ids=ON)
def test_who_speaks_on_a_thing_says_what_stands_behind_the_colon(text: str, expected: str) -> None:
    assert expected in [claim.rpartition(" ")[0] for claim in short_claims(text)]
