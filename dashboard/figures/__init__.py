"""The charts: pure functions from tidy frames to figures for plotly.js, all with one shared configuration."""

from __future__ import annotations

from dashboard.figures.base import CONFIG as CONFIG
from dashboard.figures.base import DARK as DARK
from dashboard.figures.base import LIGHT as LIGHT
from dashboard.figures.base import THEMED as THEMED
from dashboard.figures.base import Drawing as Drawing
from dashboard.figures.base import Figure as Figure
from dashboard.figures.base import Palette as Palette
from dashboard.figures.base import palette_of as palette_of
from dashboard.figures.base import zoomable as zoomable
from dashboard.figures.dumbbell import dumbbell_figure as dumbbell_figure
from dashboard.figures.trend import trend_figure as trend_figure

__all__ = [
    *("CONFIG", "DARK", "LIGHT", "THEMED", "Figure", "Palette", "dumbbell_figure", "palette_of", "trend_figure"),
    "zoomable",
]
