"""The picture that other sites show beside a shared address: 1200 × 630 px, drawn with Pillow if it is installed.

Pillow comes with the extra ``pdf``. A font of the machine is taken, since Pillow's own has few letters; words that the
font cannot write get no card.
"""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from typing import Final

from dashboard.figures.base import LIGHT
from dashboard.figures.svg.picture import PictureWords
from positions.errors import MissingExtraError
from positions.files.fonts import load_font
from positions.wording.mark_paths import PATHS, path_points

SIZE: Final = (1200, 630)
EDGE: Final = 72
"""Room at the sides, px."""
HEADLINES: Final = (54, 46, 40, 34, 28)
"""Sizes of the finding, px: the first one at which it fits."""
MOST_LINES: Final = 340
"""The height that the finding may take, px."""
STEPS: Final = 8
"""How many colours the letters have, from paper to ink."""


def can_draw_card(words: PictureWords) -> bool:
    """Return whether Pillow is installed and its font has all letters of a card's words."""
    if find_spec("PIL") is None:
        return False
    return _has_letters(" ".join((words.title, words.finding, words.days, *(one.name for one in words.parties))))


def draw_card(words: PictureWords) -> bytes:
    """Draw a card as PNG: title, finding, days, parties; raises ``MissingExtraError`` without Pillow."""
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise MissingExtraError("share cards", "pdf") from error
    image = Image.new("RGB", SIZE, LIGHT.paper)
    draw = ImageDraw.Draw(image)
    draw.text((EDGE, 64), words.title, fill=LIGHT.muted, font=load_font(28))
    for size in HEADLINES:
        lines = _wrap(words.finding, size, SIZE[0] - 2 * EDGE)
        if len(lines) * size * 1.25 <= MOST_LINES:
            break
    for number, line in enumerate(lines[: int(MOST_LINES / (size * 1.25))]):
        draw.text((EDGE, 128 + number * size * 1.25), line, fill=LIGHT.ink, font=load_font(size))
    draw.text((EDGE, 500), words.days, fill=LIGHT.muted, font=load_font(26))
    x = float(EDGE)
    for style in words.parties:
        wide = 40 + load_font(26).getlength(style.name)
        if x + wide > SIZE[0] - EDGE:
            break
        draw.polygon([(x + 12 + 2 * dx, 565 + 2 * dy) for dx, dy in path_points(PATHS[style.shape])[0]], fill=style.hue)
        draw.text((x + 34, 550), style.name, fill=LIGHT.ink, font=load_font(26))
        x += wide + 36
    file = BytesIO()
    # Few colours take a quarter of the bytes: steps from paper to ink for the letters, and the hues of the marks.
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for colour in _colours(words) for value in colour])
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _colours(words: PictureWords) -> list[tuple[int, ...]]:
    """Return the colours of a card as red, green and blue in [0, 255]."""
    paper, ink, *hues = (
        tuple(bytes.fromhex(colour.lstrip("#")))
        for colour in (LIGHT.paper, LIGHT.ink, *(style.hue for style in words.parties))
    )
    letters = [
        tuple(round(one + (two - one) * step / (STEPS - 1)) for one, two in zip(paper, ink, strict=True))
        for step in range(STEPS)
    ]
    return [*letters, *hues]


def _has_letters(text: str) -> bool:
    missing = bytes(load_font(28).getmask("\uffff"))
    return not any(bytes(load_font(28).getmask(sign)) == missing for sign in set(text) if not sign.isspace())


def _wrap(text: str, size: int, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and load_font(size).getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
