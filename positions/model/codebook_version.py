"""Versions of the codebook and the lexicon: records of the log, so that an answer about the past uses their words.

A version holds the whole file as it was read. One that a migration made also says which ids it changed: an id that is
not declared any more is an alias of the past, and :class:`positions.model.id_changes.PastIds` says what it is now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from pydantic import Field

from positions.files.characters import VISIBLE
from positions.files.reading import parse_toml
from positions.model.codebook import Codebook
from positions.model.words import Word

CODEBOOK: Final = "codebook.toml"
LEXICON: Final = "lexicon.toml"
VersionName: TypeAlias = Literal["codebook", "lexicon"]
FILE_NAMES: Final[dict[VersionName, str]] = {"codebook": CODEBOOK, "lexicon": LEXICON}
"""The file in a workspace's folder that each id is the history of."""
WordKind: TypeAlias = Literal["party", "speaker", "issue", "element", "level"]
"""What has an id in a codebook. Elements are written ``issue/element``, levels ``issue:stance``."""


class IdChange(Word):
    """What became of an id: one ``new`` one (renamed, merged), several (split), or none (retired)."""

    word: WordKind
    old: str = Field(pattern=VISIBLE)
    new: tuple[str, ...] = ()


class CodebookVersion(Word):
    """One version of the codebook (id ``codebook``) or of the lexicon (id ``lexicon``), whole.

    ``text`` is the file as it was read, line ends included, ``sha256`` that of its bytes in UTF-8. ``changes`` are the
    ids that a migration changed, empty for a version that changes none or was written by hand. ``merged`` are the
    sha256 of the versions that a merge made this one of.
    """

    id: VersionName
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    text: str
    changes: tuple[IdChange, ...] = ()
    merged: tuple[str, ...] | None = None

    @property
    def codebook(self) -> Codebook:
        """The codebook of this version; raises ``DataError`` if its text is not one."""
        return parse_codebook(self.text)


def build_version(name: VersionName, text: str, *, changes: Iterable[IdChange] = ()) -> CodebookVersion:
    """Return the version that a file's text makes."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return CodebookVersion(id=name, sha256=digest, text=text, changes=tuple(changes))


@lru_cache(maxsize=64)
def parse_codebook(text: str) -> Codebook:
    """Return the codebook that a text makes, each text parsed once; raises ``DataError`` with every finding."""
    return parse_toml(text.encode(), Codebook, name=CODEBOOK)
