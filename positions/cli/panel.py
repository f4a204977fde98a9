"""The command ``panel``: positions or distances over many days as one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import click

from positions.cli.options import PathName, chosen_format, data_option, file_format_option, known_options, optional_day
from positions.cli.output import print_table
from positions.cli.screen import print_data, print_json_text
from positions.files.writing import write_new
from positions.model.query import Query
from positions.model.revision import Revision
from positions.model.statement import Statement
from positions.wording.rows import POSITION_COLUMNS
from positions.workspace import Workspace, open_workspace

PANEL_COLUMNS = ["statement" if name == "basis" else name for name in POSITION_COLUMNS if name != "outranked"]
"""A panel does not look for statements of a higher rank that say otherwise: it would have to go through every earlier
one on every day."""


@click.command("panel")
@click.option("--distances", is_flag=True, help="The distances of all pairs of principals instead of the positions.")
@click.option("--by-issue", is_flag=True, help="With --distances: one row an issue.")
@click.option("--wide", is_flag=True, help="One column for each party and issue element, with the values.")
@click.option("--from", "start", metavar="DAY", help="From this day (default: the first with a statement).")
@click.option("--to", "end", metavar="DAY", help="To this day (default: the last with a statement).")
@click.option("--every-day", is_flag=True, help="Every calendar day, not only those with statements.")
@known_options
@click.option("-o", "--output", type=PathName(path_type=Path), help="File to write instead of printing.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@file_format_option("table", "csv", "json")
@data_option
def panel_command(output: Path | None, force: bool, form: str | None, data: Path | None, **request: Any) -> None:
    """Print the positions, or distances, of every party on every day as one table.

    Positions are resolved to every element; silence has no row, and no value in the wide form.
    """
    form = chosen_format(form, output, {".csv": "csv", ".json": "json"}, default="table")
    if output and form == "table":
        raise click.UsageError("--format: found table with -o, allowed: csv, json; a table is for the screen")
    with open_workspace(data) as workspace:
        frame = _frame(workspace, PanelRequest(**request))
    for column in frame.select_dtypes("datetime").columns:
        frame[column] = frame[column].dt.strftime("%Y-%m-%d")
    if form == "table":
        rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
        print_table([str(column) for column in frame.columns], rows)
        return
    # By itself pandas writes ten decimals, and a distance would be another number than `compare` tells.
    as_json = frame.to_json(orient="records", indent=2, double_precision=15)
    text = frame.to_csv(index=False) if form == "csv" else f"{as_json}\n"
    if output:
        write_new(output, text.encode(), force=force)
    else:
        print_json_text(text) if form == "json" else print_data(text)


@dataclass(frozen=True)
class PanelRequest:
    """What the options ask for; ``start`` and ``end`` are days as they were typed."""

    query: Query
    start: str | None
    end: str | None
    every_day: bool
    distances: bool
    by_issue: bool
    wide: bool


def _frame(workspace: Workspace, request: PanelRequest) -> Any:
    import pandas as pd

    from positions.analysis.panel import build_panel, distance_frame, panel_frame

    in_force = workspace.known(request.query)
    start, end = optional_day(request.start, name="--from"), optional_day(request.end, name="--to")
    last, days = in_force.answerable_day(end, name="to"), in_force.days()
    first = in_force.answerable_day(start, name="from") if start else (days[0] if days else last)
    panel_days = [day for day in days if first <= day <= last]
    if request.every_day:
        panel_days = [moment.date() for moment in pd.date_range(first, last)]
    codebook = workspace.codebook_for(request.query)
    panel = build_panel(workspace.columns(), codebook, request.query, days=panel_days)
    if request.distances:
        pairs = tuple(combinations((party.id for party in codebook.principals), 2))
        return distance_frame(panel, codebook, pairs, by_issue=request.by_issue)
    if request.wide:
        frame = panel_frame(panel, codebook, "wide")
        frame.columns = ["/".join(filter(None, map(_word, names))) for names in frame.columns]
        return frame.reset_index()
    return _tidy(panel_frame(panel, codebook), workspace.revisions())


def _tidy(frame: Any, revisions: Sequence[Revision]) -> Any:
    """Name the columns as every surface does; ``statement`` is the deciding one, the first of a position's basis."""
    import pandas as pd

    deciding = [revisions[entry].content for entry in frame["entry"]]
    statements = [content for content in deciding if isinstance(content, Statement)]
    begun = pd.Series([statement.said_on.first for statement in statements], dtype="datetime64[us]")
    columns = {
        "age_days": (frame["day"] - frame["since"]).dt.days,
        "oldest_days": (frame["day"] - begun).dt.days.astype("Int64"),
        "since": [str(statement.said_on) for statement in statements],
        "statement": [statement.id for statement in statements],
        "said_of": [statement.element for statement in statements],
    }
    return frame.assign(**columns)[["day", *PANEL_COLUMNS]]


def _word(name: object) -> str:
    return name if isinstance(name, str) else ""


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "–" if value != value else f"{value:.2f}"
    return _word(value) if isinstance(value, str) or value is None else str(value)
