"""Copies of one text are found by what they share, in any script."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.near_duplicates import copies_of, find_copies, shared_pieces, text_pieces
from positions.model.document import Document
from tests.positions.store.conftest import document

STORY = "The delegations met in Gomel on Monday. They agreed to meet again, said the minister, but not on a date. "
OTHER = "Prices of grain rose for the third week in a row, traders in the port said on Friday, and may rise again. "
ARABIC = "اجتمعت الوفود يوم الاثنين واتفقت على أن تلتقي مرة أخرى، كما قال الوزير، ولكن ليس في موعد محدد."


def several(*texts: str) -> dict[str, Document]:
    return {f"d{number}": document(text, f"d{number}") for number, text in enumerate(texts)}


def test_an_edited_copy_is_found_and_another_text_is_not() -> None:
    documents = several(STORY * 2, OTHER * 2, STORY.replace("Gomel", "Homel") + "More follows.")
    (copies,) = find_copies(documents)
    assert (copies.document, copies.other, copies.is_same) == ("d2", "d0", False)
    assert 0.6 <= copies.share < 1


def test_signs_and_capitals_make_no_difference_and_the_script_neither() -> None:
    assert shared_pieces(text_pieces(STORY), text_pieces(STORY.upper().replace(",", " —"))) == 1
    documents = several(ARABIC, f"{ARABIC} {ARABIC}")
    assert [copies.other for copies in find_copies(documents)] == ["d0"]


def test_documents_that_name_one_origin_are_no_finding() -> None:
    documents = several(STORY, STORY)
    assert [copies.is_same for copies in find_copies(documents)] == [True]
    agency = {name: one.model_copy(update={"origin": "Agency"}) for name, one in documents.items()}
    assert list(find_copies(agency)) == []
    assert [copies.other for copies in copies_of(agency["d1"], agency.values())] == ["d0"]


def test_a_text_shorter_than_a_piece_is_like_no_other() -> None:
    assert shared_pieces(text_pieces("Yes."), text_pieces("Yes.")) == 0
    assert copies_of(document("Yes."), [document("Yes, no.", "other")]) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_share_is_symmetric_and_whole_for_a_text_with_itself(one: str, two: str) -> None:
    first, second = text_pieces(one), text_pieces(two)
    assert shared_pieces(first, second) == shared_pieces(second, first)
    assert 0 <= shared_pieces(first, second) <= 1
    assert not len(first) or shared_pieces(first, first) == 1
