"""Bringing the log and the published text of a folder in step, whatever happened to either."""

from __future__ import annotations

from positions.files.notice import notify
from positions.model.codebook import Codebook
from positions.model.lists import count_words
from positions.store.book import Book
from positions.store.entry import EMPTY
from positions.store.log import Log
from positions.store.text_copy import TextCopy, holds
from positions.store.text_note import TextNote


def bring_in_step(text: TextCopy, log: Log, codebook: Codebook, *, coder: str) -> None:
    """Finish what a killed writer left, append what the text lacks, take in what the log lacks; only under the lock.

    A database that was made anew, or is an older one than was used last, is said. Raises ``DataError`` with every
    finding if the text breaks a rule; nothing is taken in then.
    """
    if text.is_current(log.head()) or text.finish(log):
        return
    note = text.note()
    lost = note is not None and not holds(log, note.head)
    if missing := text.add_missing(log):
        notify(f"{text.folder}: the text lacked {count_words(missing, 'revision')} that the record book holds; added")
    is_new = log.head() == EMPTY
    count = take_in(text, log, codebook, coder=coder)
    text.save(text.measure(log.head()))
    if note is not None and lost:
        notify(_loss_words(log, note, is_new=is_new, count=count))


def take_in(text: TextCopy, log: Log, codebook: Codebook, *, coder: str) -> int:
    """Take in the revisions of the text that the log lacks, all or none; return how many."""
    from positions.store.importing import published_lines, take_all
    from positions.store.published import sound_lines

    lines = sound_lines(text.folder)
    with log.writing():
        return take_all(Book(log, codebook, coder=coder), published_lines(lines))


def _loss_words(log: Log, note: TextNote, *, is_new: bool, count: int) -> str:
    head = log.head()
    what = "was empty or missing and is made anew" if is_new else "is an older copy than the one used last; brought up"
    so = "as it was" if head == note.head else f"its head is {head}, it was {note.head}"
    return f"{log.name}: {what} from the text, {count_words(count, 'revision')} taken in: {so}"
