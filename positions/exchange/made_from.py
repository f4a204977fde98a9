"""What an export was made from, written into it: so that what comes back is compared with what went out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from positions.exchange.content import BookContent

_TEXT: Final = re.compile(r"([0-9]{1,18}:[0-9a-f]{12,64})(?: public by ([0-9]{4}-[0-9]{2}-[0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """The state of the record book that an export was made from: its ``head``, and the ``public_by`` of the query."""

    head: str
    public_by: date | None = None

    @classmethod
    def of(cls, content: BookContent) -> MadeFrom:
        """Return what an export of this content is made from."""
        return cls(content.head, content.query.public_by)

    @classmethod
    def parse(cls, text: str) -> MadeFrom | None:
        """Read what :meth:`text` writes; ``None`` for anything else."""
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            return None
        try:
            return cls(match[1], date.fromisoformat(match[2]) if match[2] else None)
        except ValueError:
            return None

    def text(self) -> str:
        """Write it in one cell: ``193:61374d691ed0 public by 2022-03-01``."""
        return f"{self.head} public by {self.public_by}" if self.public_by else self.head
