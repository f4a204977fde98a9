"""``extract train``: let the judge of proposals learn from coded documents, or from a workspace's decisions."""

from __future__ import annotations

from pathlib import Path

import click

from positions.cli.options import PathName, data_option
from positions.cli.output import number, print_line, print_table
from positions.coding.coded_set import gather_coded_set
from positions.coding.judge_training import JudgeScore, Training, train_on_coded, train_on_decisions
from positions.extract.judges.coefficients import JUDGE, coefficients_text
from positions.files.writing import write_new
from positions.model.lists import count_words
from positions.workspace import Workspace, open_workspace

COLUMNS = ("judge", "kept", "right", "precision", "recall", "right first", "error")
"""Of a table that compares what was learned with what was there before."""


@click.command("train")
@click.option("--from-decisions", is_flag=True, help="Learn from what reviewers accepted, amended and rejected.")
@click.option(
    "--gold",
    type=PathName(path_type=Path),
    multiple=True,
    help="Also learn from these coded claims, JSON lines with a documents.jsonl beside them (repeatable).",
)
@click.option(
    "-o", "--output", type=PathName(path_type=Path), help=f"Write here (default: {JUDGE} in the data folder)."
)
@click.option("--force", is_flag=True, help="Overwrite the file of -o, and write what is no better, too.")
@data_option
def train_command(
    from_decisions: bool, gold: tuple[Path, ...], output: Path | None, force: bool, data: Path | None
) -> None:
    """Teach the judge what a claim looks like: from the accepted statements and their documents, or from decisions.

    Prints how it fares on documents that it has not seen beside what was there before, and writes its coefficients as
    text. `positions extract --judge model` uses them from then on; delete the file to go back.
    """
    if from_decisions and gold:
        raise click.UsageError("give either --from-decisions or --gold")
    with open_workspace(data) as workspace:
        training = train_on_decisions(workspace) if from_decisions else _train_on_coded(gold, workspace)
        _print_training(training, "as shipped" if from_decisions else "the rules", from_decisions=from_decisions)
        _write(training, output, workspace, force=force)


def _train_on_coded(gold: tuple[Path, ...], workspace: Workspace) -> Training:
    sets = [gather_coded_set(path, None, workspace) for path in gold]
    if any(True for _ in workspace.claims("statement")) or not gold:
        sets.insert(0, gather_coded_set(None, None, workspace))
    return train_on_coded(sets, workspace)


def _print_training(training: Training, before: str, *, from_decisions: bool) -> None:
    what = "decision" if from_decisions else "proposal"
    print_line(
        f"{count_words(training.examples, what)} in {count_words(training.documents, 'document')}: "
        f"{training.right} right, {training.examples - training.right} wrong"
    )
    rows = [_score_cells(before, training.before), _score_cells("learned", training.after)]
    print_table(COLUMNS, rows, numbers=COLUMNS[1:])
    print_line("Learned: each document is judged by what the other documents teach.")


def _score_cells(name: str, score: JudgeScore) -> tuple[str, ...]:
    shares = (score.precision, score.recall, score.ordered, score.error)
    return (name, str(score.kept), str(score.right), *(number(share) for share in shares))


def _write(training: Training, output: Path | None, workspace: Workspace, *, force: bool) -> None:
    if not training.is_better and not force:
        print_line("It errs no less than before, so nothing is written; --force writes it all the same.")
        return
    path = output or workspace.folder / JUDGE
    if output is None:
        workspace.require_writable()
    content = coefficients_text(training.coefficients).encode()
    write_new(path, content, force=force or output is None, mode=workspace.file_mode)
    print_line(f"wrote {path}: model {training.coefficients.version}; delete it to go back")
