"""Where a chart stands on its page: the server's drawing, and the interactive chart that takes its place on demand."""

from __future__ import annotations

from typing import Any, Final

from dash import html as shell

from dashboard.query.view import PAGE_IDS

FIRST_CHARTS: Final = {"dumbbell": "Where they stand", "trend": "Distance over time"}
"""The ids of the first page's charts, with their names."""
PAGE_CHARTS: Final = ("chart-1", "chart-2")
"""The ids of the charts of every other page."""


def chart_ids(page: str) -> tuple[str, ...]:
    """Return the ids of a page's charts, in their order."""
    return tuple(FIRST_CHARTS) if page == PAGE_IDS[0] else PAGE_CHARTS


def chart_name(title: str, chart: str) -> str:
    """Return the name of a chart on a page with a title."""
    return FIRST_CHARTS.get(chart) or f"{title}, chart {PAGE_CHARTS.index(chart) + 1}"


def build_chart_place(chart: str) -> list[Any]:
    """Return what holds the drawing of a chart and, once somebody asks for it, the interactive chart instead."""
    return [
        shell.Div(id=f"{chart}-place", className="chart-place"),
        shell.Div(className="chart-zoom"),
    ]
