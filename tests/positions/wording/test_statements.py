from __future__ import annotations

from datetime import date

import pytest

from positions.analysis.state import state_at
from positions.wording.statements import said_words
from tests.examples import golden_codebook, said

CODEBOOK = golden_codebook()


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "No statement had been made by 1 March 2022."),
        (1, "1 statement had been made by 1 March 2022; it gives positions on 1 of "),
        (2, "2 statements had been made by 1 March 2022; they give positions on 1 of "),
    ],
)
def test_how_much_was_said_is_told_for_none_one_and_several(count: int, words: str) -> None:
    records = [said(f"2022-02-2{number}", "RUS", "neutrality", 2) for number in range(count)]
    state = state_at(records, CODEBOOK, as_of=date(2022, 3, 1))
    assert said_words(count, state, CODEBOOK).startswith(words)
