"""Commands of the comparison engine: ``movement``, ``demands``, ``common-ground``, ``conflicts`` and ``panel``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from positions.analysis.movement import Movement, movement_between
from positions.cli.options import data_option, format_option, known_options, query_options
from positions.cli.output import number, print_line, print_table
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words, parse_day
from positions.model.query import Query
from positions.model.revision import InForce
from positions.wording.common_ground import ground_words
from positions.wording.demands import demand_counts, demand_marks, link_words
from positions.wording.movement import movement_words
from positions.wording.positions import range_words
from positions.wording.rows import (
    DEMAND_COLUMNS,
    LEDGER_COLUMNS,
    demand_row,
    ledger_row,
    link_row,
    plain_row,
    position_row,
)
from positions.wording.serialise import csv_text, json_text, movement_answer
from positions.workspace import Workspace, open_workspace


@click.command("movement")
@click.argument("party")
@click.argument("other")
@click.option("--from", "start", required=True, metavar="DAY", help="The earlier day.")
@click.option("--to", "end", required=True, metavar="DAY", help="The later day.")
@known_options
@format_option("table", "json", "csv")
@data_option
def movement_command(party: str, other: str, start: str, end: str, query: Query, form: str, data: Path | None) -> None:
    """Tell how PARTY and OTHER moved between two days: who, on what, by which statements."""
    with open_workspace(data) as workspace:
        known = workspace.known(query)
        days = [known.answerable_day(parse_day(text, name=name)) for text, name in ((start, "--from"), (end, "--to"))]
        codebook = workspace.codebook_for(query)
        party, other = (workspace.id_now("party", one, codebook) for one in (party, other))
        found = movement_between(known.records, codebook, party, other, start=days[0], end=days[1])
        if form == "json":
            click.echo(json_text(movement_answer(found, head=str(workspace.read_head))), nl=False)
        elif form == "csv":
            click.echo(csv_text([ledger_row(move) for move in found.ledger], LEDGER_COLUMNS), nl=False)
        else:
            _print_movement(found, codebook)


def _print_movement(found: Movement, codebook: Codebook) -> None:
    print_line(movement_words(found, codebook))
    if found.entered or found.left:
        names = [f"{codebook.issue(name).label} (entered)" for name in found.entered]
        names += [f"{codebook.issue(name).label} (left)" for name in found.left]
        print_line(f"Not movement but coverage: {', '.join(names)}.")
    rows = [
        (
            move.said_on.in_words(),
            codebook.party(move.holder).name,
            codebook.path_label(move.issue, move.element),
            range_words(codebook, move.issue, move.before),
            range_words(codebook, move.issue, move.after),
            "–" if move.contribution is None else f"{move.contribution:+.2f}",
            f"{move.statement}{' (recoded)' if move.recoded else ''}",
        )
        for move in found.ledger
    ]
    print_table(["said on", "party", "issue", "before", "after", "distance", "statement"], rows, numbers=["distance"])


@click.command("demands")
@click.option("--over-time", is_flag=True, help="Tell each day on which a demand was made or its status changed.")
@query_options
@format_option("table", "json", "csv")
@data_option
def demands_command(over_time: bool, query: Query, form: str, data: Path | None) -> None:
    """List who demands what of whom, the answer, and since when; and demands that wait for each other."""
    from positions.analysis.demands import deadlocks, demand_changes, demands_at, links_at

    with open_workspace(data) as workspace:
        known, as_of = _asked(workspace, query)
        codebook = workspace.codebook_for(query)
        if over_time:
            days = [day for day in known.days() if day <= as_of]
            _print_turns(demand_changes(known.records, codebook, days=days), workspace, codebook, as_of, form)
            return
        found = demands_at(known.records, codebook, as_of=as_of)
        links = links_at(known.records, codebook, as_of=as_of)
        circles = deadlocks(links)
        rows = [demand_row(demand) for demand in found]
        if form == "json":
            parts = {"demands": rows, "links": [link_row(link) for link in links]}
            circle_rows = [[link_row(link) for link in circle] for circle in circles]
            click.echo(json_text({**_asked_keys(workspace, as_of), **parts, "deadlocks": circle_rows}), nl=False)
        elif form == "csv":
            click.echo(csv_text(rows, DEMAND_COLUMNS), nl=False)
        else:
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
                for demand in found
            ]
            print_line(demand_counts(found))
            heads = ["demander", "of", "what", "status", "first made", "last repeated", "answered", "marks"]
            print_table(heads, table)
            for link in links:
                print_line(link_words(link, codebook))
            for circle in circles:
                print_line(f"Deadlock: {'; '.join(link_words(link, codebook) for link in circle)}.")


def _print_turns(turns: Any, workspace: Workspace, codebook: Codebook, as_of: Any, form: str) -> None:
    rows = [{"day": turn.day.isoformat(), "before": turn.before, **demand_row(turn.demand)} for turn in turns]
    if form == "json":
        click.echo(json_text({**_asked_keys(workspace, as_of), "turns": rows}), nl=False)
    elif form == "csv":
        click.echo(csv_text(rows, ("day", "before", *DEMAND_COLUMNS)), nl=False)
    else:
        table = [
            (
                day_in_words(turn.day),
                codebook.party(turn.demand.demander).name,
                codebook.party(turn.demand.addressee).name,
                codebook.path_label(turn.demand.issue, turn.demand.element),
                turn.before or "–",
                turn.demand.status,
            )
            for turn in turns
        ]
        print_table(["day", "demander", "of", "what", "before", "status"], table)


@click.command("common-ground")
@click.option("--party", "parties", multiple=True, metavar="ID", help="Only these (default: the principals).")
@query_options
@format_option("table", "json", "csv")
@data_option
def common_ground_command(parties: tuple[str, ...], query: Query, form: str, data: Path | None) -> None:
    """Tell what the parties share on each issue, who blocks it, and the least that would open it."""
    from positions.analysis.common_ground import find_common_ground

    with open_workspace(data) as workspace:
        state = workspace.state(query)
        codebook = workspace.codebook_for(query)
        names = tuple(workspace.id_now("party", one, codebook) for one in parties) or tuple(
            party.id for party in codebook.principals
        )
        found = find_common_ground(state, codebook, names)
        rows = [plain_row(ground) for ground in found]
        if form == "json":
            click.echo(json_text({**_asked_keys(workspace, state.as_of), "common_ground": rows}), nl=False)
        elif form == "csv":
            click.echo(csv_text(rows, list(rows[0]) if rows else ["issue"]), nl=False)
        else:
            print_line(f"As of {day_in_words(state.as_of)}:")
            for ground in found:
                print_line(f"- {ground_words(ground, codebook)}")


@click.command("conflicts")
@query_options
@format_option("table", "json")
@data_option
def conflicts_command(query: Query, form: str, data: Path | None) -> None:
    """List where outlets disagree, what others claim of a holder, and what hangs on a single outlet."""
    from positions.analysis.source_conflict import claims_against, disagreements, outlet_range
    from positions.analysis.state import state_at

    with open_workspace(data) as workspace:
        known, as_of = _asked(workspace, query)
        codebook = workspace.codebook_for(query)
        principals = [party.id for party in codebook.principals]
        pairs = [(one, two) for place, one in enumerate(principals) for two in principals[place + 1 :]]
        ranges = [outlet_range(known.records, codebook, *pair, as_of=as_of) for pair in pairs]
        differing = disagreements(known.records, codebook, as_of=as_of)
        claims = claims_against(known.records, state_at(known.records, codebook, as_of=as_of))
        if form == "json":
            answer = {
                "disagreements": [
                    {"place": list(d.place), "positions": {o: position_row(p) for o, p in d.positions.items()}}
                    for d in differing
                ],
                "claims": [
                    {
                        "place": list(c.place),
                        "statement": c.statement,
                        "claimed": list(c.claimed),
                        "against": c.agreement,
                    }
                    for c in claims
                ],
                "leave_one_out": [
                    {**plain_row(r), "lowest": r.lowest, "highest": r.highest, "widest": r.widest} for r in ranges if r
                ],
            }
            click.echo(json_text({**_asked_keys(workspace, as_of), **answer}), nl=False)
            return
        _print_conflicts(codebook, differing, claims, [found for found in ranges if found])


def _print_conflicts(codebook: Codebook, differing: Any, claims: Any, ranges: Any) -> None:
    for found in differing:
        told = [
            f"{name}: {range_words(codebook, p.issue, (p.stance, p.highest))}" for name, p in found.positions.items()
        ]
        place = codebook.path_label(*found.place[1:])
        print_line(f"{codebook.party(found.place[0]).name} on {place}, by outlet: {'; '.join(told)}")
    rows = [
        (
            codebook.party(claim.place[0]).name,
            codebook.path_label(*claim.place[1:]),
            range_words(codebook, claim.place[1], claim.claimed),
            claim.agreement,
            claim.statement,
        )
        for claim in claims
    ]
    print_table(["of", "issue", "others claim", "against its own word", "statement"], rows)
    pairs = [
        (
            " – ".join(codebook.party(party).name for party in found.parties),
            number(found.distance),
            f"{found.lowest:.2f}–{found.highest:.2f}",
            found.widest or "–",
        )
        for found in ranges
    ]
    print_table(["pair", "distance", "with one outlet left out", "most without"], pairs, numbers=["distance"])


def _asked(workspace: Workspace, query: Query) -> tuple[InForce, date]:
    known = workspace.known(query)
    return known, known.answerable_day()


def _asked_keys(workspace: Workspace, as_of: Any) -> dict[str, str]:
    return {"as_of": as_of.isoformat(), "head": str(workspace.read_head)}
