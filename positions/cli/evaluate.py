"""The command that scores an extractor: ``evaluate``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from positions.cli.evaluate_output import PRINTERS
from positions.cli.extract_options import judge_option, judged_extractor, least_option
from positions.cli.options import PathName, WholeNumberWithin, data_option, format_option
from positions.coding.coded_set import CodedSet, gather_coded_set
from positions.errors import QueryError
from positions.extract.evaluation.gold_set import read_claims
from positions.extract.evaluation.rows import ScoreSelection
from positions.extract.evaluation.scores import CORE, measure_scores
from positions.model.statement import Claim
from positions.workspace import Workspace, open_workspace


@click.command("evaluate")
@click.option(
    "--gold", type=PathName(path_type=Path), help="Coded claims as JSON lines (default: the accepted statements)."
)
@click.option(
    "--candidates",
    type=PathName(path_type=Path),
    help="Found claims as JSON lines (default: extracted by --judge).",
)
@judge_option("rules", "model", words="the rules, or a model that weighs the evidence for each topic and party")
@least_option
@click.option(
    "--documents",
    type=PathName(path_type=Path),
    help="Documents as JSON lines beside their files (default: documents.jsonl beside --gold, or the workspace's).",
)
@click.option(
    "--by",
    type=click.Choice(["voice", "issue", "document"]),
    multiple=True,
    help="Also score these groups (repeatable).",
)
@click.option("--misses", is_flag=True, help="List missed (−) and wrongly found (+) claims, each with the nearest.")
@click.option("--wrong", is_flag=True, help="List matched claims with a wrong field (~).")
@click.option(
    "--context", type=WholeNumberWithin(0, 500), default=30, show_default=True, help="Characters around quotes."
)
@click.option("--core", is_flag=True, help=f"Count only claims coded with a confidence of at least {CORE}.")
@click.option(
    "--resamples",
    type=WholeNumberWithin(0, 100_000),
    default=1000,
    show_default=True,
    help="Samples for the intervals; 0 for none.",
)
@format_option("table", "json", "csv")
@data_option
def evaluate_command(form: str, data: Path | None, **options: Any) -> None:
    """Score an extractor: the claims it finds against the claims that people coded in the same documents.

    A found claim counts if document, holder, issue and element agree and the quotes share half of the shorter one.
    Intervals come from resampling documents. In CSV, --misses and --wrong write their list instead of the scores.
    """
    options_given = _EvaluateOptions(**options)
    with open_workspace(data) as workspace:
        task = gather_coded_set(options_given.gold, options_given.documents, workspace)
        extractor, claims = _find_claims(options_given, task, workspace)
    covered = {document.id for document in task.documents}
    scored = [claim for claim in claims if claim.document in covered]
    core = CORE if options_given.core else 0.0
    coded = {claim.document for claim in task.gold}
    scores = measure_scores(task.gold, scored, workspace.codebook, core=core, resamples=options_given.resamples)
    selection = ScoreSelection(
        extractor=extractor,
        documents=len(coded),
        uncoded=len(covered - coded),
        left_out=len(claims) - len(scored),
        texts={document.id: document.text for document in task.documents if document.text},
        context=options_given.context,
        by=options_given.by,
        misses=options_given.misses,
        wrong=options_given.wrong,
        codebook=workspace.codebook,
    )
    PRINTERS[form](scores, selection)


@dataclass(frozen=True, slots=True)
class _EvaluateOptions:
    """Which claims are compared, and how much of the comparison is shown."""

    gold: Path | None
    candidates: Path | None
    documents: Path | None
    judge: str
    min_probability: float | None
    by: tuple[str, ...]
    misses: bool
    wrong: bool
    context: int
    core: bool
    resamples: int


def _find_claims(options: _EvaluateOptions, task: CodedSet, workspace: Workspace) -> tuple[str, Sequence[Claim]]:
    """Return the extractor's name and its claims: those of a file, or what the judge finds."""
    if candidates := options.candidates:
        return candidates.name, read_claims(candidates, workspace.codebook, task.documents)
    if bare := [document.id for document in task.documents if document.text is None]:
        raise QueryError(f"documents: found no text of {', '.join(bare)} to extract from; --candidates needs none")
    extractor = judged_extractor(workspace, options.judge, options.min_probability)
    return extractor.name, [claim for document in task.documents for claim in extractor.candidates(document)]
