"""A topic counts as what somebody wants, not as where, for what or by whose forecast it comes up."""

import pytest

from tests.positions.extract.reading import stances


@pytest.mark.parametrize(
    ("text", "about", "stance"),
    [
        ("Kyiv offers neutrality at the talks in Istanbul.", "UKR talks", None),
        ("Ukraine proposed to settle the status of Crimea in consultations with Russia.", "UKR talks", None),
        ("Zelensky promised security guarantees during the negotiations with Russia.", "UKR talks", None),
        ("Russia and Ukraine have engaged in many rounds of peace talks.", "UKR talks", 2),
        ("Kyiv will take part in the talks with Russia.", "UKR talks", 2),
        ("Kuleba said Ukraine was interested in negotiations with Russia.", "UKR talks", 2),
        ("“For any talks to succeed, there must be trust,” Zelensky said.", "UKR talks", None),
        ("Trump said Ukraine and Russia could begin talks.", "UKR talks", None),
        ("Zelensky said Ukraine could begin talks with Russia.", "UKR talks", 1),
        ("Lavrov said Ukraine might accept neutrality.", "UKR neutrality", None),
        ("Turkey opened the talks between Russia and Ukraine.", "TUR talks", None),
        ("Zelensky said that he would not negotiate with the Russian president.", "UKR talks", -2),
        ("Lavrov said Moscow would not stop its operation.", "RUS ceasefire", -2),
        ("Zelensky said he would not negotiate until Russian troops left Ukraine.", "UKR talks", -1),
        ("The Minsk agreements of 2015 ended the fighting, Lavrov said.", "RUS ceasefire", None),
        ("Asked whether talks with Ukraine were possible, Peskov said he had nothing to add.", "RUS talks", None),
        ("Asked about talks with Ukraine, Peskov said Moscow was open to them.", "RUS talks", 1),
        ("The head of the EU's diplomacy, Josep Borrell, said Kyiv needed weapons.", "EU talks", None),
        ("Kyiv wants to end the war and begin talks with Moscow.", "UKR talks", 2),
        ("Podolyak said talks with Russia could resume only after its troops had left.", "UKR talks", -1),
        ("Peskov said that no new talks with Ukraine were scheduled.", "RUS talks", -2),
        (
            "Scholz said Berlin would supply weapons to Ukraine, and rejected an end to sanctions.",
            "DEU military-aid",
            2,
        ),
        ("Peskov said that Zelensky was allegedly hindering the talks with Russia.", "UKR talks", -2),
        ("The West wants a ceasefire.", "UKR ceasefire", None),
        (
            "The Kremlin demanded the lifting of restrictions on arms deliveries.",
            "RUS preconditions/sanctions-relief",
            None,
        ),
        ("The Kremlin demanded the lifting of restrictions on banks.", "RUS preconditions/sanctions-relief", 2),
        ("Zelensky said Russia must treat prisoners of war humanely.", "UKR humanitarian/prisoner-exchange", None),
        ("Zelensky said Russia must release prisoners of war.", "UKR humanitarian/prisoner-exchange", 2),
        ("Erdogan said Turkey wants talks between Russia and Ukraine.", "TUR talks", 2),
    ],
)
def test_a_topic_counts_only_as_an_argument(text: str, about: str, stance: int | None) -> None:
    assert stances(text).get(about) == stance
