"""What a merge takes in: which records of the other book are new, which changed, and which changed on both sides.

A record is the same in both books if it was added with the same words, under whatever id. What the other book did to it
since the common past is taken in whole, so that nothing is lost. If this book changed it too the changes compete: the
one that was first recorded last is in force until somebody chooses. That rule, and marks that are the same in every
book, make the result the same whoever merges first; what was merged once is known and does nothing again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final, TypeAlias

from pydantic_core import from_json

from positions.model.conflict import Conflict, MergedKind
from positions.store.entry import Entry
from positions.store.merging.codebook_heads import contradicts, merge_heads, was_merged
from positions.store.merging.contested_ids import OURS, THEIRS, follow_id, named_document, record_json
from positions.store.merging.versions import BookHistory, Key, Marks, Rename, Version

MERGED: Final[tuple[MergedKind, ...]] = ("codebook", "document", "statement", "candidate")
"""The kinds that are merged, those that others refer to first."""
_Marked: TypeAlias = dict[str, Version]


@dataclass(frozen=True, slots=True)
class RecordMerge:
    """What one record gains: ``entries`` to be recorded, and a conflict if both books changed it.

    ``origin`` is its id in the other book. ``is_new`` if this book did not have it.
    """

    kind: MergedKind
    id: str
    origin: str
    entries: tuple[Entry, ...]
    is_new: bool = False
    conflict: Conflict | None = None


class MergePlan:
    """Compares two books' histories; it tells what this one gains.

    ``now`` is what stands for when a revision was recorded that does not tell. ``renumbered`` are the ids that the
    other book's records get if theirs are contested (:mod:`positions.store.merging.contested_ids`); our own records
    have given those up before.
    """

    def __init__(
        self,
        ours: BookHistory,
        theirs: BookHistory,
        *,
        now: str,
        rename: Rename = lambda fields: fields,
        renumbered: Mapping[Key, str] | None = None,
    ) -> None:
        self._ours, self._theirs = ours, theirs
        self._our_marks, self._their_marks = Marks(ours, rename), Marks(theirs, rename)
        self._rename = rename
        self._now = now
        self._ids: dict[Key, str] = {}
        self._renumbered = renumbered or {}
        self._given_up = {kind: (ours.renumbered(kind), theirs.renumbered(kind)) for kind in MERGED}

    def gains(self, kinds: Iterable[MergedKind] = MERGED) -> Iterator[RecordMerge]:
        """Yield what records of some kinds gain, those first that others refer to."""
        for kind in kinds:
            for key in self._match(kind):
                if gain := self._gain(kind, key):
                    yield gain

    def _match(self, kind: MergedKind) -> list[Key]:
        """Give each of the other book's records the id that it has here, or will have; return those that differ."""
        our_past, their_past = self._given_up[kind]
        differing: list[Key] = []
        strangers: list[Key] = []
        for key in [key for key in self._theirs.versions if key[0] == kind and key[1] not in their_past]:
            name = self._ids[key] = self._renumbered.get(key, key[1])
            mine = None if name in our_past else self._ours.versions.get((kind, name))
            if not mine or not self._is_same_record(key, mine[0]):
                strangers.append(key)
            elif name != key[1] or not _are_equal(mine, self._theirs.versions[key]):
                differing.append(key)
        if strangers:
            # A mark has the time of the first recording: few records of a long book share one with a stranger.
            times = {self._theirs.versions[key][0].at for key in strangers}
            here = {
                self._our_marks.mark(kind, versions[0]): key[1]
                for key, versions in self._ours.versions.items()
                if key[0] == kind and versions[0].at in times and key[1] not in our_past
            }
            for key in strangers:
                known = here.get(self._their_marks.mark(kind, self._theirs.versions[key][0]))
                self._ids[key] = known or self._ids[key]
        # An id that the other book gave up is not to be used here either.
        given_up = [(kind, name) for name in their_past if (kind, name) not in self._ours.versions]
        self._ids |= {key: key[1] for key in given_up}
        return [*differing, *strangers, *given_up]

    def _is_same_record(self, key: Key, mine: Version) -> bool:
        """Return whether a record here is the other book's: added with the same words, or versions of one codebook."""
        kind, their = key[0], self._theirs.versions[key][0]
        if kind == "codebook" or (mine.content == their.content and key not in self._renumbered):
            return True
        return self._our_marks.print_of(kind, mine.content) == self._their_marks.print_of(kind, their.content)

    def _gain(self, kind: MergedKind, key: Key) -> RecordMerge | None:
        record_id = self._ids[key]
        mine = self._our_marks.effective((kind, record_id))
        theirs = self._their_marks.effective(key)
        if not mine:
            return self._new_record(kind, key)
        their_all, our_all = self._theirs.versions[key], self._ours.versions[kind, record_id]
        is_ahead = len(their_all) > len(our_all) and _are_equal(our_all, their_all[: len(our_all)])
        if is_ahead and not (kind == "codebook" and contradicts(self._ours, self._theirs)):
            return self._go_on(kind, key, their_all[len(our_all) - 1 :])
        return self._combine(kind, key, mine, theirs)

    def _go_on(self, kind: MergedKind, key: Key, versions: list[Version]) -> RecordMerge:
        """Take in what the other book did to a record to which nothing was done here since ``versions[0]``."""
        entries = [self._entry(kind, key, after, before=before) for before, after in pairwise(versions)]
        return RecordMerge(kind, self._ids[key], key[1], tuple(entries), False, self._their_conflict(kind, key))

    def _new_record(self, kind: MergedKind, key: Key) -> RecordMerge:
        record_id, versions = self._ids[key], self._theirs.versions[key]
        entries = [self._entry(kind, key, versions[0], before=None)]
        entries += [self._entry(kind, key, after, before=before) for before, after in pairwise(versions)]
        if record_id != key[1]:
            reason = f"{key[1]} in the book that it was merged from"
            entries[0] = entries[0]._replace(reason="; ".join(filter(None, (entries[0].reason, reason))))
        return RecordMerge(kind, record_id, key[1], tuple(entries), True, self._their_conflict(kind, key))

    def _their_conflict(self, kind: MergedKind, key: Key) -> Conflict | None:
        heads = self._their_marks.heads(key, self._their_marks.effective(key))
        return self._conflict(kind, self._ids[key], heads)

    def _conflict(self, kind: MergedKind, record_id: str, heads: Mapping[str, Version]) -> Conflict | None:
        """Return the conflict of some versions, ``None`` if there is but one or it is known already.

        Also if they say the same, so that whoever changes one of them later does not change them all.
        """
        if len(heads) < 2:
            return None
        conflict = build_conflict(kind, record_id, heads)
        known = self._ours.conflicts.get((kind, record_id), [])
        return None if any(one.versions == conflict.versions for one in known) else conflict

    def _combine(self, kind: MergedKind, key: Key, mine: list[Version], theirs: list[Version]) -> RecordMerge | None:
        """Take in what the other book did to a record that this one has."""
        record_id = self._ids[key]
        alias = self._aliases(kind, mine, theirs)
        our_marks = [self._our_marks.mark(kind, version) for version in mine]
        marked = {alias[mark]: version for version in theirs if (mark := self._their_marks.mark(kind, version))}
        new = {mark: version for mark, version in marked.items() if mark not in our_marks}
        ours = self._our_marks.heads((kind, record_id), mine)
        their_heads = {alias[mark]: version for mark, version in self._their_marks.heads(key, theirs).items()}
        heads = {mark: one for mark, one in ours.items() if mark not in marked or mark in their_heads}
        heads |= {mark: one for mark, one in their_heads.items() if mark in new or mark in ours}
        if not heads:
            # What is in force on one side came back as it was: whoever knows all that the other does is ahead.
            heads = their_heads if all(mark in marked for mark in our_marks) else ours
        winner = max(heads, key=lambda mark: (heads[mark].at or self._now, mark))
        is_merged = kind == "codebook" and was_merged(mine, theirs[-1])
        if kind == "codebook" and not is_merged and contradicts(self._ours, self._theirs):
            # Whoever still uses a word has a say in its going, also without another change.
            heads = {our_marks[-1]: mine[-1], alias[self._their_marks.mark(kind, theirs[-1])]: theirs[-1]}
        is_choice = len(heads) == 2 and our_marks[-1] in heads and not heads.keys() <= ours.keys()
        if kind == "codebook" and is_choice and all(one.at for one in heads.values()):
            new, heads, winner = self._merge_codebook(mine, marked, new, heads)
        entries, before = [], mine[-1]
        for version in new.values():
            entries.append(self._entry(kind, key, version, before=before))
            before = version
        if [*our_marks, *new][-1] != winner:
            version = heads[winner]
            entries.append(self._entry(kind, key, version, before=before, is_ours=winner not in new))
        conflict = self._conflict(kind, record_id, heads)
        return RecordMerge(kind, record_id, key[1], tuple(entries), False, conflict) if entries or conflict else None

    def _merge_codebook(
        self, mine: list[Version], marked: Mapping[str, Version], fresh: Mapping[str, Version], heads: _Marked
    ) -> tuple[_Marked, _Marked, str]:
        """Go on from both books' last versions; return what is new here by mark, what is last, and what is in force."""

        def mark(version: Version) -> str:
            return self._our_marks.mark("codebook", version)

        base = [version for version in mine if mark(version) in marked][-1]
        ours = mark(mine[-1])
        theirs = next(head for one, head in heads.items() if one != ours)
        merge = merge_heads((self._ours, self._theirs), base, (mine[-1], theirs))
        made = {mark(version): version for version in (merge.ours, merge.theirs)}
        known = {mark(version) for version in mine}
        new = dict(fresh) | {one: version for one, version in made.items() if one not in known}
        return new, made, mark(merge.in_force)

    def _aliases(self, kind: MergedKind, mine: list[Version], theirs: list[Version]) -> Mapping[str, str]:
        """Return by mark of the other book's versions the marks that they have here.

        They differ if the other book's text does not tell when something was recorded. When a record was added may
        differ too: both books may have been made from such a text.
        """
        ours = {self._our_marks.print_of(kind, one.content): self._our_marks.mark(kind, one) for one in mine}
        first = self._our_marks.mark(kind, mine[0])
        alias = {}
        for index, version in enumerate(theirs):
            mark = self._their_marks.mark(kind, version)
            untimed = mark if version.at else ours.get(self._their_marks.print_of(kind, version.content), mark)
            alias[mark] = untimed if index else first
        return alias

    def _entry(
        self, kind: MergedKind, key: Key, version: Version, *, before: Version | None, is_ours: bool = False
    ) -> Entry:
        """Return what is to be recorded of a version after ``before``; its number is given when it is recorded."""
        content = self._own_content(version.content) if is_ours else self._translate(kind, key, version.content)
        action = version.action
        if content is None:
            action = "renumber" if action == "renumber" else "retract"
        elif before is None:
            action = "add"
        elif before.content is None:
            action = "restore"
        elif action in ("add", "retract", "restore"):
            action = "correct"
        at = datetime.fromisoformat(version.at or self._now)
        return Entry(kind, self._ids[key], 0, action, content, at, version.by, version.reason, None)

    def _translate(self, kind: MergedKind, key: Key, content: str | None) -> str | None:
        """Put the ids of this book in place of the other's."""
        if content is None:
            return None
        fields: dict[str, Any] = from_json(content)
        own = dict(fields)
        if kind != "codebook":
            own["id"] = self._ids[key]
        if kind == "document":
            own = named_document(own, self._id_here("document", key[1]), before=key[1])
        if kind in ("statement", "candidate"):
            own = self._rename(own)
            own["document"] = self._id_here("document", own["document"])
        if kind == "candidate" and own.get("statement"):
            own["statement"] = self._id_here("statement", own["statement"])
        return content if own == fields else record_json(own)

    def _id_here(self, kind: MergedKind, name: str) -> str:
        """Return the id that a record of the other book has here, by any id that it had there."""
        name = follow_id(self._given_up[kind][THEIRS], name)
        return self._ids.get((kind, name), name)

    def _own_content(self, content: str | None) -> str | None:
        """Return a version of ours with the id that its document has now."""
        past = self._given_up["document"][OURS]
        fields = from_json(content) if content and past else {}
        if fields.get("document") not in past:
            return content
        return record_json(fields | {"document": follow_id(past, fields["document"])})


def build_conflict(kind: MergedKind, record_id: str, heads: Mapping[str, Version]) -> Conflict:
    """Return the conflict of some versions of a record; the same versions make the same one in every book."""
    marks = tuple(sorted(heads))
    name = f"conflict-{sha256(' '.join((kind, record_id, *marks)).encode()).hexdigest()[:12]}"
    return Conflict(id=name, of=kind, record=record_id, versions=marks)


def _are_equal(mine: list[Version], theirs: list[Version]) -> bool:
    """Return whether two lists of versions are the same; a first one may have been copied without its time."""
    return len(mine) == len(theirs) and all(
        one.content == two.content and (one.at == two.at or one.number == 1 or not two.at)
        for one, two in zip(mine, theirs, strict=True)
    )
