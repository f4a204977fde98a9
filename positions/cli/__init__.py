"""The command line: declares commands and calls the toolkit; no work of its own.

A command's module is imported only when it runs, so that ``positions --help`` starts without pydantic, pandas or dash.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

import click

from positions.errors import DataError, PositionsError

COMMANDS: Final = {
    "state": ("positions.cli.ask", "What each party holds on a day, with since when."),
    "compare": ("positions.cli.ask", "How far two parties stand apart on a day, issue by issue."),
    "snapshot": ("positions.cli.report", "Write a report of a day as HTML, Markdown or JSON."),
    "dashboard": ("positions.cli.report", "Open the dashboard in a browser."),
    "add": ("positions.cli.record", "Record a statement; its quote is found in the document."),
    "correct": ("positions.cli.record", "Record a new revision of a statement or document."),
    "retract": ("positions.cli.record", "Withdraw a record from all days; its history stays."),
    "add-document": ("positions.cli.record", "Record a text file as a document."),
    "show": ("positions.cli.history", "A statement with its quote in context, or a document."),
    "history": ("positions.cli.history", "Every revision of a record."),
    "log": ("positions.cli.history", "Who changed what, when."),
    "diff": ("positions.cli.history", "What changed between two days, or in what was known."),
    "import": ("positions.cli.exchange", "Record the statements of a CSV or JSONL file."),
    "load": ("positions.cli.exchange", "Take in another data folder's text; a merge of two loads."),
    "export": ("positions.cli.exchange", "Write the record book as text, CSV or Parquet."),
    "verify": ("positions.cli.exchange", "Check the record book, entry by entry."),
    "backup": ("positions.cli.exchange", "Copy the record book while others write."),
    "validate": ("positions.cli.data", "Check a workspace's files; print every finding."),
    "init": ("positions.cli.data", "Make an empty workspace with a commented codebook."),
    "schema": ("positions.cli.data", "Print the JSON Schemas of codebook, document and statement."),
}
"""Each command with the module that declares it and its line in the overview."""


class LazyGroup(click.Group):
    """A group that knows its commands' names and imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a first encounter."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module that declares a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview from the table, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="positions", prog_name="positions")
def commands() -> None:
    """Track what the parties of a negotiation say they want, anchored to the exact quotes."""


def main() -> None:
    """Run the command line; a user's mistake ends in one clear line for each finding, never in a traceback.

    Exit codes: 0 done, 1 findings in the data, 2 a wrong call or a file that cannot be read or written.
    """
    try:
        commands(prog_name="positions")
    except DataError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except PositionsError as error:
        click.echo(f"positions: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        sys.stderr.close()
        sys.exit(0)
