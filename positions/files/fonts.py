"""The machine's font for pictures that Pillow draws: Pillow's own has few letters."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

FONTS: Final = ("LiberationSans-Regular.ttf", "DejaVuSans.ttf", "NotoSans-Regular.ttf", "Arial.ttf")
"""The fonts of the machine that are taken, the first one that is there."""


@cache
def load_font(size: int) -> Any:
    """Return a font of a size in px; Pillow's own if the machine has none of :data:`FONTS`."""
    from PIL import ImageFont

    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
