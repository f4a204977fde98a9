"""What a model may answer: text, and words of closed lists."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from positions.extract.llm.schema import claims_in, claims_model, stance_word, stances_in, stances_model
from positions.model.codebook import Codebook
from tests.positions.extract.llm.conversation import claim, claims


def test_an_answer_reads_as_claims_with_issue_element_and_stance(codebook: Codebook) -> None:
    answer = claims_model(codebook).model_validate(
        claims(claim(" Words ", speaker=" A B "), claim(about="venue/minsk", stance="unresolved"))
    )
    first, second = claims_in(answer)
    assert (first.quote, first.speaker, first.issue, first.element, first.stance) == (
        " Words ",
        "A B",
        "neutrality",
        None,
        -2,
    )
    assert (second.issue, second.element, second.stance) == ("venue", "minsk", None)


@pytest.mark.parametrize("wrong", [{"holder": "XXX"}, {"about": "weather"}, {"stance": "-7"}, {"start": "3"}])
def test_what_is_in_no_list_does_not_fit(codebook: Codebook, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        claims_model(codebook).model_validate(claims(claim(**wrong)))


def test_only_settled_stances_of_the_numbered_claims_are_read(codebook: Codebook) -> None:
    model = stances_model(codebook, 2)
    answer = model.model_validate({"stances": [{"number": 1, "stance": "+1"}, {"number": 2, "stance": "unresolved"}]})
    assert stances_in(answer) == {1: 1}
    with pytest.raises(ValidationError, match="number"):
        model.model_validate({"stances": [{"number": 3, "stance": "+1"}]})


def test_a_stance_is_written_with_its_sign() -> None:
    assert [stance_word(stance) for stance in (-2, 0, 1)] == ["-2", "0", "+1"]
