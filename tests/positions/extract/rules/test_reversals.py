"""Exceptions, refused requests, dropped demands, harm that is not wanted, threats: the stance that people mean."""

import pytest

from positions.extract.language.phrases import PhraseLists, tokenize
from positions.extract.rules.reversals import Reversals, reversal_words
from positions.extract.rules.topics import TopicMention
from tests.positions.extract.reading import stances


@pytest.mark.parametrize(
    ("text", "about", "stance"),
    [
        ("Zelensky said he would meet Putin in any country except Belarus.", "UKR venue/belarus", -2),
        ("Zelensky said any city other than Minsk would do for the talks.", "UKR venue/minsk", -2),
        ("Zelensky said talks could be held anywhere but Minsk.", "UKR venue/minsk", -2),
        ("The Kremlin said it accepts every city for talks apart from Warsaw.", "RUS venue/warsaw", -2),
        (
            "Ukraine is willing to meet for talks in any place that is not Belarus, Podolyak said.",
            "UKR venue/belarus",
            -2,
        ),
        ("Zelensky said he would meet Putin anywhere, except in Russia and Belarus.", "UKR venue/belarus", -2),
        ("Zelensky said all venues save Minsk were acceptable.", "UKR venue/minsk", -2),
        ("Zelensky said that talks in any place outside Belarus are possible.", "UKR venue/belarus", -2),
        ("Zelensky said that talks in any place but Belarus are possible.", "UKR venue/belarus", -2),
        ("Zelensky said that talks in any city other than Belarus are possible.", "UKR venue/belarus", -2),
        ("Zelensky said that talks everywhere except for Belarus are possible.", "UKR venue/belarus", -2),
        ("Kyiv said it would hold talks nowhere but in Istanbul.", "UKR venue/istanbul", 2),
        ("Zelensky said talks could be held in Istanbul but not in Minsk.", "UKR venue/istanbul", 1),
        ("Kyiv wants to save the talks in Istanbul.", "UKR venue/istanbul", 2),
        ("Zelensky said he was ready for talks in whatever country, only not in Belarus.", "UKR venue/belarus", -2),
        ("Except for Minsk, any city would suit us for the talks, Zelensky said.", "UKR venue/minsk", -2),
        ("Apart from Istanbul, no city would do for the talks, Zelensky said.", "UKR venue/istanbul", 2),
        ("Putin rejected an invitation from Zelensky to hold talks in Istanbul.", "RUS venue/istanbul", -2),
        ("Peskov said Moscow had rejected a request from Kyiv to resume talks.", "RUS talks", -2),
        ("Putin turned down an offer of talks.", "RUS talks", -2),
        ("Kyiv turned down a call from Beijing to sign a ceasefire.", "UKR ceasefire", -2),
        ("Kyiv dismissed a proposal from China to stop the fighting by a ceasefire.", "UKR ceasefire", -2),
        ("Moscow rejected calls for a ceasefire.", "RUS ceasefire", -2),
        ("Russia rejected a proposal to end the talks.", "RUS talks", 1),
        ("Putin did not reject an invitation to talks.", "RUS talks", 1),
        ("Moscow agreed to withdraw its demand for Ukrainian neutrality.", "RUS neutrality", None),
        ("Lavrov said Russia had dropped its demand for neutrality.", "RUS neutrality", None),
        ("Moscow refused to drop its demand for Ukrainian neutrality.", "RUS neutrality", 2),
        ("Russia will not give up its demand that Ukraine stay neutral.", "RUS neutrality", 2),
        ("“I don’t want to endanger the talks,” Zelensky said.", "UKR talks", 1),
        ("“We will not undermine the negotiations,” Zelensky said.", "UKR talks", 1),
        ("“We must not jeopardise the talks,” Lavrov said.", "RUS talks", 1),
        ("Zelensky said Russia wants to derail the talks.", "RUS talks", -2),
        ("Trump threatened new sanctions on Russia.", "USA sanctions", 1),
        ("The EU threatened Russia with further sanctions.", "EU sanctions", 1),
        ("Washington threatened to stop sending arms to Ukraine.", "USA military-aid", -1),
        ("Moscow threatened to walk away from the talks.", "RUS talks", -1),
    ],
)
def test_the_stance_is_what_people_mean(text: str, about: str, stance: int | None) -> None:
    assert stances(text).get(about) == stance


def test_an_exception_needs_a_word_for_all_if_the_word_means_other_things_too() -> None:
    tokens = tokenize("They save Minsk, they go outside Minsk, they bar Minsk.")
    minsk = [index for index, token in enumerate(tokens) if token.low == "minsk"]

    reversals = Reversals.of(tokens, PhraseLists(reversal_words()).find(tokens))
    scopes = [reversals.excepted_from(TopicMention(index, index + 1, "venue", "minsk", 1, None)) for index in minsk]

    assert scopes == [None, None, None]
