"""The command that extracts candidates from documents: ``extract``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import click

from positions.cli.extract_options import ExtractOptions, extractor_options, make_extractor, open_pool
from positions.cli.extract_output import Failures, ResultWriter, TableWriter, make_writer, summary_lines, unread_lines
from positions.cli.options import PathName, chosen_format, data_option, file_format_option
from positions.cli.screen import echo, print_data, print_json_text
from positions.coding.extraction import (
    ExtractionResult,
    ExtractionSettings,
    NamedDocuments,
    extract_documents,
    name_documents,
)
from positions.extract.batch.manifest import Manifest
from positions.extract.batch.output import ResultFile
from positions.extract.batch.runner import Outcome
from positions.model.candidate import Extractor
from positions.model.dates import PartialDate
from positions.workspace import Workspace, open_workspace

FORMS = ("table", "jsonl", "json", "csv")
TRAIN: Final = "train"
"""The word behind the command that trains instead."""


@dataclass(frozen=True, slots=True)
class _Options:
    """How the documents are dated, and where the results go."""

    published_on: str | None
    outlet: str
    form: str | None
    record: bool
    manifest: Path | None
    output: Path | None
    force: bool

    @property
    def format(self) -> str:
        """The format that was named, or the one that the output's ending says."""
        return chosen_format(self.form, self.output, {f".{form}": form for form in FORMS[1:]}, default=FORMS[0])


_OPTIONS = tuple(_Options.__dataclass_fields__)


class _ExtractCommand(click.Command):
    """Extraction, with training beside it: a file of that name is given as ``./train``."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return the context of this command, or of the training if that is what the words name."""
        if args[:1] != [TRAIN]:
            return super().make_context(info_name, args, parent, **extra)
        from positions.cli.extract_train import train_command

        return train_command.make_context(f"{info_name} {TRAIN}", args[1:], parent, **extra)


@click.command("extract", cls=_ExtractCommand)
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR...")
@click.option("--published-on", metavar="DATE", help="Their date; overrides the one in text or file.")
@click.option("--outlet", default="", help="Who published them; overrides what the files say.")
@file_format_option(*FORMS)
@click.option("--record", is_flag=True, help="Record documents and candidates in the record book.")
@click.option(
    "--manifest", type=PathName(path_type=Path), help="Progress file; a rerun skips documents already listed."
)
@click.option("-o", "--output", type=PathName(path_type=Path), help="Write to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file that -o names.")
@extractor_options
@data_option
def extract_command(files: tuple[str, ...], data: Path | None, **options: Any) -> None:
    """Find candidate statements in documents: files, folders of them, or ids of documents in the workspace.

    Candidates are proposals; none counts before a reviewer accepts it. A file that cannot be used gives an error in one
    line and exit code 1; the others are still processed. With --manifest an interrupted run resumes where it stopped.

    `positions extract train` teaches the judge of --judge model: from coded documents, or from your decisions.
    """
    chosen = _Options(**{name: options.pop(name) for name in _OPTIONS})
    if chosen.manifest and chosen.output and chosen.format not in ("jsonl", "csv"):
        found = f"found {chosen.format} with --manifest and -o"
        raise click.UsageError(f"{found}, allowed: jsonl or csv, which can be continued")
    from positions.workspace.added_documents import require_options

    # What is wrong for all files is said once, before any of them is read.
    require_options({"published_on": chosen.published_on, "outlet": chosen.outlet})
    day = None if chosen.published_on is None else PartialDate.parse(chosen.published_on)
    with ExitStack() as stack:
        workspace = stack.enter_context(open_workspace(data))
        wanted = ExtractOptions(**options)
        extractor, session = make_extractor(wanted, workspace)
        pool = stack.enter_context(open_pool(wanted))
        manifest = stack.enter_context(_manifest(chosen, extractor, workspace)) if chosen.manifest else None
        results = stack.enter_context(_results(chosen.output, manifest, force=chosen.force)) if chosen.output else None
        settings = ExtractionSettings(day, chosen.outlet, pool, chosen.record, manifest)
        output = _Output(
            make_writer(chosen.format, workspace.codebook, wanted.reads),
            results,
            Failures(),
            chosen.format in ("json", "jsonl"),
            wanted.reads,
        )
        result = _extract(name_documents(files), extractor, workspace, settings, output)
    if session is not None:
        echo(session.report(), err=True)
    sys.exit(1 if result.failed else 0)


def _manifest(chosen: _Options, extractor: Extractor, workspace: Workspace) -> Manifest:
    assert chosen.manifest
    target = f"{chosen.output or ''}{f' + {workspace.name}' if chosen.record else ''}"
    return Manifest(chosen.manifest, extractor=extractor.name, target=target)


def _extract(
    documents: NamedDocuments, extractor: Extractor, workspace: Workspace, settings: ExtractionSettings, output: _Output
) -> ExtractionResult:
    """Run the extraction with a bar that shows how far it is, and print what became of the documents."""
    start = time.perf_counter()
    with _progress(len(documents), printing=output.results is None) as advance:
        output.begin()
        settings = replace(settings, advance=advance)
        result = extract_documents(documents, extractor, workspace, settings, write=output.write)
        output.end()
    for line in summary_lines(result, output.failures, seconds=time.perf_counter() - start, recorded=settings.record):
        echo(line, err=True)
    return result


def _results(path: Path, manifest: Manifest | None, *, force: bool) -> ResultFile:
    if manifest is None:
        return ResultFile(path, force=force)
    file = ResultFile(path, resume=manifest.written, force=force or manifest.started)
    manifest.start()
    return file


@dataclass(frozen=True, slots=True)
class _Output:
    """Where results are printed or written, and the failures that are told at once; ``reads`` is the language read."""

    writer: ResultWriter
    results: ResultFile | None
    failures: Failures
    is_json: bool
    reads: str | None

    def begin(self) -> None:
        if self.results is None or not self.results.resumed:
            self._put(self.writer.begin)

    def write(self, outcomes: Sequence[Outcome]) -> int:
        """Print or write some outcomes; return how long the file is then."""
        self.failures.add(outcomes)
        if self.results is None and isinstance(self.writer, TableWriter):
            self.writer.show(outcomes)
            return 0
        for line in unread_lines(outcomes, self.reads):
            echo(line, err=True)
        return self._put(self.writer.text(outcomes))

    def end(self) -> None:
        self._put(self.writer.end)

    def _put(self, text: str) -> int:
        if self.results is not None:
            return self.results.write(text)
        if text:
            (print_json_text if self.is_json else print_data)(text)
        return 0


@contextmanager
def _progress(count: int, *, printing: bool) -> Iterator[Callable[[], None]]:
    """Show a bar on the error stream if that is a terminal and the results are not printed on it."""
    hidden = not sys.stderr.isatty() or (printing and sys.stdout.isatty())
    bar: Any
    with click.progressbar(length=count, label="extracting", file=sys.stderr, show_pos=True, hidden=hidden) as bar:
        yield lambda: bar.update(1)
