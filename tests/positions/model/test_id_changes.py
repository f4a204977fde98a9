"""A name stands for its id; what means several words, or none, is left for whoever looks it up."""

from __future__ import annotations

import pytest

from positions.errors import QueryError
from positions.model.codebook_version import WordKind
from positions.model.id_changes import PastIds
from positions.store.published import read_codebook
from tests.conftest import ROOT

CODEBOOK = read_codebook(ROOT / "data")


@pytest.mark.parametrize(
    ("word", "text", "word_id"),
    [
        ("party", "UKR", "UKR"),
        ("party", "ukr", "UKR"),
        ("party", "Ukraine", "UKR"),
        ("party", "united  STATES", "USA"),
        ("issue", "venue", "venue"),
        ("issue", "VENUE", "venue"),
        ("issue", "peace talks", "talks"),
        ("element", "venue/Minsk", "venue/minsk"),
        ("element", "VENUE/MINSK", "venue/minsk"),
        ("speaker", "Volodymyr Zelensky", "zelensky"),
        ("party", "Ukrain", "Ukrain"),
        ("party", "", ""),
        ("issue", "venue/minsk", "venue/minsk"),
    ],
)
def test_a_name_in_any_case_stands_for_its_id(word: WordKind, text: str, word_id: str) -> None:
    assert PastIds([]).resolve(word, text, CODEBOOK) == word_id


def test_a_name_that_two_words_share_stands_for_neither() -> None:
    parties = [party.model_copy(update={"name": "The Republic"}) for party in CODEBOOK.parties[:2]]
    twins = CODEBOOK.model_copy(update={"parties": (*parties, *CODEBOOK.parties[2:])})
    assert PastIds([]).resolve("party", "The Republic", twins) == "The Republic"


@pytest.mark.parametrize(("text", "near"), [("Ukrain", "UKR"), ("rusia", "RUS"), ("US", "USA"), ("Türkei", "TUR")])
def test_an_unknown_party_is_answered_with_the_nearest(text: str, near: str) -> None:
    with pytest.raises(QueryError, match=rf"found '{text}', allowed: .*; did you mean {near}\?$"):
        CODEBOOK.party(text)


def test_what_is_near_to_nothing_gets_no_guess() -> None:
    with pytest.raises(QueryError, match="allowed: [A-Z, ]*$"):
        CODEBOOK.party("qqqqqqqq")
