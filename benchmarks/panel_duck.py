"""All pairs on all days in DuckDB: self-joins by kind of issue, options as bit masks, then one sum by pair and day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.panel_data import World
from positions.analysis.panel import SILENT, Panel

TABLES = {
    "scales": "CREATE TABLE scales AS SELECT * FROM given",
    "options": "CREATE TABLE options AS SELECT * FROM given",
    "conditions": "CREATE TABLE conditions AS SELECT * FROM given",
    "weights": "CREATE TABLE weights AS SELECT * FROM given",
}
DISTANCES = """
CREATE OR REPLACE TEMP TABLE distances AS
WITH scale AS (
  SELECT day, a.party AS i, b.party AS j, issue, (abs(a.low - b.low) + abs(a.high - b.high)) / 2 AS far,
    coalesce(far, 0) AS lo, (coalesce(a.low, b.low) + coalesce(a.high, b.high)) / 2 AS middle,
    coalesce(far, greatest(middle, 1 - middle)) AS hi
  FROM scales a JOIN scales b USING (day, issue) WHERE a.party < b.party AND (a.low IS NOT NULL OR b.low IS NOT NULL)),
masked AS (
  SELECT day, a.party AS i, b.party AS j, issue, bit_count(a.yes & b.yes)::INTEGER AS common,
    bit_count((a.yes & b.no) | (a.no & b.yes))::INTEGER AS conflict,
    leaves - bit_count((a.no | b.no) & ~(a.yes | b.yes))::INTEGER AS accepted,
    leaves - bit_count(a.no & b.no)::INTEGER AS whole
  FROM options a JOIN options b USING (day, issue, leaves)
  WHERE a.party < b.party AND (a.yes | a.no | b.yes | b.no) <> 0),
option AS (
  SELECT day, i, j, issue, conflict / nullif(conflict + common, 0) AS far,
    coalesce(conflict / nullif(accepted, 0), 0) AS lo, coalesce((whole - common) / nullif(whole, 0), 0) AS hi
  FROM masked),
demand AS (
  SELECT day, a.party AS i, b.party AS j, issue,
    CASE WHEN a.addressed = b.addressed THEN abs(a.value - b.value)
      WHEN a.addressed THEN b.asked * (1 - a.value) ELSE a.asked * (1 - b.value) END AS far,
    CASE WHEN a.addressed = b.addressed THEN far
      WHEN a.addressed THEN coalesce(far, b.asked) ELSE coalesce(far, a.asked) END AS hi
  FROM conditions a JOIN conditions b USING (day, issue, element) WHERE a.party < b.party),
condition AS (
  SELECT day, i, j, issue, avg(far) AS far, coalesce(sum(far), 0) / count(hi) AS lo, greatest(avg(hi), avg(far)) AS hi
  FROM demand WHERE hi IS NOT NULL GROUP BY day, i, j, issue),
parts AS (SELECT * EXCLUDE (middle) FROM scale UNION ALL FROM option UNION ALL FROM condition),
sums AS (
  SELECT day, i, j, sum(w * far) / sum(w) FILTER (far IS NOT NULL) AS distance, sum(w * lo) / sum(w) AS lo,
    sum(w * hi) / sum(w) AS hi, coalesce(sum(w) FILTER (far IS NOT NULL), 0) / sum(w) AS coverage
  FROM parts JOIN weights USING (i, j, issue) GROUP BY day, i, j)
SELECT day, i, j, distance, least(lo, distance) AS lo, greatest(hi, distance) AS hi, coverage FROM sums
"""


def load_states(base: Any, world: World, panel: Panel) -> None:
    """Load the state of every day into tables by kind, as each join likes them best."""
    for name, frame in _tables(world, panel).items():
        base.register("given", frame)
        base.execute(TABLES[name])
        base.unregister("given")


def duck_distances(base: Any) -> None:
    """Run the self-joins."""
    base.execute(DISTANCES)


def _tables(world: World, panel: Panel) -> dict[str, pd.DataFrame]:
    parties = list(panel.parties)
    pairs = [(i, j, n, w.weight(one, two)) for i, one in enumerate(parties) for j, two in enumerate(parties)
             if i < j for n, w in enumerate(world.book.issues)]  # fmt: skip
    kinds: dict[Any, pd.DataFrame] = dict(list(world.slots[world.slots["leaf"]].groupby("kind")))
    return {
        "scales": _scales(panel, kinds["scale"]),
        "options": _options(panel, kinds["options"]),
        "conditions": _conditions(world, panel, kinds["conditions"]),
        "weights": pd.DataFrame(pairs, columns=["i", "j", "issue", "w"]).astype({"i": "int8", "j": "int8"}),
    }


def _grid(panel: Panel, columns: dict[str, Any]) -> dict[str, Any]:
    """Keys of party × something × day, flat in that order; ``columns`` are told for each something."""
    parties, days = len(panel.parties), len(panel.days)
    some = len(next(iter(columns.values())))
    told = {name: np.tile(np.repeat(np.asarray(values), days), parties) for name, values in columns.items()}
    party = np.repeat(np.arange(parties, dtype=np.int8), some * days)
    return {"day": np.tile(panel.days, parties * some), "party": party, **told}


def _scales(panel: Panel, slots: pd.DataFrame) -> pd.DataFrame:
    values = {}
    for name in ("low", "high"):
        stance = panel.cube(name)[:, slots.index].ravel()
        values[name] = np.where(stance == SILENT, np.nan, (stance + 2.0) / 4)
    return pd.DataFrame({**_grid(panel, {"issue": slots["issue"].to_numpy()}), **values})


def _options(panel: Panel, slots: pd.DataFrame) -> pd.DataFrame:
    issues, masks = list(slots.groupby("issue").groups.items()), {}
    for name, sign in (("yes", 1), ("no", -1)):
        parts = []
        for _, places in issues:
            stance = panel.cube("low")[:, places].astype(np.int16)
            held = ((stance != SILENT) & (np.sign(stance) == sign)).astype(np.int64)
            parts.append((held << np.arange(len(places))[:, None]).sum(axis=1))
        masks[name] = np.stack(parts, axis=1).ravel()
    keys = {"issue": np.array([issue for issue, _ in issues]), "leaves": np.array([len(held) for _, held in issues])}
    return pd.DataFrame({**_grid(panel, keys), **masks})


def _conditions(world: World, panel: Panel, slots: pd.DataFrame) -> pd.DataFrame:
    stance = panel.cube("low")[:, slots.index].astype(np.float64)
    stance[stance == SILENT] = np.nan
    elements = {(n, e.id): e for n, issue in enumerate(world.book.issues) for e in issue.elements}
    told = [elements[key] for key in zip(slots["issue"], slots["element"], strict=True)]
    addressed = np.array([[party in element.addressees for element in told] for party in panel.parties])
    keys = {"issue": slots["issue"].to_numpy(), "element": np.arange(len(slots), dtype=np.int16)}
    return pd.DataFrame(
        {
            **_grid(panel, keys),
            "value": (stance.ravel() + 2) / 4,
            "asked": np.where(stance > 0, stance / 2, np.nan).ravel(),
            "addressed": np.repeat(addressed.ravel(), len(panel.days)),
        }
    )
