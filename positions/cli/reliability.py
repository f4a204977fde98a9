"""``positions reliability``: how well coders of the same documents agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from positions.analysis.reliability import (
    AgreementRow,
    Reliability,
    measure_reliability,
    read_codings,
    reliability_words,
)
from positions.cli.options import data_option, format_option
from positions.cli.output import print_line, print_table
from positions.model.codebook import Codebook
from positions.wording.serialise import csv_text, json_text
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
    found = measure_reliability(statements, codebook)
    rows = [_agreement_row(row) for row in found.rows]
    if form == "json":
        answer = {"coders": list(found.coders), "documents": list(found.documents), "rows": rows}
        click.echo(json_text(answer), nl=False)
    elif form == "csv":
        click.echo(csv_text(rows, _AGREEMENT_COLUMNS), nl=False)
    else:
        _print_reliability(found, codebook)


_AGREEMENT_COLUMNS = ("subject", "issue", "metric", "coded", "units", "alpha", "agreement", "reason")


def _agreement_row(row: AgreementRow) -> dict[str, Any]:
    """Return a row as plain values; ``alpha`` is ``None`` where ``reason`` tells why."""
    score = row.score
    values = (row.subject, row.issue, row.metric, row.coded, score.units, score.alpha, score.agreement, score.reason)
    return dict(zip(_AGREEMENT_COLUMNS, values, strict=True))


def _print_reliability(found: Reliability, codebook: Codebook) -> None:
    print_line(reliability_words(found))
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
        for row in found.rows
    ]
    columns = ["agreement on", "coded", "by two", "α", "metric", "same", "why no α"]
    print_table(columns, rows, numbers=["coded", "by two", "α", "same"])
