"""Merging two versions of a codebook or lexicon that two people made of one: nothing that either changed is lost.

The texts are merged piece by piece, a piece being a line or one of several tables on it, after the ids that each side
changed were changed in the other's text too. What both changed differently is a choice: then there are two texts, each
with one side's piece and with all else that either side did. The result does not depend on who merges.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from positions.errors import DataError, QueryError
from positions.model.codebook_version import CodebookVersion, IdChange, VersionName, build_version, parse_codebook
from positions.model.id_changes import PastIds, declared_ids
from positions.model.revision import NOT_RECORDED
from positions.store.codebook_text import Operation, edit_codebook, edit_lexicon

_PIECES: Final = re.compile(r"(?<=\n)|(?<=\},)|(?<=\})(?=,)")


@dataclass(frozen=True, slots=True)
class CodebookSide:
    """What one side made of the common version: its text, the ids that it changed in order, those that it still uses.

    ``used`` are ids that the other side took away and that claims of this one name.
    """

    text: str
    changes: tuple[IdChange, ...] = ()
    used: frozenset[IdChange] = frozenset()


def merge_codebooks(
    name: VersionName, base: str, first: CodebookSide, second: CodebookSide
) -> tuple[CodebookVersion, CodebookVersion]:
    """Return the version with the first side's choice wherever both changed the same, and that with the second's.

    They have the same text if nothing competes. A word that one side took away and the other still uses stays.
    """
    contested = tuple(_contested(first.changes, second.changes))
    names = {(change.word, change.old) for change, _ in contested}

    def changed(text: str, changes: Iterable[IdChange]) -> str:
        remaining = (change for change in changes if (change.word, change.old) not in names)
        return _change_ids(name, text, remaining)

    common = changed(changed(base, first.changes), second.changes)
    common = _take_away(name, common, (*first.used, *second.used))
    texts = _merge_texts(name, common, changed(first.text, second.changes), changed(second.text, first.changes))
    of = tuple(build_version(name, side.text).sha256 for side in (first, second))
    choices = [
        tuple(IdChange(word=one.word, old=two.new[0], new=one.new) for one, two in contested),
        tuple(IdChange(word=one.word, old=one.new[0], new=two.new) for one, two in contested),
    ]
    made = [build_version(name, text, changes=changes) for text, changes in zip(texts, choices, strict=True)]
    return made[0].model_copy(update={"merged": of}), made[1].model_copy(update={"merged": of})


def _contested(first: Sequence[IdChange], second: Sequence[IdChange]) -> Iterator[tuple[IdChange, IdChange]]:
    """Yield the ids that both sides changed into another one each, as both changes."""
    ours, theirs = (PastIds((NOT_RECORDED, change) for change in changes) for changes in (first, second))
    for word, old in dict.fromkeys((change.word, change.old) for change in first):
        if (word, old) not in {(change.word, change.old) for change in second}:
            continue
        one, two = ours.now(word, old), theirs.now(word, old)
        if one != two and len(one) == len(two) == 1 and (old,) not in (one, two):
            yield IdChange(word=word, old=old, new=one), IdChange(word=word, old=old, new=two)


def _change_ids(name: VersionName, text: str, changes: Iterable[IdChange]) -> str:
    """Return a text with the ids changed that have one new id, as far as the text has them."""
    for change in changes:
        if len(change.new) != 1:
            continue
        try:
            declared = declared_ids(parse_codebook(text), change.word) if name == "codebook" else ()
            is_there = change.new[0] in declared
            operation = Operation("merge" if is_there else "rename", change.word, change.old, change.new)
            text = edit_codebook(text, operation) if name == "codebook" else edit_lexicon(text, operation)
        except (QueryError, DataError):  # this text has no such word: its side took it away or never had it
            continue
    return text


def _take_away(name: VersionName, text: str, changes: Iterable[IdChange]) -> str:
    """Return a text without words, so that it is a side's doing that they are there."""
    for change in changes if name == "codebook" else ():
        try:
            text = edit_codebook(text, Operation("retire", change.word, change.old))
        except (QueryError, DataError):
            continue
    return text


def _merge_texts(name: VersionName, base: str, first: str, second: str) -> tuple[str, str]:
    """Return two texts with all that either side changed, one with each side's choice where both changed the same."""
    for is_strict in (False, True):
        texts = _three_way(base, first, second, is_strict=is_strict)
        if all(_is_sound(name, text) for text in texts):
            return texts
    return first, second


def _is_sound(name: VersionName, text: str) -> bool:
    try:
        if name == "codebook":
            parse_codebook(text)
        else:
            tomllib.loads(text)
    except (DataError, tomllib.TOMLDecodeError):
        return False
    return True


class _Edit(NamedTuple):
    """The pieces of the base from ``start`` to ``end`` are replaced by ``text``, by side 0 or 1."""

    start: int
    end: int
    text: str
    side: int


def _three_way(base: str, first: str, second: str, *, is_strict: bool) -> tuple[str, str]:
    """Merge pieces; with ``is_strict`` what both add at one place competes, otherwise both are kept."""
    pieces = _PIECES.split(base)
    edits = sorted([*_edits(pieces, first, 0), *_edits(pieces, second, 1)], key=lambda edit: edit[:2])
    texts, done = ["", ""], 0
    for group in _groups(edits, is_strict=is_strict):
        start, end = min(edit.start for edit in group), max(edit.end for edit in group)
        own = [_region(pieces, start, end, [edit for edit in group if edit.side == side]) for side in (0, 1)]
        if len({edit.side for edit in group}) == 1:
            own = [own[group[0].side]] * 2
        for side in (0, 1):
            texts[side] += "".join(pieces[done:start]) + own[side]
        done = end
    rest = "".join(pieces[done:])
    return texts[0] + rest, texts[1] + rest


def _edits(pieces: list[str], text: str, side: int) -> Iterator[_Edit]:
    new = _PIECES.split(text)
    for tag, start, end, low, high in SequenceMatcher(None, pieces, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Edit(start, end, "".join(new[low:high]), side)


def _groups(edits: list[_Edit], *, is_strict: bool) -> Iterator[list[_Edit]]:
    """Yield the edits in order, those together that change the same pieces."""
    group: list[_Edit] = []
    for edit in edits:
        if group and not any(_compete(edit, one, is_strict=is_strict) for one in group):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _compete(one: _Edit, two: _Edit, *, is_strict: bool) -> bool:
    if one[:3] == two[:3]:
        return True
    if one.start == one.end == two.start == two.end:
        return is_strict
    return one.start < two.end and two.start < one.end


def _region(pieces: list[str], start: int, end: int, edits: list[_Edit]) -> str:
    text = ""
    for edit in edits:
        text += "".join(pieces[start : edit.start]) + edit.text
        start = edit.end
    return text + "".join(pieces[start:end])
