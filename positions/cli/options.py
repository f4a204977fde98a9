"""Options that commands share, and the query that they make together."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click
from click.types import FloatParamType, IntParamType

from positions.files.formats import format_of
from positions.model.dates import parse_day, parse_instant
from positions.model.query import Query

_NUMBER: Final = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})(e-?[0-9]{1,2})?")


class PlainDigits(click.ParamType[Any]):
    """A number in ASCII digits: those of other scripts, and signs between digits, are mistakes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a number as the type beside this one does."""
        if isinstance(value, str) and not _NUMBER.fullmatch(value):
            self.fail(f"found {value[:60]!r}, allowed: a number in the digits 0 to 9", param, ctx)
        return super().convert(value, param, ctx)


class WholeNumber(PlainDigits, IntParamType):
    """A whole number."""


class WholeNumberWithin(PlainDigits, click.IntRange):
    """A whole number with bounds."""


class Number(PlainDigits, FloatParamType):
    """A number."""


class NumberWithin(PlainDigits, click.FloatRange):
    """A number with bounds."""


class PathName(click.Path):
    """The path of a file or a folder; an empty text, as of an unset variable, is a mistake and not the folder here."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a path as the type beside this one does."""
        if not os.fspath(value):
            self.fail("found an empty text, allowed: the path of a file or a folder", param, ctx)
        return super().convert(value, param, ctx)


def optional_day(text: str | None, *, name: str) -> date | None:
    """Read the day of an option that may be absent; an empty text, as of an unset variable, is a mistake."""
    return None if text is None else parse_day(text, name=name)


def data_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--data``, the workspace's folder."""
    return click.option(
        "--data",
        type=PathName(path_type=Path),
        help="Workspace folder (default: $POSITIONS_DATA, ./data, or a copy of the shipped example).",
    )(command)


def known_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--known-at`` and ``--public-by``, handed on as one ``query``."""

    @click.option("--known-at", metavar="TIME", help="As the record book knew it then; a day means its end in UTC.")
    @click.option("--public-by", metavar="DAY", help="Only from documents published by this day.")
    @wraps(command)
    def ask(*args: Any, known_at: str | None, public_by: str | None, as_of: str | None = None, **rest: Any) -> Any:
        query = Query(
            as_of=optional_day(as_of, name="--as-of"),
            known_at=parse_instant(known_at, name="--known-at") if known_at is not None else None,
            public_by=optional_day(public_by, name="--public-by"),
        )
        return command(*args, query=query, **rest)

    return ask


def query_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--as-of``, ``--known-at`` and ``--public-by``, handed on as one ``query``."""
    day = click.option(
        "--as-of", metavar="DAY", help="The day asked about, YYYY-MM-DD (default: the last with a statement)."
    )
    return day(known_options(command))


def unchanged_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--if-unchanged``, the head of the preview on which somebody decided, handed on as ``made_from``."""
    return click.option(
        "--if-unchanged",
        "made_from",
        metavar="HEAD",
        help="Only if nothing that it touches was changed since this head, as --dry-run prints it.",
    )(command)


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add ``--format``; the first format is the default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="How to print it."
    )


def file_format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add ``--format`` for a command with ``-o``: its default is by the file's ending, on the screen the first one."""
    words = f"How to write it (default: by the ending of -o, else {formats[0]})."
    return click.option("--format", "form", type=click.Choice(formats), help=words)


def chosen_format(form: str | None, output: Path | None, endings: Mapping[str, str], *, default: str) -> str:
    """Return the format that was named, else the one by the ending of the file to write, else ``default``.

    A device or pipe has no ending and gets the default. Raises ``QueryError`` for an ending that is not among those
    allowed.
    """
    if form or output is None or str(output) == "-" or (output.exists() and not output.is_file()):
        return form or default
    return format_of(output, endings)
