"""Headlines on what changed: who moved, what two parties share now or no longer, and what was first stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from positions.model.codebook import Codebook
from positions.model.lists import join_words
from positions.snapshot.report import Headline
from positions.snapshot.report_changes import Changes, GroundTurn, Moved
from positions.wording.parties import parties_words, party_words


def move_headlines(changes: Changes, codebook: Codebook) -> Iterator[Headline]:
    """Name who moved from what to what on whose word, without moves that rest on a corrected statement."""
    moves = [move for move in changes.told if move.kind == "moved" and move.changes_side]
    if moves:
        same = groupby(moves, key=lambda move: (*_subject(move), move.before, move.before_part_of))
        words = [_move_words(list(group), codebook) for _, group in same]
        text = f"Moved since {changes.since_words}: {join_words(words, most=3)}."
        yield Headline(text=text, notes=_deciding_notes(moves))


def first_headlines(changes: Changes, codebook: Codebook) -> Iterator[Headline]:
    """Name who took a position for the first time, and on whose word."""
    moves = [move for move in changes.moves if move.kind == "first stated"]
    if moves:
        words = [
            f"{party_words(group[0].holder, codebook)} on {_about(group, codebook)} “{group[0].after}”"
            f" ({group[0].speaker})"
            for group in (list(one) for _, one in groupby(moves, key=_subject))
        ]
        text = f"First stated since {changes.since_words}: {join_words(words, most=3)}."
        yield Headline(text=text, notes=_deciding_notes(moves), see="changes")


def ground_headlines(changes: Changes, codebook: Codebook) -> Iterator[Headline]:
    """Say what two parties share now and did not before, and what no longer."""
    sentences = []
    for turn, opening in (("new", "Newly shared"), ("gone", "Ended")):
        turns = [_ground_words(item, codebook) for item in changes.ground if item.turn == turn]
        if turns:
            sentences.append(f"{opening} since {changes.since_words}: {join_words(turns, most=3)}.")
    if sentences:
        notes = {number for item in changes.ground for number in item.notes}
        yield Headline(text=" ".join(sentences), notes=tuple(sorted(notes)), see="changes")


def _subject(move: Moved) -> tuple[str, str, str, str]:
    return move.holder, move.issue, move.after, move.speaker


def _move_words(moves: list[Moved], codebook: Codebook) -> str:
    first = moves[0]
    part = f" (as part of {first.before_part_of})" if first.before_part_of else ""
    days = join_words(dict.fromkeys(move.said_on_words for move in moves))
    return (
        f"{party_words(first.holder, codebook)} on {_about(moves, codebook)} from “{first.before}”{part}"
        f" to “{first.after}” ({first.speaker}, {days})"
    )


def _about(moves: Iterable[Moved], codebook: Codebook) -> str:
    """Name the issue once, with the elements of all moves."""
    every = list(moves)
    label = codebook.issue(every[0].issue).label
    elements = [move.about.removeprefix(label).removeprefix(": ") for move in every if move.about != label]
    return f"{label}: {join_words(elements)}" if elements else label


def _ground_words(turn: GroundTurn, codebook: Codebook) -> str:
    marks = "; ".join(filter(None, (turn.about, turn.reported, turn.age)))
    return f"{parties_words(turn.parties, codebook)} {turn.words} ({marks})"


def _deciding_notes(moves: Iterable[Moved]) -> tuple[int, ...]:
    return tuple(sorted({number for move in moves for number in move.notes[:1]}))
