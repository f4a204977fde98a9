"""What a source file says: its text, and what it says about itself."""

from __future__ import annotations

from typing import NamedTuple

from positions.errors import DataError, Finding
from positions.extract.sources.publication_date import PublishedOn
from positions.model.dates import PartialDate


class SourceText(NamedTuple):
    """A source's text and what the file says about it; a field is empty if it says nothing.

    ``published_on`` is the date in its metadata, ``made_on`` a weaker one, such as that on which the file was made;
    ``library`` names the library, with its version, that extracted the text, and ``pages`` are the offsets at
    which its pages begin; ``fetched_on`` is the day on which a browser saved it from ``url``.
    """

    text: str
    title: str = ""
    published_on: PublishedOn | None = None
    made_on: PublishedOn | None = None
    outlet: str = ""
    author: str = ""
    url: str = ""
    library: str = ""
    pages: tuple[int, ...] | None = None
    fetched_on: PartialDate | None = None


def source_error(where: object, message: str) -> DataError:
    """Return the error for a source that cannot be read as a document."""
    return DataError([Finding(str(where), "", message)])
