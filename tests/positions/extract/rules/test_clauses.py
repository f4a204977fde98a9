"""Clauses that are apart, and the words of a sentence that a claim quotes."""

import pytest

from tests.positions.extract.reading import lines, read

APART = {
    "while before the main clause": (
        "While Moscow agreed to send a team, Kyiv refused to come.",
        ["While Moscow agreed to send a team,", "Kyiv refused to come."],
    ),
    "even as": (
        "Even as talks began, Zelensky questioned their use.",
        ["Even as talks began,", "Zelensky questioned their use."],
    ),
    "whereas behind a comma": (
        "Russia wants talks, whereas Ukraine wants a ceasefire first.",
        ["Russia wants talks,", "whereas Ukraine wants a ceasefire first."],
    ),
    "but with a subject": (
        "Russia wants talks at once but Ukraine does not.",
        ["Russia wants talks at once", "but Ukraine does not."],
    ),
    "even though": (
        "Lavrov praised the plan, even though Kyiv had rejected it.",
        ["Lavrov praised the plan,", "even though Kyiv had rejected it."],
    ),
    "a condition stays": (
        "Kyiv is ready to talk, but only if the shelling stops.",
        ["Kyiv is ready to talk, but only if the shelling stops."],
    ),
    "an exception stays": ("Zelensky would go anywhere but Minsk.", ["Zelensky would go anywhere but Minsk."]),
    "a verb of the same subject stays": (
        "Zelensky rejected Minsk but proposed Warsaw.",
        ["Zelensky rejected Minsk but proposed Warsaw."],
    ),
    "an apposition opens no main clause": (
        "While the envoy, Vladimir Medinsky, was hopeful, there remain obstacles.",
        ["While the envoy, Vladimir Medinsky, was hopeful,", "there remain obstacles."],
    ),
}


@pytest.mark.parametrize(("text", "expected"), APART.values(), ids=APART.keys())
def test_clauses_are_apart_where_they_are_set_against_each_other(text: str, expected: list[str]) -> None:
    (line,) = lines(text)
    ends = [*line.clauses[1:], len(line.tokens)]
    clauses = [
        text[line.tokens[first].start : line.tokens[end - 1].end] for first, end in zip(line.clauses, ends, strict=True)
    ]
    assert clauses == expected


QUOTED = {
    "what is reported, without who reports it": (
        "Peskov told reporters on Friday that Russia was ready for talks with Kyiv.",
        "Russia was ready for talks with Kyiv.",
    ),
    "what is said before its speaker": (
        "Russia is ready for talks with Kyiv, Peskov said on Friday.",
        "Russia is ready for talks with Kyiv",
    ),
    "a verb that takes a stance": ("Peskov denied that Russia was ready for talks.", None),
    "a noun behind a verb of saying": ("Peskov expressed readiness for talks with Ukraine.", None),
    "the clause that is set against another": (
        "Lavrov came to Antalya, while Ukraine insists on an immediate ceasefire.",
        "Ukraine insists on an immediate ceasefire.",
    ),
    "the cue before the topic's clause": ("Kyiv refused, while it was bombed, to hold talks with Moscow.", None),
    "the second of two clauses": (
        "Putin met his council, and Zelensky ruled out talks with Moscow.",
        "Zelensky ruled out talks with Moscow.",
    ),
    "no participle behind it": (
        "Russia is ready for talks with Ukraine, adding pressure on the West.",
        "Russia is ready for talks with Ukraine",
    ),
    "no relative clause behind it": (
        "Zelensky ruled out talks with Moscow, which had sent tanks.",
        "Zelensky ruled out talks with Moscow",
    ),
    "a condition behind it": ("Russia is ready for talks, but only if Ukraine lays down its arms.", None),
    "what is too short": ("Talks can resume, Zelensky said.", None),
    "a list of two with and": ("Zelensky wants talks with Russia and with Belarus.", None),
}


@pytest.mark.parametrize(("text", "quote"), QUOTED.values(), ids=QUOTED.keys())
def test_a_claim_quotes_its_clause(text: str, quote: str | None) -> None:
    assert read(text)[0].quote == (quote or text)


def test_an_introducing_clause_does_not_say_what_the_main_clause_says() -> None:
    claims = read("While the Kremlin confirmed it would send a delegation, Kyiv repeated its call for a ceasefire.")
    assert ("kyiv", "UKR", "ceasefire") in [(one.speaker, one.holder, one.issue) for one in claims]
    assert not [one for one in claims if one.holder == "RUS" and one.issue == "ceasefire"]
