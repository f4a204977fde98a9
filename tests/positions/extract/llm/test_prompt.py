"""What a model reads: the document in pieces between its marks."""

from __future__ import annotations

from positions.extract.llm.prompt import claims_instructions, document_prompt, split_pieces, stances_instructions
from positions.model.codebook import Codebook
from tests.positions.extract.llm.conversation import TEXT, document


def test_long_documents_go_in_pieces_that_lose_nothing() -> None:
    text = "\n\n".join(f"Paragraph {number}. " + "word " * 50 for number in range(40))
    pieces = list(split_pieces(text, size=1000))
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[start:].startswith(piece) and len(piece) <= 1000 for start, piece in pieces)
    assert [piece for _, piece in split_pieces("x" * 25, size=10)] == ["x" * 10, "x" * 10, "x" * 5]
    assert list(split_pieces("")) == [(0, "")]


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
