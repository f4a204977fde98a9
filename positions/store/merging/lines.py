"""Published text as histories to merge, also such as git makes: both sides' lines one after the other.

There one id may have a revision twice. Each that stands beside another begins a history of its own, with what came
before both; merged one after the other they bring what their authors' books would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from positions.errors import Finding
from positions.model.conflict import Conflict
from positions.store.merging.versions import BookHistory, Key, Version, line_version
from positions.store.published import PublishedLine


def read_lines(lines: Iterable[PublishedLine]) -> tuple[list[BookHistory], list[Finding]]:
    """Return the histories that lines in the order of their file tell of, and what has no beginning."""
    branches: dict[Key, list[list[Version]]] = defaultdict(list)
    findings: list[Finding] = []
    conflicts: dict[Key, list[Conflict]] = defaultdict(list)
    for line in lines:
        revision = line.revision
        if isinstance(conflict := revision.content, Conflict):
            conflicts[conflict.of, conflict.record].append(conflict)
        elif not _place(branches[revision.kind, revision.id], line_version(line)):
            message = f"found {revision.number} of {revision.id!r}, but {revision.number - 1} is missing"
            findings.append(Finding(line.where, "revision", message))
    most = max(map(len, branches.values()), default=0)
    histories = [BookHistory() for _ in range(most)]
    for key, of_record in branches.items():
        for history, versions in zip(histories, of_record, strict=False):
            history.versions[key] = versions
            if key in conflicts:
                history.conflicts[key] = conflicts[key]
    return _with_documents(histories), findings


def _place(branches: list[list[Version]], version: Version) -> bool:
    """Put a version on the branch that it goes on with, or on a new one; return whether what it replaces is there."""
    if any(version in branch for branch in branches):
        return True
    if version.number == 1:
        branches.append([version])
        return True
    ends = [branch for branch in branches if branch[-1].number == version.number - 1]
    if ends:
        # What one person did goes on with what they did before.
        next((branch for branch in ends if branch[-1].by == version.by), ends[-1]).append(version)
        return True
    for branch in branches:
        begun = [one for one in branch if one.number < version.number]
        if begun and begun[-1].number == version.number - 1:
            branches.append([*begun, version])
            return True
    return False


def _with_documents(histories: list[BookHistory]) -> list[BookHistory]:
    """Let later histories know the documents that their statements are about."""
    for history in histories[1:]:
        for key, versions in histories[0].versions.items():
            if key[0] == "document" and key not in history.versions:
                history.versions[key] = versions
    return histories
