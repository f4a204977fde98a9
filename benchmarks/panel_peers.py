"""The panel and the distances as their peers would write them: pandas, DuckDB, and numpy touching every byte.

They leave out what is stale, and bounds over contested positions.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.panel_data import Ints, World
from positions.analysis.panel import SILENT, UNSAID, Panel
from positions.model.statement import VOICES

SELF, ASCRIBED, FRAMING = map(VOICES.index, ("self", "ascribed", "framing"))
ARRAYS = ("low", "high", "entry", "reported", "contested")


def bearing(world: World) -> pd.DataFrame:
    """Pandas: what can decide on each place, one row for each place and day, the greatest ``rank`` deciding."""
    frame = world.frame
    last = frame.drop_duplicates("subject", keep="last")
    documents = last.loc[last["outlet"] >= 0, ["document", "published"]]
    said = last.loc[(last["holder"] >= 0) & (last["voice"] != ASCRIBED)].drop(columns="published")
    said = said.merge(documents, on="document")
    said = said.sort_values("first", ascending=False)
    said = said.merge(world.reach, on=["issue", "element"])
    said = said.sort_values(["begun", "depth", "speaks", "direct", "published"], kind="stable")
    said["rank"] = np.arange(1, len(said) + 1)
    said["cell"] = (said["holder"] * len(world.slots) + said["slot"]).astype("int32")
    own = said["voice"] == SELF
    first = said[own].groupby("cell")["said"].min().reindex(range(world.places), fill_value=2**31 - 1)
    return said[own | (said["said"].to_numpy() < first.to_numpy()[said["cell"]])]


def contested_from(said: pd.DataFrame) -> pd.Series:
    """Pandas: the day from which another stance of the same element, voice and competing day counts, by place."""
    keys = ["cell", "depth", "voice", "begun"]
    said = said[said.duplicated(keys, keep=False)].sort_values("said", kind="stable")
    code = said["stance"].astype("int16") * 256 + said["highest"]
    other = said[code != code.groupby([said[key] for key in keys]).transform("first")]
    return other.groupby(keys)["said"].min().rename("contested_from")


def winners(said: pd.DataFrame) -> pd.DataFrame:
    """Pandas: the deciding statement of each place and day, with what the panel tells of it."""
    ranked = said[["rank", "stance", "highest", "row", "voice", "depth", "begun"]]
    days = said.sort_values(["said", "rank"])
    groups = [days["cell"], days["voice"]]
    narrow, wide = (
        days["rank"].where(chosen, 0).groupby(groups).cummax().to_numpy()
        for chosen in (days["root"] == 0, days["root"] == 1)
    )
    stance = np.zeros(said["rank"].max() + 1, dtype=np.int8)
    stance[said["rank"]] = said["stance"]
    fills = (narrow > 0) & (stance[wide] > 0)
    days = days[["cell", "said"]].assign(rank=np.where(fills, narrow, np.maximum(narrow, wide)))
    won = days.drop_duplicates(["cell", "said"], keep="last").merge(ranked.drop_duplicates("rank"), on="rank")
    won = won.merge(contested_from(said), how="left", on=["cell", "depth", "voice", "begun"]).sort_values("said")
    return pd.DataFrame(
        {
            "cell": won["cell"], "said": won["said"], "low": won["stance"], "high": won["highest"],
            "entry": won["row"], "reported": won["voice"] == FRAMING, "contested": won["said"] >= won["contested_from"],
        }
    )  # fmt: skip


def pandas_panel(world: World, days: Ints) -> pd.DataFrame:
    """Pandas: a grid of days and places joined with what was said before by ``merge_asof``; ordered by day, place."""
    won = winners(bearing(world))
    # A silent row for each place: without missing matches the join keeps the small dtypes.
    cells = np.arange(world.places, dtype=np.int32)
    blank = {"low": SILENT, "high": SILENT, "entry": UNSAID, "reported": False, "contested": False}
    silent = pd.DataFrame({"cell": cells, "said": np.int32(days[0] - 1), **blank})
    right = pd.concat([silent.astype(won.dtypes.to_dict()), won])
    left = pd.DataFrame({"day": np.repeat(days, len(cells)), "cell": np.tile(cells, len(days))}, copy=False)
    return pd.merge_asof(left, right, left_on="day", right_on="said", by="cell")


def pandas_state(said: pd.DataFrame, day: int) -> pd.DataFrame:
    """Pandas: the state at one date from what bears on each place, by sorting and dropping duplicates."""
    until = said[said["said"] <= day].sort_values("rank")
    first_voice = until.groupby("cell")["voice"].transform("min")
    until = until[until["voice"] == first_voice]
    narrow, wide = (until[until["root"] == root].drop_duplicates("cell", keep="last") for root in (0, 1))
    counts = ~wide["cell"].isin(narrow["cell"]) | (wide["stance"] < 0)
    return pd.concat([narrow, wide[counts]]).sort_values("rank").drop_duplicates("cell", keep="last")


DUCK_PANEL = """
CREATE OR REPLACE TEMP TABLE panel AS
WITH last AS (SELECT max(row) AS row FROM log GROUP BY subject),
standing AS (SELECT log.* FROM log JOIN last USING (row)),
documents AS (SELECT document, published FROM standing WHERE outlet >= 0),
ranked AS (
  SELECT * EXCLUDE (published), row_number() OVER (
    ORDER BY begun, depth, speaks, direct, d.published, first DESC) AS rank
  FROM standing JOIN documents d USING (document) JOIN targets USING (issue, element)
  WHERE holder >= 0 AND voice <> {ascribed}),
said AS (
  SELECT (holder * {slots} + slot)::INTEGER AS cell, said, voice, rank, root, stance
  FROM ranked JOIN reach USING (issue, element)),
first AS (SELECT cell, min(said) AS own FROM said WHERE voice = {own} GROUP BY cell),
bearing AS (SELECT said.* FROM said LEFT JOIN first USING (cell) WHERE voice = {own} OR own IS NULL OR said < own),
turns AS (
  SELECT cell, voice, said, max(rank) FILTER (root = 0) AS narrow, max(rank) FILTER (root = 1) AS wide
  FROM bearing GROUP BY cell, voice, said),
so_far AS (
  SELECT cell, said, max(narrow) OVER w AS narrow, max(wide) OVER w AS wide
  FROM turns WINDOW w AS (PARTITION BY cell, voice ORDER BY said)),
won AS (
  SELECT cell, so_far.said,
    CASE WHEN narrow IS NOT NULL AND r.stance > 0 THEN narrow ELSE greatest(narrow, wide) END AS rank
  FROM so_far LEFT JOIN ranked r ON r.rank = so_far.wide),
apart AS (
  SELECT holder, issue, element, voice, begun, min(said) FILTER (code <> opening) AS contested_from
  FROM (SELECT *, stance * 256 + highest AS code, first_value(stance * 256 + highest) OVER (
    PARTITION BY holder, issue, element, voice, begun ORDER BY said, rank) AS opening FROM ranked)
  GROUP BY holder, issue, element, voice, begun),
runs AS (
  SELECT cell, won.said AS since, lead(won.said, 1, {last} + 1) OVER (PARTITION BY cell ORDER BY won.said) AS until,
    r.stance AS low, r.highest AS high, r.row AS entry, voice = {framing} AS reported,
    coalesce(won.said >= contested_from, false) AS contested
  FROM won JOIN ranked r USING (rank) JOIN apart USING (holder, issue, element, voice, begun))
"""
UNNESTED = "SELECT unnest(range(since, until)) AS day, cell, low, high, entry, reported, contested FROM runs"
JOINED = """SELECT day, cell, low, high, entry, reported, contested
FROM runs JOIN days ON days.day >= runs.since AND days.day < runs.until"""


def duck(world: World, days: Ints) -> Any:
    """Open a DuckDB that holds the log in tables of its own; it uses all cores."""
    import duckdb

    base = duckdb.connect()
    targets = world.reach[["issue", "element", "depth"]].drop_duplicates()
    reach = world.reach.drop(columns="depth")
    frames = {"log": world.frame, "reach": reach, "targets": targets, "days": pd.DataFrame({"day": days})}
    for name, frame in frames.items():
        base.register("given", frame)
        base.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608
        base.unregister("given")
    return base


def duck_panel(base: Any, world: World, days: Ints, *, joined: bool) -> None:
    """DuckDB: arg_max, lead, and the intervals joined with the days or unnested; silence has no rows."""
    voices = {"own": SELF, "ascribed": ASCRIBED, "framing": FRAMING}
    sql = DUCK_PANEL.format(slots=len(world.slots), last=int(days[-1]), **voices) + (JOINED if joined else UNNESTED)
    base.execute(sql)


def touch_every_byte(world: World, panel: Panel) -> list[Ints]:
    """Numpy: read every byte of the input and write as many new ones as the panel has, nothing else."""
    for values in world.columns.arrays.values():
        values.max()
    return [np.full(getattr(panel, name).shape, 1, dtype=getattr(panel, name).dtype) for name in ARRAYS]


def value_frames(panel: Panel) -> dict[str, dict[str, pd.DataFrame]]:
    """Each party's values (missing where silent) and stances as wide frames, day by slot, for the pandas loop."""
    ends = {name: panel.cube(name) for name in ("low", "high")}
    value = {name: np.where(end == SILENT, np.nan, (end + 2.0) / 4) for name, end in ends.items()}
    stance = np.where(panel.cube("low") == SILENT, 0, panel.cube("low")).astype(np.int8)
    found = {}
    for place, party in enumerate(panel.parties):
        parts = {"low": value["low"][place], "high": value["high"][place], "stance": stance[place]}
        found[party] = {name: pd.DataFrame(part.T, index=panel.days) for name, part in parts.items()}
    return found


def pandas_distances(world: World, frames: dict[str, dict[str, pd.DataFrame]]) -> pd.DataFrame:
    """Pandas: a loop over pairs, whole series at a time; distance, lo, hi and coverage by pair and day."""
    slots = {kind: part.groupby("issue").groups for kind, part in world.slots[world.slots["leaf"]].groupby("kind")}
    rows = []
    for one, two in combinations(frames, 2):
        parts = _scales(frames[one], frames[two], slots)
        for issue, places in slots["options"].items():
            parts.append((issue, *_option(frames[one], frames[two], list(places))))
        for issue, places in slots["conditions"].items():
            parts.append((issue, *_condition(world, (one, two), frames, issue, list(places))))
        rows.append(_aggregate(world, (one, two), parts))
    return pd.concat(rows)


def _scales(a: Any, b: Any, slots: Any) -> list[Any]:
    places = [place for held in slots["scale"].values() for place in held]
    low_a, low_b = a["low"][places], b["low"][places]
    far = ((low_a - low_b).abs() + (a["high"][places] - b["high"][places]).abs()) / 2
    agenda = low_a.notna() | low_b.notna()
    reach = [
        np.maximum(middle, 1 - middle).fillna(0.0)
        for middle in ((low_a + a["high"][places]) / 2, (low_b + b["high"][places]) / 2)
    ]
    lo, hi = far.fillna(0.0), far.fillna(reach[0] + reach[1])
    issues = list(slots["scale"])
    return [(i, far[p], lo[p], hi[p], agenda[p]) for i, p in zip(issues, places, strict=True)]


def _option(a: Any, b: Any, places: list[int]) -> tuple[Any, ...]:
    one, two = a["stance"][places], b["stance"][places]
    yes_a, no_a, yes_b, no_b = one > 0, one < 0, two > 0, two < 0
    common = (yes_a & yes_b).sum(axis=1)
    conflict = ((yes_a & no_b) | (no_a & yes_b)).sum(axis=1)
    half = ((yes_a | yes_b) & ~(yes_a & yes_b) & ~(no_a | no_b)).sum(axis=1)
    against = (no_a & no_b).sum(axis=1)
    rejected = ((no_a | no_b) & ~(yes_a | yes_b)).sum(axis=1) - against
    blank = len(places) - common - conflict - half - against - rejected
    far = conflict / (conflict + common)
    lo = (conflict / (conflict + common + half + blank)).fillna(0.0)
    hi = ((conflict + half + rejected + blank) / (len(places) - against)).fillna(0.0)
    return far, lo, hi, blank < len(places)


def _condition(world: World, pair: tuple[str, str], frames: Any, issue: int, places: list[int]) -> tuple[Any, ...]:
    far, hi = [], []
    for place, element in zip(places, world.book.issues[issue].elements, strict=True):
        addressed = [party in element.addressees for party in pair]
        a, b = (frames[party] for party in (pair if addressed[1] or not addressed[0] else pair[::-1]))
        if addressed[0] == addressed[1]:
            far.append((a["low"][place] - b["low"][place]).abs())
            hi.append(far[-1])
        else:
            insistence = a["stance"][place].clip(lower=0) / 2
            insistence = insistence.where(insistence > 0)
            far.append(insistence * (1 - b["low"][place]))
            hi.append(far[-1].fillna(insistence))
    far_all, hi_all = pd.concat(far, axis=1), pd.concat(hi, axis=1)
    mean, counted = far_all.mean(axis=1), hi_all.notna().sum(axis=1)
    hi_mean = hi_all.mean(axis=1)
    return mean, far_all.sum(axis=1) / counted, hi_mean.where(~(mean > hi_mean), mean), counted > 0


def _aggregate(world: World, pair: tuple[str, str], parts: list[Any]) -> pd.DataFrame:
    weights = np.array([world.book.issues[part[0]].weight(*pair) for part in parts])
    far, lo, hi, agenda = (pd.concat(column, axis=1).to_numpy() for column in list(zip(*parts, strict=True))[1:])
    known = ~np.isnan(far)
    total, compared = agenda @ weights, known @ weights
    with np.errstate(invalid="ignore"):
        mean = np.nan_to_num(far) @ weights / compared
        low = np.where(agenda, lo, 0.0) @ weights / total
        high = np.where(agenda, hi, 0.0) @ weights / total
        columns = {"distance": mean, "lo": np.fmin(low, mean), "hi": np.fmax(high, mean), "coverage": compared / total}
    return pd.DataFrame({"day": parts[0][1].index, "party": pair[0], "other": pair[1], **columns})
