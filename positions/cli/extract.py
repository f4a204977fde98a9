"""The command that extracts candidates from documents: ``extract``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import click

from positions.cli.extract_options import ExtractOptions, extractor_options, make_extractor, open_pool
from positions.cli.extract_output import ResultWriter, TableWriter, Tally, make_writer
from positions.cli.options import data_option
from positions.coding.extraction import KnownDocuments, all_names, as_held, named_tasks, recorded
from positions.errors import QueryError
from positions.extract.batch.executors import Pool
from positions.extract.batch.manifest import Manifest
from positions.extract.batch.output import ResultFile
from positions.extract.batch.runner import Outcome, Task, extract_all
from positions.model.candidate import Extractor
from positions.model.dates import PartialDate
from positions.workspace.workspace import Workspace, open_workspace

FORMS = ("table", "jsonl", "json", "csv")


@click.command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR...")
@click.option("--published-on", metavar="DATE", help="Their date, where neither text nor file should tell it.")
@click.option("--outlet", default="", help="Who published them, where the files should not tell it.")
@click.option("--format", "form", type=click.Choice(FORMS), help="Default: by FILE's ending, or table.")
@click.option("--record", is_flag=True, help="Put documents and candidates into the record book.")
@click.option("--manifest", type=click.Path(path_type=Path), help="Note what is done; a restart passes it over.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file that -o names.")
@extractor_options
@data_option
def extract_command(
    files: tuple[str, ...],
    published_on: str | None,
    outlet: str,
    form: str | None,
    record: bool,
    manifest: Path | None,
    output: Path | None,
    force: bool,
    data: Path | None,
    **options: Any,
) -> None:
    """Find candidate statements in documents: files, folders of them, or ids of documents in the workspace.

    Candidates are proposals; none counts before a reviewer accepts it. A file that cannot be used is told in one line,
    the others go on, and the exit code is 1. With --manifest a run that was cut off goes on where it stopped.
    """
    form = form or _form_of(output)
    if manifest and output and form not in ("jsonl", "csv"):
        raise click.UsageError(f"found {form} with --manifest and -o, allowed: jsonl or csv, which can be continued")
    day = _day(published_on)
    with ExitStack() as stack:
        workspace = stack.enter_context(open_workspace(data))
        wanted = ExtractOptions(**options)
        extractor, asking = make_extractor(wanted, workspace)
        pool = stack.enter_context(open_pool(wanted))
        target = f"{output or ''}{f' + {workspace.log.name}' if record else ''}"
        noted = stack.enter_context(Manifest(manifest, extractor=extractor.name, target=target)) if manifest else None
        results = stack.enter_context(_results(output, noted, force=force)) if output else None
        writing = _Writing(make_writer(form, workspace.codebook), results, noted, workspace if record else None)
        held = KnownDocuments(workspace)
        names, empty = all_names(files)
        tasks = chain(empty, named_tasks(names, held, published_on=day, outlet=outlet))
        count = len(names) + len(empty)
        tally = _run(tasks, count, lambda found: as_held(found, held, extractor), extractor, pool, writing)
    if asking is not None:
        click.echo(asking.report(), err=True)
    sys.exit(1 if tally.failed else 0)


def _run(
    tasks: Iterable[Task],
    count: int,
    settled: Callable[[Outcome], Outcome],
    extractor: Extractor,
    pool: Pool,
    writing: _Writing,
) -> Tally:
    noted = writing.noted
    tally, start = Tally(), time.perf_counter()
    with _progress(count, printing=writing.results is None) as told:
        left = noted.left(_counted(tasks, told)) if noted else _counted(tasks, told)
        writing.begin()
        for outcomes in extract_all(left, extractor, pool=pool):
            writing.write([settled(outcome) for outcome in outcomes], tally)
        writing.end()
    seconds = time.perf_counter() - start
    skipped = noted.skipped if noted else 0
    for line in tally.lines(seconds=seconds, skipped=skipped, is_recorded=writing.workspace is not None):
        click.echo(line, err=True)
    return tally


def _results(path: Path, noted: Manifest | None, *, force: bool) -> ResultFile:
    if noted is None:
        return ResultFile(path, force=force)
    file = ResultFile(path, resume=noted.written, force=force or noted.started)
    noted.start()
    return file


@dataclass(slots=True)
class _Writing:
    """Where results go, in an order that loses nothing: the record book, then the file, then the manifest."""

    writer: ResultWriter
    results: ResultFile | None
    noted: Manifest | None
    workspace: Workspace | None

    def begin(self) -> None:
        if self.results is None or not self.results.resumed:
            self._put(self.writer.begin)

    def write(self, outcomes: list[Outcome], tally: Tally) -> None:
        if self.workspace is not None:
            stored = recorded(outcomes, self.workspace)
            outcomes = stored.outcomes
            tally.store(stored)
        tally.add(outcomes)
        if self.results is None and isinstance(self.writer, TableWriter):
            self.writer.show(outcomes)
            end = 0
        else:
            end = self._put(self.writer.told(outcomes))
        if self.noted is not None:
            self.noted.append(outcomes, written=end)

    def end(self) -> None:
        self._put(self.writer.end)

    def _put(self, text: str) -> int:
        if self.results is not None:
            return self.results.write(text)
        if text:
            click.echo(text, nl=False)
        return 0


def _form_of(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    return suffix if suffix in FORMS else "table"


def _day(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError as error:
        raise QueryError(f"--published-on: {error}") from None


@contextmanager
def _progress(count: int, *, printing: bool) -> Iterator[Callable[[], None]]:
    """Show a bar on the error stream where that is a terminal and the results are not printed on it."""
    hidden = not sys.stderr.isatty() or (printing and sys.stdout.isatty())
    bar: Any
    with click.progressbar(length=count, label="extracting", file=sys.stderr, show_pos=True, hidden=hidden) as bar:
        yield lambda: bar.update(1)


def _counted(tasks: Iterable[Task], told: Callable[[], None]) -> Iterator[Task]:
    for task in tasks:
        yield task
        told()
