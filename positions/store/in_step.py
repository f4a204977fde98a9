"""Synchronise the log and the published text of a folder, whatever happened to either."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from positions.errors import DataError, Finding
from positions.files.notice import notify
from positions.files.reading import decode, read_bytes
from positions.files.writing import write_new
from positions.model.checks import ClaimChecks
from positions.model.codebook import Codebook
from positions.model.codebook_version import FILE_NAMES, CodebookVersion
from positions.model.document import Document
from positions.model.lists import count_words
from positions.store.conflict_marks import conflict_sides, is_of_versions
from positions.store.entry import EMPTY, read_row
from positions.store.local_lines import LOCAL
from positions.store.log import Log, holds_entry
from positions.store.published import FILES, folder_lines
from positions.store.text_copy import TextCopy
from positions.store.text_note import TextNote

# Not imported at every start: text and log are in step at most of them.
if TYPE_CHECKING:
    from positions.store.book import Book


def bring_in_step(text: TextCopy, log: Log, codebook: Codebook, *, coder: str, is_writing: bool = False) -> None:
    """Finish an interrupted write, append to the text what it lost, take in what the log lacks; only under the lock.

    What a merge of the text's own lines made is appended only if somebody ``is_writing``: whoever only reads after git
    brought a colleague's work finds the files as git left them. Prints a notice if the database is new or older than
    the text. Raises ``DataError`` with every finding if the text breaks a rule; then nothing is taken in.
    """
    if not text.is_current(log.head()) and not text.finish(log):
        _synchronise(text, log, codebook, coder=coder)
    note = text.note()
    if is_writing and note is not None and note.is_behind:
        text.add_missing(log)
        text.note_differences(log)
        text.save(text.measure(log.head()))


def _synchronise(text: TextCopy, log: Log, codebook: Codebook, *, coder: str) -> None:
    note = text.note()
    lost = note is not None and not holds_entry(log, note.head)
    if missing := text.add_missing(log, derived=False):
        notify(f"{text.folder}: the text lacked {count_words(missing, 'revision')} that the record book holds; added")
    before = log.head()
    is_new = before == EMPTY
    count = take_in(text, log, codebook, coder=coder, is_restored=lost)
    is_as_text = is_new and log.head().seq == count and not (text.folder / LOCAL).exists() and text.tells_all_times()
    is_behind = not is_as_text and text.note_differences(log)
    text.save(replace(text.measure(log.head()), is_behind=is_behind))
    if note is not None and lost:
        notify(_loss_words(log, note, is_new=is_new, count=count))


def take_in(text: TextCopy, log: Log, codebook: Codebook, *, coder: str, is_restored: bool = False) -> int:
    """Take in the revisions that the log lacks from the text, all or none; return how many.

    ``is_restored``: the log had them before, so they keep their recorded_at and answers about the past stay the same.
    A text in which git put two people's lines one after the other is taken in as a merge.
    """
    from positions.store.book import Book
    from positions.store.importing import published_lines, take_all
    from positions.store.published import sound_lines

    try:
        lines = sound_lines(text.folder)
        with log.writing():
            book = Book(log, codebook, coder=coder)
            if is_restored:
                book.keep_times()
            is_new = log.head() == EMPTY
            count = take_all(book, published_lines(lines))
            if "codebook" in book.versions and not is_new:
                _require_fit(book)
            return count
    except DataError as error:
        return _take_in_merged(text, log, codebook, coder=coder, error=error)


def _require_fit(book: Book) -> None:
    """Raise ``DataError`` if statements in force do not fit the codebook that the text brought."""
    checks = ClaimChecks(book.codebook)
    statements = book.claims("statement")
    if findings := [finding.at(one.id) for one in statements for finding in checks.codebook_findings(one)]:
        raise DataError(findings)


def _take_in_merged(text: TextCopy, log: Log, codebook: Codebook, *, coder: str, error: DataError) -> int:
    """Take in as a merge a text with two people's lines, which contradicts the log or itself."""
    from positions.store.book import Book
    from positions.store.merging.lines import read_lines
    from positions.store.merging.text import take_merged

    items = [item for kind in FILES for item in folder_lines(text.folder, kind)]
    read = read_lines(item for item in items if not isinstance(item, Finding))
    if read.findings or any(isinstance(item, Finding) for item in items):
        raise error
    with log.writing():
        book = Book(log, codebook, coder=coder)
        result = take_merged(book, read, error=error)
    # What git made of both sides' codebooks and of two texts in one file is not what was merged here, and a document
    # under another name needs a file: then files have to change, and all do.
    written = [version for version in book.versions.values() if _write_version(text.folder, version)]
    is_new = any(not (text.folder / str(document.file)).exists() for document in book.new_documents if document.file)
    if _write_sources(text.folder, log) or is_new or written:
        text.add_missing(log)
    if not result.is_empty:
        message = f"{text.folder}: two people's lines were merged, {count_words(result.revisions, 'revision')} taken in"
        renumbered = "".join(f"; {old} was two records, ours is {new} now" for old, new in result.given_up.items())
        both = f"; both changed {', '.join(result.conflicts)}: settle it with `positions merge --settle`"
        notify(message + renumbered + (both if result.conflicts else ""))
    return result.revisions


def _write_version(folder: Path, version: CodebookVersion) -> bool:
    """Write a version into its file, unless somebody edited that by hand; return whether it had another text."""
    path = folder / FILE_NAMES[version.id]
    text = decode(read_bytes(path), where=path.name) if path.exists() else version.text
    if text == version.text or not is_of_versions(folder, version.id, text):
        return False
    write_new(path, version.text.encode(), force=True)
    return True


def _write_sources(folder: Path, log: Log) -> bool:
    """Write the texts of documents whose file git left with two texts in it; return whether there was one."""
    is_written = False
    for row in log.claims("document"):
        # The lines of a document that was renumbered go on naming its first file.
        recorded = log.revisions_of(row.id) if row.action == "renumber" else [row]
        document = next(
            (read_row(one).content for one in reversed(recorded) if one.kind == row.kind and one.content), None
        )
        if isinstance(document, Document) and document.file and document.text is not None:
            path = folder / document.file
            if path.is_file() and conflict_sides(read_bytes(path).decode(errors="replace")):
                write_new(path, document.text.encode(), force=True)
                is_written = True
    return is_written


def _loss_words(log: Log, note: TextNote, *, is_new: bool, count: int) -> str:
    head = log.head()
    what = "was empty or missing and is made anew" if is_new else "is an older copy than the one used last; brought up"
    so = "as it was" if head == note.head else f"its head is {head}, it was {note.head}"
    return f"{log.name}: {what} from the text, {count_words(count, 'revision')} taken in: {so}"
