"""What a book demands of a document beyond its own fields, so that its text can always be read again.

A file holds one text, and a document that changes still fits what was said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from positions.errors import Finding
from positions.model.checks import document_findings
from positions.model.dates import publication_problem
from positions.model.document import Document
from positions.model.statement import Claim
from positions.store.entry import read_row
from positions.store.log import Log
from positions.store.unknown_record import near_record_words


class DocumentRules:
    """The rules by what a log holds; the files that are in use are read once, for documents come by the thousand."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._files: dict[str, Document] | None = None
        self._held: dict[str, Document] = {}

    def findings(self, document: Document, *, was_recorded: bool = False) -> Iterator[Finding]:
        """Yield what is wrong with recording a document as it is; findings have a field and no place yet.

        The day of one that ``was_recorded`` in this book before is not asked about.
        """
        if not was_recorded and (wrong := publication_problem(document.published_on)):
            yield Finding("", "published_on", wrong)
        if document.text is not None:
            yield from self._file_findings(document)
        if self._log.last_of("document", document.id):
            yield from _claim_findings(document, self._claims(document.id))

    def hold(self, document: Document) -> None:
        """Count a document's file as used; called for what is recorded."""
        self._held[document.id] = document
        if self._files is not None and document.file:
            self._files[document.file.casefold()] = document

    def retracted(self, document_id: str) -> Document | None:
        """Return a retracted document as it was before; ``None`` if it was never recorded."""
        if document_id in self._held:
            return self._held[document_id]
        rows = [row for row in self._log.revisions_of(document_id) if row.kind == "document"]
        contents = (read_row(row).content for row in reversed(rows) if row.content is not None)
        return next((content for content in contents if isinstance(content, Document)), None)

    def _file_findings(self, document: Document) -> Iterator[Finding]:
        if not document.file:
            yield Finding("", "file", "missing, but the document has a text; the text has to lie in a file of its own")
            return
        if holder := self.other_text_in(document.file, document):
            message = f"found {document.file}, which holds the text of {holder.id}; give the file a name of its own"
            yield Finding("", "file", message)

    def other_text_in(self, file: str, document: Document) -> Document | None:
        """Return the document that has another text than ``document`` in a file; ``None`` if none has."""
        if self._files is None:
            documents = [read_row(row).content for row in self._log.claims("document")]
            self._files = {one.file.casefold(): one for one in documents if isinstance(one, Document) and one.file}
        # Some systems do not tell names apart by their capitals.
        holder = self._files.get(file.casefold())
        return holder if holder and holder.sha256 != document.sha256 else None

    def _claims(self, document: str) -> Iterator[Claim]:
        for row in self._log.claims("statement", documents=[document]):
            if isinstance(claim := read_row(row).content, Claim) and claim.document == document:
                yield claim


def _claim_findings(document: Document, claims: Iterable[Claim]) -> Iterator[Finding]:
    """Say which statements in force a changed document would no longer bear, by the first of each kind."""
    broken: dict[str, list[str]] = {}
    for claim in claims:
        for finding in document_findings(claim, document):
            broken.setdefault(finding.field, []).append(claim.id)
    for field, ids in broken.items():
        changed = "published_on" if field == "said_on" else "text"
        what = "said later than that" if field == "said_on" else "whose quotes it does not have"
        count = f"are {len(ids)} statements" if len(ids) > 1 else "is 1 statement"
        yield Finding("", changed, f"there {count} {what}, such as {ids[0]}; correct what was said first")


def unknown_document(log: Log, name: str) -> Finding:
    """Return the finding for a document that is not in force; it asks whether the nearest one was meant."""
    return Finding("", "document", missing_document_error(name) + near_record_words(log, name, kinds=("document",)))


def missing_document_error(name: str) -> str:
    """Say that a document is not in force, and how one is recorded."""
    return f"found {name!r}, which is not recorded or was retracted; `positions add-document FILE` records one"
