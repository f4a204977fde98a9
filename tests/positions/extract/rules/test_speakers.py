"""Whose words: the voice behind each sentence, carried on by pronouns, quotations and labels."""

from __future__ import annotations

import pytest

from tests.positions.extract.reading import lines


def voices(text: str) -> list[str]:
    """Write each sentence's speaker; a stranger with their name, nobody as "-"."""
    named = [line.voice for line in lines(text)]
    return ["-" if who is None else f"{who.speaker} {who.name}".strip() for who in named]


PRONOUNS = {
    "he, who spoke before": ("Lavrov said Russia was ready. He added that Kyiv was not.", ["lavrov", "lavrov"]),
    "he, who was named before": ("Lavrov met reporters. He said Russia was ready.", ["-", "lavrov"]),
    "he, who was named since another spoke": (
        "Kuleba said so. Lavrov met reporters. He said Russia was ready.",
        ["kuleba", "-", "lavrov"],
    ),
    "he, a stranger": (
        "John Smith said Russia was ready. He added that Kyiv was not.",
        ["unknown John Smith", "unknown John Smith"],
    ),
    "the minister": ("Lavrov met reporters. The minister said Russia was ready.", ["-", "lavrov"]),
    "it, the party of the same sentence": ("Ukraine waits, but it said talks are good.", ["kyiv"]),
    "they, who spoke before": ("Lavrov said so. They added that Kyiv was not.", ["lavrov", "lavrov"]),
    "he, before anybody": ("He said so.", ["-"]),
    "they, before anybody": ("They said so.", ["-"]),
    "both sides, one of them first": ("Lavrov said so. Both sides said no.", ["lavrov", "moscow"]),
}
UNNAMED = {
    "a party": ("Moscow said so.", ["moscow"]),
    "an office's house": ("The Kremlin said it was ready.", ["kremlin"]),
    "an official of a party": ("A Ukrainian diplomat said so.", ["kyiv"]),
    "an official of nobody": ("A diplomat said so.", ["-"]),
    "a spokesman for a person": ("A spokesman for President Zelensky said so.", ["kyiv"]),
    "experts": ("Experts said so.", ["unknown"]),
}
QUOTED = {
    "before its speaker": ("“We are ready for talks. We want peace now,” Putin said.", ["putin", "putin"]),
    "behind its speaker": ("Putin said: “We are ready for talks. We want peace now.”", ["putin", "putin"]),
    "around its speaker": (
        "“We are ready for talks,” Putin said. “It is time to end it all.”",
        ["putin", "putin"],
    ),
    "in the next paragraph, behind a colon": (
        "Kuleba explained:\n\n“We are ready for talks and peace.”",
        ["kuleba", "kuleba"],
    ),
    "of he, who was named in the paragraph before": (
        "Putin spoke in Moscow.\n\n“We are ready for talks. We want peace now,” he said.",
        ["-", "putin", "putin"],
    ),
    "over paragraphs": (
        "Putin said he was ready.\n\n“We are ready for talks and peace.\n\n“We want peace and we want it now.”",
        ["putin", "putin", "putin"],
    ),
    "followed by who says it": (
        "Lavrov came. “We are ready for talks and peace.” He said it in Bern.",
        ["-", "lavrov", "lavrov"],
    ),
    "without anybody": ("“We are ready for talks and peace.” Kuleba left.", ["-", "-"]),
}
LABELS = {
    "a label": ("PESKOV: We are ready for talks.\n\nKULEBA: We are not ready.", ["peskov", "kuleba"]),
    "a label with a remark": ("PESKOV (translated): We are ready for talks. We wait.", ["peskov", "peskov"]),
    "a stranger's label": ("JOURNALIST: Are you ready?\n\nPESKOV: We are ready.", ["-", "peskov"]),
    "a label with an office": ("PESKOV, KREMLIN SPOKESMAN: We are ready for talks.", ["peskov"]),
    "a label holds for what is below it": (
        "JOURNALIST: Are you ready?\n\nPESKOV: We are ready.\n\nWe wait.\n\nJOURNALIST: Well?\n\nReally?",
        ["-", "peskov", "peskov", "-", "-"],
    ),
    "until the clip ends": (
        "JOURNALIST: So?\n\nKULEBA: No.\n\nPESKOV: We are ready.\n\n(END VIDEO CLIP)\n\nIt rained.",
        ["-", "kuleba", "peskov", "-", "-"],
    ),
    "a label of one letter is none": ("Q: Are you ready?\nA: We are.", ["-", "-"]),
}
INDIRECT = {
    "a modal goes on telling": (
        "Lavrov said the war was just. The operation would go on.",
        ["lavrov", "lavrov"],
    ),
    "and on": (
        "Lavrov said the war was just. The operation would go on. It must not stop.",
        ["lavrov", "lavrov", "lavrov"],
    ),
    "no modal is the outlet's": ("Lavrov said the war was just. The operation went on.", ["lavrov", "-"]),
    "another paragraph is the outlet's": (
        "Lavrov said the war was just.\n\nThe operation would go on.",
        ["lavrov", "-"],
    ),
    "nothing told before": ("The operation would go on.", ["-"]),
}


@pytest.mark.parametrize(("text", "expected"), PRONOUNS.values(), ids=PRONOUNS)
def test_a_pronoun_is_who_spoke_or_was_named_last(text: str, expected: list[str]) -> None:
    assert voices(text) == expected


@pytest.mark.parametrize(("text", "expected"), UNNAMED.values(), ids=UNNAMED)
def test_who_is_not_named_speaks_for_their_party_or_is_unknown(text: str, expected: list[str]) -> None:
    assert voices(text) == expected


@pytest.mark.parametrize(("text", "expected"), QUOTED.values(), ids=QUOTED)
def test_a_quotation_is_in_the_voice_of_who_says_it(text: str, expected: list[str]) -> None:
    assert voices(text) == expected


@pytest.mark.parametrize(("text", "expected"), LABELS.values(), ids=LABELS)
def test_a_transcripts_label_names_the_voice_of_its_paragraph(text: str, expected: list[str]) -> None:
    assert voices(text) == expected


@pytest.mark.parametrize(("text", "expected"), INDIRECT.values(), ids=INDIRECT)
def test_free_indirect_speech_goes_on_in_the_voice_before(text: str, expected: list[str]) -> None:
    assert voices(text) == expected


def test_a_heading_only_reports() -> None:
    assert voices("Zelensky refuses talks\n\nThe rain went on.") == ["-", "-"]
    assert voices("Zelensky says Kyiv is ready for talks\n\nThe rain went on.") == ["zelensky", "-"]


def test_who_speaks_for_a_party_is_told_with_it() -> None:
    (line,) = lines("Lavrov said so.")
    ((_, voice),) = line.attributions
    assert (voice.speaker, voice.party, voice.name) == ("lavrov", "RUS", "")


def test_the_quotation_that_a_word_lies_in_is_found() -> None:
    text = "Putin said: “We are ready for talks.”"
    (line,) = lines(text)
    place = next(n for n, token in enumerate(line.tokens) if token.low == "ready")
    quote = line.quote_at(place)
    assert quote is not None
    assert text[quote.start : quote.end] == "We are ready for talks."
    assert line.quote_at(0) is None


def test_no_text_has_no_lines() -> None:
    assert lines("") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tusk urged Russia to agree to a ceasefire.", "Tusk"),
        ("“Russia does not want talks,” Stubb said.", "Stubb"),
        ("Reports said Russia wants talks.", ""),
        ("Yesterday said nothing of talks.", ""),
        ("He said Russia wants talks.", ""),
    ],
)
def test_a_name_of_one_word_that_nobody_lists_speaks(text: str, name: str) -> None:
    (line,) = lines(text)
    assert next((voice.name for _, voice in line.attributions), "") == name
