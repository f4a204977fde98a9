"""Commands that move records in and out: ``import``, ``load``, ``export``, ``verify`` and ``backup``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from positions.cli.network_choices import export_options
from positions.cli.options import PathName, data_option, query_options
from positions.cli.record import record_lines
from positions.cli.screen import ask_choice, echo
from positions.errors import DryRunError, QueryError, WorkspaceError
from positions.exchange.formats import (
    STREAMED,
    FileFormat,
    choose_format,
    coded_reader_of,
    read_formats,
    reader_of,
    written_formats,
)
from positions.files.characters import show_controls
from positions.files.writing import write_new
from positions.model.lists import count_words, join_words
from positions.model.query import Query
from positions.workspace import open_workspace

if TYPE_CHECKING:
    from positions.exchange.content import ExportOptions


def _format_words(formats: Iterable[FileFormat]) -> str:
    return "; ".join(f"{' '.join(form.endings) or form.name} ({form.words})" for form in formats)


@click.command(
    "import",
    help=f"""Record what FILE holds and the book does not, all or none.

    Formats: {_format_words(read_formats())}. Every finding names its place. Importing a file twice changes nothing.

    What was edited in a table that `positions export` wrote comes back as corrections, as --dry-run shows them; what
    somebody else changed since is named, and nothing is recorded.

    What the codes of another tool mean says a mapping file (--map); --propose-map writes one to look through, and
    --propose-codebook a codebook made of them.
    """,
)
@click.argument("file", type=PathName(path_type=Path))
@click.option("--format", "form", metavar="NAME", help="The file's format (default: by its ending).")
@click.option("--map", "map_file", type=PathName(path_type=Path), help="TOML: what FILE's codes mean here.")
@click.option("--propose-map", "proposal", type=PathName(path_type=Path), help="Write such a file; record nothing.")
@click.option("--propose-codebook", "words", type=PathName(path_type=Path), help="Write a codebook of FILE's codes.")
@click.option(
    "--removed",
    type=click.Choice(("keep", "retract")),
    help="What becomes of statements whose rows were taken out of a table since its export (default: keep).",
)
@click.option("--coder", help="Who records it (default: your user name).")
@click.option("--dry-run", is_flag=True, help="Check and show what would be recorded, then record nothing.")
@data_option
def import_command(file: Path, form: str | None, data: Path | None, coder: str | None, **options: Any) -> None:
    """Record what FILE holds and the book does not, all or none."""
    if not file.exists() or file.is_dir():
        raise WorkspaceError(f"{file}: is a folder, allowed: a file" if file.is_dir() else f"{file}: no such file")
    chosen = choose_format(file, form, read_formats())
    if (options["map_file"] or options["proposal"] or options["words"]) and not chosen.coded:
        mapped = ", ".join(one.name for one in read_formats() if one.coded)
        raise click.UsageError(f"--map, --propose-map and --propose-codebook: found {chosen.name}, allowed: {mapped}")
    dry_run = options["dry_run"]
    if chosen.reader and chosen.reader != STREAMED and not (options["removed"] or dry_run) and sys.stdin.isatty():
        options["removed"] = _ask_removed(file, chosen, data=data)
    notes: list[str] = []
    record_lines(lambda book: _import_file(book, file, chosen, options, notes), data=data, coder=coder, dry_run=dry_run)
    for words in notes:
        echo(words, err=True)


def _import_file(book: Any, file: Path, form: FileFormat, options: Mapping[str, Any], notes: list[str]) -> list[str]:
    """Record a file and return what was recorded, line by line; what else is to be said of it is put into ``notes``."""
    from positions.exchange.incoming import record_incoming

    if options["words"]:
        return _propose_codebook(book, file, form, options["words"])
    if options["proposal"]:
        return _propose_map(book, file, form, options["proposal"])
    if form.reader == STREAMED:
        return [f"imported {_import_lines(book, file)} new from {file}"]
    if form.coded:
        incoming = _read_coded(book, file, form, options["map_file"])
    else:
        incoming = reader_of(form)(_import_source(book, file))
    if incoming.edited_in:
        return _record_edits(book, incoming, file, options, notes)
    documents, corrected, statements, recoded = record_incoming(book, incoming, name=file.name)
    notes += incoming.notes
    counts = [count_words(documents, "new document"), count_words(statements, "new statement")]
    if corrected:
        counts.insert(1, f"{count_words(corrected, 'document')} corrected")
    if recoded:
        counts.append(f"{count_words(recoded, 'statement')} corrected")
    return [f"imported {join_words(counts)} from {file}", *(f"left out {words}" for words in incoming.left_out)]


def _import_source(book: Any, file: Path) -> Any:
    """Return a file with what its reader may ask the book."""
    from positions.exchange.incoming import ImportSource
    from positions.workspace.added_documents import documents_of

    return ImportSource(file, book.codebook, lambda: documents_of(book))


def _record_edits(book: Any, incoming: Any, file: Path, options: Mapping[str, Any], notes: list[str]) -> list[str]:
    from positions.exchange import edit_lines
    from positions.exchange.edits import record_edits

    removed = options["removed"]
    result = record_edits(book, incoming, removed=removed or "keep")
    notes += [*(f"left out {words}" for words in incoming.left_out), *result.notes]
    lines = [edit_lines.summary_line(result, name=str(file)), *edit_lines.correction_lines(result)]
    if result.removed and removed == "retract":
        lines += edit_lines.retracted_lines(result)
    elif result.removed and removed is None:
        notes.append(edit_lines.question_line(result) if options["dry_run"] else edit_lines.kept_line(result))
    return lines


def _ask_removed(file: Path, form: FileFormat, *, data: Path | None) -> str | None:
    """Ask on the terminal what becomes of statements that were taken out of a table, if there are any."""
    from positions.exchange import edit_lines
    from positions.exchange.edits import record_edits

    result = None
    with open_workspace(data) as workspace, suppress(DryRunError), workspace.recording() as book:
        incoming = reader_of(form)(_import_source(book, file))
        result = record_edits(book, incoming) if incoming.edited_in else None
        raise DryRunError
    if result is None or not result.removed:
        return None
    return ask_choice(edit_lines.question_line(result), ("retract", "keep"))


def _propose_map(book: Any, file: Path, form: FileFormat, target: Path) -> list[str]:
    """Write a mapping file to look through, unless it is a dry run, and say what comes next."""
    from positions.exchange.code_proposal import propose_code_map

    coded = coded_reader_of(form)(_import_source(book, file))
    proposal = propose_code_map(coded, book.codebook, name=file.name)
    if not click.get_current_context().params["dry_run"]:
        write_new(target, proposal.text.encode())
        echo(f"look it through, then: positions import {file}{_format_option()} --map {target}", err=True)
    return [f"proposed what {proposal.known} of {count_words(proposal.codes, 'code')} mean, in {target}"]


def _format_option() -> str:
    """Return the option by which the format was named, to be repeated; empty if the file's ending told."""
    form = click.get_current_context().params["form"]
    return f" --format {form}" if form else ""


def _propose_codebook(book: Any, file: Path, form: FileFormat, target: Path) -> list[str]:
    """Write a codebook made of a file's codes, unless it is a dry run."""
    from positions.exchange.code_codebook import propose_codebook

    text = propose_codebook(coded_reader_of(form)(_import_source(book, file)), name=file.name)
    if not click.get_current_context().params["dry_run"]:
        write_new(target, text.encode())
    return [f"proposed a codebook in {target}; look it through, then put it in the place of codebook.toml"]


def _read_coded(book: Any, file: Path, form: FileFormat, map_file: Path | None) -> Any:
    from positions.exchange.code_map import read_code_map
    from positions.exchange.coded_import import map_coded, needs_map

    code_map = read_code_map(map_file, book.codebook) if map_file else None
    coded = coded_reader_of(form)(_import_source(book, file))
    if code_map is None and needs_map(coded, book.codebook):
        raise QueryError(
            f"{file.name}: has codes that are not this codebook's; to say what they mean, first:\n"
            f"  positions import {file}{_format_option()} --propose-map map.toml"
        )
    return map_coded(coded, code_map, book)


def _import_lines(book: Any, file: Path) -> int:
    from positions.store.importing import import_file

    length = file.stat().st_size
    hidden = not sys.stderr.isatty() or length < 5_000_000
    bar: Any
    with click.progressbar(
        length=length, label=show_controls(f"importing {file.name}"), file=sys.stderr, hidden=hidden
    ) as bar:
        return import_file(book, file, on_bytes=bar.update)


@click.command("load")
@click.argument("folder", type=PathName(path_type=Path))
@click.option("--coder", help="Who records it (default: your user name).")
@click.option("--dry-run", is_flag=True, help="Check and show what would be recorded, then record nothing.")
@data_option
def load_command(folder: Path, coder: str | None, dry_run: bool, data: Path | None) -> None:
    """Take in another data FOLDER: what is new or was corrected there; `merge` says more of what both changed.

    Loading twice changes nothing. Exit codes: 0 loaded, 1 a conflict is open or a record was refused.
    """
    from positions.wording.conflicts import renumbered_lines
    from positions.workspace.merging import merge_into

    with open_workspace(data) as workspace:
        result = merge_into(workspace, str(folder), coder=coder, is_dry=dry_run)
        would = "would have " if dry_run else ""
        echo(f"{would}loaded {result.revisions} new revisions from {folder}")
        for line in renumbered_lines(result):
            echo(line)
        for finding in result.refused:
            echo(f"left out {finding}", err=True)
        if still_open := workspace.open_conflicts():
            ids = ", ".join(conflict.conflict.record for conflict in still_open)
            echo(f"open conflicts: {ids}; settle them with `positions merge --settle`", err=True)
        echo(f"head {workspace.head}")
    sys.exit(1 if still_open or result.refused else 0)


@click.command(
    "export",
    help=f"""Write the record book for others: a folder gets its whole history as text for git.

    A file gets what is in force, in the format of its ending or of --format: {_format_words(written_formats())}. A name
    without an ending or format, or with a slash behind it, is a folder. The same log gives the same bytes.
    """,
)
@click.argument("name", metavar="TARGET", type=PathName())
@click.option("--format", "form", metavar="NAME", help="The format (default: by TARGET's ending).")
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
@click.option("--dry-run", is_flag=True, help="Say what a file would get and what is left out, write nothing.")
@query_options
@export_options
@data_option
def export_command(
    name: str, form: str | None, force: bool, dry_run: bool, query: Query, options: ExportOptions, data: Path | None
) -> None:
    """Write the record book for others: its whole history as text, or what is in force in a format."""
    from positions.exchange.content import collect_content
    from positions.exchange.writing import asked_options, export_content, prepare_export

    if not name:  # as of an unset variable; it would be the folder that one is in
        raise click.UsageError("TARGET: found an empty name, allowed: a file or a folder")
    if name == "-":
        raise QueryError(f"-: an export goes to a folder or a file, allowed: {_format_words(written_formats())}")
    target = Path(name)
    is_history = form is None and (target.is_dir() or name.endswith(("/", os.sep)) or not target.suffix)
    if is_history and (dry_run or asked_options(options, query)):
        raise click.UsageError("a folder gets the whole history; these options go with a file or --format")
    if is_history:
        _export_history(target, force=force, query=query, data=data)
        return
    chosen = choose_format(target, form, written_formats())
    with open_workspace(data) as workspace:
        content = collect_content(workspace, query, options=options)
        if dry_run:
            exported = prepare_export(content, chosen)
        else:
            exported = export_content(content, target, form=chosen, force=force, mode=workspace.file_mode)
        summary = exported.summary or count_words(len(content.records), "statement")
        echo(f"{'would write' if dry_run else 'wrote'} {summary} to {target}, head {content.head}")
    for words in exported.left_out:
        echo(f"left out {words}", err=True)


def _export_history(target: Path, *, force: bool, query: Query, data: Path | None) -> None:
    from positions.workspace.export import write_folder

    with open_workspace(data) as workspace:
        if query.is_limited:
            raise click.UsageError("a folder gets the whole history; --known-at and --public-by go with a file")
        if workspace.keeps_text_in(target):
            echo(f"{target} is this record book's own text and in step with it: nothing to write")
            return
        codebook, mode = workspace.folder / "codebook.toml", workspace.file_mode
        write_folder(target, workspace.revisions(), codebook=codebook, force=force, mode=mode)
        echo(f"wrote {len(workspace.revisions())} revisions to {target}, head {workspace.head}")


@click.command("verify")
@click.option("--head", "expected", metavar="HEAD", help="A head that a report carries; the log must hold it still.")
@data_option
def verify_command(expected: str | None, data: Path | None) -> None:
    """Check the chain of hashes, the database, the documents and every quote; name whatever is wrong."""
    with open_workspace(data) as workspace:
        findings = workspace.verify(head=expected)
        for finding in findings:
            echo(str(finding))
        count = count_words(len(findings), "finding")
        echo(f"{workspace.name}: {count}, head {workspace.head}", err=bool(findings))
    sys.exit(1 if findings else 0)


@click.command("backup")
@click.argument("file", type=PathName(path_type=Path))
@data_option
def backup_command(file: Path, data: Path | None) -> None:
    """Write a consistent copy of the record book to FILE while others go on writing."""
    with open_workspace(data) as workspace:
        workspace.backup(file)
    echo(f"wrote {file}")
