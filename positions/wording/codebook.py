"""Versions of the codebook in rows and words."""

from __future__ import annotations

from typing import Any

from positions.model.codebook_version import CodebookVersion, IdChange
from positions.model.dates import instant_text
from positions.model.lists import join_words
from positions.model.revision import Revision


def version_row(revision: Revision) -> dict[str, Any]:
    """Return a version of the codebook or lexicon as a plain row; ``changes`` are in words, empty for none."""
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
    return f"{kind}{change.old} is {join_words(change.new)} now" if change.new else f"{kind}{change.old} is retired"
