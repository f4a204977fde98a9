"""Conflicts and merges in words and as plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from positions.model.codebook_version import CodebookVersion
from positions.model.lists import count_words
from positions.store.merging.merge import ConflictVersion, MergeResult, OpenConflict

ABSENT: Final = "–"
"""What is told of a field that a version does not have."""


class FieldDifference(NamedTuple):
    """A field that competing versions hold differently: its value in each as text, ``ABSENT`` if it has none."""

    name: str
    values: tuple[str, ...]


def merge_row(result: MergeResult, conflicts: tuple[OpenConflict, ...]) -> dict[str, Any]:
    """Return the result of a merge as a plain row; ``conflicts`` are all that are open now."""
    return {
        "added": result.added,
        "corrected": result.corrected,
        "renumbered": result.renumbered,
        "given_up": result.given_up,
        "conflicts": [conflict_row(conflict) for conflict in conflicts],
        "duplicates": [finding.message for finding in result.duplicates],
        "refused": [str(finding) for finding in result.refused],
    }


def conflict_row(conflict: OpenConflict) -> dict[str, Any]:
    """Return a conflict as a plain row: its record and the competing versions, this book's own first."""
    return {
        "id": conflict.conflict.record,
        "kind": conflict.conflict.of,
        "versions": [
            {
                "revision": version.number,
                "side": version.side,
                "in_force": version.mark == conflict.in_force,
                "recorded_by": version.recorded_by,
                "recorded_at": version.recorded_at,
                "reason": version.reason,
                "content": version.content.model_dump(mode="json", exclude={"text"}) if version.content else None,
            }
            for version in conflict.versions
        ],
    }


def merge_lines(result: MergeResult) -> Iterator[str]:
    """Yield a line for each kind of change that a merge took in."""
    if not (result.added or result.corrected or result.given_up):
        yield "nothing new"
    for what, ids in (("added", result.added), ("corrected", result.corrected)):
        if ids:
            shown = ", ".join(ids[:10]) + (", …" if len(ids) > 10 else "")
            yield f"{what} {count_words(len(ids), 'record')}: {shown}"
    yield from renumbered_lines(result)
    for finding in result.duplicates:
        yield f"note: {finding.message}"


def renumbered_lines(result: MergeResult) -> Iterator[str]:
    """Yield a line for each id that is another one since a merge."""
    for old, new in result.renumbered.items():
        yield f"{old} of the other book is {new} here"
    for old, new in result.given_up.items():
        yield f"{old} of this book is {new} now: the other book has another record of that id"


def conflict_lines(conflict: OpenConflict) -> Iterator[str]:
    """Yield the lines on a conflict: the differences between its versions, by whom and when."""
    yield f"conflict: {conflict.conflict.of} {conflict.conflict.record}"
    differences = differing_fields(conflict)
    for place, version in enumerate(conflict.versions):
        told = ", ".join(f"{one.name} = {one.values[place]}" for one in differences) if version.content else ""
        reason = f" ({version.reason})" if version.reason else ""
        yield f"  {version_words(conflict, version)}: {told or fate_words(version)}{reason}"


def fate_words(version: ConflictVersion) -> str:
    """Say whether a version keeps the record or retracts it."""
    return "kept" if version.content else "retracted"


def version_words(conflict: OpenConflict, version: ConflictVersion) -> str:
    """Say whose version it is: ``theirs, revision 3 by ben at 2026-11-29T10:00:00Z, in force``."""
    in_force = ", in force" if version.mark == conflict.in_force else ""
    by = f"by {version.recorded_by} at {version.recorded_at}"
    return f"{version.side}, revision {version.number} {by}{in_force}"


def differing_fields(conflict: OpenConflict) -> tuple[FieldDifference, ...]:
    """Return the fields that the versions hold differently, each with its value in every version."""
    fields = _own_lines(conflict) or [_fields(version) for version in conflict.versions]
    names = [name for name in dict.fromkeys(name for one in fields for name in one) if _differs(name, fields)]
    return tuple(FieldDifference(name, tuple(str(one.get(name, ABSENT)) for one in fields)) for name in names)


def _own_lines(conflict: OpenConflict) -> list[dict[str, Any]]:
    """Return of each version of a codebook the lines that another one has not; nothing of other records."""
    texts = [content.text for one in conflict.versions if isinstance(content := one.content, CodebookVersion)]
    lines = [[line.strip() for line in text.split("\n")] for text in texts]
    common = set(lines[0]).intersection(*lines[1:]) if lines else set()
    return [{"lines": " ".join(line for line in own if line not in common) or "none of these"} for own in lines]


def _fields(version: ConflictVersion) -> dict[str, Any]:
    return version.content.model_dump(mode="json", exclude={"id", "text"}) if version.content else {}


def _differs(name: str, fields: list[dict[str, Any]]) -> bool:
    return len({str(one.get(name)) for one in fields if one}) > 1
