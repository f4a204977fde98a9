"""Cells as the fields of a record: names for ids, numbers with a comma, local days, as the text that a record reads.

Nothing is judged here but what cannot be understood: whether a word is the codebook's, and whether a claim is allowed,
says whoever records it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from functools import cached_property
from typing import Final, TypeAlias

from pydantic import BaseModel

from positions.errors import Finding, allowed
from positions.exchange.local_dates import day_text, read_local_date, serial_day
from positions.exchange.tables import Cell
from positions.files.characters import show_controls
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.field_use import Holds
from positions.wording.fields import BASIS_WORDS, DIRECTNESS_WORDS, VOICE_WORDS

FieldKinds: TypeAlias = Mapping[str, Holds]
"""What the fields of a record hold."""
_NUMBER: Final = re.compile(r"([+-]?[0-9]{1,15})([.,]([0-9]{0,15}))?")
_IDS: Final[frozenset[Holds]] = frozenset({"id", "document", "party", "speaker", "issue", "element", "condition"})
_WHOLE: Final[frozenset[Holds]] = frozenset({"offset", "level", "range"})
_FREE: Final[frozenset[Holds]] = frozenset({"quote", "text", "translation"})
"""Fields of free text: blanks at their ends may be meant."""
_WORDS: Final = {
    words.casefold(): word
    for meanings in (VOICE_WORDS, DIRECTNESS_WORDS, BASIS_WORDS)
    for word, words in meanings.items()
}


class CellReader:
    """Reads cells by what their field holds; ``notes`` says in a line each what was read otherwise than it stands."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self.notes: dict[str, None] = {}

    def read_row(self, cells: Mapping[str, Cell], kinds: FieldKinds, *, where: str) -> dict[str, str] | list[Finding]:
        """Return a record's fields as text, an empty text for an empty cell, or all that cannot be understood."""
        fields: dict[str, str] = {}
        findings: list[Finding] = []
        for field, cell in cells.items():
            try:
                fields[field] = self._read(cell, kinds.get(field, "text"), f"{where} {field}")
            except ValueError as error:
                findings.append(Finding(where, field, str(error)))
        issue = fields.get("issue", "")
        for field in ("element", "stance", "stance_to"):
            if text := fields.get(field):
                fields[field] = self.word_id(text, kinds.get(field, "text"), issue=issue)
                findings += self._unknown_level(
                    fields[field], kinds.get(field, "text"), issue, where=f"{where} {field}"
                )
        return findings or fields

    def _unknown_level(self, text: str, holds: Holds, issue: str, *, where: str) -> Iterator[Finding]:
        """Find a level that is given in words which its issue does not have; who records it judges numbers."""
        levels = self._of_issue.get((issue, holds), {}) if holds in ("level", "range") else {}
        if levels and not _NUMBER.fullmatch(text):
            yield Finding(where, "", allowed(text[:100], levels))

    def _read(self, cell: Cell, holds: Holds, where: str) -> str:
        if cell is None or cell == "":
            return ""
        if isinstance(cell, bool):
            return str(cell).lower()
        if isinstance(cell, time | timedelta):
            raise ValueError(f"found the time {cell}, allowed: text or a number")
        if isinstance(cell, date):
            if holds in _IDS or holds in _WHOLE or holds == "share":
                shown = day_in_words(date.fromisoformat(day_text(cell)))
                raise ValueError(f"found the day {shown}; a spreadsheet took it for one: format the column as text")
            return day_text(cell)
        if holds in _FREE:
            return _number_text(cell) if not isinstance(cell, str) else cell
        text = _number_text(cell) if not isinstance(cell, str) else cell.strip()
        if holds == "date":
            return self._read_date(text, where)
        if holds in _WHOLE or holds == "share":
            return _plain_number(text, whole=holds in _WHOLE)
        return _WORDS.get(text.casefold(), text) if holds == "word" else self.word_id(text, holds)

    def _read_date(self, text: str, where: str) -> str:
        day = read_local_date(text)
        if serial_day(text):
            self.notes[f"{where}: {text} was read as {day}, the day that it counts in a spreadsheet"] = None
        return day

    def word_id(self, text: str, holds: Holds, *, issue: str = "") -> str:
        """Return the id that a name, a label or another spelling stands for; what is an id, or unknown, stays."""
        names = self._names.get(holds, {})
        if holds in ("element", "level", "range"):
            names = self._of_issue.get((issue, holds), {})
        return text if text in names.values() else names.get(text.casefold(), text)

    @cached_property
    def _names(self) -> Mapping[Holds, Mapping[str, str]]:
        book = self._codebook
        paths = {book.path_label(issue.id, None): issue.id for issue in book.issues}
        for issue in book.issues:
            paths |= {book.path_label(issue.id, element.id): f"{issue.id}/{element.id}" for element in issue.elements}
        return {
            "party": _by_name((party.name, party.id) for party in book.parties),
            "speaker": _by_name((name, one.id) for one in book.speakers for name in (one.name, *one.aliases)),
            "issue": _by_name((issue.label, issue.id) for issue in book.issues),
            "condition": _by_name(paths.items()),
        }

    @cached_property
    def _of_issue(self) -> Mapping[tuple[str, Holds], Mapping[str, str]]:
        names: dict[tuple[str, Holds], Mapping[str, str]] = {}
        for issue in self._codebook.issues:
            names[issue.id, "element"] = _by_name((element.label, element.id) for element in issue.elements)
            labels = [(level.addressee_label, str(level.stance)) for level in issue.levels if level.addressee_label]
            levels = _by_name([*labels, *((level.label, str(level.stance)) for level in issue.levels)])
            names[issue.id, "level"] = names[issue.id, "range"] = levels
        return names


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map the names that mean one id, and ids in other letters, to the id."""
    given = list(pairs)
    names: dict[str, str] = {}
    for name, one in given:
        names[name.casefold()] = one if names.get(name.casefold(), one) == one else ""
    return {name: one for name, one in names.items() if one} | {one.casefold(): one for _, one in given}


def _number_text(cell: float) -> str:
    """Return a number as a person writes it: spreadsheets hold whole ones as fractions."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else str(cell)


def _plain_number(text: str, *, whole: bool) -> str:
    """Return a number with a point and an ASCII sign, a whole one without a fraction; any other text stays."""
    match = _NUMBER.fullmatch(text.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-"))
    if match is None:
        return text
    digits = match[1].removeprefix("+")
    if whole and not (match[3] or "").strip("0"):
        return digits
    return f"{digits}.{match[3]}" if match[3] else digits


def shorten(text: str, most: int = 60) -> str:
    """Return a value for a line of a preview: on one line, and not longer than it can be read."""
    line = " ".join(show_controls(text.replace("\n", " ").replace("\r", " ")).split())
    return line if len(line) <= most else f"{line[:most]}…"


def record_texts(record: BaseModel) -> dict[str, str]:
    """Return the fields of a record as the texts that its cells hold, what is unset as an empty one."""
    values = record.model_dump(mode="json", exclude={"text"})
    return {name: "" if value is None else str(value) for name, value in values.items()}
