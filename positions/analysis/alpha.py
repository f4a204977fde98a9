"""Krippendorff's α of units of values, and how sure it is: its interval over samples of the documents.

α is a ratio of two sums over the pairs of values that coders gave the same unit (Krippendorff's coincidences). These
add up over documents, so a sample of documents needs no new counting of units.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, get_args

from positions.errors import QueryError, allowed
from positions.kinds.base import Metric
from positions.model.resampling import MIDDLE_95, draw_documents

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

TOO_FEW: Final = "too few documents"
"""Why there is no interval: fewer than two documents have what two coders coded, or they never vary when resampled."""


@dataclass(frozen=True, slots=True)
class Score:
    """α of one matrix: ``alpha`` is at most 1 and may be below 0; where it is ``None``, ``reason`` tells why.

    ``units`` counts the units with values by two coders or more; ``agreement`` in [0, 1] is the mean share of
    coder pairs that gave a unit the same value, with no correction for chance.
    """

    alpha: float | None
    units: int
    agreement: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AlphaInterval:
    """The middle 95 % of α over samples of documents, both ends at most 1, or why there is none.

    ``documents`` counts those with units of two coders or more.
    """

    low: float | None
    high: float | None
    documents: int
    reason: str = ""


def krippendorff_alpha(matrix: Sequence[Sequence[float]], *, metric: Metric) -> Score:
    """Compute α of a matrix of coders (rows) by units (columns), NaN where a coder gave no value.

    Values are numbers; for ``ordinal`` their order counts, for ``interval`` their differences. Raises
    ``QueryError`` for rows of different length and for an unknown metric.
    """
    if metric not in get_args(Metric):
        raise QueryError(f"metric: {allowed(metric, get_args(Metric))}")
    if len(lengths := {len(row) for row in matrix}) > 1:
        raise QueryError(f"matrix: found rows of {' and '.join(map(str, sorted(lengths)))} units, allowed: one length")
    columns = [[value for value in column if not math.isnan(value)] for column in zip(*matrix, strict=True)]
    paired = [column for column in columns if len(column) > 1]
    if len(matrix) < 2:
        return Score(None, 0, None, f"fewer than two coders, found {len(matrix)}")
    if not paired:
        return Score(None, 0, None, "no unit was coded by two coders")
    agreement = sum(map(_agreeing_share, paired)) / len(paired)
    levels = sorted({value for column in paired for value in column})
    if len(levels) == 1:
        return Score(None, len(paired), agreement, "no variation: all values are the same, so chance would agree too")
    (alpha,) = alphas_of(_coincidences(paired, levels)[None], levels, metric=metric)
    return Score(float(alpha), len(paired), agreement)


def _agreeing_share(values: Sequence[float]) -> float:
    pairs = list(combinations(values, 2))
    return sum(one == two for one, two in pairs) / len(pairs)


def alpha_interval(units: Iterable[tuple[str, Sequence[float]]], *, metric: Metric, resamples: int) -> AlphaInterval:
    """Return α's interval over units: a document's id and the values that its coders gave, NaN for none.

    Samples in which all values are the same have no α and are left out; if half of them are, there is no interval.
    """
    by_document: dict[str, list[list[float]]] = defaultdict(list)
    for document, values in units:
        paired = [value for value in values if not math.isnan(value)]
        if len(paired) > 1:
            by_document[document].append(paired)
    count = len(by_document)
    if count < 2:
        return AlphaInterval(None, None, count, TOO_FEW)
    if not resamples:
        return AlphaInterval(None, None, count, "no samples were asked for")
    import numpy as np  # only intervals need it

    levels = sorted({value for one in by_document.values() for unit in one for value in unit})
    table = np.array([_coincidences(by_document[name], levels) for name in sorted(by_document)])
    drawn = draw_documents(count, resamples=resamples) @ table.reshape(count, -1)
    alphas = alphas_of(drawn.reshape(resamples, len(levels), len(levels)), levels, metric=metric)
    known = alphas[~np.isnan(alphas)]
    if len(known) * 2 <= resamples:
        return AlphaInterval(None, None, count, TOO_FEW)
    low, high = np.quantile(known, MIDDLE_95)
    return AlphaInterval(float(low), float(high), count)


def _coincidences(units: Sequence[Sequence[float]], levels: Sequence[float]) -> Numbers:
    """Count how often each two values stand in one unit, a unit of m values weighing m in all."""
    import numpy as np

    place = {value: index for index, value in enumerate(levels)}
    counts = np.zeros((len(levels), len(levels)))
    for unit in units:
        for one, first in enumerate(unit):
            for two, second in enumerate(unit):
                if one != two:
                    counts[place[first], place[second]] += 1 / (len(unit) - 1)
    return counts


def alphas_of(coincidences: Numbers, levels: Sequence[float], *, metric: Metric) -> Numbers:
    """Return the α of each of several tables of coincidences (sample, value, value); NaN where nothing varies."""
    import numpy as np

    totals = coincidences.sum(axis=2)
    apart = _squared_differences(totals, np.array(levels), metric)
    observed = (coincidences * apart).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * apart).sum(axis=(1, 2))
    everything = totals.sum(axis=1)
    varies = expected > 0
    alphas: Numbers = np.full(len(expected), np.nan)
    alphas[varies] = 1 - (everything[varies] - 1) * observed[varies] / expected[varies]
    return alphas


def _squared_differences(totals: Numbers, levels: Numbers, metric: Metric) -> Numbers:
    """Return the squared difference of each two values in each sample; ordinal, by the values counted between them."""
    import numpy as np

    if metric == "interval":
        return np.broadcast_to((levels[:, None] - levels[None, :]) ** 2, (len(totals), len(levels), len(levels)))
    if metric == "nominal":
        return np.broadcast_to(1.0 - np.eye(len(levels)), (len(totals), len(levels), len(levels)))
    middles = np.cumsum(totals, axis=1) - totals / 2
    return (middles[:, :, None] - middles[:, None, :]) ** 2
