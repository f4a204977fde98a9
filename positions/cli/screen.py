"""The only way to the terminal: lines for people, data for programs, and the streams that both are written to.

People see every character that a terminal would obey or hide. Programs get their data as it is, in UTF-8; JSON alone
follows the encoding that was chosen for the output, because its escapes can say everything in any encoding.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from positions.files.characters import ESCAPED, READABLE, escape_controls, isolate_right_to_left, show_controls


def prepare_streams() -> None:
    """Let no character end a command: signs that the console lacks are replaced.

    A stream that is closed swallows what it gets.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 as long as the process
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=READABLE)


def echo(text: str = "", *, err: bool = False, end: str = "\n") -> None:
    """Write a text for people, with visible control characters, to standard output or (``err``) standard error."""
    stream = sys.stderr if err else sys.stdout
    visible = show_controls(text)
    stream.write(f"{isolate_right_to_left(visible) if isolates_text(stream) else visible}{end}")
    stream.flush()


def print_marked_up(text: str) -> None:
    """Write lines to standard output whose control characters are our own: others' were made visible before."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def is_styled() -> bool:
    """Return whether standard output is a terminal that knows styles."""
    if not is_terminal() or os.environ.get("TERM") in ("dumb", "unknown"):
        return False
    if sys.platform == "win32":  # pragma: no cover
        from colorama import just_fix_windows_console  # click brings it there

        just_fix_windows_console()
    return True


def isolates_text(stream: TextIO | None = None) -> bool:
    """Return whether a stream (default: standard output) is a terminal that knows marks of direction."""
    stream = stream or sys.stdout
    return stream.isatty() and (stream.encoding or "").lower().startswith("utf")


def print_whole(text: str) -> int:
    """Print all that a command has to say; return its exit code: 0, also if the reader goes away, else 2."""
    try:
        echo(text)
    except BrokenPipeError:
        discard_output()
    except OSError as error:
        discard_output()
        echo(f"positions: standard output: {error.strerror}", err=True)
        return 2
    return 0


def print_data(content: str | bytes) -> None:
    """Write data for programs to standard output as it is, text in UTF-8; a terminal gets it as people do."""
    if sys.stdout.isatty():
        echo(content if isinstance(content, str) else content.decode(errors="replace"), end="")
    else:
        _write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", READABLE))


def print_json_text(text: str) -> None:
    """Write JSON to standard output: escapes stand for control characters and for what its encoding lacks."""
    _write_bytes(escape_controls(text).encode(sys.stdout.encoding or "utf-8", ESCAPED))


def _write_bytes(content: bytes) -> None:
    stream: Any = sys.stdout
    stream.flush()
    if hasattr(stream, "buffer"):
        stream.buffer.write(content)
    else:  # a script that calls the command line may have put a plain text stream there
        stream.write(content.decode(stream.encoding or "utf-8", "replace"))
    stream.flush()


def ask_yes(question: str) -> bool:
    """Ask a question on the terminal; everything but y or yes is a no, the end of the input too."""
    echo(f"{question} [y/N]: ", end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def ask_choice(question: str, choices: Sequence[str]) -> str:
    """Ask on standard error until one of the choices is answered; nothing, or the end of the input, is the last one."""
    while True:
        echo(f"{question} ({', '.join(choices)}) [{choices[-1]}]: ", err=True, end="")
        answer = sys.stdin.readline().strip() or choices[-1]
        if answer in choices:
            return answer


def terminal_width(*, otherwise: int) -> int:
    """Return how many characters fit on a line of the terminal, or ``otherwise`` if output goes elsewhere."""
    import shutil  # not at every start: it loads what reads archives

    return shutil.get_terminal_size().columns if is_terminal() else otherwise


def discard_output() -> None:
    """Send what is still to be written to nowhere, after the reader of our output has gone or the disk is full."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
