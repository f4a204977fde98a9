from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from positions.store.completion import complete_fields
from positions.store.published import read_codebook
from tests.positions.extract.reading import DATA, document

TEXT = unicodedata.normalize(
    "NFD", "Talks\n\nErdoğan said: ‘It’s late, and\nwe will host the minis-\nters again,’ in Ankara."
)


def completed(**fields: Any) -> dict[str, Any]:
    whole = {"document": "d", "speaker": "erdogan", "holder": "TUR", "said_on": "2022-03-01", **fields}
    return complete_fields(whole, document(TEXT), read_codebook(DATA), coder="anna", next_id=lambda stem: f"{stem}-01")


@pytest.mark.parametrize("quote", ["we will host the ministers again", "we will host the minis-\nters again"])
def test_a_quote_is_stored_in_the_documents_own_characters_and_direct_in_its_marks(quote: str) -> None:
    whole = completed(quote=quote)
    assert whole["quote"] == TEXT[whole["start"] : whole["end"]] == "we will host the minis-\nters again"
    assert whole["directness"] == "direct"


def test_a_quote_that_another_program_recomposed_keeps_its_offsets_and_gets_the_documents_letters() -> None:
    own = TEXT[TEXT.index("Erdo") : TEXT.index(":")]
    start = TEXT.index(own)
    whole = completed(quote=unicodedata.normalize("NFC", own), start=str(start), end=str(start + len(own)))
    assert whole["quote"] == own != unicodedata.normalize("NFC", own)
    assert (whole["start"], whole["directness"]) == (start, "paraphrase")


def test_offsets_that_mean_other_words_stay_for_the_checks_to_report() -> None:
    whole = completed(quote="we will host them again", start="3", end="9")
    assert (whole["quote"], whole["start"], whole["end"]) == ("we will host them again", "3", "9")
    assert completed(quote="we will host them again", start="3", end="x")["end"] == "x"
