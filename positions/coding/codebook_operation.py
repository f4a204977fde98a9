"""Operations on a codebook from what a person gives: ids that may leave their issue out, a new word's fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from positions.errors import QueryError
from positions.model.codebook_version import WordKind
from positions.model.id_changes import PART_MARKS
from positions.store.codebook_text import Operation, OperationName


def build_operation(name: OperationName, word: WordKind, old: str, new: Iterable[str] = ()) -> Operation:
    """Return an operation; a new element or level may leave its issue out.

    Raises ``QueryError`` for a level that is not ``issue:number``.
    """
    operation = Operation(name, word, old, tuple(_whole_id(word, old, one) for one in new))
    for word_id in (operation.old, *operation.new):
        _require_level(word, word_id)
    return operation


def build_addition(word: WordKind, new: str, properties: Mapping[str, Any]) -> Operation:
    """Return the operation that adds a word; ``properties`` are its ``label``, ``kind`` and other fields.

    Its label is by default its id, a speaker's kind ``person``, an issue's ``scale``. Raises as
    :func:`build_operation` does, and for a level without its definition. The addressees of an issue that begins with
    ``elements`` are those of each element.
    """
    _require_level(word, new)
    own = new.rpartition(PART_MARKS.get(word, "/"))
    if word in PART_MARKS and not (own[0] and own[2]):
        raise QueryError(f"found {new!r}, allowed: ISSUE{PART_MARKS[word]}{word.upper()}", field=word)
    label = properties.get("label") or own[2]
    named = {"name": label} if word in ("party", "speaker") else {"label": label}
    kinds = {"speaker": properties.get("kind") or "person", "issue": properties.get("kind") or "scale"}
    others = {name: properties.get(name) for name in ("definition", "parent", "addressees")}
    fields = {"kind": kinds.get(word), **named, **others}
    if word == "level" and not fields["definition"]:
        raise QueryError("missing; a level needs one, which tells coders what it means", field="definition")
    if elements := properties.get("elements"):
        addressees = fields.pop("addressees")
        rows = [{"id": one, "label": one.replace("-", " "), "addressees": addressees} for one in elements]
        fields["elements"] = [{name: value for name, value in row.items() if value} for row in rows]
    return Operation("add", word, new, fields={name: value for name, value in fields.items() if value})


def _whole_id(word: WordKind, old: str, new: str) -> str:
    mark = PART_MARKS.get(word)
    return new if mark is None or mark in new else f"{old.partition(mark)[0]}{mark}{new}"


def _require_level(word: WordKind, word_id: str) -> None:
    if word != "level":
        return
    number = word_id.rpartition(":")[2].removeprefix("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise QueryError(f"found {word_id!r}, allowed: ISSUE:NUMBER, such as talks:-1", field="level")
