"""The versions of the codebook and the lexicon in a log, and what they say of ids that are not declared any more.

A version is kept whole, in the log and as a line of ``codebooks.jsonl``, not as what it changed: a line is then read,
checked by its hash and merged by git without those before it. A version of the shipped case takes 140 kB, so a year of
a hundred takes 14 MB, of which git's packs keep only the differences.
"""

from __future__ import annotations

from functools import lru_cache

from positions.model.codebook_version import CodebookVersion, VersionName
from positions.model.id_changes import PastIds
from positions.model.revision import Revision
from positions.store.entry import LogRow, read_row
from positions.store.log import Log


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


def past_ids(log: Log) -> PastIds:
    """Return the mapping of past ids of the codebook to current ones."""
    return PastIds(
        (revision.recorded_at, change)
        for revision in version_history(log, "codebook")
        if isinstance(revision.content, CodebookVersion)
        for change in revision.content.changes
    )


@lru_cache(maxsize=8)
def _read_version(row: LogRow) -> Revision:
    """Read a version once, although one start asks for it several times: it holds a whole file."""
    return read_row(row)
