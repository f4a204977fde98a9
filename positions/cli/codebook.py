"""``codebook``: what the codebook's words are used for, its versions, and changing it with the records that use it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from positions.cli.options import WholeNumber, data_option, format_option, unchanged_option
from positions.cli.output import print_line, print_table
from positions.cli.screen import echo, print_json_text
from positions.coding.codebook_migration import Migration, migrate, preview_migration
from positions.coding.codebook_operation import build_addition, build_operation
from positions.coding.migration_wording import (
    TOUCHED_COLUMNS,
    migration_answer,
    migration_words,
    touched_rows,
    version_undo_words,
)
from positions.model.codebook_version import WordKind
from positions.model.lists import count_words, with_article
from positions.store.codebook_text import Operation, OperationName
from positions.wording.serialise import json_text
from positions.workspace import open_workspace

_KINDS: tuple[WordKind, ...] = ("party", "speaker", "issue", "level")


@click.group("codebook")
def codebook_command() -> None:
    """Look at the codebook and change it together with the records that use its words.

    Elements are written ISSUE/ELEMENT, levels ISSUE:STANCE. A change is one version of the codebook and the statements
    that it recodes, in one transaction; `positions codebook undo` takes it back.
    """


def word_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--party``, ``--speaker``, ``--issue`` and ``--level``, handed on as one ``word`` (default: element)."""

    @wraps(command)
    def choosing(*args: Any, **options: Any) -> Any:
        chosen = [kind for kind in _KINDS if options.pop(kind)]
        if len(chosen) > 1:
            raise click.UsageError(f"give one of {', '.join('--' + kind for kind in _KINDS)}")
        return command(*args, word=chosen[0] if chosen else "element", **options)

    wrapped: Callable[..., Any] = choosing
    for kind in reversed(_KINDS):
        wrapped = click.option(f"--{kind}", kind, is_flag=True, help=f"The ids are those of {with_article(kind)}.")(
            wrapped
        )
    return wrapped


def migration_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every change takes, and carry out the :class:`Operation` that the command returns."""

    @click.option("--dry-run", is_flag=True, help="Show what it would touch; record nothing.")
    @unchanged_option
    @click.option("--reason", default="", help="Why; it is kept with every revision.")
    @click.option("--coder", help="Who changes it (default: your user name).")
    @format_option("text", "json")
    @data_option
    @wraps(command)
    def migrating(*args: Any, dry_run: bool, form: str, data: Path | None, **options: Any) -> None:
        recording = {name: options.pop(name) for name in ("reason", "coder", "made_from")}
        operation: Operation = command(*args, **options)
        with open_workspace(data, settle=False) as workspace:
            migration = (
                preview_migration(workspace, operation) if dry_run else migrate(workspace, operation, **recording)
            )
            _print_migration(migration, form, dry_run=dry_run, head=str(workspace.head))

    return migrating


def _print_migration(migration: Migration, form: str, *, dry_run: bool, head: str) -> None:
    if form == "json":
        print_json_text(json_text(migration_answer(migration, head=head, dry_run=dry_run)))
        return
    if rows := touched_rows(migration):
        print_table(TOUCHED_COLUMNS, [list(row.values()) for row in rows])
    print_line(migration_words(migration, head=head, dry_run=dry_run))


def _declare(name: OperationName, help_text: str, *, most: int) -> None:
    """Declare a command that takes an old id and up to ``most`` new ones (-1: any number)."""

    @codebook_command.command(name, help=help_text)
    @click.argument("old", metavar="OLD")
    @click.argument("new", metavar="NEW", nargs=most, required=True)
    @word_options
    @migration_options
    def changing(old: str, new: str | tuple[str, ...], word: WordKind) -> Operation:
        return build_operation(name, word, old, (new,) if isinstance(new, str) else new)


_declare("rename", "Give OLD another id; every record that names it is recoded.", most=1)
_declare("merge", "Make OLD the same as NEW; every record that names it is recoded.", most=1)
_declare(
    "split",
    "Replace OLD by several; what was coded on it goes to review, its stance open.",
    most=-1,
)


@codebook_command.command("move")
@click.argument("old", metavar="ELEMENT")
@click.argument("parent", metavar="[PARENT]", required=False)
@migration_options
def move_command(old: str, parent: str | None) -> Operation:
    """Put an element of an options issue under PARENT, without it to the top; no record changes."""
    return build_operation("move", "element", old, (parent,) if parent else ())


@codebook_command.command("retire")
@click.argument("old", metavar="ID")
@word_options
@migration_options
def retire_command(old: str, word: WordKind) -> Operation:
    """Take ID out of the codebook. Only what no statement names can go; of a level the statements go to review."""
    return build_operation("retire", word, old)


@codebook_command.command("add")
@click.argument("new", metavar="ID")
@word_options
@click.option("--label", help="Its words (default: the id).")
@click.option("--definition", help="What it means, for coders.")
@click.option("--parent", help="The element that contains it (options).")
@click.option("--addressee", "addressees", multiple=True, help="A party that would have to act (conditions).")
@click.option("--kind", help="scale, options or conditions; person or organisation.")
@click.option("--element", "elements", multiple=True, help="What a new issue begins with (options, conditions).")
@migration_options
def codebook_add_command(new: str, word: WordKind, **options: Any) -> Operation:
    """Add ID to the codebook; no record changes."""
    return build_addition(word, new, options)


@codebook_command.command("undo")
@click.option("--dry-run", is_flag=True, help="Show what it would undo; record nothing.")
@unchanged_option
@click.option("--reason", default="", help="Why.")
@click.option("--coder", help="Who undoes it (default: your user name).")
@data_option
def undo_version_command(
    dry_run: bool, made_from: str | None, reason: str, coder: str | None, data: Path | None
) -> None:
    """Undo the last version: the text and every record that it touched, as they were before."""
    from positions.store.codebook_undo import undo_version

    with open_workspace(data, settle=False) as workspace:
        if dry_run:
            undo = workspace.preview_undo()
        else:
            with workspace.recording(coder=coder) as book:
                undo = undo_version(book, reason=reason, made_from=made_from)
        print_line(version_undo_words(undo, head=str(workspace.head), dry_run=dry_run))


@codebook_command.command("log")
@format_option("table", "json")
@data_option
def codebook_log_command(form: str, data: Path | None) -> None:
    """List the versions of the codebook and the lexicon, the last first."""
    from positions.coding.codebook_use import list_versions
    from positions.wording.codebook import VERSION_COLUMNS, version_row

    with open_workspace(data, settle=False) as workspace:
        rows = [version_row(one) for one in list_versions(workspace)]
        if form == "json":
            print_json_text(json_text({"head": str(workspace.head), "versions": rows}))
            return
        cells = [[str(row[name]) for name in VERSION_COLUMNS] for row in rows]
        print_table([name.replace("_", " ") for name in VERSION_COLUMNS], cells)


@codebook_command.command("diff")
@click.argument("first", metavar="[VERSION]", type=WholeNumber(), required=False)
@click.argument("last", metavar="[VERSION]", type=WholeNumber(), required=False)
@data_option
def codebook_diff_command(first: int | None, last: int | None, data: Path | None) -> None:
    """Show what changed in the text: the file against the last version, VERSION against it, or between two."""
    from positions.coding.codebook_use import version_diff

    with open_workspace(data, settle=False) as workspace:
        echo(version_diff(workspace, first, last), end="")


@codebook_command.command("rules")
@click.option("--issue", metavar="ISSUE", help="Only the rules that are particular to this issue.")
@format_option("table", "json")
@data_option
def rules_command(issue: str | None, form: str, data: Path | None) -> None:
    """Print the rules by which this negotiation is coded, with their examples."""
    from positions.wording.coding_rules import rule_row, rule_text

    with open_workspace(data, settle=False) as workspace:
        codebook = workspace.codebook
        issue_id = None if issue is None else codebook.issue(workspace.past_ids().resolve("issue", issue, codebook)).id
        rules = [rule for rule in codebook.rules if issue_id in (None, *rule.issues)]
        if form == "json":
            rows = [rule_row(rule, codebook) for rule in rules]
            print_json_text(json_text({"head": str(workspace.head), "rules": rows}))
            return
        for rule in rules:
            echo(rule_text(rule, codebook))


@codebook_command.command("check")
@format_option("table", "json")
@data_option
def check_command(form: str, data: Path | None) -> None:
    """Count the uses of each word, and check that the file fits every statement in force; exit 1 if it does not."""
    from positions.coding.codebook_use import count_use, edit_findings
    from positions.wording.codebook import became_words

    with open_workspace(data, settle=False) as workspace:
        findings = edit_findings(workspace)
        use = count_use(workspace)
        if form == "json":
            rows = [one._asdict() for one in use]
            answer = {"head": str(workspace.head), "findings": [str(one) for one in findings], "use": rows}
            print_json_text(json_text(answer))
        else:
            columns = ["kind", "id", "words", "statements", "ever used", "candidates", "now"]
            cells = [[*map(str, one[:6]), became_words(one.became)] for one in use]
            print_table(columns, cells, numbers=columns[3:6])
            for finding in findings:
                echo(str(finding))
            print_line(f"{workspace.folder}: {count_words(len(findings), 'finding')}, head {workspace.head}")
    sys.exit(1 if findings else 0)
