"""Panels: the state of every party on every issue element on every day, and the distances of all pairs.

The integer columns of a log (:mod:`positions.store.columns`) become *runs*, each place's positions as stretches of
days; runs become a dense :class:`Panel` or the state of one date. Everything here equals
:func:`positions.analysis.state.state_at` and :func:`positions.analysis.distance.compare` day by day.
"""

from __future__ import annotations

from positions.analysis.panel.dense import NEVER, SILENT, UNSAID, Panel, build_panel
from positions.analysis.panel.distances import Distances, pair_distances
from positions.analysis.panel.frames import distance_frame, panel_frame
from positions.analysis.panel.incremental import IncrementalPanel
from positions.analysis.panel.index import Index, build_index

__all__ = [
    "NEVER",
    "SILENT",
    "UNSAID",
    "Distances",
    "IncrementalPanel",
    "Index",
    "Panel",
    "build_index",
    "build_panel",
    "distance_frame",
    "pair_distances",
    "panel_frame",
]
