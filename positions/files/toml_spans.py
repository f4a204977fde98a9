"""Where each value of a TOML text stands, so that one can be changed and every other byte stays as it is.

Only texts that ``tomllib`` has read are looked through: the grammar is not checked again here.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_SKIP: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK: Final = re.compile(r"[ \t]*")
_KEY: Final = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_SCALAR: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|[^,\]}#\r\n]+",
    re.DOTALL,
)


@dataclass(slots=True)
class TomlSpan:
    """A value and where it stands: ``text[start:end]``; of a table under a header from the header to its last value.

    ``key_start`` is where the key before the value begins, ``name_start`` where the last part of a dotted one does.
    ``entries`` are a table's values, ``items`` an array's; ``value`` is the plain value of anything else. ``inline`` is
    false for what stands under headers of its own.
    """

    start: int
    end: int
    key_start: int = -1
    name_start: int = -1
    value: Any = None
    entries: dict[str, TomlSpan] = field(default_factory=dict)
    items: list[TomlSpan] = field(default_factory=list)
    inline: bool = True

    def rows(self, name: str) -> list[TomlSpan]:
        """Return the tables of an array, none if there is no such array."""
        return self.entries[name].items if name in self.entries else []

    def tables(self) -> Iterator[TomlSpan]:
        """Yield the tables within it, at any depth, that stand under headers of their own."""
        for entry in self.entries.values():
            for table in () if entry.inline else entry.items or (entry,):
                yield table
                yield from table.tables()

    def text(self, name: str) -> Any:
        """Return a plain value of a table by its key, ``None`` if it is not there."""
        return self.entries[name].value if name in self.entries else None


def read_spans(text: str) -> TomlSpan:
    """Return the spans of a TOML text as its outermost table; raises ``tomllib.TOMLDecodeError`` if it is none."""
    tomllib.loads(text)
    return _Reader(text).document()


def edit_text(text: str, edits: list[tuple[int, int, str]]) -> str:
    """Return a text with spans replaced, ``(start, end, replacement)``; spans must not overlap."""
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def end_of_line(text: str, at: int) -> int:
    """Return where the line ends, after a comment, of a position that no value follows on it."""
    match = re.compile(r"[ \t]*(?:#[^\r\n]*)?").match(text, at)
    return match.end() if match else at


def removal_edit(text: str, span: TomlSpan) -> tuple[int, int, str]:
    """Return the edit that removes an array's item, a key with its value, or a table with its header.

    What stands alone on its lines goes with them; otherwise the comma beside it goes too.
    """
    start = span.key_start if span.key_start >= 0 else span.start
    first, last = text.rfind("\n", 0, start) + 1, span.end
    comma = re.compile(r"[ \t]*,").match(text, last)
    last = comma.end() if comma else last
    rest = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|$)").match(text, last)
    if rest and not text[first:start].strip():
        end = rest.end()
        blank = re.compile(r"[ \t]*\r?\n").match(text, end)
        return first, blank.end() if blank and not span.inline else end, ""
    if comma:
        following = _BLANK.match(text, last)
        return start, following.end() if following else last, ""
    before = text[:start].rstrip()
    return (len(before) - 1 if before.endswith(",") else start), span.end, ""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = self._name_start = 0

    def document(self) -> TomlSpan:
        root = TomlSpan(0, len(self._text), inline=False)
        table = root
        while self._skip() < len(self._text):
            start = self._at
            if self._text.startswith("[", start):
                table = self._header(root, start)
            else:
                self._pair(table)
            table.end = self._at
        return root

    def _skip(self) -> int:
        match = _SKIP.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _header(self, root: TomlSpan, start: int) -> TomlSpan:
        is_array = self._text.startswith("[[", start)
        self._at += 2 if is_array else 1
        *outer, name = self._keys()
        self._at = self._text.index("]", self._at) + (2 if is_array else 1)
        table = root
        for key in outer:
            table = table.entries.setdefault(key, TomlSpan(start, self._at, inline=False))
            table = table.items[-1] if table.items else table
        fresh = TomlSpan(start, self._at, inline=False)
        if is_array:
            table.entries.setdefault(name, TomlSpan(start, self._at, inline=False)).items.append(fresh)
            return fresh
        return table.entries.setdefault(name, fresh)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._blank()
            match = _KEY.match(self._text, self._at)
            assert match is not None
            self._name_start = self._at
            keys.append(str(_plain_value(match[0])) if match[0][0] in "\"'" else match[0])
            self._at = match.end()
            self._blank()
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _blank(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _pair(self, table: TomlSpan) -> None:
        start = self._at
        *outer, name = self._keys()
        name_start = self._name_start
        self._at = self._text.index("=", self._at) + 1
        self._blank()
        value = self._value()
        value.key_start, value.name_start = start, name_start
        for key in outer:
            table = table.entries.setdefault(key, TomlSpan(start, value.end, key_start=start))
        table.entries[name] = value

    def _value(self) -> TomlSpan:
        start = self._at
        if self._text[start] in "[{":
            return self._array(start) if self._text[start] == "[" else self._table(start)
        match = _SCALAR.match(self._text, start)
        assert match is not None
        source = match[0].rstrip(" \t")
        self._at = start + len(source)
        return TomlSpan(start, self._at, value=_plain_value(source))

    def _array(self, start: int) -> TomlSpan:
        array = TomlSpan(start, start)
        self._at += 1
        while self._text[self._skip()] != "]":
            if self._text[self._at] == ",":
                self._at += 1
            else:
                array.items.append(self._value())
        self._at += 1
        array.end = self._at
        return array

    def _table(self, start: int) -> TomlSpan:
        table = TomlSpan(start, start)
        self._at += 1
        while self._text[self._skip()] != "}":
            if self._text[self._at] == ",":
                self._at += 1
            else:
                self._pair(table)
        self._at += 1
        table.end = self._at
        return table


def _plain_value(text: str) -> Any:
    # Nearly all values are such strings, and there are thousands.
    if text[0] == '"' and "\\" not in text and not text.startswith('"""'):
        return text[1:-1]
    return tomllib.loads(f"x = {text}")["x"]


def toml_value(value: Any) -> str:
    """Write a text, number, truth value, list or mapping in one line of TOML; a text as a basic string."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {toml_value(one)}' for key, one in value.items())} }}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(toml_value, value))}]"
    # JSON leaves this control character as it is, TOML does not allow it.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
