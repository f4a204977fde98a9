"""Commands that write: ``add``, ``correct``, ``retract`` and ``add-document``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from positions.cli.options import Number, PathName, WholeNumber, data_option, unchanged_option
from positions.cli.screen import ask_yes, echo
from positions.errors import DryRunError, UnchangedError, WorkspaceError
from positions.model.document import Document
from positions.model.field_use import DeclaredField, Holds, declared_fields
from positions.model.statement import Claim, Statement
from positions.wording.fields import FIELD_WORDS
from positions.workspace import open_workspace

PROBLEMS: Final = "positions.cli.record.problems"
"""Where a command leaves what it could not do beside what it recorded, a line each; it then ends with exit code 1."""
LARGEST_PASTE: Final = 10_000_001
"""Bytes of standard input that are read: one more than a source may have."""
Command = TypeVar("Command", bound=Callable[..., Any])


def writing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--data``, ``--database``, ``--coder`` and ``--dry-run``; hand on the open ``book``.

    What the command prints is printed only once it is recorded, or would be.
    """

    @data_option
    @click.option("--coder", help="Who records it (default: your user name).")
    @click.option("--dry-run", is_flag=True, help="Check and show what would be recorded, then record nothing.")
    @wraps(command)
    def recording(*args: Any, data: Path | None, coder: str | None, dry_run: bool, **rest: Any) -> None:
        record_lines(lambda book: command(*args, book=book, **rest), data=data, coder=coder, dry_run=dry_run)
        if problems := click.get_current_context().meta.get(PROBLEMS):
            for problem in problems:
                echo(f"not added: {problem}", err=True)
            click.get_current_context().exit(1)

    return recording


def record_lines(work: Callable[[Any], list[str]], *, data: Path | None, coder: str | None, dry_run: bool) -> str:
    """Write into the record book and print what was recorded, or would be; return the head."""
    lines: list[str] = []
    with open_workspace(data) as workspace:
        try:
            with workspace.recording(coder=coder) as book:
                lines = work(book)
                if dry_run:
                    raise DryRunError
        except DryRunError:
            lines = [f"would have {line}" for line in lines]
        head = str(workspace.head)
    for line in (*lines, f"head {head}"):
        echo(line)
    return head


def record_options(model: type[Claim]) -> Callable[[Command], Command]:
    """Add an option for each field that a coder gives, in the model's order; an element may be given several times."""

    def decorate(command: Command) -> Command:
        for field in reversed(list(declared_fields(model))):
            if field.use.by_hand:
                command = _record_option(field)(command)
        return command

    return decorate


_TYPES: Final[Mapping[Holds, click.ParamType[Any]]] = {
    **dict.fromkeys(("offset", "level", "range"), WholeNumber()),
    "share": Number(),
}


def _record_option(field: DeclaredField) -> Callable[[Command], Command]:
    flag = f"--{field.name.replace('_', '-')}"
    text = FIELD_WORDS[field.name].help
    if field.use.holds == "element":
        return click.option(flag, f"{field.name}s", multiple=True, help=text)
    kind = click.Choice(field.words) if field.words else _TYPES.get(field.use.holds, click.STRING)
    if field.default is not None:
        return click.option(flag, type=kind, default=field.default, show_default=field.default != "", help=text)
    return click.option(flag, type=kind, required=field.needed, help=text)


@click.command("add")
@record_options(Statement)
@click.option("--id", "record_id", help="Default: the document's next number.")
@writing_options
def add_command(book: Any, elements: tuple[str, ...], record_id: str | None, **fields: Any) -> list[str]:
    """Record a statement; several --element make one record each, all or none."""
    lines = []
    for element in elements or (None,):
        record = book.add(element=element, id=record_id, **fields)
        note_duplicates(book, record.id)
        about = "/".join(filter(None, (record.issue, record.element)))
        lines.append(f"added {record.id}: {record.holder} {about} {record.stance:+d}")
    return lines


@click.command("correct", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[ID] --FIELD VALUE ...")
@click.option("--where", "where", multiple=True, metavar="FIELD=VALUE", help="Instead of ID: all statements that fit.")
@click.option("--yes", is_flag=True, help="Correct all that fit --where without asking.")
@click.option("--replaces", type=WholeNumber(), help="The revision that you looked at; refused if somebody was faster.")
@click.option("--reason", default="", help="Why.")
@data_option
@click.option("--coder", help="Who records it (default: your user name).")
@click.option("--dry-run", is_flag=True, help="Check and show what would be recorded, then record nothing.")
@unchanged_option
def correct_command(
    words: tuple[str, ...], where: tuple[str, ...], yes: bool, data: Path | None, coder: str | None, **options: Any
) -> None:
    """Record a new revision of ID with other values; the old one stays in its history.

    FIELD is any field of the record, as in `correct 000-03 --stance 1 --note "read again"`; an empty VALUE unsets it.
    With --where all statements that fit are corrected together, after a preview: `correct --where issue=venue --where
    speaker=x --note "read again"`.
    """
    record_id, changes = ("", words) if where else (words[0] if words else "", words[1:])
    dry_run, replaces, reason = options["dry_run"], options["replaces"], options["reason"]
    given, made_from = _changes(changes), options["made_from"]

    def work(book: Any) -> list[str]:
        if not where:
            if made_from is not None:
                book.require_unchanged(book.replaced(record_id).kind, record_id, head=made_from)
            return [_correct_record(book.correct(record_id, replaces=replaces, reason=reason, **given), given)]
        from positions.store.candidates import match_statements

        ids = match_statements(book, dict(one.partition("=")[::2] for one in where), made_from=made_from)
        return list(_correct_all(book, ids, given, reason=reason))

    if where and not (yes or dry_run):
        made_from = record_lines(work, data=data, coder=coder, dry_run=True)
        if not sys.stdin.isatty():
            echo("nothing was recorded; --yes records it", err=True)
            sys.exit(1)
        if not ask_yes("record them?"):
            echo("nothing was recorded", err=True)
            sys.exit(1)
    record_lines(work, data=data, coder=coder, dry_run=dry_run)


def _changes(words: tuple[str, ...]) -> dict[str, str | None]:
    if not words or len(words) % 2 or not all(name.startswith("--") for name in words[::2]):
        raise click.UsageError(f"found {' '.join(words) or 'nothing to change'}, allowed: --FIELD VALUE, once or more")
    names = [name.removeprefix("--").replace("-", "_") for name in words[::2]]
    return {name: value or None for name, value in zip(names, words[1::2], strict=True)}


def _correct_all(book: Any, ids: list[str], given: Mapping[str, str | None], *, reason: str) -> Iterator[str]:
    """Correct records, those passed over that have the values already; raise ``UnchangedError`` if all have."""
    corrected = 0
    for name in ids:
        try:
            record = book.correct(name, reason=reason, **given)
        except UnchangedError:
            if name == ids[-1] and not corrected:
                raise
            continue
        corrected += 1
        yield _correct_record(record, given)


def _correct_record(record: Any, given: Mapping[str, object]) -> str:
    return f"corrected {record.id}: {', '.join(f'{name} = {getattr(record, name)}' for name in given)}"


@click.command("retract")
@click.argument("record_id", metavar="ID")
@click.option("--reason", required=True, help="Why; a retraction needs a reason.")
@click.option("--replaces", type=WholeNumber(), help="The revision that you looked at; refused if somebody was faster.")
@writing_options
def retract_command(book: Any, record_id: str, reason: str, replaces: int | None) -> list[str]:
    """Withdraw ID from all days; its history stays."""
    book.retract(record_id, reason=reason, replaces=replaces)
    return [f"retracted {record_id}"]


@click.command("add-document")
@click.argument("file", type=PathName(path_type=Path, allow_dash=True))
@click.option("--published-on", help="YYYY-MM-DD, YYYY-MM, YYYY, FIRST/LAST or ../LAST. Default: as the file says.")
@click.option("--published-on-basis", help="How the date is known. Default: explicit, or as the file says.")
@click.option("--outlet", help="Who published it. Default: as the file says.")
@click.option("--title", help="Default: as the file says, or its first line.")
@click.option("--id", "record_id", help="Default: the file's name without its ending, in plain Latin letters.")
@click.option("--origin", help="Who wrote a text that several outlets carry, such as an agency. Default: the outlet.")
@click.option("--language", help="What it is written in, as ru or pt-BR. Default: as detected (extra `documents`).")
@click.option("--author", default="")
@click.option("--url", default="", help="The address that it was saved from. Default: as the file says.")
@click.option("--fetched-on", help="The day on which it was saved from there, YYYY-MM-DD.")
@click.option("--note", default="")
@writing_options
def add_document_command(book: Any, file: Path, record_id: str | None, **fields: Any) -> list[str]:
    """Record FILE as a document: its text and its SHA-256.

    A text or Markdown file (UTF-8) is kept as it is; of .html, .mhtml, .pdf, .docx and .eml the article's text is kept,
    with where it came from. A folder is all its documents; what cannot be read is told at the end. - reads a pasted
    text or page from standard input.
    """
    from positions.workspace.added_documents import add_file, add_folder, add_pasted, require_options

    values = {"id": record_id, **fields}
    require_options(values)
    if file.is_dir():
        if record_id:
            raise click.UsageError("--id names one document, and FILE is a folder")
        documents, problems = add_folder(book, file, values)
        if not documents:
            raise WorkspaceError("\n".join(problems))
        click.get_current_context().meta[PROBLEMS] = problems
    elif str(file) == "-":
        documents = [add_pasted(book, sys.stdin.buffer.read(LARGEST_PASTE), values)]
    else:
        documents = [add_file(book, file, values)]
    for document in documents:
        note_duplicates(book, document.id)
    return [_added_line(document) for document in documents]


def _added_line(document: Document) -> str:
    publication = f"published {document.published_on} ({document.published_on_basis}) by {document.outlet}"
    return f"added {document.id}: {document.title}, {publication}"


def note_duplicates(book: Any, record_id: str) -> None:
    """Say on stderr which other records say or hold what one does that was just recorded."""
    from positions.workspace.duplicates import duplicate_findings

    for finding in duplicate_findings(book, [record_id]):
        echo(f"note: {finding.message}", err=True)
