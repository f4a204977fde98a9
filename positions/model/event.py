"""Events: what happened and when, for the axes of charts and for reports; no position rests on one."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from pydantic import Field, model_validator

from positions.errors import FieldError
from positions.files.characters import VISIBLE
from positions.model.words import Id, Word

_DOCUMENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class Event(Word):
    """Something that happened on a day, or from a day to a day, both inclusive.

    In a codebook the days are ``date`` and ``end``. ``source`` is the id of a document, an address or a citation in
    words; a single word is taken for an id.
    """

    id: Id
    label: str = Field(pattern=VISIBLE)
    first: date = Field(alias="date")
    end: date | None = None
    source: str = Field(pattern=VISIBLE)
    note: str = ""

    @model_validator(mode="after")
    def _days_in_order(self) -> Event:
        if self.end is not None and self.end < self.first:
            raise FieldError("end", f"found {self.end}, allowed: from {self.first} on")
        return self

    @property
    def last(self) -> date:
        """The day on which it was over."""
        return self.end or self.first

    def touches(self, first: date, last: date) -> bool:
        """Return whether any of its days is among those from ``first`` to ``last``, both inclusive."""
        return self.first <= last and first <= self.last

    def source_unknown_in(self, documents: Collection[str]) -> bool:
        """Return whether the source is the id of a document that is not there."""
        return bool(_DOCUMENT.fullmatch(self.source)) and self.source not in documents
