"""What a book has otherwise than the text that it shares with others: kept beside the database, and not by git.

A revision that somebody else recorded comes with the text when git brings it. This book knows of it only from then on:
in its log it has another recorded_at, and another number if both revised one record. The shared text cannot say that of
every book. So each book notes for itself which lines of the text are not its own, and the entries that it has instead.
The lines of the text that are its own and those entries together are its log again, entry by entry, if the database is
lost: what it answered about the past stays the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from positions.errors import Finding
from positions.files.reading import json_lines
from positions.files.writing import write_new
from positions.model.revision import RecordKind
from positions.store.entry import LogRow
from positions.store.log import RevisionKey

LOCAL: Final = "positions.local.jsonl"
"""The file's name; a workspace's ``.gitignore`` has it."""
_STRANGE: Final = "lines of others"
_KIND: Final = "kind"


@dataclass(frozen=True, slots=True)
class LocalLines:
    """The digests of the text's lines that are not this book's, and its own lines by kind that the text has not."""

    strange: frozenset[str] = frozenset()
    own: Mapping[RecordKind, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[RevisionKey]:
        """Kind, id and number of the book's own lines."""
        return frozenset(
            (kind, str(fields.get("id")), fields.get("revision", 1))
            for kind, lines in self.own.items()
            for _, fields in lines
        )

    def weave(
        self, kind: RecordKind, lines: Iterable[tuple[int, dict[str, Any] | Finding]], *, name: str
    ) -> Iterator[tuple[str, dict[str, Any] | Finding]]:
        """Yield where each line stands and the line: the text's without those of others, and this book's own.

        An own line comes after the one of the revision before it. ``name`` is the text's file.
        """
        waiting = {(fields.get("id"), fields.get("revision", 1)): (number, fields) for number, fields in self._of(kind)}
        for record_id in [record_id for record_id, number in waiting if number == 1]:
            yield from _following(waiting, record_id, 1)
        for number, fields in lines:
            if isinstance(fields, Finding):
                yield f"{name}:{number}", fields
            elif not self.strange or line_digest(fields) not in self.strange:
                yield f"{name}:{number}", fields
                if waiting and isinstance(before := fields.get("revision", 1), int):
                    yield from _following(waiting, fields.get("id"), before + 1)
        yield from ((f"{LOCAL}:{number}", fields) for number, fields in waiting.values())

    def _of(self, kind: RecordKind) -> list[tuple[int, dict[str, Any]]]:
        return self.own.get(kind, [])


def _following(
    waiting: dict[tuple[Any, Any], tuple[int, dict[str, Any]]], record_id: Any, revision: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a record's lines that wait, from a revision on, as far as they follow each other."""
    while line := waiting.pop((record_id, revision), None):
        yield f"{LOCAL}:{line[0]}", line[1]
        revision += 1


def read_local_lines(folder: Path) -> LocalLines:
    """Return what was noted in a folder; nothing if nothing was."""
    path = folder / LOCAL
    strange: set[str] = set()
    own: dict[RecordKind, list[tuple[int, dict[str, Any]]]] = {}
    for number, fields in json_lines(path) if path.is_file() else ():
        if isinstance(fields, Finding):
            continue
        strange |= set(fields.pop(_STRANGE, ()))
        if kind := fields.pop(_KIND, None):
            own.setdefault(kind, []).append((number, fields))
            strange.add(line_digest(fields))  # one that is in the text by now is not told twice
    return LocalLines(frozenset(strange), own)


def line_digest(fields: Mapping[str, Any]) -> str:
    """Return what stands for a line of the text, whatever the order of its fields."""
    return sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:16]


def write_local_lines(
    folder: Path, lines: Iterable[tuple[RecordKind, dict[str, Any]]], rows: Iterable[tuple[LogRow, str]], *, mode: int
) -> bool:
    """Note how a log differs from the text; no file is kept if it does not. Return whether the text lacks a revision.

    ``lines`` are the text's with their kinds, ``rows`` the log's entries, each with the line that is written of it.
    """
    own: dict[str, str] = {}
    recorded: set[RevisionKey] = set()
    for row, line in rows:
        fields = json.loads(line)
        recorded.add((row.kind, row.id, row.number))
        own[line_digest(fields)] = json.dumps({_KIND: row.kind, **fields}, ensure_ascii=False)
    present: set[str] = set()
    for kind, fields in lines:
        recorded.discard((kind, str(fields.get("id")), fields.get("revision", 1)))
        present.add(line_digest(fields))
    strange = sorted(present - set(own))
    missing = [line for digest, line in own.items() if digest not in present]
    path = folder / LOCAL
    if strange or missing:
        content = "\n".join([json.dumps({_STRANGE: strange}), *missing, ""])
        write_new(path, content.encode(), force=True, mode=mode)
        _ignore(folder)
    else:
        path.unlink(missing_ok=True)
    return bool(recorded)


def _ignore(folder: Path) -> None:
    """Tell git to leave the file alone, in workspaces whose ``.gitignore`` is older than it."""
    path = folder / ".gitignore"
    text = path.read_text() if path.is_file() else ""
    if path.is_file() and LOCAL not in text.split("\n"):
        write_new(path, f"{text.rstrip()}\n{LOCAL}\n".encode(), force=True)


def text_fields(paths: Iterable[tuple[RecordKind, Path]]) -> Iterator[tuple[RecordKind, dict[str, Any]]]:
    """Yield the lines of text files that can be read, each with the kind of its file."""
    for kind, path in paths:
        if path.exists():
            yield from ((kind, fields) for _, fields in json_lines(path) if not isinstance(fields, Finding))
