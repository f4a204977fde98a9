"""Which of two texts of a field say the same: what programs do to a table on its way is no edit of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from positions.model.field_use import Holds, declared_fields
from positions.model.statement import Statement

FieldTexts: TypeAlias = Mapping[str, str]
_FIELDS: Final = {field.name: field.use for field in declared_fields(Statement)}
_NUMBERS: Final[frozenset[Holds]] = frozenset({"offset", "level", "range", "share"})
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def changed_texts(given: FieldTexts, before: FieldTexts) -> dict[str, str]:
    """Return the given fields that a record has and that say something else than it did."""
    return {name: text for name, text in given.items() if name in before and not is_same_text(name, text, before[name])}


def count_changes(given: FieldTexts, before: FieldTexts) -> int:
    """Return in how many fields a row differs from a record."""
    return len(changed_texts(given, before))


def is_same_text(name: str, text: str, other: str) -> bool:
    """Return whether two texts of a field say the same, line ends, control characters and forms of numbers aside."""
    if text == other:
        return True
    use = _FIELDS.get(name)
    if use is not None and use.holds in _NUMBERS:
        try:
            return float(text) == float(other)
        except ValueError:
            return False
    return _plain(text) == _plain(other)


def _plain(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def shared_group(name: str) -> str:
    """Return the field that a field is told with, as where a quote begins is with the quote; else the field itself.

    Two people who change fields of one group do not mean the same.
    """
    use = _FIELDS.get(name)
    return use.with_field or name if use else name


def nearest_texts(given: FieldTexts, versions: Iterable[FieldTexts]) -> FieldTexts:
    """Return the version, the latest of several, from which a row differs in the fewest fields."""
    return min(reversed(list(versions)), key=lambda version: count_changes(given, version))
