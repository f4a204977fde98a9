"""The base of all words of the toolkit, and what their ids look like."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import Annotated, Final, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

T = TypeVar("T", bound=Hashable)
_ID: Final = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
MOST_OF_ID: Final = 80
"""The most characters of an id."""
Id: TypeAlias = Annotated[str, Field(pattern=_ID, max_length=MOST_OF_ID)]


def _in_unit(number: float) -> float:
    # A mean of numbers up to 1 may end a few bits above it.
    if not -1e-9 <= number <= 1 + 1e-9:
        raise ValueError(f"found {number:g}, allowed: 0 to 1")
    return number


Share: TypeAlias = Annotated[float, AfterValidator(_in_unit), Field(json_schema_extra={"minimum": 0, "maximum": 1})]
"""A number from 0 to 1: a distance, a value of a position, a coverage."""


class Word(BaseModel):
    """Base of all words of the toolkit: frozen, and an unknown field is an error."""

    # Deferred: a model nested in another is built with that one, not twice, which halves the start of a command.
    # With a length, pydantic reads every text as Unicode and refuses half a surrogate pair, which no file can hold.
    # No number of a negotiation is infinite or none at all.
    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, str_max_length=1_000_000_000, allow_inf_nan=False
    )


def is_id(text: str) -> bool:
    """Return whether a text can be a record's id."""
    return len(text) <= MOST_OF_ID and re.fullmatch(_ID, text) is not None


def is_unicode(text: str) -> bool:
    """Return whether a text can be written: it has no half of a surrogate pair, as undecodable bytes leave."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def first_repeated(values: Iterable[T]) -> T | None:
    """Return the first value that comes a second time, ``None`` if all are distinct."""
    values_so_far: set[T] = set()
    for value in values:
        if value in values_so_far:
            return value
        values_so_far.add(value)
    return None
