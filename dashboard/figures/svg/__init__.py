"""The charts as SVG, drawn by Python alone: for pages without scripts, first views, pictures that travel."""

from __future__ import annotations

from dashboard.figures.svg.drawing import draw_fluid as draw_fluid
from dashboard.figures.svg.drawing import draw_svg as draw_svg

__all__ = ["draw_fluid", "draw_svg"]
