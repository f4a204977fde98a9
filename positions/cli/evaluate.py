"""Command on extraction: ``evaluate``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from positions.cli.evaluate_output import SHOWN, ScoreDisplay
from positions.cli.extract_options import workspace_rules
from positions.cli.options import data_option, format_option
from positions.errors import QueryError
from positions.extract.evaluation.gold_set import read_claims, read_documents
from positions.extract.evaluation.scores import CORE, measure_scores
from positions.model.document import Document
from positions.model.statement import Claim
from positions.workspace import Workspace, open_workspace

DOCUMENTS: Final = "documents.jsonl"


@click.command("evaluate")
@click.option(
    "--gold", type=click.Path(path_type=Path), help="Coded claims as JSON lines (default: the accepted statements)."
)
@click.option(
    "--candidates",
    type=click.Path(path_type=Path),
    help="Found claims as JSON lines (default: extracted by the rules).",
)
@click.option(
    "--documents",
    type=click.Path(path_type=Path),
    help="The documents' lines, their files beside them (default: documents.jsonl beside --gold, or the workspace's).",
)
@click.option(
    "--by", type=click.Choice(["voice", "issue", "document"]), multiple=True, help="Scores of groups too (repeatable)."
)
@click.option("--misses", is_flag=True, help="List what was missed (−) and wrongly found (+), with the nearest.")
@click.option("--wrong", is_flag=True, help="List matched claims with a wrong field (~).")
@click.option("--context", type=click.IntRange(0, 500), default=30, show_default=True, help="Characters around quotes.")
@click.option("--core", is_flag=True, help=f"Hold the extractor only to claims coded with a confidence from {CORE}.")
@click.option(
    "--resamples", type=click.IntRange(0, 100_000), default=1000, show_default=True, help="For the intervals."
)
@format_option("table", "json", "csv")
@data_option
def evaluate_command(form: str, data: Path | None, **options: Any) -> None:
    """Score an extractor: the claims it finds against the claims that people coded in the same documents.

    A found claim counts when document, holder, issue and element agree and the quotes share half of the shorter one.
    Intervals come from resampling documents. In CSV, --misses and --wrong write their list in place of the
    scores.
    """
    asked = _Asked(**options)
    with open_workspace(data) as workspace:
        codebook = workspace.codebook
        task = _pair_up(asked.gold, asked.documents, workspace)
        name, claims = _find_claims(asked.candidates, task, workspace)
    covered = {document.id for document in task.documents}
    scored = [claim for claim in claims if claim.document in covered]
    core = CORE if asked.core else 0.0
    result = measure_scores(task.gold, scored, codebook, core=core, resamples=asked.resamples)
    texts = {document.id: document.text for document in task.documents if document.text}
    counts = len(task.documents), len(claims) - len(scored)
    display = ScoreDisplay(name, *counts, texts, asked.context, asked.by, asked.misses, asked.wrong, codebook)
    SHOWN[form](result, display)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is scored against what, and what is printed of it."""

    gold: Path | None
    candidates: Path | None
    documents: Path | None
    by: tuple[str, ...]
    misses: bool
    wrong: bool
    context: int
    core: bool
    resamples: int


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be found, and where."""

    gold: Sequence[Claim]
    documents: Sequence[Document]


def _pair_up(gold: Path | None, documents: Path | None, workspace: Workspace) -> _Task:
    """Put claims and documents together: all documents of a file count, of the workspace those that are coded."""
    if documents is None and gold is not None and (gold.parent / DOCUMENTS).is_file():
        documents = gold.parent / DOCUMENTS
    known = workspace.known()
    covered = read_documents(documents) if documents else tuple(known.documents.values())
    claims: Sequence[Claim]
    if gold is None:
        claims = [record.statement for record in known.records]
    else:
        claims = read_claims(gold, workspace.codebook, covered, elsewhere=False)
    coded = {claim.document for claim in claims}
    held = [document for document in covered if documents or document.id in coded]
    if not held:
        raise QueryError("gold: found no coded document, so there is nothing to score against")
    return _Task([claim for claim in claims if claim.document in {document.id for document in held}], held)


def _find_claims(candidates: Path | None, task: _Task, workspace: Workspace) -> tuple[str, Sequence[Claim]]:
    """Return who found what: a file's claims, or what the rules find."""
    if candidates:
        return candidates.name, read_claims(candidates, workspace.codebook, task.documents)
    if bare := [document.id for document in task.documents if document.text is None]:
        raise QueryError(f"documents: found no text of {', '.join(bare)} to extract from; --candidates needs none")
    extractor = workspace_rules(workspace)
    return extractor.name, [found for document in task.documents for found in extractor.candidates(document)]
