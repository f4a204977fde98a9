"""What a model reads: the document in pieces between its marks."""

from __future__ import annotations

import pytest

from positions.extract.llm.prompt import (
    claims_instructions,
    document_prompt,
    questions_instructions,
    split_pieces,
    stances_instructions,
    text_around,
)
from positions.extract.llm.schema import claims_in, claims_model, example_answer
from positions.model.codebook import Codebook
from positions.store.published import read_codebook
from tests.conftest import ROOT
from tests.positions.extract.llm.conversation import TEXT, document


def test_long_documents_go_in_pieces_that_lose_nothing() -> None:
    text = "\n\n".join(f"Paragraph {number}. " + "word " * 50 for number in range(40))
    pieces = list(split_pieces(text, size=1000))
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[start:].startswith(piece) and len(piece) <= 1000 for start, piece in pieces)
    assert [piece for _, piece in split_pieces("x" * 25, size=10)] == ["x" * 10, "x" * 10, "x" * 5]
    assert list(split_pieces("")) == [(0, "")]


def test_words_are_shown_with_whole_lines_or_words_around_them() -> None:
    lines = [f"Line {number} of a long report." for number in range(1000)]
    text = "\n".join(lines)
    first = text.index("Line 500 ")
    shown = text_around(text, first, first + 8)
    assert shown.split("\n")[0] in lines
    assert shown.split("\n")[-1] in lines
    assert 11_000 < len(shown) < 12_100
    assert text_around(text, 5, 20).startswith("Line 0 of")
    words = "word " * 5000
    assert set(text_around(words, 12_000, 12_004).split()) == {"word"}
    assert len(text_around("x" * 20_000, 10_000, 10_001)) == 12_001


def test_a_part_of_a_document_is_said_to_be_one() -> None:
    notice = "Only a part of it is shown here"
    assert notice in document_prompt(document(), TEXT[:20])
    assert notice not in document_prompt(document(), TEXT)


def test_a_document_stands_between_marks_that_it_cannot_contain() -> None:
    prompt = document_prompt(document(), "Some words.")
    mark = (document().sha256 or "")[:24]
    assert mark not in TEXT
    assert prompt.endswith(f"<<<document {mark}\nSome words.\n{mark} document>>>")
    assert "The Outlet" not in prompt


def test_the_instructions_hold_every_issue_and_party_of_the_codebook(codebook: Codebook) -> None:
    for instructions in (claims_instructions(codebook), stances_instructions(codebook)):
        assert [party.id for party in codebook.parties if f"- {party.id}: " not in instructions] == []
        assert [issue.id for issue in codebook.issues if f"- {issue.id} (" not in instructions] == []


@pytest.mark.parametrize("folder", ["data", "tests/tigray"])
def test_the_instructions_hold_every_coding_rule_and_example_of_the_codebook(folder: str) -> None:
    codebook = read_codebook(ROOT / folder)
    examples = [example for rule in codebook.rules for example in rule.examples]
    assert examples
    for instructions in (
        claims_instructions(codebook),
        stances_instructions(codebook),
        questions_instructions(codebook),
    ):
        assert [rule.id for rule in codebook.rules if " ".join(rule.text.split()) not in instructions] == []
        assert [example.passage for example in examples if example.passage not in instructions] == []


def test_the_instructions_of_another_negotiation_name_nothing_of_this_one(codebook: Codebook) -> None:
    instructions = claims_instructions(read_codebook(ROOT / "tests" / "tigray"))
    words = {party.name for party in codebook.parties} | {issue.id for issue in codebook.issues}
    own = {"talks", "venue", "sanctions", "humanitarian"}
    assert {word for word in words - own if word in instructions} == set()


def test_the_speakers_that_a_document_names_are_told_with_their_roles(codebook: Codebook) -> None:
    prompt = document_prompt(document(), TEXT, codebook)
    line = next(line for line in prompt.splitlines() if line.startswith("- Dmitry Peskov"))
    assert ": RUS, Kremlin spokesman from 2012-05-22; " in line
    assert "Lavrov" not in prompt
    assert prompt.endswith("document>>>")


def test_examples_are_answers_that_the_form_takes(codebook: Codebook) -> None:
    given = [
        example_answer(claim, example.passage)
        for rule in codebook.rules
        for example in rule.examples
        for claim in example.claims
    ]
    answer = claims_model(codebook).model_validate({"claims": given})
    assert len(claims_in(answer)) == len(given) > 5
