"""Who says it: verbs of speaking and their subjects, by example sentences."""

from __future__ import annotations

import pytest

from positions.extract.language.phrases import tokenize
from positions.extract.language.sentences import split_sentences
from positions.extract.rules.attribution import Attribution, find_attributions
from positions.extract.rules.speech import TaggedTokens, flag_spoken
from tests.positions.extract.reading import DAY, name_index, words


def short_attributions(text: str) -> list[str]:
    """Write each attribution in short: subject > verb kind, with "before" where what is said stands before."""

    def short(one: Attribution) -> str:
        subject = one.name or text[tokens[one.subject.first].start : tokens[one.subject.end - 1].end]
        verb = text[tokens[one.verb].start : tokens[one.after - 1].end]
        return f"{subject} > {verb} {one.kind}{' before' if one.tail else ''}"

    tokens = tokenize(text)
    quotes = [quote for sentence in split_sentences(text) for quote in sentence.quotes]
    tagged = TaggedTokens(tokens, name_index().find_mentions(tokens, DAY), flag_spoken(tokens, quotes))
    return [short(one) for one in find_attributions(tagged, words())]


FOUND = {
    "a report": ("Lavrov said that Russia was ready.", ["Lavrov > said report"]),
    "a report at the end": ("Kyiv is ready, Podolyak said.", ["Podolyak > said report"]),
    "an inverted report": ("“We are ready for talks,” said Dmytro Kuleba.", ["Dmytro Kuleba > said report before"]),
    "inverted behind a dash": ("All is ready — said Podolyak.", ["Podolyak > said report before"]),
    "according to": ("According to Lavrov, Russia is ready.", ["Lavrov > According to report"]),
    "according to, at the end": ("Russia is ready, according to Lavrov.", ["Lavrov > according to report before"]),
    "by his account": ("By his account, Russia is ready.", ["his > By his account report"]),
    "in somebody's view": ("In Lavrov's view, Russia is ready.", ["Lavrov > In Lavrov's view report"]),
    "in the passive": ("Peskov was quoted as saying that Russia was ready.", ["Peskov > quoted as saying report"]),
    "a spokesman for somebody": (
        "A spokesman for President Zelensky said Kyiv was ready.",
        ["spokesman for President Zelensky > said report"],
    ),
    "a relative clause": ("Kuleba, who met Lavrov in Antalya, said Ukraine was ready.", ["Kuleba > said report"]),
    "a verb in a relative clause": ("Kuleba, who said Ukraine was ready, left.", ["Kuleba > said report"]),
    "a second verb": (
        "Lavrov said Russia was ready and called for talks.",
        ["Lavrov > said report", "Lavrov > called for demand"],
    ),
    "adding": (
        "Lavrov said Russia was ready, adding that Kyiv was not.",
        ["Lavrov > said report", "Lavrov > adding report"],
    ),
    "a name with a colon": ("Peskov: Russia is ready for talks.", ["Peskov > : report"]),
    "an apposition behind": ("Ned Price, State Department spokesman, said so.", ["Ned Price > said report"]),
    "a name between commas": ("Their foreign minister, Mevlut Cavusoglu, said so.", ["Mevlut Cavusoglu > said report"]),
    "a stranger's name": ("John Smith said Russia was ready.", ["John Smith > said report"]),
    "a plan that calls for": ("Lavrov presented a plan that calls for talks.", ["Lavrov > calls for demand"]),
    "after somebody said": ("After Putin said Russia was ready, all left.", ["Putin > said report"]),
    "an adverb between": ("Lavrov has repeatedly said so.", ["Lavrov > said report"]),
    "what another says within": ("Kyiv has agreed to it, Podolyak said.", ["Podolyak > said report before"]),
    "words inside a quotation": ("“Lavrov said nothing at all of it,” Kuleba said.", ["Kuleba > said report before"]),
    "an insertion": ("Russia, Lavrov said, is ready.", ["Lavrov > said report"]),
    "behind a semicolon": ("Russia is ready; Lavrov said Kyiv is not.", ["Lavrov > said report"]),
    "a day before the speaker": (
        "On Thursday Kremlin aide Yuri Ushakov said so.",
        ["Kremlin aide Yuri Ushakov > said report"],
    ),
    "a name that holds a verb": ("The United States proposed talks.", ["United States > proposed offer"]),
    "an agency that was told": ("Lavrov told Interfax that Russia was ready.", ["Lavrov > told report"]),
}
KINDS = {
    "demand": "Lavrov demanded talks.",
    "offer": "Lavrov proposed talks.",
    "acceptance": "Lavrov welcomed talks.",
    "refusal": "Lavrov rejected talks.",
    "denial": "Lavrov denied that Russia attacked.",
    "accusation": "Lavrov accused Kyiv of lying.",
}
NOBODY = {
    "a noun": "The offer of Lavrov was late.",
    "a noun behind an adjective": "A Russian proposal was late.",
    "an infinitive": "It was for Lavrov to say.",
    "talks that demand": "The talks demand patience.",
    "a possessive": "Lavrov's words said it all.",
    "his alone": "His said so.",
    "an unnamed nobody": "Nobody said anything.",
    "a plural that opens a sentence": "Reports said so.",
    "an agency": "Reuters reported that Kyiv was ready.",
    "according to an agency": "According to Interfax, Kyiv is ready.",
    "a verb alone": "Said",
    "nothing": "",
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_the_subject_of_a_verb_of_speaking_is_who_says_it(text: str, expected: list[str]) -> None:
    assert short_attributions(text) == expected


@pytest.mark.parametrize(("kind", "text"), KINDS.items(), ids=KINDS)
def test_a_verb_tells_what_is_done_by_saying_it(kind: str, text: str) -> None:
    (one,) = short_attributions(text)
    assert one.split()[-1] == kind


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_nobody_speaks_where_no_speaker_is_the_subject(text: str) -> None:
    assert short_attributions(text) == []


def test_a_subject_too_far_from_its_verb_is_none() -> None:
    assert short_attributions(f"Lavrov {'very ' * 10}tall said so.") == ["Lavrov > said report"]
    assert short_attributions(f"Lavrov {'very ' * 30}tall said so.") == []
