"""Ids that two books gave to different records: neither record keeps such an id, so all books end up with the same.

Each record goes on under the next id of its own (:func:`next_id`), which follows from what it said when it was added
and not from who merges; if two meet there as well, both go on again. An id that was given up is never used again. So
the ids that records have in the end depend only on which records were merged, not on the order.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from pydantic_core import from_json

from positions.model.conflict import MergedKind
from positions.model.words import MOST_OF_ID
from positions.store.completion import coder_mark
from positions.store.merging.versions import Key, Marks, Version

_LONGEST: Final = 50
"""How much of an id is kept in front of a first mark."""
OURS: Final = 0
THEIRS: Final = 1


class Renumbering(NamedTuple):
    """What becomes of contested ids: our records' steps from id to id in order, and the last id of each of theirs."""

    ours: tuple[tuple[str, str], ...]
    theirs: dict[str, str]


def next_id(name: str, marks: Sequence[str]) -> str:
    """Return the id that a record bears once ``name`` is contested: with one more of the marks of its own behind it."""
    count = next((n for n in range(len(marks), 0, -1) if name.endswith("".join(f"-{mark}" for mark in marks[:n]))), 0)
    mark = marks[min(count, len(marks) - 1)]
    return f"{name[: MOST_OF_ID - len(mark) - 1] if count else name[:_LONGEST]}-{mark}"


def follow_id(given_up: Mapping[str, str], name: str) -> str:
    """Return the id that a record has now by one that it had; ``given_up`` has the next one of each."""
    steps = 0
    while name in given_up and steps < len(given_up):  # a text that somebody edited may lead in a circle
        name, steps = given_up[name], steps + 1
    return name


def named_document(fields: dict[str, Any], name: str, *, before: str) -> dict[str, Any]:
    """Return a document's fields with the file of a document called ``name``, if it was called otherwise before."""
    if name == before or not fields.get("file"):
        return fields
    path = PurePosixPath(fields["file"])
    return fields | {"file": str(path.with_name(f"{name}{path.suffix}"))}


def record_json(fields: dict[str, Any]) -> str:
    """Write a record's fields as they are recorded."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def renumber_contested(kind: MergedKind, ours: Marks, theirs: Marks) -> Renumbering:
    """Return which of both books' records of a kind give up their ids, and for which."""
    return _Board(kind, (ours, theirs)).renumbering()


class _Board:
    """Where each record stands: those of both books by id, the live ones, and those that had to move."""

    def __init__(self, kind: MergedKind, sides: tuple[Marks, Marks]) -> None:
        self._kind = kind
        self._sides = sides
        self._given_up = [side.history.renumbered(kind) for side in sides]
        self._now: dict[tuple[int, str], str] = {}
        self._arrived: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._steps: list[tuple[str, str]] = []

    def renumbering(self) -> Renumbering:
        contested = set(self._first_contested())
        queue = deque(sorted(contested))
        while queue:
            name = queue.popleft()
            for side, origin in self._residents(name):
                new = next_id(name, self._marks(side, origin))
                self._arrived[name] = [one for one in self._arrived[name] if one != (side, origin)]
                self._now[side, origin] = new
                self._arrived[new].append((side, origin))
                if side == OURS:
                    self._steps.append((name, new))
                if new in contested or self._is_contested(new):
                    contested.add(new)
                    queue.append(new)
        theirs = {origin: name for (side, origin), name in self._now.items() if side == THEIRS}
        return Renumbering(tuple(self._steps), theirs)

    def _first_contested(self) -> Iterator[str]:
        ours, theirs = (side.history.versions for side in self._sides)
        for key in ours if len(ours) < len(theirs) else theirs:
            if key[0] != self._kind or key not in ours or key not in theirs:
                continue
            # Nearly all records of two books are the same in both: asking about each takes ten times as long.
            is_same = not self._has_unlike_documents and ours[key][0].content == theirs[key][0].content
            is_same = is_same and not any(key[1] in given_up for given_up in self._given_up)
            if not is_same and self._is_contested(key[1]):
                yield key[1]
        yield from (name for name in {**self._given_up[OURS], **self._given_up[THEIRS]} if self._residents(name))

    def _is_contested(self, name: str) -> bool:
        if any(name in given_up for given_up in self._given_up):
            return True
        residents = self._residents(name)
        if len(residents) < 2:
            return False
        # The same words are the same claim, unless one id stands for two documents.
        if not self._has_unlike_documents and len({self._first(*one).content for one in residents}) == 1:
            return False
        return len({self._print(*one) for one in residents}) > 1

    @cached_property
    def _has_unlike_documents(self) -> bool:
        ours, theirs = (side.history.versions for side in self._sides)
        common = [key for key in ours if key[0] == "document" and key in theirs] if self._kind != "document" else []
        unlike = [name for kind, name in common if ours[kind, name][0].content != theirs[kind, name][0].content]
        return any(len({side.document_print(name) for side in self._sides}) > 1 for name in unlike)

    def _residents(self, name: str) -> list[tuple[int, str]]:
        own = [
            (side, name)
            for side in (OURS, THEIRS)
            if (side, name) not in self._now
            and name not in self._given_up[side]
            and (self._kind, name) in self._sides[side].history.versions
        ]
        return [*own, *self._arrived.get(name, ())]

    def _first(self, side: int, origin: str) -> Version:
        key: Key = (self._kind, origin)
        return self._sides[side].history.versions[key][0]

    def _print(self, side: int, origin: str) -> str:
        return self._sides[side].print_of(self._kind, self._first(side, origin).content)

    def _marks(self, side: int, origin: str) -> tuple[str, ...]:
        content = self._first(side, origin).content or "{}"
        fingerprint = self._sides[side].fingerprint(self._kind, content)
        coder = coder_mark(str(from_json(content).get("coder", "")))
        return tuple(filter(None, (coder, fingerprint[:6], fingerprint)))
