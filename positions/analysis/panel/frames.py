"""Panels and distances as pandas frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from positions.analysis.panel.dense import Panel
from positions.analysis.panel.distances import Parts, check_pairs, measure_pairs, pair_distances, weights_of
from positions.analysis.panel.holdings import value_table
from positions.analysis.panel.runs import SILENT
from positions.analysis.panel.slots import Ints
from positions.model.codebook import Codebook

TIDY: Final = {
    "day": "datetime64[us]",
    "holder": "category",
    "issue": "category",
    "element": "category",
    "stance": "int8",
    "stance_to": "int8",
    "value": "float64",
    "value_to": "float64",
    "since": "datetime64[us]",
    "reported": "bool",
    "contested": "bool",
    "stale": "bool",
    "entry": "int32",
}
"""Columns and dtypes of a tidy panel: one row for each day and place with a position, silence has none; ordered by
holder, issue, element and day. ``stance_to`` equals ``stance`` for a point; ``value`` and ``value_to`` are in [0, 1];
``element`` is missing on a scale; ``entry`` is the row of the deciding statement in the log's columns."""
SERIES: Final = {
    "day": "datetime64[us]",
    "party": "category",
    "other": "category",
    "distance": "float64",
    "lo": "float64",
    "hi": "float64",
    "coverage": "float64",
    "thin": "bool",
}
"""Columns and dtypes of distances: one row for each pair and day, ordered by pair and day; a distance, bound or
coverage that does not exist is missing."""
ISSUES: Final = {
    "day": "datetime64[us]",
    "party": "category",
    "other": "category",
    "issue": "category",
    "distance": "float64",
    "lo": "float64",
    "hi": "float64",
    "weight": "float64",
}
"""Columns and dtypes of distances by issue: one row for each pair, issue on its agenda and day."""


def panel_frame(panel: Panel, codebook: Codebook, form: Literal["tidy", "wide"] = "tidy") -> pd.DataFrame:
    """Return a panel as a frame, tidy or wide.

    Tidy has the columns and dtypes of :data:`TIDY`. Wide has one row a day (index ``day``) and one column a place
    (levels ``holder``, ``issue``, ``element``, the last empty on a scale), holding the middle of the stance's range
    as a value in [0, 1] (float64, missing if silent).
    """
    return _tidy(panel, codebook) if form == "tidy" else _wide(panel, codebook)


def _instants(days: Ints) -> Ints:
    return days.astype("datetime64[D]").astype("datetime64[us]")


def _category(codes: Ints, names: Sequence[str]) -> Any:
    categories: Any = pd.Index(list(names), dtype="str")
    return pd.Categorical.from_codes(codes, categories)


def _wide(panel: Panel, codebook: Codebook) -> pd.DataFrame:
    table = value_table(panel, codebook)
    middle = np.empty(panel.low.shape)
    for place in range(len(middle)):
        values = table[place % len(panel.slots)]
        np.add(values[panel.low[place].view(np.uint8)], values[panel.high[place].view(np.uint8)], out=middle[place])
    middle /= 2
    columns = pd.MultiIndex.from_tuples(
        [(holder, issue, element or "") for holder, issue, element in panel.places],
        names=["holder", "issue", "element"],
    )
    return pd.DataFrame(middle.T, index=pd.DatetimeIndex(_instants(panel.days), name="day"), columns=columns)


def _tidy(panel: Panel, codebook: Codebook) -> pd.DataFrame:
    place, day = np.nonzero(panel.low != SILENT)
    party, slot = np.divmod(place, max(1, len(panel.slots)))
    low, high = panel.low[place, day], panel.high[place, day]
    table = value_table(panel, codebook)
    issue = _encode([issue for issue, _ in panel.slots], [issue.id for issue in codebook.issues])
    element = _encode([element for _, element in panel.slots])
    columns = {
        "day": _instants(panel.days[day]),
        "holder": _category(party, list(panel.parties)),
        "issue": _category(issue[0][slot], issue[1]),
        "element": _category(element[0][slot], element[1]),
        "stance": low,
        "stance_to": high,
        "value": table[slot, low.view(np.uint8)],
        "value_to": table[slot, high.view(np.uint8)],
        "since": _instants(panel.since[place, day]),
        **{name: getattr(panel, name)[place, day] for name in ("reported", "contested", "stale", "entry")},
    }
    return pd.DataFrame(columns, copy=False)


def _encode(words: Sequence[str | None], order: Sequence[str] | None = None) -> tuple[Ints, list[str]]:
    """Return each word's code (-1 for ``None``) and the coded words, in ``order`` or else in order of appearance."""
    known = list(dict.fromkeys(word for word in (order or words) if word is not None))
    places = {word: place for place, word in enumerate(known)}
    return np.array([-1 if word is None else places[word] for word in words], dtype=np.int32), known


def distance_frame(
    panel: Panel,
    codebook: Codebook,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    by_issue: bool = False,
) -> pd.DataFrame:
    """Return the distances of pairs (default: all of the panel) on every day.

    Columns and dtypes are those of :data:`SERIES`; with ``by_issue`` those of :data:`ISSUES`, one row per issue, which
    takes 40 bytes for each pair, issue and day: name the pairs if there are many parties. Each row equals
    :func:`positions.analysis.distance.compare` on that day.
    """
    if by_issue:
        return _by_issue(panel, codebook, check_pairs(panel, codebook, pairs))
    found = pair_distances(panel, codebook, pairs)
    one, two = _pair_columns(found.pairs, np.repeat(np.arange(len(found.pairs)), len(found.days)))
    columns = {
        "day": np.tile(_instants(found.days), len(found.pairs)),
        "party": one,
        "other": two,
        **{name: getattr(found, name).ravel() for name in ("distance", "lo", "hi", "coverage", "thin")},
    }
    return pd.DataFrame(columns, copy=False)


def _pair_columns(pairs: Sequence[tuple[str, str]], rows: Ints) -> tuple[Any, Any]:
    codes, names = _encode([name for pair in pairs for name in pair])
    ends = codes.reshape(-1, 2)
    return (
        _category(ends[rows, 0], names),
        _category(ends[rows, 1], names),
    )


def _by_issue(panel: Panel, codebook: Codebook, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Return a row for each issue on a pair's agenda and day; the distance is missing if it cannot be compared."""
    shape = (len(pairs), len(codebook.issues), len(panel.days))
    cubes = {name: np.zeros(shape) for name in ("distance", "lo", "hi", "known", "agenda")}

    def take(span: slice, place: int, parts: Parts) -> None:
        for rows, part in parts:
            for name, cube in cubes.items():
                values = getattr(part, name)
                cube[place, rows, span] = 1 if values is None else values

    measure_pairs(panel, codebook, pairs, take)
    pair, row, day = np.nonzero(cubes["agenda"])
    one, two = _pair_columns(pairs, pair)
    far = np.where(cubes["known"] > 0, cubes["distance"], np.nan)
    columns = {
        "day": _instants(panel.days[day]),
        "party": one,
        "other": two,
        "issue": _category(row, [word.id for word in codebook.issues]),
        "distance": far[pair, row, day],
        "lo": cubes["lo"][pair, row, day],
        "hi": cubes["hi"][pair, row, day],
        "weight": weights_of(codebook, pairs)[pair, row],
    }
    return pd.DataFrame(columns, copy=False)
