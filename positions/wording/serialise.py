"""Results as plain values for programs: the same keys in the command line's JSON, its CSV and the dashboard's twins."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from positions.analysis.changes import PositionChange
from positions.analysis.distance import Comparison
from positions.analysis.movement import LedgerEntry, Movement
from positions.analysis.state import State
from positions.files.writing import FORMULA
from positions.kinds.records import ElementDistance, IssueDistance
from positions.model.dates import PartialDate, instant_text
from positions.model.position import Position

PlainRow = Mapping[str, Any]


def state_answer(state: State, *, head: str) -> PlainRow:
    """Return a state as ``as_of, known_at, public_by, rule, head, positions``; only holders that have spoken."""
    return {
        "as_of": state.as_of.isoformat(),
        "known_at": instant_text(state.known_at) if state.known_at else None,
        "public_by": state.public_by.isoformat() if state.public_by else None,
        "rule": state.rule,
        "head": head,
        "positions": [position_row(position) for position in state.positions.values()],
    }


def position_row(position: Position) -> PlainRow:
    """Return a position as one flat row; ``value`` is the lower end of its range in [0, 1], ``value_to`` the upper."""
    return {
        "holder": position.holder,
        "issue": position.issue,
        "element": position.element,
        "stance": position.stance,
        "stance_to": position.stance_to,
        "value": position.value,
        "value_to": position.value_to,
        "since": str(position.since),
        "age_days": position.age_days,
        "reported": position.reported,
        "contested": position.contested,
        "basis": list(position.basis),
        "said_of": position.said_of,
    }


def change_row(change: PositionChange) -> PlainRow:
    """Return a change as one row with both positions whole, ``None`` where silent."""
    return {
        "holder": change.place[0],
        "issue": change.place[1],
        "element": change.place[2],
        "kind": change.kind,
        "before": position_row(change.before) if change.before else None,
        "after": position_row(change.after) if change.after else None,
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
        "parts": [_part(part, parties) for part in issue.parts],
    }


def issue_row(issue: IssueDistance) -> PlainRow:
    """Return an issue's distance as one flat row."""
    return {
        "issue": issue.issue,
        "kind": issue.kind,
        "distance": issue.distance,
        "lo": issue.lo,
        "hi": issue.hi,
        "gap": issue.gap,
        "common_ground": " ".join(map(str, issue.common_ground)),
        "weight": issue.weight,
    }


def _part(part: ElementDistance, parties: tuple[str, str]) -> PlainRow:
    stances = {
        party: None if position is None else {"stance": position.stance, "stance_to": position.stance_to}
        for party, position in zip(parties, part.positions, strict=True)
    }
    return {
        "element": part.element,
        "standing": part.standing,
        "demander": part.demander,
        "distance": part.distance,
        "lo": part.lo,
        "hi": part.hi,
        "stances": stances,
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
        "ledger": [move_row(move) for move in movement.ledger],
        "verdict": movement.verdict,
        "noise_band": movement.noise_band,
        "noise_set_by": movement.noise_set_by,
    }


def move_row(move: LedgerEntry) -> PlainRow:
    """Return a ledger row; ``contribution`` is δ after − δ before."""
    return {
        "statement": move.statement,
        "said_on": str(move.said_on),
        "holder": move.holder,
        "issue": move.issue,
        "element": move.element,
        "before": list(move.before) if move.before else None,
        "after": list(move.after) if move.after else None,
        "contribution": move.contribution,
        "recoded": move.recoded,
    }


def plain_row(result: Any) -> PlainRow:
    """Return a frozen result of plain fields as a row: dates as text, tuples as lists."""
    return {field.name: _plain(getattr(result, field.name)) for field in fields(result)}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, PartialDate):
        return plain_row(value)
    return value if isinstance(value, int | float | str | None) else str(value)


def json_text(answer: object) -> str:
    """Write an answer as indented JSON, keys in their own order, with a line end."""
    return json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def csv_text(rows: Sequence[PlainRow], columns: Sequence[str]) -> str:
    """Write rows as CSV with a header, safe to open in a spreadsheet; lists are joined by blanks."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row[column]) for column in columns] for row in rows])
    return target.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        value = " ".join(map(str, value))
    # Spreadsheets run text that begins like a formula; numbers are no text and keep their sign.
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
