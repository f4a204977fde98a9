"""The text of a Word file (``.docx``), by mammoth (extra ``documents``): its paragraphs, a line each."""

from __future__ import annotations

import html
import re
import zipfile
from io import BytesIO
from typing import Any, Final

from positions.errors import DataError, MissingExtraError
from positions.extract.sources.publication_date import PublishedOn, is_possible, parse_date
from positions.extract.sources.source_text import SourceText, source_error
from positions.model.dates import PartialDate

_LARGEST: Final = 100_000_000
"""Bytes that the file may have when it is unpacked."""
_CORE: Final = "docProps/core.xml"
_FIELD: Final = re.compile(r"<\w{1,9}:(title|creator|created)\b[^>]{0,200}>([^<]{0,500})<")
_BLANK: Final = re.compile(r"\n{2,}")


def read_word(content: bytes, *, where: str) -> SourceText:
    """Read a Word file's paragraphs, with its title, author and the day on which it was made.

    Raises ``MissingExtraError`` without mammoth, ``DataError`` for a file that is none, is broken or has no text.
    """
    try:
        import mammoth
    except ImportError:
        raise MissingExtraError(f"{where}: reading Word files", "documents") from None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise source_error(where, f"unpacked it has over {_LARGEST:,} bytes; is it a single article?")
            metadata = _read_metadata(archive)
        text = _BLANK.sub("\n", mammoth.extract_raw_text(BytesIO(content)).value).strip()
    except DataError:
        raise
    except Exception as error:  # a parser may raise anything on a broken file
        message = f"cannot be read as a Word file: {type(error).__name__}: {str(error)[:100]}"
        raise source_error(where, message) from None
    if not text:
        raise source_error(where, "the Word file has no text")
    return SourceText(text, library=f"mammoth {_version()}", **metadata)


def _version() -> str:
    from importlib.metadata import version

    return version("mammoth")


def _read_metadata(archive: zipfile.ZipFile) -> dict[str, Any]:
    if _CORE not in archive.namelist():
        return {}
    core = archive.read(_CORE).decode("utf-8", "replace")
    fields = {name: html.unescape(value).strip() for name, value in _FIELD.findall(core)}
    made = parse_date(fields.get("created", "")[:10])
    return {
        "title": fields.get("title", ""),
        "author": fields.get("creator", ""),
        "made_on": PublishedOn(PartialDate.of(made), "inferred") if made and is_possible(made) else None,
    }
