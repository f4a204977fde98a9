"""The codebook as codes of another tool: issue › element › level, then who holds, who speaks and who passes words on.

Tools show codes without those that contain them, and some allow a name only once, so each name says all of it:
``Venue: Minsk – proposes it``, ``Holder: Russia``.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from positions.exchange.coded_file import CodePath
from positions.model.codebook import Codebook
from positions.model.issues import Element, Issue
from positions.model.levels import Level
from positions.model.statement import Statement

_BRANCHES: Final = (
    ("Holders", "Holder", "holder"),
    ("Speakers", "Speaker", "speaker"),
    ("Relays", "Relay", "relayed_by"),
)
"""The codes that hold parties and speakers, how each code's name begins, and the field that it gives."""


class OwnCode(NamedTuple):
    """A code made of the codebook; ``fields`` are what it gives a statement, none for one that only holds others."""

    path: CodePath
    description: str
    fields: Mapping[str, Any]


class OwnCodes:
    """A codebook's codes, and what they say."""

    def __init__(self, codebook: Codebook) -> None:
        self.codes = tuple(_distinct(list(_all_codes(codebook))))
        """Each after the one that contains it; no two have one name."""
        self._paths = {_key(code.fields): code.path for code in self.codes if code.fields}
        self._fields = {_plain(code.path[-1]): code.fields for code in self.codes}

    def of(self, statement: Statement) -> tuple[CodePath, ...]:
        """Return the codes that say what a statement does, as far as codes can; the level first."""
        levels = dict.fromkeys((statement.stance, statement.highest))
        about = {"issue": statement.issue, "element": statement.element}
        wanted = [{**about, "stance": stance} for stance in levels]
        wanted += [{field: one} for _, _, field in _BRANCHES if (one := getattr(statement, field))]
        return tuple(self._paths[key] for fields in wanted if (key := _key(fields)) in self._paths)

    def fields_of(self, path: CodePath) -> Mapping[str, Any] | None:
        """Return what a code gives a statement by its own name, wherever a tool put it; ``None`` for another's code."""
        return self._fields.get(_plain(path[-1]))


def _all_codes(codebook: Codebook) -> Iterator[OwnCode]:
    for issue in codebook.issues:
        yield from _issue_codes(issue)
    for branch, name, field in _BRANCHES:
        words = [(party.id, party.name, party.note) for party in codebook.parties]
        if field != "holder":
            words = [(speaker.id, speaker.name, speaker.note) for speaker in codebook.speakers]
        yield OwnCode((branch,), "", {})
        yield from (OwnCode((branch, f"{name}: {word}"), note, {field: one}) for one, word, note in words)


def _plain(name: str) -> str:
    """Return a code's name as tools that compose letters or cut blanks still have it."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def _key(fields: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted((name, value) for name, value in fields.items() if value is not None))


def _issue_codes(issue: Issue) -> Iterator[OwnCode]:
    path = (issue.label,)
    poles = [words for words in (issue.plus and f"+ {issue.plus}", issue.minus and f"− {issue.minus}") if words]
    yield OwnCode(path, "\n".join(filter(None, (issue.definition, *poles))), {})
    if not issue.elements:
        yield from _level_codes(issue, None, path)
        return
    names = {element.id: f"{issue.label}: {element.label}" for element in issue.elements}
    for element in issue.ordered_elements:
        own = (*path, *(names[one] for one in reversed(issue.within(element.id)) if one is not None))
        yield OwnCode(own, _element_words(element), {})
        yield from _level_codes(issue, element, own)


def _element_words(element: Element) -> str:
    addressees = f"Would have to act: {', '.join(element.addressees)}" if element.addressees else ""
    return "\n".join(filter(None, (element.definition, addressees)))


def _level_codes(issue: Issue, element: Element | None, path: CodePath) -> Iterator[OwnCode]:
    about = {"issue": issue.id, "element": element.id if element else None}
    for level in sorted(issue.levels, key=lambda level: -level.stance):
        name = f"{path[-1]} – {_level_words(level)}"
        yield OwnCode((*path, name), level.definition, {**about, "stance": level.stance})


def _level_words(level: Level) -> str:
    other = level.addressee_label
    return f"{level.label} / {other}" if other and other != level.label else level.label


def _distinct(codes: list[OwnCode]) -> Iterator[OwnCode]:
    """Yield codes with a number behind names that came before, in their paths too."""
    counts: Counter[str] = Counter()
    renamed: dict[CodePath, CodePath] = {}
    for code in codes:
        *outer, written = code.path
        name = "".join(sign if sign.isprintable() else " " for sign in written)  # any file can hold it
        counts[name] += 1
        own = name if counts[name] == 1 else f"{name} ({counts[name]})"
        path = (*renamed.get(tuple(outer), tuple(outer)), own)
        renamed[code.path] = path
        yield code._replace(path=path)
