"""The command ``state``."""

from __future__ import annotations

from pathlib import Path

import click

from positions.analysis.state import resolve_state
from positions.cli.completion import complete_ids
from positions.cli.options import data_option, format_option, query_options
from positions.cli.output import print_csv, print_json, print_line, print_table
from positions.model.codebook import Codebook
from positions.model.position import Position
from positions.model.query import Query
from positions.wording.positions import since_words, stance_words
from positions.wording.rows import POSITION_COLUMNS, position_row
from positions.wording.serialise import state_answer
from positions.wording.statements import said_words
from positions.workspace import open_workspace


@click.command("state")
@query_options
@click.option(
    "--party",
    "parties",
    multiple=True,
    shell_complete=complete_ids("party"),
    metavar="ID",
    help="Only this party (repeatable).",
)
@format_option("table", "json", "csv")
@data_option
def state_command(query: Query, parties: tuple[str, ...], form: str, data: Path | None) -> None:
    """Print what each party holds on a day, and since when.

    The table shows a stance on the place it was said of; JSON and CSV resolve it to every place in it.
    """
    with open_workspace(data) as workspace:
        known, codebook, head = workspace.known(query), workspace.codebook_for(query), str(workspace.read_head)
        chosen = {codebook.party(workspace.id_now("party", party, query)).id for party in parties}
    state = resolve_state(known, codebook)
    shown = [position for position in state.positions.values() if not chosen or position.holder in chosen]
    rows = [position_row(position) for position in shown]
    if form == "json":
        print_json({**state_answer(state, head=head), "positions": rows})
    elif form == "csv":
        print_csv(rows, POSITION_COLUMNS)
    else:
        said = sum(record.statement.said_on.counts_by(state.as_of) for record in known.records)
        print_line(f"{codebook.title}: {said_words(said, state, codebook)}")
        _print_positions(shown, codebook)


def _print_positions(positions: list[Position], codebook: Codebook) -> None:
    rows = [
        (
            codebook.path_label(position.issue, position.element),
            codebook.party(position.holder).name,
            stance_words(position, codebook),
            since_words(position),
            ", ".join(_marks(position)),
            " ".join(position.basis),
        )
        for position in positions
        if position.element == position.said_of
    ]
    print_table(["issue", "party", "position", "since", "marks", "basis"], rows)
    principals = [party for party in codebook.principals if party.id not in {position.holder for position in positions}]
    if principals:
        print_line(f"Silent on everything: {', '.join(party.name for party in principals)}.")


def _marks(position: Position) -> list[str]:
    marks = ["reported, not stated"] if position.reported else []
    return [*marks, "contested"] if position.contested else marks
