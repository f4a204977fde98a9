"""What stands between the extractor and the workspace: which documents it holds, and what is recorded in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from positions.errors import PositionsError, WorkspaceError
from positions.extract.batch.runner import Outcome, Task, extract_one, problem_words
from positions.extract.sources.discover import find_files
from positions.model.candidate import Extractor
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.store.book import Book
from positions.workspace.workspace import Workspace


class KnownDocuments:
    """The documents of a workspace by id and by hash; their texts stay in the record book."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._by_hash: dict[str, str] = {}
        for row in workspace.log.claims("document"):
            if row.content is not None and (digest := json.loads(row.content).get("sha256")):
                self._by_hash[digest] = row.id

    def of_hash(self, digest: str | None) -> Document | None:
        """Return the document with these bytes, ``None`` where there is none."""
        name = self._by_hash.get(digest or "")
        return self._workspace.document(name) if name else None

    def of_id(self, name: str) -> Document | None:
        """Return a document in force by its id."""
        return self._workspace.document(name)


def named_tasks(
    names: Iterable[str], held: KnownDocuments, *, published_on: PartialDate | None = None, outlet: str = ""
) -> Iterator[Task]:
    """Yield a task for each document that is meant; one that the workspace holds is taken as it stands there."""
    for name in names:
        path = Path(name)
        if not path.exists() and (document := held.of_id(name)) is not None:
            problem = "" if document.text else "the workspace holds no text of this document"
            yield Task(name, document.sha256 or "", document, problem=problem)
        elif path.is_file():
            yield _file_task(Task(name, "", None, published_on, outlet), held)
        elif path.exists():
            yield Task(name, "", problem="is no file that can be read")
        else:
            yield Task(name, "", problem="no such file, and no document of that id in the workspace")


def _file_task(task: Task, held: KnownDocuments) -> Task:
    try:
        with Path(task.where).open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return task._replace(problem=f"cannot be read: {error.strerror}")
    document = held.of_hash(digest)
    return task._replace(sha256=digest, document=document if document and document.text else None)


def all_names(given: Iterable[str]) -> tuple[list[str], list[Task]]:
    """Return the files that are meant, folders walked, and a task with its problem for each that holds none."""
    names: list[str] = []
    empty: list[Task] = []
    for name in given:
        try:
            names.extend(find_files(name))
        except WorkspaceError as error:
            empty.append(Task(name, "", problem=problem_words(error, name)))
    return names, empty


def as_held(outcome: Outcome, held: KnownDocuments, extractor: Extractor) -> Outcome:
    """Extract once more where a file's text turns out to be that of a document in the workspace."""
    task, document = outcome.task, outcome.document
    if task.document is not None or document is None:
        return outcome
    known = held.of_hash(document.sha256)
    return extract_one(extractor, task._replace(document=known)) if known and known.text else outcome


class BatchRecord(NamedTuple):
    """What a batch put into the record book, and its outcomes; those that could not be recorded have a problem."""

    outcomes: list[Outcome]
    documents: int = 0
    new: int = 0
    renewed: int = 0
    left_out: int = 0


def recorded(outcomes: Sequence[Outcome], workspace: Workspace) -> BatchRecord:
    """Record documents that are missing, and candidates, in one transaction; one by one where that is refused."""
    try:
        with workspace.recording() as book:
            return _all_recorded(outcomes, book)
    except PositionsError as error:
        if len(outcomes) == 1:
            told = " ".join(str(error).split())
            return BatchRecord([Outcome(outcomes[0].task, None, (), f"cannot be recorded: {told}")])
    parts = [recorded([outcome], workspace) for outcome in outcomes]
    counts = (sum(part[place] for part in parts) for place in (1, 2, 3, 4))  # type: ignore[misc]
    return BatchRecord([part.outcomes[0] for part in parts], *counts)


def _all_recorded(outcomes: Sequence[Outcome], book: Book) -> BatchRecord:
    from positions.store.candidates import record_candidates

    sound = [outcome for outcome in outcomes if outcome.document is not None]
    documents = [one.document for one in sound if one.document and book.document(one.document.id) is None]
    for document in documents:
        book.add_document(document)
    counts = record_candidates(book, [candidate for outcome in sound for candidate in outcome.candidates])
    return BatchRecord(list(outcomes), len(documents), counts.new, counts.renewed, counts.known + counts.settled)
