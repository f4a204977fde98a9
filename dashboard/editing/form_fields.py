"""The fields of a statement as a form has them, made from what the model declares of each and from its words."""

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
"""How a field is filled in: by long text, a list to choose from, a name that is completed, one line, a number."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    ``more`` are those that are seldom needed, ``unset`` is the choice of nothing in words, ``preset`` is what an empty
    form holds.
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
}
"""How what is not chosen from a list is filled in."""
_LEADING: Final = ("quote", "start", "holder", "voice", "directness")
"""The fields with which each part of the form begins; the others follow in the order of the record."""


def build_form_fields(model: type[Claim]) -> tuple[Field, ...]:
    """Return the fields that a coder gives on a document, in the order of the form: those seldom needed are last."""
    given = [one for one in declared_fields(model) if one.use.by_hand and one.use.holds != "document"]
    given.sort(key=lambda one: (one.use.seldom, _LEADING.index(one.name) if one.name in _LEADING else len(_LEADING)))
    return tuple(map(_form_field, given))


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
"""All fields in the order of the form; :func:`label_fields` has the labels that depend on the codebook."""
NAMES: Final = tuple(field.name for field in FIELDS)
SPEAKERS: Final = tuple(field.name for field in FIELDS if field.holds == "speaker")
"""The fields that name somebody."""
EMPTY_TEXTS: Final[Mapping[str, str]] = {field.name: field.preset for field in FIELDS}
"""What an empty form holds."""


def label_fields(codebook: Codebook) -> tuple[Field, ...]:
    """Return all fields in the order of the form; the element is labelled by what the codebook calls elements."""
    nouns = dict.fromkeys(issue.noun for issue in codebook.issues if issue.noun)
    label = capitalize_first(join_words(nouns, last="or")) if nouns else "Element"
    return tuple(replace(field, label=label) if field.holds == "element" else field for field in FIELDS)
