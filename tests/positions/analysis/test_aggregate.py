from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.aggregate import weighted_mean


@dataclass(frozen=True)
class Part:
    distance: float | None
    lo: float
    hi: float
    weight: float


UNITS = st.floats(0, 1)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    lo, middle, hi = sorted((draw(UNITS), draw(UNITS), draw(UNITS)))
    return Part(draw(st.sampled_from((None, middle))), lo, hi, draw(st.sampled_from((0.0, 0.25, 1.0, 3.0))))


@given(st.lists(parts(), max_size=6))
def test_it_is_the_mean_over_what_can_be_compared_and_the_bounds_are_over_all(items: list[Part]) -> None:
    mean = weighted_mean(items)
    total = sum(Fraction(item.weight) for item in items)
    if not total:
        assert mean is None
        return
    assert mean
    known = [item for item in items if item.distance is not None]
    compared = sum(Fraction(item.weight) for item in known)
    assert mean.coverage == float(compared / total)
    if not compared:
        assert mean.distance is None
        return
    exact = sum(Fraction(item.weight) * Fraction(item.distance or 0.0) for item in known) / compared
    assert mean.distance == pytest.approx(float(exact), abs=1e-12)
    assert 0 <= mean.lo <= mean.distance <= mean.hi <= 1 + 1e-12
    for name in ("lo", "hi"):
        bound = sum(Fraction(item.weight) * Fraction(getattr(item, name)) for item in items) / total
        widened = min(bound, exact) if name == "lo" else max(bound, exact)
        assert getattr(mean, name) == pytest.approx(float(widened), abs=1e-12)
