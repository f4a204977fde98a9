"""In a PDF each party's mark stands beside that party's name, by their coordinates on the page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from positions.snapshot.output import report_bytes
from tests.conftest import absent
from tests.positions.snapshot.pages import golden

FILLS = {b"f", b"f*", b"B", b"B*", b"b", b"b*"}
MARK = 0.6
"""The scale of a mark of 1rem at 10 pt to its 16 units, in points; charts draw theirs at another."""
BESIDE, LEVEL = 30, 8
"""How far a name may be to the right of its mark, and how far above or below, in points."""


class Spot(NamedTuple):
    """What stands at a point of a page, in points from its left and lower edges."""

    what: str
    x: float
    y: float


def spots(page: Any) -> tuple[list[Spot], list[Spot]]:
    """Return the marks of a page, by their fill as ``#rrggbb``, and its texts."""
    marks, texts, fill = [], [], ""

    def operand(operator: bytes, arguments: list[Any], matrix: list[float], _text: list[float]) -> None:
        nonlocal fill
        if operator == b"rg":
            fill = "#" + "".join(f"{round(float(part) * 255):02x}" for part in arguments)
        if operator in FILLS and abs(abs(matrix[0]) - MARK) < 0.05:
            marks.append(Spot(fill, matrix[4], matrix[5]))

    def text(words: str, matrix: list[float], inner: list[float], _font: Any, _size: float) -> None:
        if words.strip():
            x, y = inner[4] * matrix[0] + matrix[4], inner[5] * matrix[3] + matrix[5]
            texts.append(Spot(words.strip(), x, y))

    page.extract_text(visitor_operand_before=operand, visitor_text=text)
    return marks, texts


def strays(pages: Any, hues: dict[str, str]) -> Iterator[tuple[int, Spot]]:
    """Yield the marks that have no name of their party to their right, with their pages."""
    for number, page in enumerate(pages, 1):
        marks, texts = spots(page)
        for mark in (one for one in marks if one.what in hues):
            beside = (one for one in texts if abs(one.y - mark.y) < LEVEL and 0 < one.x - mark.x < BESIDE)
            if not any(one.what.startswith(hues[mark.what]) for one in beside):
                yield number, mark


def test_marks_stand_beside_the_names_of_their_parties() -> None:
    try:
        import weasyprint  # noqa: F401
        from pypdf import PdfReader
    except (ImportError, OSError) as error:
        absent(f"no PDF can be written or read here: {error}")
    report = golden()
    pages = PdfReader(io.BytesIO(report_bytes(report, "pdf"))).pages
    hues = {mark.hue.lower(): mark.name for mark in report.principals}
    assert sum(mark.what in hues for page in pages for mark in spots(page)[0]) > 10
    assert list(strays(pages, hues)) == []
