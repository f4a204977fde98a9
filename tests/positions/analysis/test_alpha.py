"""α gives the published values and its definition; intervals are over samples of documents, and too few are told."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.alpha import TOO_FEW, alpha_interval, krippendorff_alpha
from positions.errors import QueryError
from positions.kinds.base import Metric
from positions.model.resampling import MIDDLE_95, draw_documents
from tests.oracle.alpha import slow_alpha

METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")
Unit = tuple[float, ...]


def alpha_of(units: list[Unit], metric: Metric) -> float | None:
    rows = [list(row) for row in zip(*units, strict=True)]
    return slow_alpha(rows, metric) if len({value for row in rows for value in row}) > 1 else None


def matrix(*rows: str) -> list[list[float]]:
    return [[math.nan if value == "*" else float(value) for value in row.split()] for row in rows]


THREE = matrix("* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4")
FOUR = matrix(
    "1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *", "1 2 3 3 2 4 4 1 2 5 1 *"
)


@pytest.mark.parametrize(
    ("values", "metric", "alpha"),
    [
        (THREE, "nominal", 0.691),
        (THREE, "ordinal", 0.807),
        (THREE, "interval", 0.811),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
    ],
)
def test_the_published_examples_come_out(values: list[list[float]], metric: Metric, alpha: float) -> None:
    found = krippendorff_alpha(values, metric=metric).alpha
    assert found == pytest.approx(alpha, abs=0.0005)
    assert found == pytest.approx(slow_alpha(values, metric))


def test_only_units_of_two_coders_count_and_agreement_is_the_share_of_agreeing_pairs() -> None:
    found = krippendorff_alpha(matrix("1 1 2 *", "1 2 * 5", "1 2 * *"), metric="nominal")
    assert found.units == 2
    assert found.agreement == pytest.approx((1 + 1 / 3) / 2)


CELLS = st.sampled_from([1.0, 2, 3, math.nan])
COLUMNS = st.integers(2, 4).flatmap(lambda coders: st.lists(st.tuples(*[CELLS] * coders), min_size=2, max_size=8))


@given(COLUMNS)
def test_alpha_is_its_definition_whoever_comes_first(columns: list[tuple[float, ...]]) -> None:
    values = [list(coder) for coder in zip(*columns, strict=True)]
    for metric in METRICS:
        found = krippendorff_alpha(values, metric=metric)
        assert (found.alpha is None) == bool(found.reason)
        if found.alpha is not None:
            assert found.alpha <= 1
            assert found.alpha == pytest.approx(slow_alpha(values, metric))
            assert found.alpha == pytest.approx(krippendorff_alpha(values[::-1], metric=metric).alpha)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "fewer than two coders, found 0"),
        (["1 2 3"], "fewer than two coders, found 1"),
        (["", ""], "no unit was coded by two coders"),
        (["1 2 * *", "* * 1 2"], "no unit was coded by two coders"),
        (["1 1 3", "1 1 *"], "no variation"),
    ],
)
def test_where_alpha_cannot_be_computed_the_reason_is_told(rows: list[str], reason: str) -> None:
    found = krippendorff_alpha(matrix(*rows), metric="interval")
    assert found.alpha is None
    assert reason in found.reason


def test_a_matrix_that_is_none_and_an_unknown_metric_are_refused() -> None:
    with pytest.raises(QueryError, match="found rows of 1 and 2 units"):
        krippendorff_alpha([[1.0], [1.0, 2.0]], metric="nominal")
    with pytest.raises(QueryError, match="metric: found 'ratio', allowed: interval, nominal, ordinal"):
        krippendorff_alpha(THREE, metric="ratio")  # type: ignore[arg-type]


@pytest.mark.parametrize("metric", METRICS)
def test_the_ends_are_quantiles_over_samples_of_whole_documents(metric: Metric) -> None:
    documents: dict[str, list[Unit]] = {
        "a": [(1, 1), (2, 2), (3, 1)],
        "b": [(1, 2), (2, 2)],
        "c": [(3, 3), (3, 3), (1, 1), (2, 3)],
    }
    found = alpha_interval([(name, unit) for name in "cab" for unit in documents[name]], metric=metric, resamples=200)
    samples = [
        [unit for name, times in zip("abc", drawn, strict=True) for unit in documents[name] * times]
        for drawn in draw_documents(3, resamples=200)
    ]
    alphas = [alpha for sample in samples if (alpha := alpha_of(sample, metric)) is not None]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(alphas, MIDDLE_95)))
    assert found.documents == 3
    assert not found.reason


def test_an_interval_contains_alpha_when_every_document_is_alike() -> None:
    units = [(name, unit) for name in "abcdef" for unit in ((1.0, 1.0), (2.0, 2.0), (1.0, 2.0))]
    found = alpha_interval(units, metric="nominal", resamples=50)
    alpha = alpha_of([(1.0, 1.0), (2.0, 2.0), (1.0, 2.0)] * 6, "nominal")
    assert found.low is not None
    assert found.low == pytest.approx(found.high)
    assert found.low == pytest.approx(alpha)


@pytest.mark.parametrize(
    "units",
    [
        [],
        [("a", (1.0, 2.0)), ("a", (2.0, 2.0))],
        [("a", (1.0, 2.0)), ("b", (2.0, math.nan))],
        [("a", (1.0, 1.0)), ("b", (1.0, 1.0))],
    ],
)
def test_without_two_documents_that_vary_there_is_none_and_it_says_why(units: list[tuple[str, Unit]]) -> None:
    found = alpha_interval(units, metric="nominal", resamples=100)
    assert (found.low, found.high, found.reason) == (None, None, TOO_FEW)


def test_without_samples_there_is_none() -> None:
    found = alpha_interval([(name, (1.0, 2.0)) for name in "ab"], metric="nominal", resamples=0)
    assert (found.low, found.reason) == (None, "no samples were asked for")


def test_the_draws_are_the_same_each_time_and_each_has_as_many_documents() -> None:
    one, two = draw_documents(4, resamples=30), draw_documents(4, resamples=30)
    assert (one == two).all()
    assert set(one.sum(axis=1)) == {4}
    assert {tuple(row) for row in draw_documents(2, resamples=100)} == set(product(range(3), repeat=2)) - {
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 2),
        (2, 1),
        (2, 2),
    }
