"""Conflicts: versions of one record that were made without knowing of each other, until somebody chooses."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from positions.model.words import Id, Word

MergedKind: TypeAlias = Literal["codebook", "document", "statement", "candidate"]
"""The kinds of records that two books may have changed both."""


class Conflict(Word):
    """Versions of a record that compete: two books changed it, and neither change knew of the other.

    It waits for a choice as long as one of ``versions`` is the record's last revision; whoever chooses, or corrects the
    record, records a later one. ``versions`` are marks as :mod:`positions.store.merging.versions` makes them, sorted,
    so that every book that merged the same changes holds the same conflict.
    """

    id: Id
    of: MergedKind
    record: Id
    versions: tuple[str, ...] = Field(min_length=2)

    @property
    def is_open(self) -> bool:
        """Whether the versions say different things: what both did alike needs no choice."""
        return len({mark.partition("@")[0] for mark in self.versions}) > 1
