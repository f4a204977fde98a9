"""The sentences of reports that a reader signs, and the notes on them in ``docs/readings.md``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from positions.snapshot.report import Report

NOTES: Final = Path(__file__).parent.parent / "docs" / "readings.md"
DAYS: Final = (date(2022, 2, 27), date(2022, 3, 31), date(2022, 4, 14))
VERDICTS: Final = ("signed", "signed with its caveat")


class Reading(NamedTuple):
    """A row of the notes: the sentence, the documents that it rests on, and what a reader says of it."""

    sentence: str
    documents: str
    verdict: str


def report_sentences(report: Report) -> dict[str, tuple[int, ...]]:
    """Return what a report says of one day, its head, its changes and its distances, with the notes behind each."""
    notes: dict[str, tuple[int, ...]] = dict.fromkeys(report.basis, ())
    notes |= {line.text: line.notes for line in report.headlines}
    for move in report.changes.moves:
        part = f" (as part of {move.before_part_of})" if move.before_part_of else ""
        change = f"first stated: {move.after}" if move.kind == "first stated" else f"{move.before}{part} → {move.after}"
        notes[f"{move.name}, {move.about}: {change}, {move.first_words or move.said_on_words}"] = move.notes
    for turn in report.changes.ground:
        notes[f"{' and '.join(turn.names)}, {turn.about}: {turn.words}"] = turn.notes
    for pair in report.pairs:
        notes |= {pair.words: (), pair.shift.words: ()}
    return notes


def position_sentences(report: Report) -> dict[str, tuple[int, ...]]:
    """Return the positions, demands and answers of a report, without their age, with the notes behind each."""
    notes = {
        f"{held.name}, {scale.label}: {held.words}{' (reported)' * held.reported}": held.notes
        for scale in report.scales
        for held in scale.held
    }
    for view in report.options:
        notes |= {
            f"{told.name}, {view.label}: {told.words}{' (reported)' * told.reported}": told.notes for told in view.told
        }
    for demand in report.demands:
        for answer in demand.answers:
            answering = answer.held.notes if answer.held else ()
            notes[f"{demand.held.name} {demand.words}; {answer.name}: {answer.status}"] = (
                *demand.held.notes,
                *answering,
            )
    for held in report.conditions:
        notes[f"{held.name}, {held.about}: {held.words}{' (reported)' * held.reported}"] = held.notes
    return notes


def readings(text: str) -> dict[str, list[Reading]]:
    """Return the rows of the notes by heading."""
    rows: dict[str, list[Reading]] = {}
    heading = ""
    for line in text.split("\n"):
        if line.startswith("## "):
            heading = line[3:]
        elif line.startswith("| ") and not line.startswith("| Sentence"):
            rows.setdefault(heading, []).append(Reading(*re.split(r" \| ", line[2:].removesuffix(" |"))))
    return rows


def documents_of(report: Report, notes: tuple[int, ...]) -> Iterator[str]:
    """Yield the documents behind notes, each once, in order."""
    by_number = {note.number: note.document for note in report.notes}
    yield from sorted({by_number[number] for number in notes})
