"""The versions of the codebook and the lexicon in a log, and what they say of ids that are not declared any more.

A version is kept whole, in the log and as a line of ``codebooks.jsonl``, not as what it changed: a line is then read,
checked by its hash and merged by git without those before it. A version of the shipped case takes 140 kB, so a year of
a hundred takes 14 MB, of which git's packs keep only the differences.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from positions.model.codebook_version import CodebookVersion, IdChange, VersionName
from positions.model.id_changes import PastIds
from positions.model.revision import Revision
from positions.store.entry import LogRow, read_row
from positions.store.log import Log

UNDO_OF: Final = "undo of entry "
"""How the reason of a revision begins that takes back what an entry of the log, whose number follows, began."""


def version_history(log: Log, name: VersionName) -> tuple[Revision, ...]:
    """Return the recorded versions of the codebook or the lexicon, oldest first."""
    return tuple(_read_version(row) for row in log.revisions_of(name) if row.kind == "codebook")


def last_version(log: Log, name: VersionName) -> CodebookVersion | None:
    """Return the version in force, ``None`` before the first one is recorded."""
    row = log.last_of("codebook", name)
    content = _read_version(row).content if row else None
    return content if isinstance(content, CodebookVersion) else None


def recorded_versions(log: Log, name: VersionName = "codebook") -> tuple[CodebookVersion, ...]:
    """Return the contents of :func:`version_history`."""
    contents = (revision.content for revision in version_history(log, name))
    return tuple(content for content in contents if isinstance(content, CodebookVersion))


class RecordedVersion(NamedTuple):
    """A version of the codebook with when (UTC) and why it was recorded."""

    at: datetime
    version: CodebookVersion
    reason: str


def past_ids(log: Log, known_at: datetime | None = None) -> PastIds:
    """Return what the ids of the past were in the codebook of an instant (default: now)."""
    history = version_history(log, "codebook")
    versions = [
        RecordedVersion(one.recorded_at, one.content, one.reason)
        for one in history
        if isinstance(one.content, CodebookVersion)
    ]
    return follow_ids(versions, known_at)


def follow_ids(versions: Iterable[RecordedVersion], known_at: datetime | None = None) -> PastIds:
    """Return what became of ids in versions, given in order of time, up to an instant (default: all).

    What was undone is as if it had not been, but for a rename: of that the change back is among the changes.
    """
    standing: list[RecordedVersion] = []
    later: list[IdChange] = []
    for one in versions:
        if known_at is not None and one.at > known_at:
            later += one.version.changes
            continue
        if one.reason.startswith(UNDO_OF) and not one.version.changes:
            undone = [other for other in standing if other.reason and f": {other.reason}" in one.reason]
            standing = [other for other in standing if other is not (undone[-1] if undone else None)]
        standing.append(one)
    return PastIds(((one.at, change) for one in standing for change in one.version.changes), later=later)


@lru_cache(maxsize=8)
def _read_version(row: LogRow) -> Revision:
    """Read a version once, although one start asks for it several times: it holds a whole file."""
    return read_row(row)
