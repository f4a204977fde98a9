"""The matrix of issues by parties: each cell says what a party holds, how old that is, by whose word, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from positions.analysis.changes import ChangeKind, state_changes
from positions.analysis.state import State
from positions.model.codebook import Codebook
from positions.model.issues import Issue
from positions.model.lists import join_words
from positions.model.position import Position, PositionKey
from positions.wording.positions import age_words, stance_words

MOST_ELEMENTS: Final = 5
"""The most elements that a line names; more are counted."""
_CHANGES: Final[Mapping[ChangeKind, str]] = {"first stated": "new", "moved": "moved", "repeated": "said again"}


@dataclass(frozen=True, slots=True)
class CellLine:
    """What a party holds alike on an issue, or on some of its elements, in words, with the marks that go with it.

    ``change`` is what became of it since the day compared with, empty if nothing did or no day is compared with.
    ``marks`` say its age, whose word it is and whether statements disagree, each in a few words. ``statements`` are the
    ids of those that decide it.
    """

    words: str
    change: str
    marks: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An issue with the lines of each party, in the order of the columns: none where nothing is recorded."""

    issue: Issue
    cells: tuple[tuple[CellLine, ...], ...]


def matrix_rows(
    state: State, codebook: Codebook, *, parties: Sequence[str], before: State | None = None
) -> tuple[MatrixRow, ...]:
    """Return the issues on which any of some parties has a position, in codebook order, by party.

    ``before`` is the state of the day compared with.
    """
    kinds = {change.key: change.kind for change in state_changes(before, state)} if before else {}
    by_cell: dict[tuple[str, str], list[Position]] = {}
    for (holder, issue, element), position in state.positions.items():
        # What follows from a word on something wider is told by that word.
        if position.said_of == element:
            by_cell.setdefault((holder, issue), []).append(position)
    rows = (
        MatrixRow(issue, tuple(_lines(by_cell.get((party, issue.id), ()), codebook, kinds) for party in parties))
        for issue in codebook.issues
    )
    return tuple(row for row in rows if any(row.cells))


def unspoken_words(rows: Iterable[MatrixRow], codebook: Codebook) -> str:
    """Name the issues that have no row: ``Nothing is recorded on A or B.``; empty if all have one."""
    spoken = {row.issue.id for row in rows}
    labels = [issue.label for issue in codebook.issues if issue.id not in spoken]
    return f"Nothing is recorded on {join_words(labels, last='or', most=MOST_ELEMENTS)}." if labels else ""


def _lines(
    positions: Iterable[Position], codebook: Codebook, kinds: Mapping[PositionKey, ChangeKind]
) -> tuple[CellLine, ...]:
    """Group the positions that read alike, so that each is told once; of options what changed comes first."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Position]] = {}
    for position in positions:
        change = _change(position, kinds.get((position.holder, position.issue, position.element)))
        groups.setdefault((stance_words(position, codebook), change, _marks(position)), []).append(position)
    lines = [
        CellLine(_about(words, group, codebook), change, marks, tuple(dict.fromkeys(one.basis[0] for one in group)))
        for (words, change, marks), group in groups.items()
    ]
    return tuple(sorted(lines, key=lambda line: line.change not in ("moved", "new")))


def _change(position: Position, kind: ChangeKind | None) -> str:
    # Nobody moves by what outlets say.
    return "" if kind is None or (position.reported and kind == "moved") else _CHANGES.get(kind, "")


def _about(words: str, positions: Sequence[Position], codebook: Codebook) -> str:
    labels = [codebook.element(one.issue, one.element).label for one in positions if one.element]
    return f"{level_verb(words, before=labels)}{join_words(labels, most=MOST_ELEMENTS)}" if labels else words


def level_verb(words: str, *, before: Sequence[str] = ()) -> str:
    """Shorten a level's label to its verb (``rejects it`` → ``rejects``), for table cells and before names.

    ``before`` are the names that follow: words that do not end in such a verb stand before them with a colon.
    """
    verb = words.removesuffix(" it") if words.endswith("s it") else words
    return verb if not before else f"{verb} " if verb != words else f"{words}: "


def _marks(position: Position) -> tuple[str, ...]:
    marks = (
        age_words(position.age_days, position.oldest_days) or "that day",
        "only an outlet says so" if position.reported else "",
        "statements disagree" if position.contested else "",
        "not repeated lately" if position.stale else "",
    )
    return tuple(filter(None, marks))
