"""Panels: the state of every party on every issue element on every day, and the distances of all pairs.

The integer columns of a log (:mod:`positions.store.columns`) become *runs*, each place's positions as stretches of
days; runs become a dense :class:`Panel` or the state of one date. Everything here equals
:func:`positions.state.state_at` and :func:`positions.distance.compare` day by day.
"""

from __future__ import annotations

from positions.panel.frames import distance_frame, panel_frame
from positions.panel.grid import NEVER, SILENT, UNSAID, Panel, build_panel
from positions.panel.index import Index, build_index
from positions.panel.kept import KeptPanel
from positions.panel.pairwise import Distances, pair_distances

__all__ = [
    "NEVER",
    "SILENT",
    "UNSAID",
    "Distances",
    "Index",
    "KeptPanel",
    "Panel",
    "build_index",
    "build_panel",
    "distance_frame",
    "pair_distances",
    "panel_frame",
]
