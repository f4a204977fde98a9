"""Commands on coders and proposals: ``reliability`` and ``plan``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from positions.analysis.plans import (
    ClausePair,
    ClauseStanding,
    PartyStanding,
    PlanComparison,
    PlanReading,
    compare_plans,
    measure_plan,
    read_plan,
)
from positions.cli.options import data_option, format_option, query_options
from positions.cli.output import number, print_line, print_table
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.query import Query
from positions.wording.plans import choice_words, clause_words, held_words, level_words, standing_words
from positions.wording.serialise import csv_text, json_text
from positions.workspace import open_workspace


@click.command("plan")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("other", required=False, type=click.Path(path_type=Path))
@query_options
@click.option("--party", "parties", multiple=True, metavar="ID", help="Only this party (repeatable).")
@format_option("table", "json", "csv")
@data_option
def plan_command(
    file: Path, other: Path | None, query: Query, parties: tuple[str, ...], form: str, data: Path | None
) -> None:
    """Print how far each party is from the plan in FILE, clause by clause; with OTHER, compare two plans.

    A plan is a TOML file with a title and [[clauses]], each with an issue, an element where the issue has some, and
    a stance. The principal parties are shown unless --party names others.
    """
    with open_workspace(data) as workspace:
        codebook = workspace.codebook_for(query)
        plan = read_plan(file, codebook)
        second = read_plan(other, codebook) if other else None
        state = workspace.state(query)
        head = str(workspace.read_head)
    chosen = parties or None
    if second:
        comparison = compare_plans(plan, second, state, codebook, parties=chosen)
        _tell_comparison(comparison, codebook, form=form, head=head)
    else:
        _tell_reading(measure_plan(plan, state, codebook, parties=chosen), codebook, form=form, head=head)


def _tell_reading(reading: PlanReading, codebook: Codebook, *, form: str, head: str) -> None:
    if form == "json":
        click.echo(json_text({"as_of": reading.as_of.isoformat(), "head": head, **_reading_answer(reading)}), nl=False)
    elif form == "csv":
        rows = [_clause_row(party, clause) for party in reading.parties for clause in party.clauses]
        click.echo(csv_text(rows, _CLAUSE_COLUMNS), nl=False)
    else:
        _print_reading(reading, codebook)


_CLAUSE_COLUMNS = (
    *("party", "issue", "element", "stance", "stance_to", "verdict", "distance", "lo", "hi", "weight", "basis", "text"),
)


def _clause_row(party: PartyStanding, item: ClauseStanding) -> dict[str, Any]:
    clause = item.clause
    values = (
        *(party.party, clause.issue, clause.element, clause.stance, clause.stance_to),
        *(item.verdict, item.distance, item.lo, item.hi, item.weight, list(item.basis), clause.text),
    )
    return dict(zip(_CLAUSE_COLUMNS, values, strict=True))


def _reading_answer(reading: PlanReading) -> dict[str, Any]:
    plan = reading.plan
    return {
        "title": plan.title,
        "date": str(plan.date) if plan.date else None,
        "note": plan.note.strip(),
        "parties": [_party_answer(party) for party in reading.parties],
    }


def _party_answer(party: PartyStanding) -> dict[str, Any]:
    return {
        "party": party.party,
        "distance": party.distance,
        "thin": party.thin,
        "lo": party.lo,
        "hi": party.hi,
        "coverage": party.coverage,
        "clauses": [_clause_row(party, clause) for clause in party.clauses],
    }


def _print_reading(reading: PlanReading, codebook: Codebook) -> None:
    made = f", {reading.plan.date.in_words()}" if reading.plan.date else ""
    print_line(f"{reading.plan.title}{made}: as of {day_in_words(reading.as_of)}")
    names = [codebook.party(party.party).name for party in reading.parties]
    rows = [
        (clause_words(clause, codebook), *(_cell(party.clauses[place], codebook) for party in reading.parties))
        for place, clause in enumerate(reading.plan.clauses)
    ]
    print_table(["clause", *names], rows)
    for party in reading.parties:
        print_line(standing_words(party, codebook))


def _cell(item: ClauseStanding, codebook: Codebook) -> str:
    if item.verdict == "silent":
        return "silent"
    return f"{item.verdict}, {number(item.distance)}: {held_words(item, codebook)}"


def _tell_comparison(comparison: PlanComparison, codebook: Codebook, *, form: str, head: str) -> None:
    rows = [_pair_row(pair) for pair in comparison.clauses]
    if form == "json":
        answer = {
            "as_of": comparison.readings[0].as_of.isoformat(),
            "head": head,
            "plans": [_reading_answer(reading) for reading in comparison.readings],
            "clauses": rows,
            "closer": {choice.party: choice.closer for choice in comparison.parties},
        }
        click.echo(json_text(answer), nl=False)
    elif form == "csv":
        click.echo(csv_text(rows, _PAIR_COLUMNS), nl=False)
    else:
        _print_comparison(comparison, codebook)


_PAIR_COLUMNS = (
    *("issue", "element", "relation", "distance"),
    *("stance", "stance_to", "other_stance", "other_stance_to"),
)


def _pair_row(pair: ClausePair) -> dict[str, Any]:
    stances = [stance for clause in pair.clauses for stance in ((clause.stance, clause.stance_to) if clause else _NONE)]
    values = (pair.issue, pair.element, pair.relation, pair.distance, *stances)
    return dict(zip(_PAIR_COLUMNS, values, strict=True))


_NONE = (None, None)


def _print_comparison(comparison: PlanComparison, codebook: Codebook) -> None:
    first, second = (reading.plan.title for reading in comparison.readings)
    print_line(f"{first} | {second}: as of {day_in_words(comparison.readings[0].as_of)}")
    rows = [
        (
            codebook.path_label(pair.issue, pair.element),
            *(level_words(clause, codebook) if clause else "–" for clause in pair.clauses),
            pair.relation,
            number(pair.distance),
        )
        for pair in comparison.clauses
    ]
    print_table(["clause", "first", "second", "", "distance"], rows, numbers=["distance"])
    for choice in comparison.parties:
        print_line(choice_words(choice, comparison, codebook))
