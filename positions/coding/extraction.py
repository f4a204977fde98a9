"""Extract into the record book: feed documents to an extractor and record the candidates.

Results are stored in an order that loses nothing: first the record book, then the caller's output, then the manifest.
An interrupted run resumes where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from itertools import chain
from pathlib import Path
from typing import Final, TypeAlias

from positions.errors import PositionsError, WorkspaceError
from positions.extract.batch.executors import Pool, here
from positions.extract.batch.manifest import Manifest
from positions.extract.batch.runner import Outcome, Task, extract_all, extract_one, problem_words
from positions.extract.sources.discover import find_files
from positions.files.notice import notify
from positions.model.candidate import Extractor
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.store.book import Book
from positions.store.candidates import record_candidates
from positions.workspace import Workspace

Write: TypeAlias = Callable[[Sequence[Outcome]], int]
"""Stores a batch's results and returns the length of the output with them (0 if the output cannot be resumed)."""


@dataclass(frozen=True, slots=True)
class NamedDocuments:
    """The documents to extract from: files and ids, in order.

    ``problems`` has a task for each folder or link without a document.
    """

    names: tuple[str, ...]
    problems: tuple[Task, ...] = ()

    def __len__(self) -> int:
        return len(self.names) + len(self.problems)


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """How documents are read and where the results go.

    ``published_on`` and ``outlet`` override what the files say; ``pool`` does the work. With ``record`` documents and
    candidates are put into the record book. Documents that the ``manifest`` lists as done are skipped. ``advance`` is
    called for each document that is started.
    """

    published_on: PartialDate | None = None
    outlet: str = ""
    pool: Pool = field(default_factory=here)
    record: bool = False
    manifest: Manifest | None = None
    advance: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class ExtractionResult:
    """Counts of an extraction.

    ``documents`` were read and gave ``candidates``, of which ``unresolved`` have no stance yet; ``failed`` could not be
    used, ``skipped`` were done before. The record book gained ``new_documents`` and ``new`` candidates; ``renewed``
    candidates replaced those of another extractor; ``left_out`` were recorded or decided already.
    """

    documents: int = 0
    candidates: int = 0
    unresolved: int = 0
    failed: int = 0
    skipped: int = 0
    new_documents: int = 0
    new: int = 0
    renewed: int = 0
    left_out: int = 0


DEFAULTS: Final = ExtractionSettings()


def extract_documents(
    documents: NamedDocuments,
    extractor: Extractor,
    workspace: Workspace,
    settings: ExtractionSettings = DEFAULTS,
    *,
    write: Write = lambda _: 0,
) -> ExtractionResult:
    """Extract candidates from documents; those that are in the workspace are used as recorded there.

    ``write`` receives each batch of outcomes in the documents' order, after it is recorded. A document that cannot be
    used does not stop the others: its outcome has a problem. Raises ``ServiceError`` if the extractor or its workers
    cannot be used at all.
    """
    recorded_documents = KnownDocuments(workspace)
    manifest, counts = settings.manifest, Counter[str]()
    tasks = _advance_tasks(
        chain(documents.problems, _tasks(documents.names, recorded_documents, settings)), settings.advance
    )
    seen: dict[str, str] = {}
    for batch in extract_all(manifest.pending(tasks) if manifest else tasks, extractor, pool=settings.pool):
        outcomes = [_use_recorded_text(outcome, recorded_documents, extractor) for outcome in batch]
        _notice_copies(outcomes, seen)
        if settings.record:
            outcomes = record_outcomes(outcomes, workspace, counts)
        _count(outcomes, counts)
        written = write(outcomes)
        if manifest:
            manifest.append(outcomes, written=written)
    return ExtractionResult(**counts, skipped=manifest.skipped if manifest else 0)


def _notice_copies(outcomes: Sequence[Outcome], seen: dict[str, str]) -> None:
    """Print a notice for each document with the text of an earlier one; ``seen`` maps hashes to ids and is extended."""
    for document in (outcome.document for outcome in outcomes):
        if document is None or document.sha256 is None:
            continue
        first = seen.setdefault(document.sha256, document.id)
        if first != document.id:
            notify(f"{document.id} has the same text as {first}; its claims would count twice")


def name_documents(arguments: Iterable[str]) -> NamedDocuments:
    """Resolve files, folders and ids to documents; folders are walked in order of name."""
    names: list[str] = []
    problems: list[Task] = []
    for name in arguments:
        try:
            names.extend(find_files(name))
        except WorkspaceError as error:
            problems.append(Task(name, "", problem=problem_words(error, name)))
    return NamedDocuments(tuple(names), tuple(problems))


class KnownDocuments:
    """The documents of a workspace by id and by hash; their texts stay in the record book."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._by_hash = {document.sha256: document.id for document in workspace.documents() if document.sha256}

    def of_hash(self, digest: str | None) -> Document | None:
        """Return the document with these bytes, ``None`` if there is none."""
        name = self._by_hash.get(digest or "")
        return self._workspace.document(name) if name else None

    def of_id(self, name: str) -> Document | None:
        """Return a document in force by its id."""
        return self._workspace.document(name)


def _tasks(names: Iterable[str], recorded_documents: KnownDocuments, settings: ExtractionSettings) -> Iterator[Task]:
    for name in names:
        path = Path(name)
        if not path.exists() and (document := recorded_documents.of_id(name)) is not None:
            problem = "" if document.text else "the workspace holds no text of this document"
            yield Task(name, document.sha256 or "", document, problem=problem)
        elif path.is_file():
            yield _file_task(Task(name, "", None, settings.published_on, settings.outlet), recorded_documents)
        elif path.exists():
            yield Task(name, "", problem="is no file that can be read")
        else:
            yield Task(name, "", problem="no such file, and no document of that id in the workspace")


def _file_task(task: Task, recorded_documents: KnownDocuments) -> Task:
    try:
        with Path(task.where).open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return task._replace(problem=f"cannot be read: {error.strerror}")
    document = recorded_documents.of_hash(digest)
    return task._replace(sha256=digest, document=document if document and document.text else None)


def _advance_tasks(tasks: Iterable[Task], advance: Callable[[], None]) -> Iterator[Task]:
    for task in tasks:
        yield task
        advance()


def _use_recorded_text(outcome: Outcome, recorded_documents: KnownDocuments, extractor: Extractor) -> Outcome:
    """Extract again from the recorded document if a file turns out to have its text."""
    task, document = outcome.task, outcome.document
    if task.document is not None or document is None:
        return outcome
    known = recorded_documents.of_hash(document.sha256)
    return extract_one(extractor, task._replace(document=known)) if known and known.text else outcome


def record_outcomes(outcomes: Sequence[Outcome], workspace: Workspace, counts: Counter[str]) -> list[Outcome]:
    """Record new documents and candidates in one transaction, or document by document if that is refused.

    Adds to ``counts`` what was new. Returns the outcomes, with a problem for each document that could not be recorded.
    """
    try:
        with workspace.recording() as book:
            recorded = _record_all(outcomes, book)
    except PositionsError as error:
        if len(outcomes) == 1:
            message = " ".join(str(error).split())
            return [Outcome(outcomes[0].task, None, (), f"cannot be recorded: {message}")]
        return [one for outcome in outcomes for one in record_outcomes([outcome], workspace, counts)]
    counts.update(recorded)
    return list(outcomes)


def _record_all(outcomes: Sequence[Outcome], book: Book) -> Counter[str]:
    sound = [outcome for outcome in outcomes if outcome.document is not None]
    documents = [one.document for one in sound if one.document and book.document(one.document.id) is None]
    for document in documents:
        book.add_document(document)
    recorded = record_candidates(book, [candidate for outcome in sound for candidate in outcome.candidates])
    left_out = recorded.known + recorded.settled
    return Counter(new_documents=len(documents), new=recorded.new, renewed=recorded.renewed, left_out=left_out)


def _count(outcomes: Sequence[Outcome], counts: Counter[str]) -> None:
    for outcome in outcomes:
        if outcome.document is None:
            counts["failed"] += 1
            continue
        counts["documents"] += 1
        counts["candidates"] += len(outcome.candidates)
        counts["unresolved"] += sum(candidate.stance is None for candidate in outcome.candidates)
