"""The version of a codebook that a merge makes of what two books hold, from their histories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, get_args

from positions.model.candidate import Candidate
from positions.model.codebook_version import CodebookVersion, IdChange, WordKind
from positions.model.dates import instant_text
from positions.model.id_changes import declared_ids, uses
from positions.model.statement import Statement
from positions.store.chain import TICK
from positions.store.entry import content_text
from positions.store.merging.codebooks import CodebookSide, merge_codebooks
from positions.store.merging.past import past_ids_of
from positions.store.merging.versions import BookHistory, Version


class CodebookMerge(NamedTuple):
    """The version that goes on from both books' last ones, or two that compete: with our choices and with theirs.

    ``in_force`` is one of them, the same in every book; the other one was made by whoever changed it earlier.
    """

    ours: Version
    theirs: Version
    in_force: Version


def merge_heads(books: tuple[BookHistory, BookHistory], base: Version, heads: tuple[Version, Version]) -> CodebookMerge:
    """Merge the last versions of our book and of theirs, both made of ``base``; whoever merges gets the same."""
    order = sorted((0, 1), key=lambda side: (heads[side].at, heads[side].content or ""))
    sides = [
        CodebookSide(
            _read(heads[side]).text,
            tuple(_changes(books[side], books[1 - side])),
            frozenset(_still_used(books[side], books[1 - side])),
        )
        for side in order
    ]
    merged = merge_codebooks(_read(base).id, _read(base).text, *sides)
    for head in (heads[order[1]], heads[order[0]]):
        # What takes the other side's change back is a version of its own: the common one was replaced.
        if merged[0].text == merged[1].text == _read(head).text and head.content != base.content:
            return CodebookMerge(head, head, head)
    reason = "merge of " + " and ".join(f"{heads[side].reason!r} by {heads[side].by}" for side in order)
    at = datetime.fromisoformat(heads[order[1]].at)
    made = [
        Version(0, "correct", content_text(version), instant_text(at + (index + 1) * TICK), heads[side].by, reason)
        for index, (version, side) in enumerate(zip(merged, order, strict=True))
    ]
    if merged[0].text == merged[1].text:
        return CodebookMerge(made[0], made[0], made[0])
    return CodebookMerge(made[order.index(0)], made[order.index(1)], made[1])


def contradicts(book: BookHistory, other: BookHistory) -> bool:
    """Return whether a book uses words that the other one took away, or the other way round."""
    return any(True for pair in ((book, other), (other, book)) for _ in _still_used(*pair))


def was_merged(versions: Iterable[Version], other: Version) -> bool:
    """Return whether one of some versions was made by a merge of another one."""
    merged = {sha256 for version in versions if version.content for sha256 in _read(version).merged or ()}
    return bool(other.content) and _read(other).sha256 in merged


def version_with_used_words(ours: BookHistory, theirs: BookHistory) -> CodebookVersion | None:
    """Return our codebook with the words that it has no more and that claims of either book name.

    Claims from which the other book went on do not count. ``None`` if there are none: nothing is to be changed.
    """
    versions = ours.versions.get(("codebook", "codebook"), [])
    if not versions:
        return None
    current = version = _read(versions[-1])
    recorded = sorted(
        {one for book in (ours, theirs) for one in book.versions.get(("codebook", "codebook"), ()) if one.content},
        key=lambda one: (one.at, one.content),
    )
    used = set(_used_words(ours, theirs, recorded, current)) | set(_used_words(theirs, ours, recorded, current))
    for place, one in reversed(list(enumerate(recorded))):
        base = _read(one)
        since = tuple(change for late in recorded[place + 1 :] for change in _read(late).changes)
        for change in sorted(used, key=_name):
            if change.old in declared_ids(base.codebook, change.word):
                used.remove(change)
                version = _add_word(version, change, CodebookSide(base.text, used=frozenset([change])), since)
    return None if version is current else version.model_copy(update={"merged": (current.sha256,), "changes": ()})


def _add_word(
    version: CodebookVersion, word: IdChange, base: CodebookSide, since: tuple[IdChange, ...]
) -> CodebookVersion:
    """Return a version with a word of an earlier one, unless another word would have to go for it.

    Two speakers, for example, cannot have one spelling.
    """
    made, _ = merge_codebooks("codebook", base.text, base, CodebookSide(version.text, since))
    is_kept = all(
        set(declared_ids(version.codebook, kind)) <= set(declared_ids(made.codebook, kind))
        for kind in get_args(WordKind)
    )
    return made if is_kept and word.old in declared_ids(made.codebook, word.word) else version


def _name(change: IdChange) -> tuple[str, str]:
    return change.word, change.old


def _used_words(
    book: BookHistory, other: BookHistory, versions: list[Version], current: CodebookVersion
) -> Iterator[IdChange]:
    """Yield the words that versions of a codebook declare and the current one does not, and that claims name."""
    past = past_ids_of(book, other)
    gone: set[IdChange] = set()
    for word in get_args(WordKind):
        declared = set(declared_ids(current.codebook, word))
        ids = {one for version in versions for one in declared_ids(_read(version).codebook, word)} - declared
        gone |= {IdChange(word=word, old=one) for one in ids if not _is_one_of(past.now(word, one), declared)}
    return _used(sorted(gone, key=_name), book, other)


def _is_one_of(ids: tuple[str, ...], declared: set[str]) -> bool:
    return len(ids) == 1 and ids[0] in declared


def _read(version: Version) -> CodebookVersion:
    return CodebookVersion.model_validate_json(version.content or "")


def _changes(book: BookHistory, other: BookHistory) -> Iterator[IdChange]:
    """Yield the ids that one book changed and the other one did not, in order."""
    known = {version.content for version in other.versions.get(("codebook", "codebook"), ())}
    for version in book.versions.get(("codebook", "codebook"), ()):
        if version.content and version.content not in known:
            yield from _read(version).changes


def _still_used(book: BookHistory, other: BookHistory) -> Iterator[IdChange]:
    """Yield the ids that the other book took away, and that claims name which only this one has so."""
    removals = [change for change in _changes(other, book) if len(change.new) != 1]
    if not removals:
        return iter(())
    codebook = _read(other.versions["codebook", "codebook"][-1]).codebook
    return _used([change for change in removals if change.old not in declared_ids(codebook, change.word)], book, other)


def _used(removals: list[IdChange], book: BookHistory, other: BookHistory) -> Iterator[IdChange]:
    """Yield the ids among some that were taken away which claims in force in a book name, unless the other went on."""
    written = re.compile("|".join(_written(change) for change in removals))
    for key, versions in book.versions.items() if removals else ():
        content = versions[-1].content
        if key[0] not in ("statement", "candidate") or not content or not written.search(content):
            continue
        own = next(version.content for version in reversed(versions) if version.action != "recode")
        theirs = [version.content for version in other.versions.get(key, ()) if version.action != "recode"]
        if own in theirs and (key[0] == "candidate" or theirs[-1] != own):
            continue  # the other book went on from it; a candidate that it knew did not keep it from taking a word away
        claim = (Statement if key[0] == "statement" else Candidate).model_validate_json(content)
        yield from (change for change in removals if uses(claim, change.word, change.old))


def _written(change: IdChange) -> str:
    """Return a pattern that the JSON of every claim which names an id has."""
    if change.word == "level":
        return rf'"stance(_to)?": ?{re.escape(change.old.rpartition(":")[2])}\b'
    return rf'["/]{re.escape(change.old.rpartition("/")[2])}["/]'
