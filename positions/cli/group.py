"""The group of all commands, and how their errors end."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from io import StringIO
from typing import Final

import click

from positions.cli.collection import resume_collection
from positions.cli.commands import COMMANDS, overview
from positions.cli.screen import discard_output, echo, prepare_streams
from positions.errors import DataError, PositionsError

INTERRUPTED: Final = 130
"""The exit code after ctrl-C, as shells have it."""


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

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an interruption ends it in one line, and the end of its reader silently."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.Abort from None
        except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
            discard_output()
            return 0

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what no file, id or option can hold, for all commands at once."""
        for word in args:
            if "\x00" in word or (not word.isascii() and any("\ud800" <= sign <= "\udfff" for sign in word)):
                raise click.UsageError(f"found {word[:60]!r}, allowed: text in UTF-8 without NUL")
        return super().parse_args(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="positions", prog_name="positions")
def commands() -> None:
    """Track what the parties of a negotiation say they want, anchored to the exact quotes."""


def run_command() -> int:
    """Run the command and return its exit code; whatever ends it early is told in plain lines, never in a traceback."""
    prepare_streams()
    try:
        code = _exit_code()
        sys.stdout.flush()
    except DataError as error:
        return _end(str(error), 1)
    except PositionsError as error:
        return _end(f"positions: {error}", 2)
    except click.ClickException as error:
        words = StringIO()
        error.show(file=words)
        return _end(words.getvalue().rstrip("\n"), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _end("positions: interrupted", INTERRUPTED)
    except BrokenPipeError:
        discard_output()
        return 0
    except OSError as error:
        discard_output()
        where = error.filename or "standard output"
        return _end(f"positions: {where}: {error.strerror or error}", 2)
    return code


def _exit_code() -> int:
    """Run the command; the code with which it ends itself, else 0."""
    try:
        code = commands.main(prog_name="positions", standalone_mode=False)
    except SystemExit as ending:
        code = ending.code
    return code if isinstance(code, int) else 0


def _end(message: str, code: int) -> int:
    with suppress(OSError):  # nobody can be told
        echo(message, err=True)
    return code
