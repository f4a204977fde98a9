"""Options of ``export`` beside its format: which days, and how a network is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any

import click

from positions.cli.options import WholeNumberWithin, optional_day
from positions.model.network_choices import (
    ACTOR_UNITS,
    CONCEPT_UNITS,
    DUPLICATES,
    NETWORK_BASES,
    NETWORK_KINDS,
    NORMALISATIONS,
    QUALIFIERS,
    NetworkChoices,
)


def export_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that some formats take, handed on as one ``options``."""

    @click.option("--from", "start", metavar="DAY", help="Only what was said from this day on.")
    @click.option("--to", "end", metavar="DAY", help="Only what was said to this day.")
    @click.option("--party", "parties", metavar="ID", multiple=True, help="Bargaining model: whose positions.")
    @wraps(command)
    def ask(*args: Any, start: str | None, end: str | None, network: NetworkChoices, **rest: Any) -> Any:
        from positions.exchange.content import ExportOptions

        days = optional_day(start, name="--from"), optional_day(end, name="--to")
        options = ExportOptions(*days, network, parties=tuple(rest.pop("parties")))
        return command(*args, options=options, **rest)

    return network_options(ask)


def network_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of networks, handed on as one ``network``."""

    @_choice("--network", "kind", NETWORK_KINDS, "Network: actors to concepts (the first two) or actors to actors.")
    @_choice("--normalise", "normalisation", NORMALISATIONS, "Network: what weights are divided by.")
    @_choice("--duplicates", "duplicates", DUPLICATES, "Network: within what the same word counts once.")
    @_choice("--basis", "basis", NETWORK_BASES, "Network: what was said, or what is held as of a day.")
    @_choice("--qualifier", "qualifier", QUALIFIERS, "Network: stances by level, or only for or against.")
    @_choice("--concepts", "concepts", CONCEPT_UNITS, "Network: a concept is an element, or each level on one.")
    @_choice("--actors", "actors", ACTOR_UNITS, "Network: who is tied.")
    @click.option(
        "--window",
        type=WholeNumberWithin(min=1, max=36_500),
        metavar="DAYS",
        help="Network: a folder with one for each day, of the days around it.",
    )
    @click.option("--isolates", is_flag=True, help="Network: also who and what has no tie.")
    @wraps(command)
    def ask(*args: Any, **options: Any) -> Any:
        own = {field.name: options.pop(field.name) for field in fields(NetworkChoices)}
        return command(*args, network=NetworkChoices(**own), **options)

    wrapped: Callable[..., Any] = ask
    return wrapped


def _choice(flag: str, name: str, words: tuple[str, ...], text: str) -> Callable[..., Any]:
    return click.option(flag, name, type=click.Choice(words), default=words[0], show_default=True, help=text)
