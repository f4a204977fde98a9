"""The colours of charts: those that the theme's style sheet declares, in both schemes."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from dashboard.figures import base
from dashboard.figures.base import DARK, LIGHT, Palette, palette_of, read_palette


def test_a_colour_changed_in_the_style_sheet_is_changed_in_charts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    theme = base._THEME.read_text(encoding="utf-8")
    changed = tmp_path / "theme.css"
    changed.write_text(theme.replace(LIGHT.ink, "#123456").replace(DARK.paper, "#654321"), encoding="utf-8")
    monkeypatch.setattr(base, "_THEME", changed)
    assert read_palette(":root").ink == "#123456"
    assert read_palette(':root[data-scheme="dark"]').paper == "#654321"


def test_no_colour_of_a_chart_is_the_same_in_both_schemes() -> None:
    for field in fields(Palette):
        assert getattr(palette_of("light"), field.name) != getattr(palette_of("dark"), field.name)
