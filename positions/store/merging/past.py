"""Ids of the codebook's past in a merge: what one book recoded and the other did not is the same all the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic_core import from_json

from positions.model.candidate import Candidate
from positions.model.codebook_version import CodebookVersion
from positions.model.id_changes import PastIds
from positions.model.statement import Statement
from positions.store.codebook_versions import RecordedVersion, follow_ids
from positions.store.entry import content_text
from positions.store.merging.versions import BookHistory, Rename


def past_ids_of(*histories: BookHistory) -> PastIds:
    """Return what became of ids in the versions of the codebook that some books hold, in order of time."""
    versions = {
        (datetime.fromisoformat(version.at), version.content, version.reason)
        for history in histories
        for version in history.versions.get(("codebook", "codebook"), ())
        if version.content and version.at
    }
    return follow_ids(
        RecordedVersion(at, CodebookVersion.model_validate_json(content), reason)
        for at, content, reason in sorted(versions)
    )


def rename_by(past: PastIds) -> Rename:
    """Return what puts the ids of now in place of those of the past in a claim's fields."""

    def rename(fields: dict[str, Any]) -> dict[str, Any]:
        claim = (Candidate if "sha256" in fields else Statement).model_validate(fields)
        recoded = past.recode(claim)
        return fields if recoded == claim else dict(from_json(content_text(recoded) or "{}"))

    return rename if past else lambda fields: fields
