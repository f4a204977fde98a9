"""What a document's text was made of: the file as received, the tool that read it, and where its pages begin."""

from __future__ import annotations

from bisect import bisect_right
from typing import Annotated

from pydantic import Field, model_validator

from positions.errors import FieldError
from positions.files.characters import VISIBLE
from positions.model.dates import PartialDate
from positions.model.words import Word


class Provenance(Word):
    """The file that a document's text was read from.

    ``sha256`` is the hash of that file's bytes, not of the text; ``tool`` is the library with its version that read the
    text, ``None`` if the text is the file. ``pages`` are the offsets, in characters of the text, at which its pages
    begin, the first of them 0. ``fetched_on`` is the day on which the file was fetched from the document's address.
    """

    name: str = Field(pattern=VISIBLE)
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    tool: str | None = Field(default=None, pattern=VISIBLE)
    pages: tuple[Annotated[int, Field(ge=0)], ...] | None = Field(default=None, min_length=1)
    fetched_on: PartialDate | None = None

    @model_validator(mode="after")
    def _pages_in_order(self) -> Provenance:
        if self.pages and (self.pages[0] != 0 or list(self.pages) != sorted(self.pages)):
            raise FieldError("pages", "allowed: 0 and rising offsets")
        return self

    def page_at(self, offset: int) -> int | None:
        """Return the number, from 1, of the page on which a character of the text lies; ``None`` without pages."""
        return bisect_right(self.pages, offset) if self.pages else None
