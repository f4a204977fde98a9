"""When a sentence was said: its own words first, then the voice's before, the story's lead, the publication."""

from __future__ import annotations

import pytest

from positions.extract.rules.said_on import publication_time, resolve_said_on
from tests.positions.extract.reading import DAY, lines, read


def said(text: str, number: int = -1) -> tuple[str, str]:
    """Return when one of a text's sentences was said, with the basis; the publication is Thursday 2022-03-10."""
    sentences = lines(text)
    number %= len(sentences)
    attributions = sentences[number].attributions
    time = resolve_said_on(sentences, number, attributions[0][0] if attributions else None, DAY)
    return time.date.text, time.basis


OWN = {
    "behind the verb": ("Peskov said on Tuesday that all was ready.", "2022-03-08", "relative"),
    "at the beginning": ("On Monday, Peskov said all was ready.", "2022-03-07", "relative"),
    "before the verb": ("Peskov on Wednesday said all was ready.", "2022-03-09", "relative"),
    "behind what was said": ("All is ready, Peskov said on Monday.", "2022-03-07", "relative"),
    "behind a quotation": ("“We are ready for it all,” Peskov said on Sunday.", "2022-03-06", "relative"),
    "the day itself": ("Peskov said today that all was ready.", "2022-03-10", "relative"),
    "a day of the calendar": ("Peskov said on March 1, 2022 that all was ready.", "2022-03-01", "explicit"),
}
NOT_ITS_OWN = {
    "in what was said": "Peskov said that the men come on Saturday.",
    "in a quotation": "Peskov said: “We come on Saturday with all men.”",
    "until a day": "Peskov said until Monday nothing would come.",
    "no time at all": "Peskov said all was ready.",
}


@pytest.mark.parametrize(("text", "day", "basis"), OWN.values(), ids=OWN)
def test_a_time_beside_the_verb_is_when_it_was_said(text: str, day: str, basis: str) -> None:
    assert said(text) == (day, basis)


@pytest.mark.parametrize("text", NOT_ITS_OWN.values(), ids=NOT_ITS_OWN)
def test_a_time_within_what_was_said_is_not_when(text: str) -> None:
    assert said(text) == ("2022-03-10", "document")


def test_the_same_voice_goes_on_at_the_same_time() -> None:
    assert said("Peskov said on Tuesday that all was ready. He added that men come.") == ("2022-03-08", "inherited")


def test_the_time_of_another_voice_is_not_taken_over_but_the_leads_is() -> None:
    text = f"Rain fell.{' Rain fell.' * 4} Kuleba said on Tuesday that he left. Peskov said all was ready."
    assert said(text) == ("2022-03-10", "document")
    assert said("Kuleba said on Tuesday that he left. Peskov said all was ready.") == ("2022-03-08", "inherited")


def test_a_voices_own_time_is_looked_for_only_a_few_sentences_back() -> None:
    text = "Rain fell. " * 4 + "Peskov said on Tuesday that all was ready. {} Peskov said men come."
    assert said(text.format("Rain fell.")) == ("2022-03-08", "inherited")
    assert said(text.format("Rain fell. " * 8)) == ("2022-03-10", "document")


@pytest.mark.parametrize(
    ("lead", "day", "basis"),
    [
        ("Missiles fell on Wednesday.", "2022-03-09", "inherited"),
        ("Missiles fell last year.", "2022-03-10", "document"),
        ("Missiles fell on Friday.", "2022-03-10", "document"),
        ("“We all leave on Wednesday,” it read.", "2022-03-10", "document"),
    ],
)
def test_the_lead_sets_the_day_where_it_is_just_before_the_publication(lead: str, day: str, basis: str) -> None:
    assert said(f"{lead} Peskov said all was ready.") == (day, basis)


def test_a_sentence_without_a_verb_of_speaking_has_the_documents_time() -> None:
    assert said("Rain fell.") == ("2022-03-10", "document")


def test_the_publications_day_is_told_as_the_documents() -> None:
    time = publication_time(DAY)
    assert (time.date.text, time.basis) == ("2022-03-10", "document")


@pytest.mark.parametrize(
    ("text", "said_on"),
    [
        ("Peskov, commenting on the summit of June 2021, says Russia is open to talks with Ukraine.", "2022-03-10"),
        ("In the early hours of Wednesday, Putin offered to hold talks with Ukraine.", "2022-03-09"),
    ],
)
def test_the_date_of_an_event_is_not_when_it_is_spoken_of(text: str, said_on: str) -> None:
    assert {str(one.said_on) for one in read(text)} == {said_on}
