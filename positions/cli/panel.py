"""The command ``panel``: positions or distances over many days as one table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from positions.cli.options import PathName, chosen_format, data_option, file_format_option, known_options, optional_day
from positions.cli.output import print_table
from positions.cli.screen import print_data, print_json_text
from positions.exchange.frame_files import FRAME_ENDINGS, FRAME_FORMATS, frame_bytes
from positions.files.writing import write_new
from positions.model.query import Query
from positions.workspace import Workspace, open_workspace


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
@file_format_option("table", "csv", "json", *FRAME_FORMATS)
@data_option
def panel_command(output: Path | None, force: bool, form: str | None, data: Path | None, **request: Any) -> None:
    """Print the positions, or distances, of every party on every day as one table.

    Positions are resolved to every element; silence has no row, and no value in the wide form.
    """
    form = chosen_format(form, output, {".csv": "csv", ".json": "json"} | FRAME_ENDINGS, default="table")
    if output and form == "table":
        files = ", ".join(("csv", "json", *FRAME_FORMATS))
        raise click.UsageError(f"--format: found table with -o, allowed: {files}; a table is for the screen")
    with open_workspace(data) as workspace:
        frame = _frame(workspace, PanelRequest(**request))
    if form in FRAME_FORMATS:
        if output is None:
            raise click.UsageError(f"--format: found {form} without -o, allowed: csv, json on the screen")
        write_new(output, frame_bytes(frame, form), force=force)
        return
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
    from positions.workspace.panel_tables import build_panel_tables

    start, end = optional_day(request.start, name="--from"), optional_day(request.end, name="--to")
    tables = build_panel_tables(workspace, request.query, start=start, end=end, every_day=request.every_day)
    if request.distances:
        return tables.distances(by_issue=request.by_issue)
    return tables.values() if request.wide else tables.positions()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "–" if value != value else f"{value:.2f}"
    return "" if value is None else str(value)
