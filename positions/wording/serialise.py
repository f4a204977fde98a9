"""Results as JSON and CSV for programs; what their rows are named is defined in :mod:`positions.wording.rows`."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence

from positions.analysis.distance import Comparison
from positions.analysis.movement import Movement
from positions.analysis.state import State
from positions.files.writing import guard_cell
from positions.kinds.records import IssueDistance
from positions.model.dates import instant_text
from positions.wording.rows import PlainRow, element_row, issue_row, ledger_row, position_row


def state_answer(state: State, *, head: str) -> PlainRow:
    """Return a state as ``as_of, known_at, public_by, rule, head, positions``; only holders that have spoken."""
    return {
        "as_of": state.as_of.isoformat(),
        "known_at": instant_text(state.query.known_at) if state.query.known_at else None,
        "public_by": state.query.public_by.isoformat() if state.query.public_by else None,
        "rule": state.rule,
        "head": head,
        "positions": [position_row(position) for position in state.positions.values()],
    }


def comparison_answer(comparison: Comparison, *, head: str) -> PlainRow:
    """Return a comparison as ``parties, as_of, distance, thin, lo, hi, coverage, head, issues``."""
    return {
        "parties": list(comparison.parties),
        "as_of": comparison.as_of.isoformat(),
        "distance": comparison.distance,
        "thin": comparison.thin,
        "lo": comparison.lo,
        "hi": comparison.hi,
        "coverage": comparison.coverage,
        "head": head,
        "issues": [_issue(issue, comparison.parties) for issue in comparison.issues],
    }


def _issue(issue: IssueDistance, parties: tuple[str, str]) -> PlainRow:
    return {
        **issue_row(issue),
        "common_ground": list(issue.common_ground),
        "open": list(issue.open),
        "unmet": dict(zip(parties, issue.unmet, strict=True)),
        "basis": list(issue.basis),
        "parts": [element_row(part, parties) for part in issue.parts],
    }


def movement_answer(movement: Movement, *, head: str) -> PlainRow:
    """Return a movement; in the ledger ``before`` and ``after`` are stance ranges [low, high], ``None`` for silence."""
    return {
        "parties": list(movement.parties),
        "from": movement.start.isoformat(),
        "to": movement.end.isoformat(),
        "head": head,
        "change": movement.change,
        "movement": movement.movement,
        "coverage_effect": movement.coverage_effect,
        "issues": [
            {
                "issue": issue.issue,
                "change": issue.change,
                "contribution": issue.contribution,
                "share": dict(issue.shares) if issue.shares else None,
            }
            for issue in movement.issues
        ],
        "entered": list(movement.entered),
        "left": list(movement.left),
        "ledger": [ledger_row(move) for move in movement.ledger],
        "verdict": movement.verdict,
        "noise_band": movement.noise_band,
        "noise_set_by": movement.noise_set_by,
    }


def json_text(answer: object) -> str:
    """Write an answer as indented JSON, keys in their own order, with a line end."""
    return json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def csv_text(rows: Sequence[PlainRow], columns: Sequence[str]) -> str:
    """Write rows as CSV with a header, safe to open in a spreadsheet; lists are joined by blanks."""
    target = _Lines()
    # Told both characters of a line end, the writer puts cells that hold either of them into quotation marks.
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row[column]) for column in columns] for row in rows])
    return "".join(target)


class _Lines(list[str]):
    """The lines that a writer of CSV writes, one at a time, each ended by a line feed alone."""

    def write(self, line: str) -> None:
        self.append(f"{line[:-2]}\n")


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        value = " ".join(map(str, value))
    # Numbers are no text and keep their sign.
    return guard_cell(value) if isinstance(value, str) else value
