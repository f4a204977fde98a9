"""The subject of a verb of speaking, found from the verb."""

from __future__ import annotations

import pytest

from positions.extract.language.phrases import tokenize
from positions.extract.rules.speech import TaggedTokens, find_verbs
from positions.extract.rules.subjects import find_name_behind, find_subject
from tests.positions.extract.reading import DAY, name_index, words


def tag(text: str) -> TaggedTokens:
    tokens = tokenize(text)
    return TaggedTokens(tokens, name_index().find_mentions(tokens, DAY), [False] * len(tokens))


SUBJECTS = {
    "before the verb": ("Lavrov said so.", "Lavrov", False),
    "behind the verb, inverted": ("All is ready, said Lavrov.", "Lavrov", True),
    "at the end of what is said": ("Russia was ready for it, Lavrov said.", "Lavrov", True),
    "a person, not their office": (
        "Ned Price, State Department spokesman, said so.",
        "Ned Price",
        False,
    ),
    "who is inserted is not": ("Kuleba, who met Lavrov in Antalya, said so.", "Kuleba", False),
    "a deputy": ("A spokesman for Putin said so.", "spokesman for Putin", False),
}


@pytest.mark.parametrize(("text", "subject", "said_before"), SUBJECTS.values(), ids=SUBJECTS)
def test_the_subject_is_found_from_its_verb(text: str, subject: str, said_before: bool) -> None:
    tagged = tag(text)
    verb = find_verbs(tagged, words())[-1]
    mention, name, is_before = find_subject(tagged, verb, words(), after=-1)
    assert mention is not None
    found = text[tagged.tokens[mention.first].start : tagged.tokens[mention.end - 1].end]
    assert (found, name, is_before) == (subject, "", said_before)


def test_a_stranger_keeps_the_name_as_written() -> None:
    tagged = tag("John Smith said so.")
    mention, name, _ = find_subject(tagged, find_verbs(tagged, words())[0], words(), after=-1)
    assert (mention and mention.kind, name) == ("stranger", "John Smith")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("said Lavrov on Friday", "person"),
        ("said a Washington lobby group", "stranger"),
        ("said in a call with Putin", None),
        ("said that Putin knew", None),
    ],
)
def test_a_name_behind_the_verb_is_who_speaks_unless_another_word_claims_it(text: str, kind: str | None) -> None:
    mention = find_name_behind(tag(text), 1)
    assert (mention.kind if mention else None) == kind
