"""What an editor does with the record book; each change is one transaction by one coder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.query.case import Case
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.coding.extractors import JudgeName, choose_extractor, extract_in_time
from positions.coding.review import review_queue
from positions.errors import DataError, DryRunError, Finding, QueryError, near_words
from positions.model.codebook import Codebook
from positions.model.codebook_version import WordKind
from positions.model.document import Document
from positions.model.revision import Revision
from positions.model.statement import Statement
from positions.store.candidates import CandidateRecord, RecordCounts, accept, record_candidates, reject, reopen
from positions.workspace.added_documents import add_received
from positions.workspace.duplicates import duplicate_findings
from positions.workspace.merging import OpenConflict


@dataclass(frozen=True)
class Desk:
    """The record book as the editing pages use it.

    ``replaces`` is the number of the revision that the coder looked at; a change raises ``ConflictError`` if there is a
    newer one.
    """

    source: CaseStore

    @property
    def case(self) -> Case:
        """All documents and statements in force."""
        return self.source.case(View())

    @property
    def codebook(self) -> Codebook:
        """The codebook of the workspace."""
        return self.case.codebook

    def document(self, document_id: str) -> Document:
        """Return a document in force; raise ``QueryError`` if none has that id."""
        document = self.case.documents.get(document_id)
        if document is None:
            documents = self.case.documents
            near = near_words(document_id, list(documents), names={one.id: one.title for one in documents.values()})
            raise QueryError(f"document: found {document_id!r}, which is not recorded or was retracted{near}")
        return document

    def statement(self, record_id: str) -> Statement:
        """Return a statement in force; raise ``QueryError`` if none has that id or it was retracted."""
        content = self.history(record_id)[-1].content
        if not isinstance(content, Statement):
            raise QueryError(f"statement: found {record_id!r}, which was retracted")
        return content

    def history(self, record_id: str) -> tuple[Revision, ...]:
        """Return all revisions of a statement, the first one first; raise ``QueryError`` if there are none."""
        revisions = self.source.revisions(record_id)
        if not revisions:
            raise QueryError(f"statement: found {record_id!r}, which was never recorded")
        return revisions

    def current_id(self, word: WordKind, word_id: str) -> str:
        """Return the id that a past id of the codebook has become; any other stays as it is."""
        with self.source.lock_workspace() as workspace:
            return workspace.past_ids().resolve(word, word_id, self.codebook)

    def open_conflicts(self) -> tuple[OpenConflict, ...]:
        """Return the conflicts that merges left open, in order of record."""

        def read() -> tuple[OpenConflict, ...]:
            with self.source.lock_workspace() as workspace:
                return workspace.open_conflicts()

        return self.case.answer_once("open conflicts", read)

    def add(self, coder: str, fields: Mapping[str, Any]) -> Statement:
        """Record a new statement."""
        with self.source.lock_for_writing() as workspace, workspace.recording(coder=coder) as book:
            return book.add(**fields)

    def add_document(
        self, coder: str, source: tuple[str, bytes], fields: Mapping[str, Any], *, is_preview: bool
    ) -> tuple[Document, tuple[str, ...]]:
        """Record a document, or only show it; return it, and which others have its text.

        ``source`` is the name of a file, empty for a pasted text, and its bytes. Raises ``DataError`` as
        :func:`positions.workspace.added_documents.add_received` does.
        """
        with self.source.lock_for_writing() as workspace:
            try:
                with workspace.recording(coder=coder) as book:
                    document = add_received(book, *source, fields)
                    copies = tuple(finding.message for finding in duplicate_findings(book, [document.id]))
                    if is_preview:
                        raise DryRunError
            except DryRunError:
                pass
        return document, copies

    def propose(self, coder: str, document: Document, judge: JudgeName) -> RecordCounts:
        """Look a document through and record what it seems to claim as candidates.

        Raises ``DataError`` for a document or lexicon that cannot be used, and ``ServiceError`` if it takes too long.
        """
        with self.source.lock_workspace() as workspace:
            extractor = choose_extractor(workspace, judge)
        outcome = extract_in_time(extractor, document)
        if outcome.problem:
            raise DataError([Finding(document.id, "", outcome.problem)])
        with self.source.lock_for_writing() as workspace, workspace.recording(coder=coder) as book:
            return record_candidates(book, outcome.candidates)

    def correct(self, coder: str, record_id: str, changes: Mapping[str, Any], *, replaces: int, reason: str) -> None:
        """Record a correction of a statement."""
        with self.source.lock_for_writing() as workspace, workspace.recording(coder=coder) as book:
            book.correct(record_id, replaces=replaces, reason=reason, **changes)

    def retract(self, coder: str, record_id: str, *, replaces: int, reason: str) -> None:
        """Retract a statement."""
        with self.source.lock_for_writing() as workspace, workspace.recording(coder=coder) as book:
            book.retract(record_id, replaces=replaces, reason=reason)

    def queue(self) -> tuple[CandidateRecord, ...]:
        """Return the open candidates, those first that are worth most to review."""
        with self.source.lock_workspace() as workspace:
            return review_queue(workspace)

    def proposal(self, candidate_id: str) -> CandidateRecord:
        """Return a candidate; raise ``QueryError`` if none has that id."""
        with self.source.lock_workspace() as workspace:
            return workspace.candidate(candidate_id)

    def accept(self, coder: str, candidate_id: str, changes: Mapping[str, Any], *, replaces: int) -> Statement:
        """Record a candidate with the reviewer's changes as a statement."""
        with self.source.lock_for_writing() as workspace, workspace.recording(coder=coder) as book:
            return accept(book, candidate_id, replaces=replaces, **changes)

    def reject(self, coder: str, candidate_id: str, *, replaces: int, reason: str) -> None:
        """Reject a candidate."""
        with self.source.lock_for_writing() as workspace, workspace.recording(coder=coder) as book:
            reject(book, candidate_id, reason=reason, replaces=replaces)

    def reopen(self, coder: str, candidate_id: str, *, replaces: int) -> str | None:
        """Undo a decision on a candidate; return the id of the statement that this retracts, if any."""
        with self.source.lock_for_writing() as workspace, workspace.recording(coder=coder) as book:
            return reopen(book, candidate_id, reason="decision undone in review", replaces=replaces)
