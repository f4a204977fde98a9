"""The errors a user can meet: one root, few children, each saying where, what was found and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

LONGEST_COMPARED: Final = 100
"""The most characters of a wrong value that are compared with what is allowed."""
MOST_LISTED: Final = 20
"""How many allowed values a message lists; of more, as of a codebook's speakers, only some."""
SOME_LISTED: Final = 12
"""How many of many allowed values it lists: the nearest, then the first."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong in one place, worded for the person who has to mend it.

    ``where`` is a file with its line (``statements.jsonl:118``) or the name of a record, empty if whoever asked knows
    it; ``field`` is the field in it, empty for the whole; ``message`` says what was found and what is allowed.
    """

    where: str
    field: str
    message: str

    def at(self, where: str) -> Finding:
        """Return the same finding at another place."""
        return replace(self, where=where)

    def __str__(self) -> str:
        place = f"{self.where} {self.field}".strip()
        return f"{place}: {self.message}" if place else self.message


class PositionsError(Exception):
    """Root of all errors that a user's input or environment can cause."""


class DataError(PositionsError):
    """Data that breaks a rule; carries every finding at once, not only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class UnchangedError(DataError):
    """A correction after which a record would say what it says already."""


class QueryError(PositionsError):
    """A question that cannot be answered: an unknown id, a date outside what the data can tell.

    ``field`` is the part of the question that is wrong, empty for the whole; ``message`` is the rest of the text.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        self.message = message
        super().__init__(f"{field}: {message}" if field else message)


class FieldError(ValueError):
    """What a model's validator refuses: ``field`` is one of the model's fields, ``message`` what is wrong with it."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        self.message = message
        super().__init__(f"{field}: {message}")


class ConflictError(PositionsError):
    """A change to a record that somebody else changed first; the message names the winner."""


class WorkspaceError(PositionsError):
    """A workspace or record book that cannot be read or written."""


class BusyError(WorkspaceError):
    """A record book that could not be read or written since others are writing to it; it can be asked again soon."""


class DryRunError(PositionsError):
    """Ends a transaction whose result was only to be shown."""


class MissingExtraError(WorkspaceError):
    """What a user asked for needs packages that a plain installation leaves out: the extra ``extra`` of this one."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs the extra: pip install 'positions[{extra}]'")


class ServiceError(PositionsError):
    """A cluster or a language model that cannot be used at all, so that going on with other documents is no use."""


def allowed(found: object, options: Iterable[str], *, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Word a wrong value the one way the toolkit does: what was found, what is allowed, and the nearest of that.

    ``names`` are the options' names, by which a text may be near to one as well. Of more than :data:`MOST_LISTED`
    options some are listed, and how many there are besides.
    """
    ids = sorted(options)
    near = _nearest(found, ids, names) if isinstance(found, str) else []
    listed = ids if len(ids) <= MOST_LISTED else list(dict.fromkeys([*near, *ids]))[:SOME_LISTED]
    more = f" … and {len(ids) - len(listed)} more" if len(listed) < len(ids) else ""
    words = f"found {found!r}, allowed: {', '.join(listed)}{more}"
    return f"{words}{_meant(near)}"


def near_words(found: str, ids: Sequence[str], *, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Ask whether the nearest of some ids was meant, as :func:`allowed` does; empty if none is near."""
    return _meant(_nearest(found, ids, names))


def _meant(near: Sequence[str]) -> str:
    return f"; did you mean {near[0]}?" if near else ""


def _nearest(text: str, ids: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return the ids that are near to a text themselves or by their names, the nearest first."""
    spellings = {name.casefold(): one for one in ids for name in (names.get(one, one), one)}
    return [spellings[one] for one in _close_spellings(text[:LONGEST_COMPARED].casefold(), tuple(spellings))]


@lru_cache(maxsize=64)
def _close_spellings(text: str, spellings: tuple[str, ...]) -> list[str]:
    """Return the spellings near to a text; kept, since a mistake that is in one line is often in a hundred."""
    from difflib import get_close_matches  # only after a mistake

    return get_close_matches(text, spellings, n=SOME_LISTED)
