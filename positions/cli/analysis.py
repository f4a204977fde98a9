"""Commands of the analysis: ``movement``, ``demands``, ``common-ground`` and ``conflicts``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from positions.analysis.common_ground import find_common_ground
from positions.analysis.demands import Demand, DemandChange, Link, demand_changes, demands_at, find_deadlocks, links_at
from positions.analysis.movement import Movement, movement_between
from positions.analysis.source_conflict import Disagreement, SourceConflicts, find_source_conflicts
from positions.analysis.state import State, state_at
from positions.cli.completion import complete_ids
from positions.cli.options import data_option, format_option, known_options, query_options
from positions.cli.output import number, print_csv, print_json, print_line, print_table
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words, parse_day
from positions.model.lists import capitalize_first
from positions.model.query import Query
from positions.model.statement import Statement
from positions.wording.common_ground import ground_words
from positions.wording.demands import (
    DEMAND_CHANGE_COLUMNS,
    DEMAND_COLUMNS,
    demand_counts,
    demand_marks,
    link_words,
)
from positions.wording.movement import signed_number
from positions.wording.parties import party_words
from positions.wording.positions import range_words, stance_words
from positions.wording.rows import (
    LEDGER_COLUMNS,
    demand_change_row,
    demand_row,
    ledger_row,
    plain_row,
)
from positions.wording.serialise import (
    common_ground_answer,
    conflicts_answer,
    demand_changes_answer,
    demands_answer,
    movement_answer,
)
from positions.wording.speakers import speaker_words
from positions.wording.verdict import movement_words
from positions.workspace import open_workspace


@dataclass(frozen=True, slots=True)
class _MovementRequest:
    """Who is compared, and from which day to which."""

    party: str
    other: str
    start: str
    end: str


@click.command("movement")
@click.argument("party", shell_complete=complete_ids("party"))
@click.argument("other", shell_complete=complete_ids("party"))
@click.option("--from", "start", required=True, metavar="DAY", help="The earlier day.")
@click.option("--to", "end", required=True, metavar="DAY", help="The later day.")
@known_options
@format_option("table", "json", "csv")
@data_option
def movement_command(query: Query, form: str, data: Path | None, **options: str) -> None:
    """Show how PARTY and OTHER moved between two days: who, on what, by which statements."""
    request = _MovementRequest(**options)
    with open_workspace(data) as workspace:
        known, codebook = workspace.known(query), workspace.codebook_for(query)
        # A window that starts before the first statement is moved to the day on which the two can be compared.
        start = parse_day(request.start, name="--from")
        end = known.answerable_day(parse_day(request.end, name="--to"), name="to")
        pair = (workspace.id_now("party", party, query) for party in (request.party, request.other))
        movement = movement_between(known.records, codebook, *pair, start=start, end=end)
        if form == "json":
            print_json(movement_answer(movement, head=str(workspace.read_head)))
        elif form == "csv":
            print_csv([ledger_row(move) for move in movement.ledger], LEDGER_COLUMNS)
        else:
            _print_movement(movement, codebook)


def _print_movement(movement: Movement, codebook: Codebook) -> None:
    print_line(movement_words(movement, codebook))
    rows = [
        (
            move.said_on.in_words(),
            codebook.party(move.holder).name,
            codebook.path_label(move.issue, move.element),
            range_words(codebook, (move.holder, move.issue, move.element), move.before),
            range_words(codebook, (move.holder, move.issue, move.element), move.after),
            "–" if move.contribution is None else signed_number(move.contribution),
            f"{move.statement}{' (recoded)' if move.recoded else ''}",
        )
        for move in movement.ledger
    ]
    print_table(["said on", "party", "issue", "before", "after", "distance", "statement"], rows, numbers=["distance"])


@click.command("demands")
@click.option("--over-time", is_flag=True, help="List each day on which a demand was made or its status changed.")
@query_options
@format_option("table", "json", "csv")
@data_option
def demands_command(over_time: bool, query: Query, form: str, data: Path | None) -> None:
    """List who demands what of whom, the answer, and since when; and demands that wait for each other."""
    with open_workspace(data) as workspace:
        known, codebook, head = workspace.known(query), workspace.codebook_for(query), str(workspace.read_head)
    as_of = known.answerable_day()
    if over_time:
        days = [day for day in known.days() if day <= as_of]
        changes = demand_changes(known.records, codebook, days=days)
        if form == "json":
            print_json(demand_changes_answer(changes, as_of=as_of, head=head))
        elif form == "csv":
            print_csv([demand_change_row(change) for change in changes], DEMAND_CHANGE_COLUMNS)
        else:
            _print_demand_changes(changes, codebook)
        return
    demands = demands_at(known.records, codebook, as_of=as_of)
    links = links_at(known.records, codebook, as_of=as_of)
    if form == "json":
        print_json(demands_answer(demands, links, deadlocks=find_deadlocks(links), as_of=as_of, head=head))
    elif form == "csv":
        print_csv([demand_row(demand) for demand in demands], DEMAND_COLUMNS)
    else:
        _print_demands(demands, links, state_at(known.records, codebook, as_of=as_of), codebook)


def _print_demands(demands: Sequence[Demand], links: Sequence[Link], state: State, codebook: Codebook) -> None:
    table = [
        (
            codebook.party(demand.demander).name,
            codebook.party(demand.addressee).name,
            codebook.path_label(demand.issue, demand.element),
            demand.status,
            demand.first_made.in_words(),
            demand.last_repeated.in_words(),
            demand.answered.in_words() if demand.answered else "–",
            ", ".join(demand_marks(demand)),
        )
        for demand in demands
    ]
    print_line(demand_counts(demands, state))
    print_table(["demander", "of", "what", "status", "first made", "last repeated", "answered", "marks"], table)
    for link in links:
        print_line(link_words(link, codebook))
    for circle in find_deadlocks(links):
        print_line(f"Deadlock: {'; '.join(link_words(link, codebook) for link in circle)}.")


def _print_demand_changes(changes: Sequence[DemandChange], codebook: Codebook) -> None:
    table = [
        (
            day_in_words(change.day),
            codebook.party(change.demand.demander).name,
            codebook.party(change.demand.addressee).name,
            codebook.path_label(change.demand.issue, change.demand.element),
            change.before or "–",
            change.demand.status,
        )
        for change in changes
    ]
    print_table(["day", "demander", "of", "what", "before", "status"], table)


@click.command("common-ground")
@click.option(
    "--party",
    "parties",
    multiple=True,
    shell_complete=complete_ids("party"),
    metavar="ID",
    help="Only these (default: the principals).",
)
@query_options
@format_option("table", "json", "csv")
@data_option
def common_ground_command(parties: tuple[str, ...], query: Query, form: str, data: Path | None) -> None:
    """Show what the parties share on each issue, who blocks it, and the smallest moves that would open it."""
    with open_workspace(data) as workspace:
        state, codebook, head = workspace.state(query), workspace.codebook_for(query), str(workspace.read_head)
        party_ids = tuple(dict.fromkeys(workspace.id_now("party", party, query) for party in parties))
    if len(party_ids) == 1:
        raise QueryError(f"parties: found only {party_ids[0]!r}, allowed: two different parties or more")
    names = party_ids or tuple(party.id for party in codebook.principals)
    shared = find_common_ground(state, codebook, names)
    if form == "json":
        print_json(common_ground_answer(shared, as_of=state.as_of, head=head))
    elif form == "csv":
        rows = [plain_row(ground) for ground in shared]
        print_csv(rows, list(rows[0]) if rows else ["issue"])
    else:
        print_line(f"As of {day_in_words(state.as_of)}:")
        for ground in shared:
            print_line(f"- {ground_words(ground, codebook)}")


@click.command("conflicts")
@query_options
@format_option("table", "json")
@data_option
def conflicts_command(query: Query, form: str, data: Path | None) -> None:
    """List where outlets disagree, what others claim of a holder, and what hangs on a single outlet."""
    with open_workspace(data) as workspace:
        known, codebook, head = workspace.known(query), workspace.codebook_for(query), str(workspace.read_head)
    conflicts = find_source_conflicts(known.records, codebook, as_of=known.answerable_day())
    if form == "json":
        print_json(conflicts_answer(conflicts, head=head))
    else:
        statements = {record.statement.id: record.statement for record in known.records}
        _print_conflicts(conflicts, codebook, statements)


def _print_conflicts(conflicts: SourceConflicts, codebook: Codebook, statements: Mapping[str, Statement]) -> None:
    for disagreement in conflicts.disagreements:
        print_line(_disagreement_words(disagreement, codebook))
    claims = [
        (
            codebook.party(claim.key[0]).name,
            codebook.path_label(*claim.key[1:]),
            range_words(codebook, claim.key, claim.claimed),
            claim.agreement,
            speaker_words(statements[claim.statement], codebook),
            statements[claim.statement].said_on.in_words(),
        )
        for claim in conflicts.claims
    ]
    print_table(["of", "issue", "others claim", "against its own word of that day", "said by", "said on"], claims)
    ranges = [
        (
            " – ".join(codebook.party(party).name for party in item.parties),
            number(item.distance),
            f"{item.lowest:.2f}–{item.highest:.2f}",
            item.widest or "–",
        )
        for item in conflicts.ranges
    ]
    print_table(["pair", "distance", "with one outlet left out", "most without"], ranges, numbers=["distance"])


def _disagreement_words(disagreement: Disagreement, codebook: Codebook) -> str:
    holder, issue, element = disagreement.key
    readings = [f"{outlet}: {stance_words(position, codebook)}" for outlet, position in disagreement.positions.items()]
    about = codebook.path_label(issue, element)
    return f"{capitalize_first(party_words(holder, codebook))} on {about}, by outlet: {'; '.join(readings)}"
