"""Published text as histories to merge, also such as git makes: both sides' lines one after the other.

There one id may have a revision twice. Each that stands beside another begins a history of its own, with what came
before both; merged one after the other they bring what their authors' books would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from positions.errors import Finding
from positions.model.conflict import Conflict
from positions.store.merging.versions import BookHistory, Key, Version, line_version
from positions.store.published import PublishedLine


class TextHistories(NamedTuple):
    """What some lines tell of: ``straight`` are those of the first history, in their order."""

    histories: list[BookHistory]
    straight: list[PublishedLine]
    findings: list[Finding]


def read_lines(lines: Iterable[PublishedLine]) -> TextHistories:
    """Return the histories that lines in the order of their file tell of, and what has no beginning."""
    branches: dict[Key, list[list[Version]]] = defaultdict(list)
    straight: list[PublishedLine] = []
    findings: list[Finding] = []
    conflicts: dict[Key, list[Conflict]] = defaultdict(list)
    for line in lines:
        revision = line.revision
        if isinstance(conflict := revision.content, Conflict):
            if conflict not in conflicts[conflict.of, conflict.record]:
                conflicts[conflict.of, conflict.record].append(conflict)
                straight.append(line)
            continue
        place = _extend_branch(branches[revision.kind, revision.id], line_version(line))
        if place == 0:
            straight.append(line)
        elif place is None:
            message = f"found {revision.number} of {revision.id!r}, but {revision.number - 1} is missing"
            findings.append(Finding(line.where, "revision", message))
    most = max(map(len, branches.values()), default=0)
    histories = [BookHistory() for _ in range(most)]
    for key, of_record in branches.items():
        for history, versions in zip(histories, of_record, strict=False):
            history.versions[key] = versions
            if key in conflicts:
                history.conflicts[key] = conflicts[key]
    return TextHistories(_share_documents(histories), straight, findings)


def _extend_branch(branches: list[list[Version]], version: Version) -> int | None:
    """Put a version on the branch that it goes on with, or on a new one; return which, -1 if it is there already.

    ``None`` if what it replaces is missing.
    """
    if any(version in branch for branch in branches):
        return -1
    if version.number == 1:
        branches.append([version])
        return len(branches) - 1
    ends = [place for place, branch in enumerate(branches) if branch[-1].number == version.number - 1]
    if ends:
        # A book that merged tells again, under its own number, what the line of another told; otherwise what one person
        # did goes on with what they did before.
        new = [place for place in ends if not any(_repeats_version(version, one) for one in branches[place])] or ends
        chosen = next((place for place in new if branches[place][-1].by == version.by), new[0])
        branches[chosen].append(version)
        return chosen
    for branch in branches:
        begun = [one for one in branch if one.number < version.number]
        if begun and begun[-1].number == version.number - 1:
            branches.append([*begun, version])
            return len(branches) - 1
    return None


def _repeats_version(version: Version, other: Version) -> bool:
    return bool(version.at) and (version.content, version.at) == (other.content, other.at)


def _share_documents(histories: list[BookHistory]) -> list[BookHistory]:
    """Let later histories know the documents that their statements are about."""
    for history in histories[1:]:
        for key, versions in histories[0].versions.items():
            if key[0] == "document" and key not in history.versions:
                history.versions[key] = versions
    return histories
