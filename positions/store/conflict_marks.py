"""A file as git leaves it when both sides changed one place: with marks around each side's lines.

The book merges recorded versions itself, from ``codebooks.jsonl``, in which git keeps both sides' lines. What git made
of the file is then of no use, if every line of it is one of a recorded version; otherwise somebody edited it by hand
and has to look at it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from positions.errors import DataError, Finding
from positions.files.reading import json_lines
from positions.model.codebook_version import FILE_NAMES, VersionName

_CONFLICT: Final = re.compile(
    r"^<{7} [^\n]*\n(?P<ours>.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}\n(?P<theirs>.*?)^>{7} [^\n]*\n?", re.MULTILINE | re.DOTALL
)
_VERSIONS: Final = "codebooks.jsonl"


def resolve_marks(folder: Path, name: VersionName, text: str) -> str:
    """Return a file's text with our side's lines only wherever git marked a conflict of two recorded versions.

    Raises ``DataError`` if a line of it is in no version: then it is for a person to choose.
    """
    # Nearly every file has no mark at all, and to look for a whole conflict in a long one takes as long as reading it.
    if "<<<<<<< " not in text or not (conflict := _CONFLICT.search(text)):
        return text
    if not is_of_versions(folder, name, text):
        where = f"{FILE_NAMES[name]}:{text[: conflict.start()].count(chr(10)) + 1}"
        message = "found lines of two sides that git marked; keep those that count and take the marks away"
        raise DataError([Finding(where, "", message)])
    return _CONFLICT.sub(r"\g<ours>", text)


def conflict_sides(text: str) -> tuple[str, ...]:
    """Return a file's text as each of the two sides had it that git could not merge; nothing if git marked nothing."""
    if not _CONFLICT.search(text):
        return ()
    return _CONFLICT.sub(r"\g<ours>", text), _CONFLICT.sub(r"\g<theirs>", text)


def is_of_versions(folder: Path, name: VersionName, text: str) -> bool:
    """Return whether every line of a file, but for git's marks, is in a version that the folder's text holds."""
    text = _CONFLICT.sub(r"\g<ours>\g<theirs>", text)
    path = folder / _VERSIONS
    lines = {""}
    for _, fields in json_lines(path) if path.exists() else ():
        if isinstance(fields, dict) and fields.get("id") == name:
            lines |= {line.rstrip("\r") for line in str(fields.get("text", "")).split("\n")}
    return all(line.rstrip("\r") in lines for line in text.split("\n"))
