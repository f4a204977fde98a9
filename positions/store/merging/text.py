"""Taking in a folder's text that holds the work of two people side by side, as git merges it."""

from __future__ import annotations

from collections.abc import Sequence

from positions.errors import DataError
from positions.store.book import Book
from positions.store.entry import EMPTY
from positions.store.importing import published_lines, take_all
from positions.store.merging.lines import TextHistories
from positions.store.merging.merge import MergeResult, keep_used_words, merge_books
from positions.store.merging.versions import BookHistory, LogHistory


def take_merged(book: Book, text: TextHistories, *, error: DataError) -> MergeResult:
    """Take in the histories of a text that contradict each other as a merge of as many books.

    An empty book takes the first one as it is, with its times; a word that one person took away and another one used
    stays. Raises ``DataError`` with all that is wrong, and
    ``error`` if a revision of the book is not in the text any more: then a line was edited by hand and not merged.
    """
    histories = text.histories
    own = LogHistory(book.log)
    is_empty = book.log.head() == EMPTY
    if is_empty:
        first = text.histories[0] if histories else BookHistory()
        lines = published_lines(text.straight)
        take_all(book, lines, complete_codebook=lambda book: keep_used_words(book, first, own.current()))
        histories = histories[1:]
    elif not _has_all(own.current(), histories):
        raise error
    result = merge_books(book, histories, own=own)
    if result.refused:
        raise DataError(result.refused)
    return result


def _has_all(ours: BookHistory, histories: Sequence[BookHistory]) -> bool:
    """Return whether every version of the records that the text tells of more than once is in the text.

    If it tells of all once: of all that it tells of.
    """
    for key in histories[-1].versions if histories else ():
        contents = {version.content for history in histories for version in history.versions.get(key, ())}
        if any(version.content not in contents for version in ours.versions.get(key, ())):
            return False
    return True
