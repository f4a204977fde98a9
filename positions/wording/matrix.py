"""The matrix of issues by parties: each cell says what a party holds, how old that is, by whose word, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from positions.analysis.changes import ChangeKind, PositionChange, state_changes
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

    ``change`` is what became of it since the day compared with, empty if nothing did or no day is compared with;
    ``before`` what a party that moved held then. ``marks`` say its age, whose word it is and whether statements
    disagree, each in a few words. ``statements`` are the ids of those that decide it.
    """

    words: str
    change: str
    before: str
    marks: tuple[str, ...]
    statements: tuple[str, ...]

    @property
    def has_changed(self) -> bool:
        """Whether it is another position than before, or the first one."""
        return self.change in ("moved", "new")


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
    changes = {change.key: change for change in state_changes(before, state)} if before else {}
    by_cell: dict[tuple[str, str], list[Position]] = {}
    for (holder, issue_id, element), position in state.positions.items():
        # What follows from a word on something wider is told by that word.
        if position.said_of == element:
            by_cell.setdefault((holder, issue_id), []).append(position)
    rows: list[MatrixRow] = []
    for issue in codebook.issues:
        spoken = [by_cell.get((party, issue.id), []) for party in parties]
        demanded = [position for positions in spoken for position in positions]
        cells = (
            (*_lines(positions, codebook, changes), *_unanswered(issue, party, demanded))
            for party, positions in zip(parties, spoken, strict=True)
        )
        if demanded:
            rows.append(MatrixRow(issue, tuple(cells)))
    return tuple(rows)


def unspoken_words(rows: Iterable[MatrixRow], codebook: Codebook) -> str:
    """Name the issues that have no row: ``Nothing is recorded on A or B.``; empty if all have one."""
    spoken = {row.issue.id for row in rows}
    labels = [issue.label for issue in codebook.issues if issue.id not in spoken]
    return f"Nothing is recorded on {join_words(labels, last='or', most=MOST_ELEMENTS)}." if labels else ""


def _lines(
    positions: Iterable[Position], codebook: Codebook, changes: Mapping[PositionKey, PositionChange]
) -> tuple[CellLine, ...]:
    """Group the positions that read alike, so that each is told once; what changed comes first."""
    groups: dict[tuple[str, str, str, tuple[str, ...]], list[Position]] = {}
    for position in positions:
        change = changes.get((position.holder, position.issue, position.element))
        key = stance_words(position, codebook), *_change_words(change, codebook), _marks(position)
        groups.setdefault(key, []).append(position)
    lines = [
        CellLine(
            _about(words, group, codebook), change, before, marks, tuple(dict.fromkeys(one.basis[0] for one in group))
        )
        for (words, change, before, marks), group in groups.items()
    ]
    return tuple(sorted(lines, key=lambda line: not line.has_changed))


def _unanswered(issue: Issue, party: str, positions: Iterable[Position]) -> tuple[CellLine, ...]:
    """Return the line on what others have spoken of and a party, which it addresses, has not answered, if any."""
    by_element: dict[str, list[Position]] = {}
    for position in positions:
        if position.element and party in issue.addressed.get(position.element, ()):
            by_element.setdefault(position.element, []).append(position)
    labels = {element.id: element.label for element in issue.elements}
    silent = [name for name, own in by_element.items() if party not in {position.holder for position in own}]
    if not silent:
        return ()
    statements = tuple(dict.fromkeys(position.basis[0] for name in silent for position in by_element[name]))
    words = f"has not answered on {join_words((labels[name] for name in silent), most=MOST_ELEMENTS)}"
    return (CellLine(words, "", "", (), statements),)


def _change_words(change: PositionChange | None, codebook: Codebook) -> tuple[str, str]:
    """Name a change, and what was held before a move; nobody moves by what outlets say."""
    if change is None or change.after is None:
        return "", ""
    if change.kind != "moved" or change.before is None:
        return _CHANGES[change.kind], ""
    if change.before.reported or change.after.reported:
        return "", ""
    return _CHANGES[change.kind], stance_words(change.before, codebook)


def _about(words: str, positions: Sequence[Position], codebook: Codebook) -> str:
    labels = [codebook.element(one.issue, one.element).label for one in positions if one.element]
    return held_on(words, labels) if labels else words


def level_verb(words: str) -> str:
    """Shorten a level's label to its verb (``rejects it`` → ``rejects``), for table cells."""
    return words.removesuffix(" it") if words.endswith("s it") else words


def held_on(words: str, labels: Sequence[str]) -> str:
    """Write a level's label with what it is held on: ``rejects Minsk``, ``open to Minsk``, ``undecided: Minsk``."""
    names = join_words(labels, most=MOST_ELEMENTS)
    return f"{words.removesuffix(' it')} {names}" if words.endswith(" it") else f"{words}: {names}"


def _marks(position: Position) -> tuple[str, ...]:
    marks = (
        f"said {age_words(position.age_days, position.oldest_days) or position.since.in_words()}",
        "only an outlet says so" if position.reported else "",
        "statements disagree" if position.contested else "",
        "not repeated lately" if position.stale else "",
    )
    return tuple(filter(None, marks))
