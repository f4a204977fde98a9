"""Results as rows of plain values for programs: one set of names for every JSON, CSV, frame and panel.

Whose position it is is its ``holder``; of a pair the first is the ``party``, the second the ``other``; who demands is
the ``demander``, of whom the ``addressee``. Days and vague dates are ISO 8601 text, statements are named by their id,
and words stand beside ids only where a person reads the file too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from positions.analysis.changes import PositionChange
from positions.analysis.demands import Demand, Link
from positions.analysis.movement import LedgerEntry
from positions.kinds.records import ElementDistance, IssueDistance
from positions.model.dates import PartialDate
from positions.model.position import Position

PlainRow = Mapping[str, Any]
POSITION_COLUMNS: Final = (
    *("holder", "issue", "element", "stance", "stance_to", "value", "value_to"),
    *("since", "age_days", "reported", "contested", "basis", "said_of"),
)
"""A position: ``stance`` and ``stance_to`` are the ends of its range, equal for a point, ``value`` and ``value_to``
the same in [0, 1]; ``since`` is when the deciding statement was said and ``age_days`` how long before the day asked
about; ``basis`` holds the statements behind it, the deciding one first, and ``said_of`` the element they spoke of."""
ISSUE_COLUMNS: Final = ("issue", "kind", "distance", "lo", "hi", "gap", "common_ground", "weight")
LEDGER_COLUMNS: Final = (
    *("statement", "said_on", "holder", "issue", "element", "before", "after", "contribution", "recoded"),
)
DEMAND_COLUMNS: Final = tuple(field.name for field in fields(Demand))
LINK_COLUMNS: Final = tuple(field.name for field in fields(Link))


def position_row(position: Position) -> PlainRow:
    """Return a position with the columns of :data:`POSITION_COLUMNS`."""
    return {
        "holder": position.holder,
        "issue": position.issue,
        "element": position.element,
        "stance": position.stance,
        "stance_to": position.highest,
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


def issue_row(issue: IssueDistance) -> PlainRow:
    """Return an issue's distance with the columns of :data:`ISSUE_COLUMNS`."""
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


def element_row(part: ElementDistance, parties: tuple[str, str]) -> PlainRow:
    """Return a pair on one element, each party's stance range beside its id, ``None`` where silent."""
    stances = {
        party: None if position is None else {"stance": position.stance, "stance_to": position.highest}
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


def ledger_row(move: LedgerEntry) -> PlainRow:
    """Return a ledger's entry with the columns of :data:`LEDGER_COLUMNS`; ``contribution`` is δ after − δ before."""
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


def demand_row(demand: Demand) -> PlainRow:
    """Return a demand with the columns of :data:`DEMAND_COLUMNS`."""
    return plain_row(demand)


def link_row(link: Link) -> PlainRow:
    """Return what a holder says comes only after what, with the columns of :data:`LINK_COLUMNS`."""
    return plain_row(link)


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
