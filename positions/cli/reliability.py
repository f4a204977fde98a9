"""``positions reliability``: how well coders of the same documents agree."""

from __future__ import annotations

from pathlib import Path

import click

from positions.analysis.codings import read_codings
from positions.analysis.reliability import Reliability, measure_reliability
from positions.cli.options import PathName, WholeNumberWithin, data_option, format_option
from positions.cli.output import print_csv, print_json, print_line, print_table
from positions.model.codebook import Codebook
from positions.model.lists import percent_words
from positions.model.resampling import RESAMPLES
from positions.wording.reliability import difference_counts, difference_words, reliability_words
from positions.wording.rows import AGREEMENT_COLUMNS, DIFFERENCE_COLUMNS, agreement_row, difference_rows
from positions.wording.serialise import reliability_answer
from positions.workspace import open_workspace


@click.command("reliability")
@click.argument("files", nargs=-1, metavar="[FILE ...]", type=PathName(path_type=Path))
@click.option("--differences", is_flag=True, help="In CSV: what the coders differ on instead of how far they agree.")
@click.option(
    "--resamples",
    type=WholeNumberWithin(0, 100_000),
    default=RESAMPLES,
    show_default=True,
    help="Samples of the documents for the intervals; 0 for none.",
)
@format_option("table", "json", "csv")
@data_option
def reliability_command(
    files: tuple[Path, ...], form: str, data: Path | None, differences: bool, resamples: int
) -> None:
    """Print how far coders agree, Krippendorff's alpha by issue, or why there is none; and what they differ on.

    FILEs are JSON lines of statements by two coders or more; without any, the record book's statements are compared by
    their coder. Only documents that two coders coded count. Intervals come from resampling documents.
    """
    with open_workspace(data) as workspace:
        codebook = workspace.codebook
        statements = (
            read_codings(files, codebook) if files else [record.statement for record in workspace.known().records]
        )
    reliability = measure_reliability(statements, codebook, resamples=resamples)
    if form == "json":
        print_json(reliability_answer(reliability))
    elif form == "csv" and differences:
        print_csv([row for one in reliability.differences for row in difference_rows(one)], DIFFERENCE_COLUMNS)
    elif form == "csv":
        print_csv([agreement_row(row) for row in reliability.rows], AGREEMENT_COLUMNS)
    else:
        _print_reliability(reliability, codebook)


def _print_reliability(reliability: Reliability, codebook: Codebook) -> None:
    print_line(reliability_words(reliability))
    whole = {"stance": "Stance, all issues", "voice": "Whose word it is", "coded": "What was coded at all"}
    rows = [
        (
            f"Stance: {codebook.issue(row.issue).label}" if row.issue else whole[row.subject],
            str(row.coded),
            str(row.score.units),
            "–" if row.score.alpha is None else f"{row.score.alpha:.3f}",
            "–" if row.interval.low is None else f"{row.interval.low:.3f}–{row.interval.high:.3f}",
            row.metric,
            "–" if row.score.agreement is None else percent_words(row.score.agreement),
            row.score.reason or row.interval.reason,
        )
        for row in reliability.rows
    ]
    columns = ["agreement on", "coded", "by two", "α", "95 %", "metric", "same", "why no α or interval"]
    print_table(columns, rows, numbers=["coded", "by two", "α", "same"])
    if reliability.differences:
        print_line()
        print_line(difference_counts(reliability))
    for difference in reliability.differences:
        print_line(f"- {difference_words(difference, codebook)}: “{difference.unit.codings[0].quote}”")
