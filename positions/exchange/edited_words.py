"""Columns that say in words what an id says: somebody may have changed the words and meant the id."""

from __future__ import annotations

from collections.abc import Callable

from positions.errors import QueryError
from positions.exchange.cells import CellReader, shorten
from positions.exchange.edited_ids import EditedIds
from positions.exchange.headings import plain_heading as plain
from positions.exchange.incoming import IncomingStatement
from positions.exchange.record_versions import VersionPair
from positions.exchange.same_values import FieldTexts
from positions.exchange.statement_rows import STATEMENT_KINDS
from positions.model.codebook import Codebook
from positions.model.field_use import Holds
from positions.model.position import PositionKey
from positions.store.book import Book
from positions.wording.positions import range_words
from positions.wording.speakers import speaker_name


def id_words(codebook: Codebook, field: str, fields: FieldTexts) -> str:
    """Return in words what a field says as an id or a level, empty if it is unset, unknown or has no other words."""
    text, holds = fields.get(field, ""), STATEMENT_KINDS[field]
    try:
        return _WORDS[holds](codebook, text, fields) if text and holds in _WORDS else ""
    except (QueryError, ValueError, StopIteration):
        return ""


def _level_words(codebook: Codebook, text: str, fields: FieldTexts) -> str:
    stance, issue = int(text), codebook.issue(fields["issue"])
    if stance not in issue.values:
        return ""
    key: PositionKey = (fields.get("holder", ""), issue.id, fields.get("element") or None)
    return range_words(codebook, key, (stance, stance))


_WORDS: dict[Holds, Callable[[Codebook, str, FieldTexts], str]] = {
    "party": lambda codebook, text, _: codebook.party(text).name,
    "speaker": lambda codebook, text, _: speaker_name(text, codebook) if codebook.knows_speaker(text) else "",
    "issue": lambda codebook, text, _: codebook.issue(text).label,
    "element": lambda codebook, text, fields: codebook.element(fields["issue"], text).label,
    "level": _level_words,
}


class EditedWords:
    """Finds the ids that words were changed to mean; ``notes`` says in a line each what is not taken in."""

    def __init__(self, book: Book, ids: EditedIds) -> None:
        self._book = book
        self._ids = ids
        self._reader = CellReader(book.codebook)
        self.notes: dict[str, None] = {}

    def ids_meant(self, fields: FieldTexts, row: IncomingStatement, pair: VersionPair | None) -> FieldTexts:
        """Return a row's fields with the ids that its words mean where somebody changed the words alone.

        Words that stayed as they were beside a changed id say nothing, nor do those of a new row that has ids.
        """
        for field, words in row.words.items():
            if not words or plain(words) in (plain(self._words(field, fields)), plain(fields.get(field, ""))):
                continue
            if pair is not None and plain(words) == plain(self._words(field, pair.base)):
                continue
            is_alone = fields.get(field, "") == (pair.base.get(field, "") if pair is not None else "")
            meant = {**fields, field: self._id_of(field, words, fields)}
            if is_alone and self._words(field, meant):
                fields = meant
            elif pair is not None:
                self.notes[f"{row.where} {field}: {shorten(words)!r} is not taken in; change the id beside it"] = None
        return fields

    def _words(self, field: str, fields: FieldTexts) -> str:
        if field == "document":
            document = self._book.document(fields.get(field, ""))
            return document.title if document else ""
        return id_words(self._book.codebook, field, fields)

    def _id_of(self, field: str, words: str, fields: FieldTexts) -> str:
        if field == "document":
            return self._ids.document(words)
        return self._reader.word_id(words, STATEMENT_KINDS[field], issue=fields.get("issue", ""))
