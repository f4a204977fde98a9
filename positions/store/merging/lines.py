"""Published text as histories to merge, also such as git makes: both sides' lines one after the other.

There one id may have a revision twice. Each that stands beside another begins a history of its own, with what came
before both; merged one after the other they bring what their authors' books would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from pydantic_core import from_json

from positions.errors import Finding
from positions.model.conflict import Conflict
from positions.model.revision import RecordKind
from positions.store.merging.versions import BookHistory, Key, Version, line_version
from positions.store.published import Envelope, PublishedLine

_CLAIMS: Final = ("statement", "candidate")
_ENVELOPE: Final = frozenset(Envelope.model_fields)


class KnownLine(NamedTuple):
    """A line that repeats what this book recorded: the version is the book's own, checked when it was recorded."""

    where: str
    kind: RecordKind
    id: str
    version: Version


class TextHistories(NamedTuple):
    """What some lines tell of: ``straight`` are those of the first history, in their order."""

    histories: list[BookHistory]
    straight: list[PublishedLine]
    findings: list[Finding]


def known_line(where: str, fields: Mapping[str, Any], kind: RecordKind, ours: BookHistory) -> KnownLine | None:
    """Return the claim of our book that a line's fields repeat word for word, ``None`` if there is none.

    Most lines of a colleague's text are such: comparing them takes a quarter of the time of checking them again.
    """
    record_id, number = fields.get("id"), fields.get("revision", 1)
    if kind not in _CLAIMS or not isinstance(record_id, str) or not isinstance(number, int):
        return None
    version = next((one for one in ours.versions.get((kind, record_id), ()) if one.number == number), None)
    if version is None or version.content is None:
        return None
    revision = (
        fields.get("action", "add"),
        fields.get("first_recorded_at") or fields.get("recorded_at"),
        fields.get("recorded_by", ""),
        fields.get("reason", ""),
    )
    if revision != (version.action, version.at, version.by, version.reason):
        return None
    content = {name: value for name, value in from_json(version.content).items() if value != ""}
    is_same = content == {name: value for name, value in fields.items() if name not in _ENVELOPE}
    return KnownLine(where, kind, record_id, version) if is_same else None


def read_lines(lines: Iterable[PublishedLine | KnownLine]) -> TextHistories:
    """Return the histories that lines in the order of their file tell of, and what has no beginning."""
    branches: dict[Key, list[list[Version]]] = defaultdict(list)
    lines_of: list[tuple[PublishedLine, Key, int]] = []
    findings: list[Finding] = []
    conflicts: dict[Key, list[Conflict]] = defaultdict(list)
    for line in lines:
        if isinstance(line, PublishedLine) and isinstance(conflict := line.revision.content, Conflict):
            if conflict not in conflicts[conflict.of, conflict.record]:
                conflicts[conflict.of, conflict.record].append(conflict)
                lines_of.append((line, ("conflict", conflict.id), 0))
            continue
        where, kind, name, version = _named_version(line)
        of_new = branches.get((kind, version.reason), []) if version.action == "renumber" else []
        index = _extend_branch(branches[kind, name], version, of_new)
        if isinstance(line, PublishedLine) and index is not None:
            lines_of.append((line, (kind, name), index))
        elif index is None:
            message = f"found {version.number} of {name!r}, but {version.number - 1} is missing"
            findings.append(Finding(where, "revision", message))
    places = _history_numbers(branches)
    count = max((max(numbers, default=-1) + 1 for numbers in places.values()), default=0)
    histories = [BookHistory() for _ in range(count)]
    for key, of_record in branches.items():
        for place, versions in zip(places[key], of_record, strict=True):
            histories[place].versions[key] = versions
            if key in conflicts:
                histories[place].conflicts[key] = conflicts[key]
    straight = [line for line, key, index in lines_of if index >= 0 and (key not in places or not places[key][index])]
    return TextHistories(_share_documents(histories), straight, findings)


def _history_numbers(branches: Mapping[Key, list[list[Version]]]) -> dict[Key, list[int]]:
    """Return which history each branch of a record belongs to: as a rule the first to the first, and so on.

    If a claim's document is one of several of one id, it belongs to the history of the document that it quotes.
    """
    numbers = {key: list(range(len(of_record))) for key, of_record in branches.items()}
    texts_of = {key[1]: texts for key, texts in branches.items() if key[0] == "document" and len(texts) > 1}
    unlike = {name: texts for name, texts in texts_of.items() if len({text[0].content for text in texts}) > 1}
    for key in [key for key in branches if key[0] in _CLAIMS] if unlike else ():
        chosen: list[int] = []
        for index, branch in enumerate(branches[key]):
            fields = from_json(branch[0].content or "{}")
            texts = unlike.get(fields.get("document", ""), [])
            free = [number for number in range(len(texts) + len(branches[key])) if number not in chosen]
            rank = {number: (_closeness(fields, branch[0], texts, number), number == index) for number in free}
            chosen.append(max(free, key=rank.__getitem__))
        numbers[key] = chosen
    return numbers


def _closeness(fields: Mapping[str, Any], claim: Version, texts: list[list[Version]], number: int) -> int:
    """Return how well a claim goes with the document of a history: it quotes it, and one person recorded both."""
    if not texts:
        return 0
    document = texts[number if number < len(texts) else 0][0]
    text = from_json(document.content or "{}").get("text")
    is_quoted = text is None or text[fields["start"] : fields["end"]] == fields["quote"]
    return 4 * is_quoted + 2 * (document.by == claim.by)


def _named_version(line: PublishedLine | KnownLine) -> KnownLine:
    if isinstance(line, KnownLine):
        return line
    return KnownLine(line.where, line.revision.kind, line.revision.id, line_version(line))


def _extend_branch(branches: list[list[Version]], version: Version, of_new: list[list[Version]]) -> int | None:
    """Put a version on the branch that it goes on with, or on a new one; return which, -1 if it is there already.

    ``None`` if what it replaces is missing. ``of_new`` are those of the id that the record gets by it.
    """
    if any(version in branch for branch in branches):
        return -1
    if version.number == 1:
        branches.append([version])
        return len(branches) - 1
    ends = [index for index, branch in enumerate(branches) if branch[-1].number == version.number - 1]
    if ends:
        # A book that merged tells again, under its own number, what the line of another told; otherwise what one person
        # did goes on with what they did before.
        new = [index for index in ends if not any(_repeats_version(version, one) for one in branches[index])] or ends
        chosen = next((index for index in new if branches[index][-1].by == version.by), new[0])
        starts = {branch[0].at for branch in of_new}
        chosen = next((index for index in ends if branches[index][0].at in starts), chosen)
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
