"""``positions plan``: how far parties are from a proposal, and two proposals side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from positions.analysis.plans import (
    ClauseStanding,
    PlanComparison,
    PlanReading,
    compare_plans,
    measure_plan,
    read_plan,
)
from positions.cli.completion import complete_ids
from positions.cli.options import PathName, data_option, format_option, query_options
from positions.cli.output import number, print_csv, print_json, print_line, print_table
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.query import Query
from positions.wording.plans import choice_words, clause_words, held_words, level_words, standing_words
from positions.wording.rows import CLAUSE_COLUMNS, CLAUSE_PAIR_COLUMNS, clause_pair_row, clause_row
from positions.wording.serialise import plan_answer, plan_comparison_answer
from positions.workspace import open_workspace


@dataclass(frozen=True, slots=True)
class _PlanRequest:
    """The plan, the one that it is compared with, and whose distance is measured (none named: the principals')."""

    file: Path
    other: Path | None
    parties: tuple[str, ...]


@click.command("plan")
@click.argument("file", type=PathName(path_type=Path))
@click.argument("other", required=False, type=PathName(path_type=Path))
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
def plan_command(query: Query, form: str, data: Path | None, **options: Any) -> None:
    """Print how far each party is from the plan in FILE, clause by clause; with OTHER, compare two plans.

    A plan is a TOML file with a title and [[clauses]], each with an issue, an element where the issue has some, and
    a stance. The principal parties are shown unless --party names others.
    """
    request = _PlanRequest(**options)
    with open_workspace(data) as workspace:
        codebook = workspace.codebook_for(query)
        current_id = partial(workspace.id_now, query=query)
        plan = read_plan(request.file, codebook, current_id=current_id)
        second = read_plan(request.other, codebook, current_id=current_id) if request.other else None
        parties = tuple(current_id("party", party) for party in request.parties) or None
        state, head = workspace.state(query), str(workspace.read_head)
    if second:
        _show_comparison(compare_plans(plan, second, state, codebook, parties=parties), codebook, form=form, head=head)
    else:
        _show_reading(measure_plan(plan, state, codebook, parties=parties), codebook, form=form, head=head)


def _show_reading(reading: PlanReading, codebook: Codebook, *, form: str, head: str) -> None:
    if form == "json":
        print_json(plan_answer(reading, head=head))
    elif form == "csv":
        rows = [clause_row(party, clause) for party in reading.parties for clause in party.clauses]
        print_csv(rows, CLAUSE_COLUMNS)
    else:
        _print_reading(reading, codebook)


def _print_reading(reading: PlanReading, codebook: Codebook) -> None:
    date_words = f", {reading.plan.date.in_words()}" if reading.plan.date else ""
    print_line(f"{reading.plan.title}{date_words}: as of {day_in_words(reading.as_of)}")
    names = [codebook.party(party.party).name for party in reading.parties]
    rows = [
        (clause_words(clause, codebook), *(_cell(party.clauses[number], codebook) for party in reading.parties))
        for number, clause in enumerate(reading.plan.clauses)
    ]
    print_table(["clause", *names], rows)
    for party in reading.parties:
        print_line(standing_words(party, codebook))


def _cell(item: ClauseStanding, codebook: Codebook) -> str:
    if item.verdict == "silent":
        return "silent"
    return f"{item.verdict}, {number(item.distance)}: {held_words(item, codebook)}"


def _show_comparison(comparison: PlanComparison, codebook: Codebook, *, form: str, head: str) -> None:
    if form == "json":
        print_json(plan_comparison_answer(comparison, head=head))
    elif form == "csv":
        print_csv([clause_pair_row(pair) for pair in comparison.clauses], CLAUSE_PAIR_COLUMNS)
    else:
        _print_comparison(comparison, codebook)


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
