"""What a source file says: its text, and what it tells about itself."""

from __future__ import annotations

from typing import NamedTuple

from positions.extract.sources.publication_date import PublishedOn


class SourceText(NamedTuple):
    """A source's text and what the file says about it; empty where it says nothing.

    ``published_on`` is what its metadata tell, ``made_on`` a weaker date, as that on which the file was made;
    ``library`` is what found the text in the file.
    """

    text: str
    title: str = ""
    published_on: PublishedOn | None = None
    made_on: PublishedOn | None = None
    outlet: str = ""
    author: str = ""
    url: str = ""
    library: str = ""
