"""The command ``completion``: print what makes a shell complete commands, options and ids."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_POSITIONS_COMPLETE"
"""The variable by which a shell asks the program for completions."""


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print the script that completes positions in SHELL.

    For bash: `positions completion bash > ~/.local/share/bash-completion/completions/positions`.
    For zsh, in a folder of $fpath: `positions completion zsh > _positions`.
    For fish: `positions completion fish > ~/.config/fish/completions/positions.fish`.
    """
    script = get_completion_class(shell)
    assert script is not None
    click.echo(script(context.find_root().command, {}, "positions", VARIABLE).source())
