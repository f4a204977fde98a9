"""The command ``completion``, and the ids of a workspace that a shell completes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import click

from positions.cli.screen import echo
from positions.errors import PositionsError
from positions.model.codebook_version import WordKind

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS: Final = ("bash", "zsh", "fish")
VARIABLE: Final = "_POSITIONS_COMPLETE"
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
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None
    echo(script(context.find_root().command, {}, "positions", VARIABLE).source())


def complete_ids(word: WordKind) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Return what completes an id of the workspace's codebook, with its name as help; nothing if none can be read."""

    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from positions.model.id_changes import declared_names
        from positions.workspace import open_workspace

        try:
            with open_workspace(context.params.get("data")) as workspace:
                names = declared_names(workspace.codebook, word)
        except PositionsError:
            return []
        typed = incomplete.casefold()
        return [CompletionItem(one, help=name) for one, (name, *_) in names.items() if one.casefold().startswith(typed)]

    return complete
