"""``candidates``: list what programs proposed, and decide on it from scripts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from positions.cli.options import data_option, format_option
from positions.cli.output import print_csv, print_json, print_line, print_table
from positions.cli.record import writing_options
from positions.cli.screen import echo, print_json_text
from positions.errors import DataError, Finding, PositionsError
from positions.model.candidate import CandidateStatus
from positions.model.lists import count_words
from positions.store.book import Book
from positions.store.candidates import (
    CandidateRecord,
    accept,
    decision_words,
    matching_candidates,
    reject,
    reopen,
)
from positions.wording.positions import claim_words
from positions.wording.quotes import readable_quote
from positions.wording.rows import CANDIDATE_COLUMNS, candidate_row
from positions.wording.serialise import candidates_answer
from positions.wording.statements import statement_text
from positions.workspace import Workspace, open_workspace

STATUSES = ("open", "accepted", "rejected")
_QUOTE = 100
"""Characters of a quote that a table shows."""


@click.group("candidates")
def candidates_command() -> None:
    """List, accept, reject or reopen what a program proposed; `positions review` does it one by one."""


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--document``, ``--issue`` and ``--holder``."""
    for name in ("holder", "issue", "document"):
        command = click.option(f"--{name}", metavar="ID", help=f"Only those of this {name}.")(command)
    return command


@candidates_command.command("list")
@click.option("--status", type=click.Choice(STATUSES), help="Only those (default: all).")
@filter_options
@click.option("--unresolved", is_flag=True, help="Only those whose stance is not settled.")
@format_option("table", "json", "csv", "jsonl")
@data_option
def list_command(
    status: CandidateStatus | None, unresolved: bool, form: str, data: Path | None, **filters: str | None
) -> None:
    """List candidates in order of document and place."""
    with open_workspace(data) as workspace:
        records = workspace.candidates(status=status, **filters)
        if unresolved:
            records = tuple(record for record in records if record.candidate.stance is None)
        if form == "json":
            print_json(candidates_answer(records, head=str(workspace.head)))
        elif form == "csv":
            print_csv([candidate_row(record) for record in records], CANDIDATE_COLUMNS)
        elif form == "jsonl":
            for record in records:
                print_json_text(f"{record.candidate.model_dump_json(exclude_none=True)}\n")
        else:
            _print_candidates(records, workspace)


def _print_candidates(records: tuple[CandidateRecord, ...], workspace: Workspace) -> None:
    codebook = workspace.codebook
    rows = []
    for candidate in (record.candidate for record in records):
        about = codebook.path_label(candidate.issue, candidate.element)
        quote = " ".join(readable_quote(candidate.quote).split())
        quote = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
        words = (codebook.party(candidate.holder).name, about, claim_words(candidate, codebook))
        rows.append((candidate.id, candidate.status, *words, candidate.said_on.in_words(), quote))
    print_table(["id", "status", "party", "issue", "stance", "said on", "quote"], rows)
    count = count_words(len(records), "candidate")
    print_line(f"{count}, head {workspace.head}")


def show_candidate(workspace: Workspace, candidate_id: str, form: str) -> None:
    """Print one candidate with its quote in context and its decision; ``form`` is text or json."""
    record = workspace.candidate(candidate_id)
    document = workspace.document(record.candidate.document)
    if form == "json" or document is None:
        print_json(candidate_row(record))
        return
    echo(statement_text(record.candidate, document, workspace.codebook))
    decision = "is open" if record.candidate.status == "open" else decision_words(record)
    echo(f"status      {decision}")


def _pairs(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Read FIELD=VALUE pairs."""
    del context
    pairs = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise click.BadParameter(f"found {pair!r}, allowed: FIELD=VALUE", param_hint=parameter.opts[0])
        pairs[name.replace("-", "_")] = value
    return pairs


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``ID ...`` and ``--where``, of which one is to be given."""
    command = click.option(
        *("--where", "where"),
        multiple=True,
        metavar="FIELD=VALUE",
        callback=_pairs,
        help="Instead of IDs: all whose field reads so (repeatable, all must fit); FIELD= for an unset one.",
    )(command)
    return click.argument("ids", nargs=-1, metavar="[ID ...]")(command)


@candidates_command.command("accept")
@selection_options
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", callback=_pairs, help="Amend a field of it.")
@click.option("--reason", default="", help="Why (default: names what was amended).")
@writing_options
def accept_command(
    book: Book, ids: tuple[str, ...], where: dict[str, str], changes: dict[str, str], reason: str
) -> list[str]:
    """Accept candidates, all or none: each is recorded as a statement of yours.

    Where the stance is unresolved, --set stance=N gives it.
    """
    amended: dict[str, Any] = {name: value or None for name, value in changes.items()}
    lines, decide = [], partial(accept, book, reason=reason, **amended)
    chosen = _choose_ids(book, ids, where, statuses=("open",))
    for candidate_id, statement in _decide_each(chosen, decide):
        about = f"{statement.issue}/{statement.element or ''}"
        lines.append(f"accepted {candidate_id} as {statement.id}: {statement.holder} {about} {statement.stance:+d}")
    return lines or ["accepted 0 candidates: none that is open fits"]


@candidates_command.command("reject")
@selection_options
@click.option("--reason", required=True, help="Why; it is kept with the candidate.")
@writing_options
def reject_command(book: Book, ids: tuple[str, ...], where: dict[str, str], reason: str) -> list[str]:
    """Reject candidates, all or none; they do not come back when the same document is extracted again."""
    chosen = _choose_ids(book, ids, where, statuses=("open",))
    lines = [
        f"rejected {candidate_id}" for candidate_id, _ in _decide_each(chosen, partial(reject, book, reason=reason))
    ]
    return lines or ["rejected 0 candidates: none that is open fits"]


@candidates_command.command("reopen")
@selection_options
@click.option("--reason", default="decision undone", show_default=True, help="Why.")
@writing_options
def reopen_command(book: Book, ids: tuple[str, ...], where: dict[str, str], reason: str) -> list[str]:
    """Undo decisions, all or none; a statement that came of one is retracted."""
    chosen = _choose_ids(book, ids, where, statuses=("accepted", "rejected"))
    lines = []
    for candidate_id, statement in _decide_each(chosen, partial(reopen, book, reason=reason)):
        lines.append(f"reopened {candidate_id}" + (f", retracted {statement}" if statement else ""))
    return lines or ["reopened 0 candidates: none that is decided fits"]


def _choose_ids(
    book: Book, ids: tuple[str, ...], where: dict[str, str], *, statuses: tuple[CandidateStatus, ...]
) -> list[str]:
    """Return the given ids, or those of the matching candidates of some statuses."""
    if bool(ids) == bool(where):
        raise click.UsageError("give either IDs or --where FIELD=VALUE")
    if ids:
        return list(dict.fromkeys(ids))
    return [item.candidate.id for item in matching_candidates(book, where, statuses=statuses)]


def _decide_each(ids: list[str], decide: Callable[[str], Any]) -> list[tuple[str, Any]]:
    """Decide on each candidate; raise one ``DataError`` with the findings on all of them."""
    done, findings = [], list[Finding]()
    for candidate_id in ids:
        try:
            done.append((candidate_id, decide(candidate_id)))
        except DataError as error:
            findings += error.findings
        except PositionsError:
            if findings:
                break
            raise
    if findings:
        raise DataError(findings)
    return done
