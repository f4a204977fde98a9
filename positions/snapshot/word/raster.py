"""The small pictures of a report's page as PNG: lines, bars, marks and names, as its SVG has them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from positions.errors import MissingExtraError
from positions.files.fonts import load_font
from positions.snapshot.word.page_tree import PageElement
from positions.wording.mark_paths import path_points

WIDE: Final = 600
"""The width of a picture that takes all of the page's, px at 96 to the inch."""
SCALE: Final = 3
"""Pixels of the file for each px of the picture."""
_SMOOTH: Final = 2
"""How much larger it is drawn, to be made smaller with smooth edges."""
_INK: Final = "#1c1c1a"
_SIDES: Final = 8
"""Room at each side for marks at the ends, px."""


@dataclass(frozen=True, slots=True)
class RasterPicture:
    """A picture as PNG, and the width at which it is shown, px at 96 to the inch."""

    png: bytes
    width: int


@dataclass(frozen=True, slots=True)
class _Canvas:
    draw: Any
    factor: float
    x: float
    y: float
    width: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (self.x + x) * self.factor, (self.y + y) * self.factor

    def length(self, text: str) -> float:
        """Return a length in px; a percentage is one of the width."""
        return float(text[:-1]) / 100 * self.width if text.endswith("%") else float(text or 0)


def rasterize(svg: PageElement) -> RasterPicture:
    """Draw an inline picture of a page; one without a width of its own takes :data:`WIDE`.

    Raises ``MissingExtraError`` without Pillow.
    """
    try:
        from PIL import Image, ImageDraw
    except ImportError:
        raise MissingExtraError("Word", "docx") from None
    box = [float(number) for number in svg.attributes.get("viewbox", "").split()]
    is_wide = not box
    left, top, width, height = box or (-_SIDES, 0.0, float(WIDE), float(svg.attributes["height"]))
    factor = float(SCALE * _SMOOTH)
    image = Image.new("RGB", (round(width * factor), round(height * factor)), "#fff")
    inner = width - 2 * _SIDES if is_wide else width
    _draw_children(svg, _Canvas(ImageDraw.Draw(image), factor, -left, -top, inner))
    small = image.resize((round(width * SCALE), round(height * SCALE)), Image.Resampling.LANCZOS)
    file = BytesIO()
    small.quantize(64).save(file, "PNG", optimize=True)
    return RasterPicture(file.getvalue(), round(width))


def _draw_children(svg: PageElement, canvas: _Canvas) -> None:
    for shape in svg.elements:
        if shape.tag == "svg":
            x, y = (canvas.length(shape.attributes.get(name, "0")) for name in "xy")
            _draw_children(shape, _Canvas(canvas.draw, canvas.factor, canvas.x + x, canvas.y + y, canvas.width))
        elif shape.tag in _SHAPES:
            _SHAPES[shape.tag](shape, canvas)


def _style(shape: PageElement, name: str, default: str) -> str:
    """Return a colour or width of a shape, of its style before its attribute; what follows the text is ink."""
    pairs = (part.split(":", 1) for part in shape.attributes.get("style", "").split(";") if ":" in part)
    styles = {setting.strip(): value.strip() for setting, value in pairs}
    value = styles.get(name) or shape.attributes.get(name, default)
    return _INK if value == "currentColor" else value


def _faded(color: str, share: str) -> str:
    """Return a colour mixed with the white of the paper; ``share`` of it is left."""
    if not color.startswith("#") or not share:
        return color
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    values = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return "#" + "".join(f"{round(255 - (255 - value) * float(share)):02x}" for value in values)


def _draw_line(shape: PageElement, canvas: _Canvas) -> None:
    x1, y1, x2, y2 = (canvas.length(shape.attributes[name]) for name in ("x1", "y1", "x2", "y2"))
    width = max(1, round(canvas.factor * float(_style(shape, "stroke-width", "1"))))
    canvas.draw.line([canvas.at(x1, y1), canvas.at(x2, y2)], fill=_style(shape, "stroke", _INK), width=width)


def _draw_rect(shape: PageElement, canvas: _Canvas) -> None:
    x, y, width, height = (canvas.length(shape.attributes.get(name, "0")) for name in ("x", "y", "width", "height"))
    fill = _faded(_style(shape, "fill", _INK), shape.attributes.get("fill-opacity", ""))
    outline = _style(shape, "stroke", "")
    edge = _faded(outline, shape.attributes.get("stroke-opacity", "")) if outline else None
    corners = [canvas.at(x, y), canvas.at(x + max(width, 0.5), y + height)]
    canvas.draw.rectangle(corners, fill=fill, outline=edge, width=round(canvas.factor))


def _draw_circle(shape: PageElement, canvas: _Canvas) -> None:
    x, y, radius = (canvas.length(shape.attributes[name]) for name in ("cx", "cy", "r"))
    corners = [canvas.at(x - radius, y - radius), canvas.at(x + radius, y + radius)]
    outline = _style(shape, "stroke", "") or None
    canvas.draw.ellipse(corners, fill=_style(shape, "fill", _INK), outline=outline, width=round(1.5 * canvas.factor))


def _draw_path(shape: PageElement, canvas: _Canvas) -> None:
    fill, stroke = _style(shape, "fill", _INK), _style(shape, "stroke", "")
    width = max(1, round(canvas.factor * float(_style(shape, "stroke-width", "0.75"))))
    for points in path_points(shape.attributes["d"]):
        corners = [canvas.at(x, y) for x, y in points]
        if fill == "none":
            canvas.draw.line(corners, fill=stroke or _INK, width=width, joint="curve")
        else:
            canvas.draw.polygon(corners, fill=fill)
            canvas.draw.line([*corners, corners[0]], fill=stroke or "#55554f", width=width, joint="curve")


def _draw_text(shape: PageElement, canvas: _Canvas) -> None:
    font = load_font(round(canvas.factor * float(shape.attributes.get("font-size", "11"))))
    x, y = canvas.at(*(float(shape.attributes.get(name, "0")) for name in "xy"))
    anchor = {"end": "rs", "middle": "ms"}.get(shape.attributes.get("text-anchor", ""), "ls")
    stroke = round(2.5 * canvas.factor)
    canvas.draw.text((x, y), shape.text, fill=_INK, font=font, anchor=anchor, stroke_width=stroke, stroke_fill="#fff")


_SHAPES: Final = {
    "line": _draw_line,
    "rect": _draw_rect,
    "circle": _draw_circle,
    "path": _draw_path,
    "text": _draw_text,
}
