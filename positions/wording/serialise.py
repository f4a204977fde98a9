"""Results as JSON and CSV for programs; :mod:`positions.wording.rows` defines the names in their rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from positions.files.writing import guard_cell
from positions.model.dates import instant_text
from positions.wording.rows import (
    PlainRow,
    agreement_row,
    candidate_row,
    change_row,
    claim_check_row,
    clause_pair_row,
    clause_row,
    demand_change_row,
    demand_row,
    difference_rows,
    disagreement_row,
    element_row,
    ground_row,
    issue_row,
    ledger_row,
    link_row,
    outlet_range_row,
    plain_row,
    position_row,
    revision_row,
)

# Imported for typing only: a command loads the results that it prints and no others.
if TYPE_CHECKING:
    from positions.analysis.changes import PositionChange
    from positions.analysis.demands import Demand, DemandChange, Link
    from positions.analysis.distance import Comparison
    from positions.analysis.movement import Movement
    from positions.analysis.plans import PartyStanding, PlanComparison, PlanReading
    from positions.analysis.reliability import Reliability
    from positions.analysis.source_conflict import SourceConflicts
    from positions.analysis.state import State
    from positions.kinds.records import Ground, IssueDistance
    from positions.model.revision import Revision
    from positions.store.candidates import CandidateRecord


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
    """Return a comparison as ``parties, as_of, distance, thin, lo, hi, coverage, sensitivity, head, issues``."""
    return {
        "parties": list(comparison.parties),
        "as_of": comparison.as_of.isoformat(),
        "distance": comparison.distance,
        "thin": comparison.thin,
        "lo": comparison.lo,
        "hi": comparison.hi,
        "coverage": comparison.coverage,
        "sensitivity": list(comparison.sensitivity) if comparison.sensitivity else None,
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
        "from_asked": movement.asked.isoformat(),
        "to": movement.end.isoformat(),
        "head": head,
        "verdict": movement.verdict,
        "level_band": movement.level_band,
        "rests_on": list(movement.rests_on),
        "change": movement.change,
        "movement": movement.movement,
        "coverage_effect": movement.coverage_effect,
        "parts": plain_row(movement.parts) if movement.parts else None,
        "issues": [
            {
                "issue": issue.issue,
                "verdict": issue.verdict,
                "level_band": issue.level_band,
                "rests_on": list(issue.rests_on),
                "change": issue.change,
                "contribution": issue.contribution,
                "share": dict(issue.shares) if issue.shares else None,
            }
            for issue in movement.issues
        ],
        "entered": list(movement.entered),
        "left": list(movement.left),
        "ledger": [ledger_row(move) for move in movement.ledger],
    }


def demands_answer(
    demands: Sequence[Demand], links: Sequence[Link], *, deadlocks: Sequence[Sequence[Link]], as_of: date, head: str
) -> PlainRow:
    """Return the demands of a day, the links “A only after B”, and the circles among these (``deadlocks``)."""
    return {
        "as_of": as_of.isoformat(),
        "head": head,
        "demands": [demand_row(demand) for demand in demands],
        "links": [link_row(link) for link in links],
        "deadlocks": [[link_row(link) for link in circle] for circle in deadlocks],
    }


def demand_changes_answer(changes: Sequence[DemandChange], *, as_of: date, head: str) -> PlainRow:
    """Return the days on which a demand was made or its status changed, up to a day."""
    return {"as_of": as_of.isoformat(), "head": head, "turns": [demand_change_row(change) for change in changes]}


def common_ground_answer(ground: Sequence[Ground], *, as_of: date, head: str) -> PlainRow:
    """Return what parties share on a day, issue by issue."""
    return {"as_of": as_of.isoformat(), "head": head, "common_ground": [ground_row(item) for item in ground]}


def conflicts_answer(conflicts: SourceConflicts, *, head: str) -> PlainRow:
    """Return where sources disagree as ``as_of, head, disagreements, claims, leave_one_out``."""
    return {
        "as_of": conflicts.as_of.isoformat(),
        "head": head,
        "disagreements": [disagreement_row(item) for item in conflicts.disagreements],
        "claims": [claim_check_row(check) for check in conflicts.claims],
        "leave_one_out": [outlet_range_row(item) for item in conflicts.ranges],
    }


def plan_answer(reading: PlanReading, *, head: str) -> PlainRow:
    """Return how far parties are from a plan as ``as_of, head, title, date, note, parties``."""
    return {"as_of": reading.as_of.isoformat(), "head": head, **_plan(reading)}


def plan_comparison_answer(comparison: PlanComparison, *, head: str) -> PlainRow:
    """Return two plans, clause by clause and for each party; ``closer`` names the plan that a party is closer to."""
    return {
        "as_of": comparison.readings[0].as_of.isoformat(),
        "head": head,
        "plans": [_plan(reading) for reading in comparison.readings],
        "clauses": [clause_pair_row(pair) for pair in comparison.clauses],
        "closer": {choice.party: choice.closer for choice in comparison.parties},
    }


def _plan(reading: PlanReading) -> PlainRow:
    plan = reading.plan
    return {
        "title": plan.title,
        "date": str(plan.date) if plan.date else None,
        "note": plan.note.strip(),
        "parties": [_party_standing(party) for party in reading.parties],
    }


def _party_standing(party: PartyStanding) -> PlainRow:
    return {
        "party": party.party,
        "distance": party.distance,
        "thin": party.thin,
        "lo": party.lo,
        "hi": party.hi,
        "coverage": party.coverage,
        "clauses": [clause_row(party, clause) for clause in party.clauses],
    }


def reliability_answer(reliability: Reliability) -> PlainRow:
    """Return how coders agree as ``coders, documents, rows, differences``; a difference has a row for each coder."""
    return {
        "coders": list(reliability.coders),
        "documents": list(reliability.documents),
        "rows": [agreement_row(row) for row in reliability.rows],
        "differences": [difference_rows(difference) for difference in reliability.differences],
    }


def state_changes_answer(changes: Sequence[PositionChange], *, first: date, last: date, head: str) -> PlainRow:
    """Return what changed between the states of two days as ``from, to, head, changes``."""
    days = {"from": first.isoformat(), "to": last.isoformat(), "head": head}
    return {**days, "changes": [change_row(change) for change in changes]}


def revisions_answer(revisions: Sequence[Revision], *, head: str, versions: Sequence[PlainRow] = ()) -> PlainRow:
    """Return entries of the record book as ``head, revisions``, versions of the codebook apart as ``codebook``."""
    codebook_versions = {"codebook": list(versions)} if versions else {}
    return {"head": head, "revisions": [revision_row(revision) for revision in revisions], **codebook_versions}


def candidates_answer(records: Sequence[CandidateRecord], *, head: str) -> PlainRow:
    """Return candidates as ``head, candidates``."""
    return {"head": head, "candidates": [candidate_row(record) for record in records]}


def json_text(answer: object) -> str:
    """Write an answer as indented JSON, keys in their own order, with a line end."""
    return json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def csv_text(rows: Sequence[PlainRow], columns: Sequence[str]) -> str:
    """Write rows as CSV with a header, safe to open in a spreadsheet; lists are joined by blanks."""
    target = _Lines()
    # With both characters as its line end, the writer quotes cells that contain either of them.
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row[column]) for column in columns] for row in rows])
    return "".join(target)


def csv_bytes(rows: Sequence[PlainRow], columns: Sequence[str]) -> bytes:
    """Write rows as a CSV file: the text of :func:`csv_text` in UTF-8, after the mark by which spreadsheets know it."""
    return csv_text(rows, columns).encode("utf-8-sig")


class _Lines(list[str]):
    """The lines that a writer of CSV writes, one at a time, each ended by a line feed alone."""

    def write(self, line: str) -> None:
        self.append(f"{line[:-2]}\n")


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        value = " ".join(map(str, value))
    # Numbers are not text and keep their sign.
    return guard_cell(value) if isinstance(value, str) else value
