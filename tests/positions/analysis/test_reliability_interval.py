"""Intervals of α: own sums equal the published package, samples are of documents, and too few are told."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.reliability import krippendorff_alpha
from positions.analysis.reliability_interval import TOO_FEW, _coincidences, alpha_interval, alphas_of
from positions.kinds.base import Metric
from positions.model.resampling import MIDDLE_95, draw_documents

METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")
Unit = tuple[float, ...]


def alpha_of(units: list[Unit], metric: Metric) -> float | None:
    return krippendorff_alpha([list(row) for row in zip(*units, strict=True)], metric=metric).alpha


@given(st.lists(st.tuples(*[st.sampled_from([0.0, 0.25, 0.5, 1.0])] * 3), min_size=2, max_size=8))
def test_the_sums_give_the_same_alpha_as_the_package(units: list[Unit]) -> None:
    levels = sorted({value for unit in units for value in unit})
    for metric in METRICS:
        (alpha,) = alphas_of(_coincidences(units, levels)[None], levels, metric=metric)
        expected = alpha_of(units, metric)
        assert math.isnan(alpha) if expected is None else alpha == pytest.approx(expected, abs=1e-12)


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
