"""Giving up ids that two books use for different records: what this book recorded under them goes on under others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from pydantic_core import from_json

from positions.model.candidate import Candidate
from positions.model.conflict import Conflict, MergedKind
from positions.model.revision import NOT_RECORDED
from positions.model.statement import Statement
from positions.store.book import Book
from positions.store.entry import Entry, LogRow, content_text, read_row
from positions.store.log import batched
from positions.store.merging.contested_ids import follow_id, named_document, record_json, renumber_contested
from positions.store.merging.plan import build_conflict
from positions.store.merging.versions import BookHistory, Key, LogHistory, Marks, Rename

_KINDS: Final[tuple[MergedKind, ...]] = ("document", "statement", "candidate")
_GivenUp: TypeAlias = Mapping[MergedKind, Mapping[str, str]]
"""The ids of each kind that were given up, each with the next one of its record."""


def give_up_ids(
    book: Book, own: LogHistory, theirs: BookHistory, *, rename: Rename
) -> tuple[dict[Key, str], dict[str, str]]:
    """Give up this book's contested ids; return the ids that the other book's records get, and what was given up here.

    A record goes on under its new id with all its revisions, and what refers to it is recoded; the old id ends with a
    revision that names the new one, so that it is found by both and answers about the past stay the same.
    """
    ours, their_marks = own.current(), Marks(theirs, rename)
    plans = {kind: renumber_contested(kind, Marks(ours, rename), their_marks) for kind in _KINDS}
    for kind in [kind for kind in _KINDS if plans[kind].ours]:
        given_up = {of: own.current().renumbered(of) for of in _KINDS}
        for before, after in plans[kind].ours:
            _renumber(book, own.current(), (kind, before), after, given_up)
    steps = {kind: dict(plans[kind].ours) for kind in _KINDS}
    if any(steps.values()):
        _follow(book, steps)
    renumbered: dict[Key, str] = {(kind, name): new for kind in _KINDS for name, new in plans[kind].theirs.items()}
    return renumbered, {name: follow_id(steps[kind], name) for kind in _KINDS for name in steps[kind]}


def _renumber(book: Book, ours: BookHistory, key: Key, name: str, given_up: _GivenUp) -> None:
    kind, before = key
    versions = ours.versions[key]
    reasons = [f"{before} until two records had that id", *("" for _ in versions[1:])]
    entries = [
        Entry(
            kind,
            name,
            number,
            version.action,
            _renamed(key, version.content, name, given_up),
            NOT_RECORDED,
            version.by,
            "; ".join(filter(None, (version.reason, reason))),
            datetime.fromisoformat(version.at) if version.at else None,
        )
        for number, (version, reason) in enumerate(zip(versions, reasons, strict=True), start=1)
    ]
    last = Entry(kind, before, versions[-1].number + 1, "renumber", None, NOT_RECORDED, "", name, None)
    book.record_entries([*entries, last])
    for conflict in _open_conflict(ours, key, name):
        content = content_text(conflict)
        book.record_entries([Entry("conflict", conflict.id, 1, "add", content, NOT_RECORDED, "", "", None)])


def _renamed(key: Key, content: str | None, name: str, given_up: _GivenUp) -> str | None:
    """Return a version's content with a new id, and with the new ids of what it refers to."""
    if content is None:
        return None
    fields = from_json(content) | {"id": name}
    if key[0] == "document":
        return record_json(named_document(fields, name, before=key[1]))
    fields["document"] = follow_id(given_up["document"], fields["document"])
    if fields.get("statement"):
        fields["statement"] = follow_id(given_up["statement"], fields["statement"])
    return record_json(fields)


def _open_conflict(ours: BookHistory, key: Key, name: str) -> Iterator[Conflict]:
    marks = Marks(ours)
    heads = marks.heads(key, marks.effective(key))
    if len(heads) > 1:
        yield build_conflict(key[0], name, heads)  # type: ignore[arg-type]


def _follow(book: Book, steps: _GivenUp) -> None:
    """Recode the claims that refer to a record by an id that it gave up."""
    for row in list(_referring(book, steps)):
        claim = read_row(row).content
        if not isinstance(claim, Statement | Candidate):
            continue
        changed = claim.model_copy(update={"document": follow_id(steps["document"], claim.document)})
        if isinstance(changed, Candidate) and changed.statement:
            changed = changed.model_copy(update={"statement": follow_id(steps["statement"], changed.statement)})
        if changed != claim:
            ids = [(claim.document, changed.document)]
            if isinstance(claim, Candidate) and isinstance(changed, Candidate):
                ids.append((str(claim.statement), str(changed.statement)))
            reason = "; ".join(f"{before} is {after} now" for before, after in ids if before != after)
            book.record(row.kind, row.id, changed, action="recode", reason=reason)


def _referring(book: Book, steps: _GivenUp) -> Iterator[LogRow]:
    for documents in batched(steps["document"]):
        yield from book.log.claims("statement", documents=documents)
        yield from () if steps["statement"] else book.log.claims("candidate", documents=documents)
    yield from book.log.claims("candidate") if steps["statement"] else ()
