"""Read what coders coded on their own, before anything was settled: files of statements, one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from positions.errors import DataError, Finding
from positions.files.reading import json_lines
from positions.model.checks import ClaimChecks
from positions.model.codebook import Codebook
from positions.model.revision import Revision
from positions.model.statement import Statement
from positions.store.published import parse_fields


def read_codings(paths: Iterable[Path], codebook: Codebook) -> tuple[Statement, ...]:
    """Read coders' statements from JSON-lines files, of each id in a file the last revision.

    Raises ``DataError`` with every finding where a line is no statement or has words that the codebook lacks.
    """
    findings: list[Finding] = []
    statements: list[Statement] = []
    checks = ClaimChecks(codebook)
    for path in paths:
        last: dict[str, Revision] = {}
        for revision in _revisions(path, checks, findings):
            if revision.id not in last or last[revision.id].number < revision.number:
                last[revision.id] = revision
        statements.extend(
            statement for revision in last.values() if isinstance(statement := revision.content, Statement)
        )
    if findings:
        raise DataError(findings)
    return tuple(statements)


def _revisions(path: Path, checks: ClaimChecks, findings: list[Finding]) -> Iterator[Revision]:
    for number, fields in json_lines(path):
        where = f"{path.name}:{number}"
        parsed = (
            [fields]
            if isinstance(fields, Finding)
            else parse_fields(fields, kind="statement", where=where, folder=path.parent)
        )
        for line in parsed:
            if isinstance(line, Finding):
                findings.append(line)
                continue
            if isinstance(statement := line.revision.content, Statement):
                findings.extend(finding.at(where) for finding in checks.codebook_findings(statement))
            yield line.revision
