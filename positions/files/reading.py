"""Reading data files strictly: bytes to text to models, every problem with its file, line and field.

Nothing here repairs: a byte that is no UTF-8, a line cut in the middle, an unknown field or a date that is no
day of the calendar is a :class:`~positions.errors.Finding`, and all of a file's findings come together.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from positions.errors import DataError, FieldError, Finding, WorkspaceError
from positions.files.characters import VISIBLE, VISIBLE_OR_BLANK
from positions.files.model_cache import read_through_cache

Model = TypeVar("Model", bound=BaseModel)
Loc = Sequence[int | str]
_TABLE: Final = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]?\]")
_QUOTED: Final = re.compile(r"'([^']*)'")
MOST_PROBLEMS: Final = 200
"""How many problems of a TOML file are looked up in its lines."""
CUT_OFF: Final = "the last line has no line end, so the file may have been cut off"
"""What is wrong with a last line that does not end."""


def read_bytes(path: Path) -> bytes:
    """Read a file whole; raise ``WorkspaceError`` naming it where that cannot be done."""
    require_file(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be read: {error.strerror or error}") from None


def require_file(path: Path) -> None:
    """Raise ``WorkspaceError`` for what may never end: a device, or a pipe to which nobody may ever write.

    A pipe that the shell handed on, as ``/dev/fd/63`` or ``/dev/stdin``, has a writer and is read.
    """
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError):
        return  # who reads it says why it cannot be read
    if stat.S_ISDIR(kind):
        raise WorkspaceError(f"{path}: is a folder, allowed: a file")
    if not stat.S_ISREG(kind) and not (stat.S_ISFIFO(kind) and str(path).startswith(("/dev/", "/proc/self/fd/"))):
        raise WorkspaceError(f"{path}: is not a regular file")


def decode(content: bytes, *, where: str) -> str:
    """Decode strict UTF-8 with line ends kept; raise ``DataError`` naming the line of the first wrong byte."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"found the byte 0x{content[error.start]:02x}, allowed: UTF-8 text"
        raise DataError([Finding(f"{where}:{line}", "", message)]) from None


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | Finding]]:
    """Yield the number (from 1) and object of each line of a JSON-lines file, or a finding in its place.

    Blank lines are passed over. A last line without its line end was cut off: that is a finding too.
    """
    content = read_bytes(path)
    text = decode(content, where=path.name)
    if text and not text.endswith("\n"):
        last = text.count("\n") + 1
        yield last, Finding(f"{path.name}:{last}", "", CUT_OFF)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, json_object(line, where=f"{path.name}:{number}")


def json_object(line: str | bytes, *, where: str) -> dict[str, Any] | Finding:
    """Read one JSON object, or tell what is wrong with it: no JSON, no UTF-8, no object, a field that stands twice."""
    try:
        # One decoder for all lines: `json.loads` makes another for each, which takes as long as decoding.
        content = _DECODER.decode(line.decode() if isinstance(line, bytes) else line)
    except (ValueError, RecursionError) as error:
        return Finding(where, "", f"not a whole JSON object: {error}")
    if isinstance(content, dict):
        return content
    return Finding(where, "", f"found a {type(content).__name__}, allowed: an object")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=lambda pairs: _distinct_keys(pairs))


def _distinct_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a field stands twice")
    return fields


def read_toml(path: Path, model: type[Model]) -> Model:
    """Read a TOML file into a model; raise ``DataError`` with the file, line and field of every problem."""
    return parse_toml(read_bytes(path), model, name=path.name)


def parse_toml(content: bytes, model: type[Model], *, name: str) -> Model:
    """Read a TOML file's bytes into a model, as :func:`read_toml` does; ``name`` is what findings call the file."""
    return read_through_cache(content, model, lambda: _parse_toml(content, name, model))


def _parse_toml(encoded: bytes, name: str, model: type[Model]) -> Model:
    import tomllib

    text = decode(encoded, where=name)
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise DataError([Finding(name, "", "not TOML that can be read: it is nested too deeply")]) from None
    except ValueError as error:  # not only TOML's own: a number may have more digits than Python reads
        line = re.search(r"line ([0-9]+)", str(error))
        where = f"{name}:{line[1] if line else text.count(chr(10)) + 1}"
        raise DataError([Finding(where, "", f"not TOML: {error}")]) from None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise DataError(toml_findings(problem_messages(error, model), text, name=name)) from None


def toml_findings(problems: Iterable[tuple[Loc, str]], text: str, *, name: str) -> list[Finding]:
    """Return a finding for each place of a TOML file where something is wrong, with the line that it stands in."""
    lines, places = text.split("\n"), list(problems)
    findings = [
        Finding(f"{name}:{_toml_line(lines, loc, message)}", _field(loc), message)
        for loc, message in places[:MOST_PROBLEMS]
    ]
    if len(places) > MOST_PROBLEMS:
        findings.append(Finding(name, "", f"{len(places) - MOST_PROBLEMS:,} more problems of this kind"))
    return findings


def problem_messages(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Loc, str]]:
    """Yield where and what for each problem that pydantic found, worded as found and allowed."""
    for item in error.errors(include_url=False):
        loc, kind, value = item["loc"], item["type"], item["input"]
        context: Mapping[str, Any] = item.get("ctx", {})
        if kind == "extra_forbidden":
            yield loc, "unknown field" + (f", allowed: {', '.join(model.model_fields)}" if len(loc) == 1 else "")
        elif kind == "missing":
            yield loc, "missing"
        elif kind == "literal_error":
            yield loc, f"found {value!r}, allowed: {context['expected']}"
        elif kind == "string_pattern_mismatch" and context["pattern"] in (VISIBLE, VISIBLE_OR_BLANK):
            yield loc, f"found {_shorten(value)}, allowed: text that can be seen"
        elif kind == "value_error":
            refusal = context["error"]
            is_of_field = isinstance(refusal, FieldError) and not loc
            yield ((refusal.field,), refusal.message) if is_of_field else (loc, str(refusal))
        else:
            yield loc, f"found {_shorten(value)}: {item['msg'][0].lower()}{item['msg'][1:]}"


def model_findings(error: ValidationError, model: type[BaseModel], *, where: str) -> list[Finding]:
    """Turn what pydantic found in one record into findings at ``where``, each with its field."""
    return [Finding(where, _field(loc), message) for loc, message in problem_messages(error, model)]


def _shorten(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _field(loc: Loc) -> str:
    names = [str(part) for part in loc if isinstance(part, str)]
    return ".".join(names)


def _toml_line(lines: Sequence[str], loc: Loc, message: str) -> int:
    """Find the line that a location speaks of: tomllib gives none, so walk the table headers, then the values."""
    first, last, name = 0, len(lines), ""
    for part, following in zip_longest(loc, loc[1:]):
        if isinstance(part, str):
            name = f"{name}.{part}" if name else part
            if isinstance(following, int):
                first, last = _narrow(lines, first, last, name, following)
    values = [re.escape(value) for value in _QUOTED.findall(message)]
    fields = [re.escape(part) for part in reversed(loc) if isinstance(part, str)]
    patterns = [rf'\bid\s*=\s*"{value}"' for value in values if "twice" in message]
    patterns += [rf"\b{field}\s*=.*{value}" for field in fields[:1] for value in values]
    patterns += [rf'"{value}"' for value in values] + [rf"^\s*{field}\s*=" for field in fields]
    for pattern in patterns:
        hits = [number for number in range(first, last) if re.search(pattern, lines[number])]
        if hits:
            return hits[-1 if "twice" in message else 0] + 1
    return first + 1


def _narrow(lines: Sequence[str], first: int, last: int, name: str, index: int) -> tuple[int, int]:
    """Narrow a range of lines to the table of that name, or to the inline table in an array of one a line."""
    headers = [n for n in range(first, last) if (match := _TABLE.match(lines[n])) and match[1] == name]
    if index < len(headers):
        start = headers[index]
        return start, next((n for n in range(start + 1, last) if _opens_sibling(lines[n], name)), last)
    opening = re.compile(rf"^\s*{re.escape(name.rpartition('.')[2])}\s*=\s*\[\s*$")
    arrays = [n for n in range(first, last) if opening.match(lines[n])]
    items = [n for n in range(arrays[0], last) if re.match(r"\s*\{", lines[n])] if arrays else []
    return (items[index], items[index] + 1) if index < len(items) else (first, last)


def _opens_sibling(line: str, name: str) -> bool:
    match = _TABLE.match(line)
    return match is not None and not match[1].startswith(f"{name}.")
