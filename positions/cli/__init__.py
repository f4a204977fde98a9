"""The command line: declares commands and calls the toolkit; no work of its own.

Nothing is imported before it is needed: the overview comes from a table, click only when a command runs, and a
command's module only for that command.
"""

from __future__ import annotations

import os
import sys

from positions.cli.commands import overview
from positions.cli.screen import echo, prepare_streams, print_whole


def main() -> None:
    """Run the command line; a user's mistake ends in one clear line for each finding, never in a traceback.

    Exit codes: 0 done, 1 findings in the data, 2 a wrong call or a file that cannot be read or written, 130 ctrl-C.
    """
    try:
        code = _run()
    except KeyboardInterrupt:  # before there was a command, or while it was being left
        echo("positions: interrupted", err=True)
        code = 130
    sys.exit(code)


def _run() -> int:
    prepare_streams()
    # A shell asks for completions by a variable, with no words on the command line.
    if sys.argv[1:] in ([], ["-h"], ["--help"]) and "_POSITIONS_COMPLETE" not in os.environ:
        return print_whole(overview())
    # Spares a search through all installed packages for plugins, at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from positions.cli.collection import pause_collection

    with pause_collection():
        from positions.cli.group import run_command

        return run_command()
