"""Validate a workspace's files: against the codebook, the documents and each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from positions.analysis.near_duplicates import find_copies
from positions.errors import DataError, Finding
from positions.extract.judges.coefficients import read_coefficients
from positions.extract.language.lexicon import LEXICON, read_lexicon, reference_problems
from positions.extract.language.time_expressions import relative_pattern
from positions.extract.rules.lexicon_examples import example_problems
from positions.files.reading import decode, read_bytes, toml_findings
from positions.language.reading_words import ENGLISH
from positions.model.candidate import repeat_key
from positions.model.codebook import Codebook
from positions.model.codebook_version import CODEBOOK
from positions.model.dates import publication_problem
from positions.model.document import Document
from positions.model.revision import select_in_force
from positions.model.statement import Statement
from positions.quotes.quotations import is_quoted
from positions.store.published import PublishedLine, read_published
from positions.wording.copies import copies_words, repeat_words


def data_findings(folder: Path) -> tuple[Finding, ...]:
    """Return all findings in a data folder, in the order of the files' lines.

    Raises ``DataError`` if the codebook cannot be read, ``WorkspaceError`` if the folder is not a workspace.
    """
    published = read_published(folder)
    in_force = select_in_force(line.revision for line in published.lines)
    where = {line.revision.id: line.where for line in published.lines if line.revision.kind == "statement"}
    current = [(where[record.statement.id], record.statement) for record in in_force.records]
    findings = [
        *published.findings,
        *_lexicon_findings(folder, published.codebook),
        *_judge_findings(folder),
        *_event_findings(published.codebook, in_force.documents),
        *_duplicate_findings(current),
        *_copy_findings(published.lines, in_force.documents),
        *_basis_findings(current, in_force.documents),
        *_orphan_findings(published.lines, in_force.documents),
        *_publication_findings(published.lines, in_force.documents),
    ]
    return tuple(sorted(findings, key=_finding_order))


def _finding_order(finding: Finding) -> tuple[str, int]:
    match = re.match(r"([^:]*):([0-9]+)", finding.where)
    return (match[1], int(match[2])) if match else (finding.where, 0)


def _event_findings(codebook: Codebook, documents: dict[str, Document]) -> Iterator[Finding]:
    """Find events whose source is the id of no document."""
    for event in codebook.events:
        if event.source_unknown_in(documents):
            expected = f"{', '.join(documents)}, an address, or a citation of several words"
            message = f"event {event.id!r}: found {event.source!r}, allowed: {expected}"
            yield Finding(CODEBOOK, "events.source", message)


def _lexicon_findings(folder: Path, codebook: Codebook) -> list[Finding]:
    """Find what a lexicon, if the folder has one, names that there is not, and examples that its terms do not fit."""
    path = folder / LEXICON
    if not path.exists():
        return []
    try:
        lexicon = read_lexicon(folder)
    except DataError as error:
        return list(error.findings)
    problems = [*reference_problems(lexicon, codebook), *example_problems(lexicon)]
    return toml_findings(problems, decode(read_bytes(path), where=LEXICON), name=LEXICON)


def _judge_findings(folder: Path) -> tuple[Finding, ...]:
    """Find what is wrong with the judge's own coefficients, if the folder has any."""
    try:
        read_coefficients(folder)
    except DataError as error:
        return error.findings
    return ()


def _duplicate_findings(current: list[tuple[str, Statement]]) -> Iterator[Finding]:
    """Find claims that were coded twice: same words, speaker, holder, issue, element and voice."""
    first_by_key: dict[tuple[object, ...], str] = {}
    for where, statement in current:
        span = repeat_key(statement)
        if span in first_by_key:
            yield Finding(where, "id", repeat_words(statement.id, first_by_key[span]))
        first_by_key.setdefault(span, statement.id)


def _copy_findings(lines: tuple[PublishedLine, ...], documents: dict[str, Document]) -> Iterator[Finding]:
    """Find documents with nearly the same text that name no common origin."""
    where = {line.revision.id: line.where for line in lines if line.revision.kind == "document"}
    for copies in find_copies(documents):
        yield Finding(where[copies.document], "origin", copies_words(copies))


def _basis_findings(current: list[tuple[str, Statement]], documents: dict[str, Document]) -> Iterator[Finding]:
    """Find statements whose date basis or directness contradicts their document."""
    for where, statement in current:
        document = documents[statement.document]
        text = document.text
        if statement.said_on_basis == "document" and statement.said_on.last != document.published_on.last:
            allowed = f"allowed: a date that ends on the publication, {document.published_on}"
            yield Finding(where, "said_on", f"found {statement.said_on} with basis 'document', {allowed}")
        if text is None:
            continue
        if statement.said_on_basis == "explicit" and not _has_number(text, statement.said_on.last.year):
            yield Finding(
                where, "said_on_basis", f"found 'explicit', but {statement.said_on.last.year} is not in the text"
            )
        relative = relative_pattern(document.language or ENGLISH)
        if statement.said_on_basis == "relative" and relative and not relative.search(text):
            yield Finding(where, "said_on_basis", "found 'relative', but the text has no weekday or “last …”")
        if statement.directness == "direct" and not is_quoted(text, statement.start):
            yield Finding(where, "directness", "found 'direct', but the quote is not inside quotation marks")


def _has_number(text: str, number: int) -> bool:
    """Return whether a number stands in a text, in the digits of any script."""
    return str(number) in text or any(int(digits) == number for digits in re.findall(r"\d{4}", text))


def _orphan_findings(lines: tuple[PublishedLine, ...], documents: dict[str, Document]) -> Iterator[Finding]:
    """Find statements in force whose document was retracted."""
    retracted = {line.revision.id for line in lines if line.revision.kind == "document"} - set(documents)
    last = {line.revision.id: line for line in lines if line.revision.kind == "statement"}
    for line in last.values():
        content = line.revision.content
        if isinstance(content, Statement) and content.document in retracted:
            yield Finding(line.where, "document", f"found {content.document!r}, which was retracted")


def _publication_findings(lines: tuple[PublishedLine, ...], documents: dict[str, Document]) -> Iterator[Finding]:
    """Find documents in force that cannot have been published when they say."""
    where = {line.revision.id: line.where for line in lines if line.revision.kind == "document"}
    for document in documents.values():
        if wrong := publication_problem(document.published_on):
            yield Finding(where[document.id], "published_on", wrong)
