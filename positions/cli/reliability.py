"""``positions reliability``: how well coders of the same documents agree."""

from __future__ import annotations

from pathlib import Path

import click

from positions.analysis.reliability import Reliability, measure_reliability, read_codings
from positions.cli.options import data_option, format_option
from positions.cli.output import print_csv, print_json, print_line, print_table
from positions.model.codebook import Codebook
from positions.wording.reliability import reliability_words
from positions.wording.rows import AGREEMENT_COLUMNS, agreement_row
from positions.wording.serialise import reliability_answer
from positions.workspace import open_workspace


@click.command("reliability")
@click.argument("files", nargs=-1, metavar="[FILE ...]", type=click.Path(path_type=Path))
@format_option("table", "json", "csv")
@data_option
def reliability_command(files: tuple[Path, ...], form: str, data: Path | None) -> None:
    """Print how far coders agree: Krippendorff's alpha by issue, or why there is none.

    FILEs are JSON lines of statements by two coders or more; without any, the record book's statements are compared by
    their coder. Only documents that two coders coded count.
    """
    with open_workspace(data) as workspace:
        codebook = workspace.codebook
        statements = (
            read_codings(files, codebook) if files else [record.statement for record in workspace.known().records]
        )
    reliability = measure_reliability(statements, codebook)
    if form == "json":
        print_json(reliability_answer(reliability))
    elif form == "csv":
        print_csv([agreement_row(row) for row in reliability.rows], AGREEMENT_COLUMNS)
    else:
        _print_reliability(reliability, codebook)


def _print_reliability(reliability: Reliability, codebook: Codebook) -> None:
    print_line(reliability_words(reliability))
    whole = {"stance": "Stance, all issues", "voice": "Whose word it is", "coded": "What was coded"}
    rows = [
        (
            f"Stance: {codebook.issue(row.issue).label}" if row.issue else whole[row.subject],
            str(row.coded),
            str(row.score.units),
            "–" if row.score.alpha is None else f"{row.score.alpha:.3f}",
            row.metric,
            "–" if row.score.agreement is None else f"{row.score.agreement:.0%}".replace("%", "\u00a0%"),
            row.score.reason,
        )
        for row in reliability.rows
    ]
    columns = ["agreement on", "coded", "by two", "α", "metric", "same", "why no α"]
    print_table(columns, rows, numbers=["coded", "by two", "α", "same"])
