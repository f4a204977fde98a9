"""What the surfaces need to know of a statement's field, declared beside its type.

Frames, command-line options, forms, histories and reviews are made from these declarations, so a new field of
:class:`~positions.model.statement.Claim` is on all of them once :mod:`positions.wording.fields` has its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from pydantic import BaseModel

Holds: TypeAlias = Literal[
    "id", "document", "quote", "offset", "party", "speaker", "issue", "element", "level", "range",
    "date", "word", "condition", "coder", "share", "text", "name", "translation",
]  # fmt: skip
"""What a field's value is: an id that the codebook declares, a level of the issue or the upper end of a range,
one of a few words, free text, …"""


@dataclass(frozen=True, slots=True)
class FieldUse:
    """How a field is given and shown; in the model ``Annotated[Id | None, FieldUse("speaker")]``.

    ``completed`` fields follow from the rest if they are not given (:mod:`positions.store.completion`); those not
    ``by_hand`` are never asked of a coder. ``seldom`` ones stand apart in a form. ``with_field`` names the field that
    tells of this one too: where a quote begins goes with the quote. ``preset`` is what a coder begins with where the
    model itself has no default.
    """

    holds: Holds
    completed: bool = False
    by_hand: bool = True
    seldom: bool = False
    with_field: str = ""
    preset: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredField:
    """A field of a model: its name and use, the words that it may be (none unless it holds one), and its default.

    It is ``needed`` where a coder has to give it: it has no default and does not follow from the rest.
    """

    name: str
    use: FieldUse
    words: tuple[str, ...]
    default: object
    needed: bool


def declared_fields(model: type[BaseModel]) -> Iterator[DeclaredField]:
    """Yield a model's fields in its order; raise ``TypeError`` naming one whose use was not declared."""
    for name, field in model.model_fields.items():
        use = next((one for one in field.metadata if isinstance(one, FieldUse)), None)
        if use is None:
            raise TypeError(f"{model.__name__}.{name}: no FieldUse is declared")
        words = tuple(_words_of(field.annotation)) if use.holds == "word" else ()
        required = field.is_required()
        default = use.preset or (None if required else field.default)
        yield DeclaredField(name, use, words, default, required and not use.completed)


def _words_of(annotation: object) -> Iterator[str]:
    """Yield the words of a literal type, optional or not."""
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from _words_of(part)
