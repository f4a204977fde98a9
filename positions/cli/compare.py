"""The command ``compare``."""

from __future__ import annotations

from pathlib import Path

import click

from positions.analysis.distance import Comparison
from positions.cli.completion import complete_ids
from positions.cli.options import data_option, format_option, query_options
from positions.cli.output import number, print_csv, print_json, print_line, print_table
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.query import Query
from positions.wording.distance import comparison_words, extreme_sentences, issue_words
from positions.wording.rows import ISSUE_COLUMNS, issue_row
from positions.wording.serialise import comparison_answer
from positions.workspace import open_workspace


@click.command("compare")
@click.argument("party", shell_complete=complete_ids("party"))
@click.argument("other", shell_complete=complete_ids("party"))
@query_options
@format_option("table", "json", "csv")
@data_option
def compare_command(party: str, other: str, query: Query, form: str, data: Path | None) -> None:
    """Print how far PARTY and OTHER stand apart on a day, issue by issue (0 the same, 1 opposite poles)."""
    with open_workspace(data) as workspace:
        comparison = workspace.compare(party, other, query)
        if form == "json":
            print_json(comparison_answer(comparison, head=str(workspace.read_head)))
        elif form == "csv":
            print_csv([issue_row(issue) for issue in comparison.issues], ISSUE_COLUMNS)
        else:
            _print_comparison(comparison, workspace.codebook_for(query))


def _print_comparison(comparison: Comparison, codebook: Codebook) -> None:
    print_line(f"As of {day_in_words(comparison.as_of)}: {comparison_words(comparison, codebook)}")
    if extremes := extreme_sentences([comparison], codebook):
        print_line(" ".join(sentence.words for sentence in extremes))
    rows = [
        (
            number(issue.distance),
            f"{number(issue.lo)}–{number(issue.hi)}",
            f"{issue.weight:g}",
            issue_words(issue, comparison.parties, codebook),
        )
        for issue in comparison.issues
    ]
    print_table(["distance", "bounds", "weight", "how they stand"], rows, numbers=["distance", "bounds", "weight"])
