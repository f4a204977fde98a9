from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import DataError
from positions.extract.judges.coefficients import (
    JUDGE,
    Coefficients,
    coefficients_text,
    read_coefficients,
    shipped_coefficients,
)
from positions.extract.judges.extractor import JudgedExtractor
from positions.extract.judges.generator import Generator
from positions.extract.judges.logistic import LogisticJudge
from positions.extract.language.lexicon import read_lexicon
from positions.store.published import read_codebook
from tests.positions.extract.reading import DATA, document

EXAMPLE = Coefficients(
    trained_on="an “example”", threshold=0.3, intercept=-1.0, weights={"quoted": 2.0, "quoted & heading": -0.5}
)
names = st.text("abc_", min_size=1, max_size=5)


def test_the_log_odds_are_the_weights_of_the_evidence_and_of_what_comes_together() -> None:
    assert EXAMPLE.log_odds({}) == -1.0
    assert EXAMPLE.log_odds({"quoted": 1.0, "unknown": 1.0}) == 1.0
    assert EXAMPLE.log_odds({"quoted": 0.5, "heading": 1.0}) == -0.25
    assert EXAMPLE.log_odds({"heading": 1.0}) == -1.0
    assert EXAMPLE.probability({"quoted": 0.5}) == 0.5
    assert math.isclose(EXAMPLE.probability({"quoted": 1.0}), 1 / (1 + math.exp(-1)))


@given(st.dictionaries(names, st.floats(-5, 5).filter(bool), min_size=1), st.floats(-5, 5), st.floats(0, 1))
def test_what_is_written_reads_the_same(weights: dict[str, float], intercept: float, threshold: float) -> None:
    import tomllib

    given = Coefficients(trained_on='"x"\n', threshold=threshold, intercept=intercept, weights=weights)
    again = Coefficients.model_validate(tomllib.loads(coefficients_text(given)))
    assert again == given
    assert again.version == given.version


def test_other_numbers_are_another_version_whatever_their_order() -> None:
    turned = EXAMPLE.model_copy(update={"weights": dict(reversed(EXAMPLE.weights.items())), "trained_on": "else"})
    assert Coefficients.model_validate(turned.model_dump()).version == EXAMPLE.version
    other = EXAMPLE.model_dump() | {"threshold": 0.4}
    assert Coefficients.model_validate(other).version != EXAMPLE.version


def test_a_workspaces_own_file_goes_before_the_shipped_one(tmp_path: Path) -> None:
    assert read_coefficients(tmp_path) == shipped_coefficients()
    (tmp_path / JUDGE).write_text(coefficients_text(EXAMPLE))
    assert read_coefficients(tmp_path) == EXAMPLE
    (tmp_path / JUDGE).write_text("threshold = 2\nintercept = 0\ntrained_on = ''\n[weights]\na = 1\n")
    with pytest.raises(DataError, match="judge.toml:1 threshold: found 2, allowed: 0 to 1"):
        read_coefficients(tmp_path)


def test_the_shipped_coefficients_are_a_few_kilobytes_of_structure() -> None:
    assert len(coefficients_text(shipped_coefficients())) < 4096
    words = {part for name in shipped_coefficients().weights for part in name.split(" & ")}
    codebook = read_codebook(DATA)
    ids = {one.id for one in (*codebook.parties, *codebook.issues, *codebook.speakers)}
    assert not {part for word in words for part in word.split("_")} & ids


def test_a_candidate_carries_its_probability_and_the_versions_that_gave_it() -> None:
    judge = LogisticJudge(shipped_coefficients())
    extractor = JudgedExtractor(Generator(read_codebook(DATA), read_lexicon(DATA)), judge)
    text = document("“Ukraine will never become neutral,” President Zelensky said. Lavrov flew home.")
    (candidate,) = extractor.candidates(text)
    assert (candidate.holder, candidate.issue, candidate.stance) == ("UKR", "neutrality", -2)
    assert 0.6 < candidate.confidence < 1
    assert candidate.coder == f"model {shipped_coefficients().version}/1/{read_lexicon(DATA).version}"
