"""The text of a PDF file, by pypdf (extra ``documents``); lines that only the page's width ended are joined."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from positions.errors import DataError, MissingExtraError
from positions.extract.language.english import english_words
from positions.extract.sources.publication_date import PublishedOn, is_possible
from positions.extract.sources.source_text import SourceText, source_error
from positions.model.dates import PartialDate
from positions.quotes.line_ends import line_end_edits
from positions.quotes.text_view import TextEdit, TextView

if TYPE_CHECKING:
    from pypdf import PdfReader

_LONGEST: Final = 5_000_000
"""Characters of text after which no more pages are read."""
_FEWEST: Final = 3
"""Pages that share a running head at least."""
_EDGE: Final = 2
"""Lines at a page's top and at its foot that may be running heads or numbers."""
_NUMBER: Final = re.compile(r"[0-9]+|\b[ivxlc]{1,6}\b")
_FULL: Final = 0.75
"""A line of at least this share of the usual width was ended by the page, not by its writer."""
_PROSE: Final = 0.8
"""A line of at least this share of the usual width is prose, not a running head."""
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_BLANKS: Final = re.compile(r"[^\S\n]+")
_BULLET: Final = re.compile(r"[•◦▪‣●○■·]")
_NO_TITLE: Final = re.compile(
    r"^(?:untitled|microsoft word|slide \d|\S*)$|\.(?:docx?|indd|pages|tex|odt|rtf|pdf)$", re.I
)


def read_pdf(content: bytes, *, where: str) -> SourceText:
    """Read the text of a PDF file's pages, with its title, author and date of making.

    Raises ``MissingExtraError`` without pypdf, ``DataError`` for a file that is broken, locked, or without
    text, such as a scan.
    """
    try:
        import pypdf
    except ImportError:
        raise MissingExtraError(f"{where}: reading PDF files", "documents") from None
    # Readers of articles have no use for its warnings about odd files.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise source_error(where, "the PDF is locked with a password")
        text, pages = _read_pages(reader)
        metadata = _read_metadata(reader)
    except DataError:
        raise
    except Exception as error:  # a parser may raise anything on a broken file
        raise source_error(where, f"cannot be read as PDF: {type(error).__name__}: {str(error)[:100]}") from None
    if not text.strip():
        raise source_error(where, "the PDF has no text; a scan has to be read by OCR first")
    return SourceText(text, library=f"pypdf {pypdf.__version__}", pages=pages, **metadata)


def _read_pages(reader: PdfReader) -> tuple[str, tuple[int, ...]]:
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(_UNSEEN.sub("", page.extract_text()))
        length += len(pages[-1])
        if length > _LONGEST:
            break
    return reflow_pages(pages)


def _read_metadata(reader: PdfReader) -> dict[str, Any]:
    metadata = reader.metadata
    if metadata is None:
        return {}
    title, made = str(metadata.title or "").strip(), metadata.creation_date
    return {
        "title": "" if _NO_TITLE.search(title) else title,
        "author": str(metadata.author or "").strip(),
        "made_on": PublishedOn(PartialDate.of(made.date()), "inferred") if made and is_possible(made.date()) else None,
    }


def reflow_pages(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    """Return the text of pages without their running heads and numbers, and the offsets at which the pages begin.

    Lines that only the page's width ended are joined as :mod:`positions.quotes.line_ends` tells them.
    """
    raw, begins = "", []
    for page in drop_running_heads([_read_lines(page) for page in pages]):
        begins.append(len(raw))
        for line in page:
            raw += f"{line}\n" if line or (raw and not raw.endswith("\n\n")) else ""
    raw = raw.rstrip()
    edits = line_end_edits(raw, raw, english_words().grammar.hyphened)
    width = _FULL * _usual_width(raw.split("\n"))
    view = TextView(raw).edit(edit for edit in edits if _goes_on(raw, edit, width))
    return view.text, tuple(view.view_span(min(begin, len(raw)), len(raw)).start for begin in begins)


def _goes_on(text: str, edit: TextEdit, width: float) -> bool:
    """Return whether a line end is within a sentence for sure: in PDF files no blank line parts headlines from text."""
    line = text[text.rfind("\n", 0, edit.start) + 1 : edit.start]
    return len(line) >= width or text[edit.end : edit.end + 1].islower()


def _usual_width(lines: Sequence[str]) -> int:
    """Return the length of a full line: nine in ten are no longer."""
    widths = sorted(len(line) for line in lines if line)
    return widths[int(len(widths) * 0.9)] if widths else 0


def _read_lines(page: str) -> list[str]:
    """Return a page's lines without the blanks that spread them over its width, and without signs of lists alone."""
    soft = page.replace("\u00ad\n", "").replace("\u00ad", "")
    lines = (_BLANKS.sub(" ", line).strip() for line in soft.strip("\n").split("\n"))
    return [line for line in lines if not _BULLET.fullmatch(line)]


def drop_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of pages without the first and last ones that most of them share but for their numbers.

    Fewer than three pages have none that could be told from text.
    """
    if len(pages) < _FEWEST:
        return pages
    width = _PROSE * _usual_width([line for page in pages for line in page])
    short = [{_form_of(line) for line in _edges(page) if len(line) < width} for page in pages]
    counts = Counter(form for forms in short for form in forms)
    running = {form for form, count in counts.items() if count >= _FEWEST and 2 * count >= len(pages)}
    return [_trim_edges(page, running) for page in pages]


def _edges(page: list[str]) -> list[str]:
    worded = [line for line in page if line]
    return worded[:_EDGE] + worded[-_EDGE:]


def _form_of(line: str) -> str:
    return _NUMBER.sub("#", line)


def _trim_edges(page: list[str], running: set[str]) -> list[str]:
    lines = page
    for _ in range(2):
        dropped = 0
        while lines and dropped < _EDGE and (not lines[0] or _form_of(lines[0]) in running):
            dropped += bool(lines[0])
            lines = lines[1:]
        lines = lines[::-1]
    return lines or [""]
