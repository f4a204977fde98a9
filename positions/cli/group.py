"""The group of all commands, and how their errors end."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from positions.cli.collection import resume_collection
from positions.cli.commands import COMMANDS, overview
from positions.errors import DataError, PositionsError


class LazyGroup(click.Group):
    """A group that knows its commands' names and imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the overview."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module that declares a command, then resume the garbage collector."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), f"{cmd_name.replace('-', '_')}_command")
        resume_collection()
        return command

    def get_help(self, ctx: click.Context) -> str:
        """Return the overview, made from the table without importing any command."""
        return overview()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="positions", prog_name="positions")
def commands() -> None:
    """Track what the parties of a negotiation say they want, anchored to the exact quotes."""


def run_command() -> int:
    """Run the command and return its exit code; errors of the toolkit are printed as plain lines."""
    try:
        commands(prog_name="positions")
    except DataError as error:
        click.echo(str(error), err=True)
        return 1
    except PositionsError as error:
        click.echo(f"positions: {error}", err=True)
        return 2
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        sys.stderr.close()
    return 0
