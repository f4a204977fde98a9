"""Texts that no cell of a spreadsheet holds as they are: too long, or with signs that Excel takes for escapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from positions.errors import Finding
from positions.exchange.incoming import IncomingStatement
from positions.exchange.same_values import is_same_text

LONGEST_CELL: Final = 32_767
"""The most UTF-16 units of a cell."""
_SHOWN: Final = 32_000
_PART: Final = 30_000
_ESCAPES: Final = re.compile(r"_x[0-9A-Fa-f]{4}_?|[\ufffe\uffff]")
_CUT: Final = " …"
Key = tuple[str, str, str]
"""Kind, id and field of a record."""


class ExactRow(NamedTuple):
    """A part of a text: whose, and what, with escapes as in JSON."""

    kind: str
    id: str
    field: str
    part: str


HEADINGS: Final = ("Kind", "Id", "Field", "Part of the text, as JSON writes it")


class ExactTexts:
    """The texts of a workbook that its cells only show."""

    def __init__(self, texts: dict[Key, str] | None = None) -> None:
        self._texts = texts or {}

    @classmethod
    def read(cls, rows: Iterable[Sequence[object]]) -> ExactTexts:
        """Read the rows below the headings; what is not as it was written is left out."""
        parts: dict[Key, str] = {}
        for row in rows:
            if len(row) >= len(HEADINGS):
                kind, record_id, field, part = map(str, row[: len(HEADINGS)])
                parts[kind, record_id, field] = parts.get((kind, record_id, field), "") + part
        texts: dict[Key, str] = {}
        for key, escaped in parts.items():
            try:
                texts[key] = str(json.loads(f'"{escaped}"'))
            except ValueError:
                continue
        return cls(texts)

    def show(self, kind: str, record_id: str, field: str, text: str) -> str:
        """Return what a cell shows of a text: itself, or if no cell holds it what it looks like; then it is kept."""
        if "_x" not in text and text.isascii() and len(text) <= LONGEST_CELL:
            return text
        if not _ESCAPES.search(text) and (len(text) <= _SHOWN // 2 or _units(text) <= LONGEST_CELL):
            return text
        self._texts[kind, record_id, field] = text
        return _visible(text)

    def rows(self) -> Iterator[ExactRow]:
        """Yield the rows to write."""
        for (kind, record_id, field), text in self._texts.items():
            escaped = json.dumps(text)[1:-1].replace("_", "\\u005f")
            for start in range(0, len(escaped), _PART):
                yield ExactRow(kind, record_id, field, escaped[start : start + _PART])

    def restore(self, kind: str, row: IncomingStatement) -> IncomingStatement | Finding:
        """Return a row with its exact texts; a finding if somebody edited a cell that shows only the begin of one."""
        fields = dict(row.fields)
        for field, shown in fields.items():
            text = self._texts.get((kind, str(fields.get("id", "")), field))
            if text is None:
                continue
            if is_same_text(field, str(shown), _visible(text)):
                fields[field] = text
            elif _is_cut(text):
                message = f"its {len(text):,} characters are more than a cell holds, so it cannot be edited here"
                return Finding(row.where, field, message)
        return row._replace(fields=fields)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _is_cut(text: str) -> bool:
    return _units(text) > LONGEST_CELL


def _visible(text: str) -> str:
    """Return a text without what would be read as an escape, cut to what a cell holds."""
    plain = _ESCAPES.sub(lambda match: match[0].replace("_", "-") if match[0][0] == "_" else "", text)
    if not _is_cut(text):
        return plain
    return plain.encode("utf-16-le")[: _SHOWN * 2].decode("utf-16-le", "ignore") + _CUT
