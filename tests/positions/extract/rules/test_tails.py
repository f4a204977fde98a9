"""What closes a sentence of reported speech: the speaker with when, where and to whom, and the time of speaking."""

import pytest

from positions.model.dates import PartialDate
from positions.model.document import Document, sha256_of
from tests.positions.extract.reading import DAY, rules, stances


@pytest.mark.parametrize(
    "tail",
    [
        "Zelensky said",
        "Zelensky said over the weekend",
        "Zelensky said via Telegram",
        "Zelensky said from Kyiv",
        "Zelensky said overnight",
        "Zelensky said during a briefing in Kyiv",
        "Zelensky told reporters",
        "Zelensky told CNN",
        "Zelensky wrote on X",
        "said Zelensky in his nightly address",
        "Zelensky said, speaking in Kyiv",
        "Zelensky added late on Sunday",
        "Ukrainian President Volodymyr Zelensky said two days ago",
        "Zelensky said when asked about the talks",
        "said Zelensky, who was visiting Berlin",
        "Zelensky said as he arrived in Brussels",
        "Zelensky said, according to his press service",
    ],
)
def test_whoever_is_named_in_the_tail_demands_it(tail: str) -> None:
    assert stances(f"Russia must agree to a ceasefire, {tail}.") == {"UKR ceasefire": 2}


def said_on(text: str) -> set[str]:
    document = Document(
        id="text", file="seeds/text.txt", title="A text", outlet="The Example", text=text,
        published_on=PartialDate.of(DAY), published_on_basis="explicit", sha256=sha256_of(text.encode()),
    )  # fmt: skip
    return {str(one.said_on) for one in rules().candidates(document)}


@pytest.mark.parametrize(
    "text",
    [
        "The Kremlin, which annexed Crimea in March 2014, says it is ready for talks in Istanbul.",
        "Zelensky, who took office in May 2019, says Ukraine rules out neutrality.",
        "Zelensky, elected in April 2019, says Ukraine rules out neutrality.",
        "They signed the Minsk agreement in February 2015, which Moscow says is dead. Moscow says it wants talks.",
        "They signed the Minsk agreement in February 2015, but Moscow says it is ready for talks in Istanbul.",
        "After annexing Crimea in March 2014, Russia says it is ready for talks in Istanbul.",
        "Putin said Crimea, annexed in March 2014, is Russian and that Russia is ready for talks.",
    ],
)
def test_the_time_of_an_event_is_not_that_of_speaking(text: str) -> None:
    assert said_on(text) == {str(DAY)}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 7 March, Lavrov said Russia is ready for talks.", "2022-03-07"),
        ("Lavrov said on Monday Russia is ready for talks.", "2022-03-07"),
        ("Lavrov, speaking on Tuesday, said Russia is ready for talks.", "2022-03-08"),
        ("Zelensky told Putin on Monday that Ukraine was ready for talks.", "2022-03-07"),
        ("After talks on Monday, Zelensky said Ukraine was ready for a ceasefire.", "2022-03-07"),
        ("Zelensky in January 2022 said Ukraine was ready for neutrality.", "2022-01"),
    ],
)
def test_the_time_beside_the_verb_is_that_of_speaking(text: str, day: str) -> None:
    assert said_on(text) == {day}


def test_a_name_behind_a_dash_closes_what_was_said() -> None:
    assert stances("Russia must agree to a ceasefire — Zelensky.") == {"UKR ceasefire": 2}
    assert stances("Putin’s envoy — Dmitry Kozak — said Russia is ready for talks.") == {"RUS talks": 2}


def test_who_was_asked_does_not_ask() -> None:
    assert stances("Peskov, who was asked about the summit in Bern, says Russia is ready for talks.") == {
        "RUS talks": 2
    }
