"""Ids as spreadsheets leave them: 3 for 003, a document by its title."""

from __future__ import annotations

from functools import cached_property

from positions.errors import Finding
from positions.store.book import Book
from positions.store.record_history import RecordHistory
from positions.store.repeats import recorded_documents


class EditedIds:
    """Finds the records that were meant; ``notes`` says in a line each what an id was read as."""

    def __init__(self, book: Book, history: RecordHistory) -> None:
        self._book = book
        self._history = history
        self._known: dict[str, str] = {}
        self._recorded: set[str] = set()
        self.notes: dict[str, None] = {}

    def document(self, given: str) -> str:
        """Return the id of the document that is meant; one that is unknown stays."""
        if given not in self._known:
            self._known[given] = self._find_document(given)
        return self._known[given]

    def statement(self, given: str) -> str:
        """Return the id of the statement that is meant; one that is unknown stays."""
        stem, hyphen, rest = given.partition("-")
        if not (hyphen and stem.isdecimal()) or self._history.is_recorded("statement", given):
            return given
        candidate = f"{self.document(stem)}-{rest}"
        return candidate if self._history.is_recorded("statement", candidate) else given

    def _find_document(self, given: str) -> str:
        if not given or self._history.is_recorded("document", given):
            return given
        names = [self._by_title.get(given.casefold(), "")]
        if given.isascii() and given.isdecimal():
            names += [one for one in self._ids if one.isdecimal() and int(one) == int(given)]
        meant = [one for one in names if one]
        if len(meant) != 1:
            return given
        self.notes[f"document: {given[:80]} was read as {meant[0]}"] = None
        return meant[0]

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(document.id for document in recorded_documents(self._book))

    @cached_property
    def _by_title(self) -> dict[str, str]:
        titles: dict[str, str] = {}
        for document in recorded_documents(self._book):
            key = document.title.casefold()
            titles[key] = "" if key in titles else document.id
        return titles

    def unknown_document(self, document_id: str, *, where: str) -> Finding | None:
        """Return a finding if a new statement names no document that the book knows, or none at all."""
        if not document_id:
            return Finding(where, "document", "missing; allowed: the document's id or its title")
        if document_id not in self._recorded and self._history.is_recorded("document", document_id):
            self._recorded.add(document_id)
        if document_id in self._recorded:
            return None
        return self._history.unknown_document(document_id).at(where)
