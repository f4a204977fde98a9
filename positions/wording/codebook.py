"""Versions of the codebook in rows and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from positions.model.codebook_version import CodebookVersion, IdChange
from positions.model.dates import instant_text
from positions.model.lists import join_words
from positions.model.revision import Revision

VERSION_COLUMNS: Final = ("recorded_at", "recorded_by", "id", "version", "sha256", "changes", "reason")


def version_row(revision: Revision) -> dict[str, Any]:
    """Return a version of the codebook or lexicon as a row of :data:`VERSION_COLUMNS`.

    ``changes`` are in words, empty for none.
    """
    content = revision.content
    version = content if isinstance(content, CodebookVersion) else None
    return {
        "recorded_at": instant_text(revision.recorded_at),
        "recorded_by": revision.recorded_by,
        "id": revision.id,
        "version": revision.number,
        "sha256": version.sha256[:12] if version else "",
        "changes": "; ".join(map(codebook_change_words, version.changes)) if version else "",
        "reason": revision.reason,
    }


def codebook_change_words(change: IdChange) -> str:
    """Write a change of an id: ``venue/gomel is venue/homel now``."""
    kind = "" if change.word in ("element", "level") else f"{change.word} "
    return f"{kind}{change.old} {became_words(change.new)}"


def became_words(new: Sequence[str] | None) -> str:
    """Say what an id became: ``is venue/homel now``, ``is retired``; nothing for one (``None``) that still is."""
    if new is None:
        return ""
    return f"is {join_words(new)} now" if new else "is retired"
