"""The form fields of a statement, built from the model's declarations and the fields' words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from positions.model.codebook import Codebook
from positions.model.field_use import DeclaredField, Holds, declared_fields
from positions.model.lists import capitalize_first, join_words
from positions.model.statement import Claim, Statement
from positions.wording.fields import FIELD_WORDS

Control: TypeAlias = Literal["area", "choice", "speaker", "text", "number"]
"""The control of a field: long text, a list to choose from, a name with completion, one line, a number."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    ``more``: the field is seldom needed. ``unset`` is the label of the empty choice, ``preset`` the value in an empty
    form.
    """

    name: str
    label: str
    kind: Control
    holds: Holds
    hint: str = ""
    unset: str = "choose"
    more: bool = False
    needed: bool = False
    preset: str = ""


_KINDS: Final[Mapping[Holds, Control]] = {
    "quote": "area",
    "text": "area",
    "speaker": "speaker",
    "offset": "number",
    "date": "text",
    "share": "text",
    "name": "text",
    "translation": "area",
}
"""The controls of fields that are not chosen from a list."""
_LEADING: Final = ("quote", "start", "holder", "voice", "directness")
"""The first fields of each part of the form; the others follow in the order of the record."""


def build_form_fields(model: type[Claim]) -> tuple[Field, ...]:
    """Return the fields that a coder fills in, in the order of the form, those that are seldom needed last."""
    fields = [field for field in declared_fields(model) if field.use.by_hand and field.use.holds != "document"]
    fields.sort(
        key=lambda field: (field.use.seldom, _LEADING.index(field.name) if field.name in _LEADING else len(_LEADING))
    )
    return tuple(map(_form_field, fields))


def _form_field(declared: DeclaredField) -> Field:
    words, use = FIELD_WORDS[declared.name], declared.use
    return Field(
        declared.name,
        words.label,
        _KINDS.get(use.holds, "choice"),
        use.holds,
        words.hint,
        words.unset,
        more=use.seldom,
        needed=declared.needed,
        preset=value_text(declared.default),
    )


def value_text(value: object) -> str:
    """Write a field's value as the form shows it; empty if it is unset."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


FIELDS: Final = build_form_fields(Statement)
"""All fields in the order of the form; :func:`label_fields` adds the labels that depend on the codebook."""
NAMES: Final = tuple(field.name for field in FIELDS)
SPEAKERS: Final = tuple(field.name for field in FIELDS if field.holds == "speaker")
"""The names of the fields that hold a speaker."""
EMPTY_TEXTS: Final[Mapping[str, str]] = {field.name: field.preset for field in FIELDS}
"""The texts of an empty form, by field."""


def label_fields(codebook: Codebook) -> tuple[Field, ...]:
    """Return all fields in the order of the form; the element is labelled with the codebook's nouns for elements."""
    nouns = dict.fromkeys(issue.noun for issue in codebook.issues if issue.noun)
    label = capitalize_first(join_words(nouns, last="or")) if nouns else "Element"
    return tuple(replace(field, label=label) if field.holds == "element" else field for field in FIELDS)
