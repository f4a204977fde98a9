"""A name stands for its id; what means several words, or none, is left for whoever looks it up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.codebook_version import IdChange, WordKind
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


def parties_called(*ids: str) -> Codebook:
    known = {party.id: party for party in CODEBOOK.parties}
    return CODEBOOK.model_copy(update={"parties": tuple(known["RUS"].model_copy(update={"id": one}) for one in ids)})


def changes(*pairs: tuple[str, str]) -> list[tuple[datetime, IdChange]]:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        (start + timedelta(days=day), IdChange(word="party", old=old, new=(new,)))
        for day, (old, new) in enumerate(pairs)
    ]


SWAP = changes(("A", "X"), ("B", "A"), ("X", "B"))


def test_after_a_swap_the_id_in_between_is_what_it_became() -> None:
    assert PastIds(SWAP).resolve("party", "X", parties_called("B", "A")) == "B"


def test_in_a_codebook_of_the_past_an_id_is_what_it_was_by_then() -> None:
    later = [change for _, change in SWAP[1:]]
    assert PastIds(SWAP[:1], later=later).resolve("party", "A", parties_called("X", "B")) == "X"


def test_in_a_codebook_of_the_past_an_id_of_later_is_what_became_it() -> None:
    later = [change for _, change in SWAP]
    assert PastIds([], later=later).resolve("party", "X", parties_called("A", "B")) == "A"
    assert PastIds([], later=later[:1]).resolve("party", "X", parties_called("A", "B")) == "A"


def test_an_id_that_two_words_had_is_the_last_one() -> None:
    used_again = changes(("A", "B"), ("A", "C"))
    assert PastIds(used_again).now("party", "A") == ("C",)
    assert PastIds(changes(("A", "B"), ("B", "A"))).now("party", "B") == ("A",)
