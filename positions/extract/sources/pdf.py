"""The text of a PDF file, by pypdf (extra ``documents``); lines that only the page's width ended are joined."""

from __future__ import annotations

import logging
import re
from collections import Counter
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from positions.errors import DataError, MissingExtraError
from positions.extract.sources.publication_date import PublishedOn, is_possible
from positions.extract.sources.source_text import SourceText, source_error
from positions.model.dates import PartialDate

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
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_LAST: Final = re.compile(r"(?<!\w)\w++(?=-$)")
_FIRST: Final = re.compile(r"^\w+")
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
    """Return the text of pages without their running heads and numbers, and the offsets at which the pages begin."""
    soft = (page.replace("\u00ad\n", "").replace("\u00ad", "") for page in pages)
    split = [[line.strip() for line in page.strip("\n").split("\n")] for page in soft]
    kept = drop_running_heads(split)
    parts = iter(_join_lines([line for page in kept for line in page]))
    text, begins = "", []
    for page in kept:
        begins.append(len(text))
        for part in islice(parts, len(page)):
            is_spare = part == "\n" and (not text or text.endswith("\n\n"))
            text += "" if is_spare else part
    text = text.rstrip()
    return text, tuple(min(len(text), begin) for begin in begins)


def drop_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of pages without the first and last ones that most of them share but for their numbers.

    Fewer than three pages have none that could be told from text.
    """
    if len(pages) < _FEWEST:
        return pages
    counts = Counter(form for page in pages for form in {_form_of(line) for line in _edges(page)})
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


def _join_lines(lines: list[str]) -> list[str]:
    """Return the lines with their ends: those of a paragraph that the page's width separated go on in one line.

    A hyphen at a line's end is removed if the word occurs without it elsewhere in the text.
    """
    widths = sorted(len(line) for line in lines if line)
    full = _FULL * widths[int(len(widths) * 0.9)] if widths else 0
    words = set(re.findall(r"\w+", "\n".join(lines).lower()))
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = following[:1].islower() or (len(line) >= full and not line.endswith((".", "!", "?", "”", '"')))
        if not line or not following or not goes_on:
            parts.append(f"{line}\n")
        elif line.endswith("-"):
            halves = _LAST.findall(line) + _FIRST.findall(following)
            parts.append(line[:-1] if "".join(halves).lower() in words else line)
        else:
            parts.append(f"{line} ")
    return parts
