"""Documents: source texts as received, named by their hash, never edited."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field, field_validator, model_validator

from positions.errors import FieldError
from positions.files.characters import VISIBLE, VISIBLE_OR_BLANK
from positions.model.dates import PartialDate
from positions.model.language import Language
from positions.model.provenance import Provenance
from positions.model.words import Id, Word

DateBasis: TypeAlias = Literal["explicit", "relative", "anaphoric", "inherited", "document", "inferred"]
"""How a date is known: written in full, a weekday or "last month", "later that day", the neighbouring utterance's,
the document's own date, or reasoned from other evidence."""


OWN_FILES: Final = re.compile(
    r"(codebook|lexicon)\.toml|(codebooks|documents|statements|candidates|conflicts)\.jsonl|positions\.db.*|readme\.md",
    re.IGNORECASE,
)
"""Names in a data folder that are the workspace's own: no document's text lies there."""
_NAME: Final = r"[^./\\\x00-\x1f][^/\\\x00-\x1f]*"
_INSIDE: Final = re.compile(rf"(\.\./)?{_NAME}(/{_NAME})*")


class Document(Word):
    """A source text, or the citation of one whose text is not held.

    ``file`` is where the text lies, relative to the data folder or to the one above it and never further; ``text`` is
    its characters, read as strict UTF-8 with line ends kept. Without a text the quotes of a document count as
    unverified. ``origin`` is who wrote a text that several outlets carry, such as an agency; left out it is the outlet.
    ``language`` is what the text is written in, ``None`` if that is not known.
    ``sha256`` is the hash of the file's bytes: a text that has changed since it was coded is refused. ``made_from`` is
    what the text was read from, if that is not the text itself.
    """

    id: Id
    title: str = Field(pattern=VISIBLE_OR_BLANK)
    outlet: str = Field(pattern=VISIBLE)
    origin: str | None = Field(default=None, pattern=VISIBLE)
    published_on: PartialDate
    published_on_basis: DateBasis
    author: str = Field(default="", pattern=VISIBLE_OR_BLANK)
    url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    file: str | None = Field(default=None, json_schema_extra={"pattern": f"^{_INSIDE.pattern}$"})
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    language: Language | None = None
    made_from: Provenance | None = None
    note: str = Field(default="", pattern=VISIBLE_OR_BLANK)
    text: str | None = Field(default=None, repr=False)

    @field_validator("file")
    @classmethod
    def _file_of_its_own(cls, file: str | None) -> str | None:
        if file is not None and not _INSIDE.fullmatch(file):
            raise ValueError("allowed: a file in the data folder, or in the one above it after ../")
        if file is not None and OWN_FILES.fullmatch(file):
            raise ValueError("a file of the workspace's own; give the document's text a name of its own")
        return file

    def page_at(self, offset: int | None) -> int | None:
        """Return the page, from 1, on which a character of the text was printed; ``None`` if that is not known."""
        return self.made_from.page_at(offset) if self.made_from and offset is not None else None

    @model_validator(mode="after")
    def _text_unchanged(self) -> Document:
        if self.text is None:
            return self
        if self.sha256 is None:
            raise FieldError("sha256", "missing, but the document has a text")
        if (digest := sha256_of(self.text.encode())) != self.sha256:
            message = f"found {digest}, allowed: {self.sha256}; the text has changed since it was coded"
            raise FieldError("sha256", message)
        return self


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def same_text(content: bytes, sha256: str) -> bytes | None:
    """Return a file's bytes as they were hashed, ``None`` if the file holds another text.

    A clone on another system may have turned the line ends round: those of ``sha256`` are given back.
    """
    unix = content.replace(b"\r\n", b"\n")
    variants = (content, unix, unix.replace(b"\n", b"\r\n"))
    return next((variant for variant in variants if sha256_of(variant) == sha256), None)
