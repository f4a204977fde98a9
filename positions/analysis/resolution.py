"""Rule ``LATEST``: which of one voice's statements decides a position (``semantics.md`` §2).

The later competing day wins; on one day the more specific element, then the higher rank of the speaker's role, then
direct speech, the later publication, the earlier first recording, the smaller id. What is said for the element that
contains all others only fills: it displaces nothing that was said of a narrower one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from positions.analysis.position_statements import StatementRow
from positions.analysis.statement_table import competing_day, rank_of
from positions.model.codebook import Codebook
from positions.model.issues import Issue
from positions.model.position import Position, PositionKey
from positions.model.revision import Record


def resolve_position(rows: Sequence[StatementRow], codebook: Codebook, key: PositionKey, day: date) -> Position | None:
    """Resolve one position from one voice's statements on its element and on what contains it.

    ``None`` if nothing counts by the end of ``day``.
    """
    issue = codebook.issue(key[1])
    candidates = [record for row in rows for record in row.candidates(day)]
    if not candidates:
        return None
    winner = _decide(candidates, issue, codebook)
    statement = winner.statement
    same_day = [
        record
        for record in candidates
        if record.statement.element == statement.element and competing_day(record) == competing_day(winner)
    ]
    peers = [winner]
    if len(same_day) > 1:
        peers += sorted((one for one in same_day if one is not winner), key=lambda one: _order(one, issue, codebook))
    stances = tuple((one.statement.stance, one.statement.highest) for one in peers)
    first = statement.said_on.first
    return Position(
        *key,
        stance=statement.stance,
        stance_to=statement.stance_to,
        value=issue.values[statement.stance],
        value_to=issue.values[statement.highest],
        since=statement.said_on,
        age_days=(day - statement.said_on.last).days,
        oldest_days=None if first is None else (day - first).days,
        reported=statement.voice == "framing",
        contested=len(set(stances)) > 1,
        basis=tuple(one.statement.id for one in peers),
        stances=stances,
        said_of=statement.element,
        outranked=_outranked(rows, winner, codebook, day),
        stale=_is_stale(rows, stances[0], day, issue.stale_after),
    )


def _decide(candidates: Sequence[Record], issue: Issue, codebook: Codebook) -> Record:
    """Return the statement that decides; of the root's statements only the one that decides the root counts below."""
    if len(candidates) == 1:
        return candidates[0]
    root = issue.root
    narrower = [record for record in candidates if root is None or record.statement.element != root]
    if len(narrower) == len(candidates):
        return _first(narrower, issue, codebook)
    general = _first([record for record in candidates if record.statement.element == root], issue, codebook)
    if not narrower:
        return general
    if general.statement.stance > 0:
        return _first(narrower, issue, codebook)
    return _first([*narrower, general], issue, codebook)


def _first(candidates: Sequence[Record], issue: Issue, codebook: Codebook) -> Record:
    latest = max(map(competing_day, candidates))
    rest = [record for record in candidates if competing_day(record) == latest]
    return rest[0] if len(rest) == 1 else min(rest, key=lambda record: _order(record, issue, codebook))


def _order(record: Record, issue: Issue, codebook: Codebook) -> tuple[Any, ...]:
    """Return the sort key among statements of one competing day, the deciding one first."""
    statement = record.statement
    return (
        -issue.depth(statement.element),
        rank_of(record, codebook),
        statement.directness != "direct",
        -record.published_on.last.toordinal(),
        record.first_recorded_at or record.recorded_at,
        statement.id,
    )


def _outranked(rows: Iterable[StatementRow], winner: Record, codebook: Codebook, day: date) -> str | None:
    """Return the id of the earlier word of a higher rank that the winner goes against, ``None`` if it does not."""
    if winner.statement.voice == "framing" or (rank := rank_of(winner, codebook)) == 1:
        return None
    before = competing_day(winner)
    earlier = [record for row in rows for record in row.outranking(day, rank=rank, before=before)]
    if not earlier:
        return None
    issue = codebook.issue(winner.statement.issue)
    higher = _decide(earlier, issue, codebook)
    against = _side(higher, issue) * _side(winner, issue) < 0
    return higher.statement.id if against else None


def _side(record: Record, issue: Issue) -> float:
    """Return how far the midpoint of a stance lies above the middle, negative below."""
    statement = record.statement
    return issue.values[statement.stance] + issue.values[statement.highest] - 1


def _is_stale(rows: Iterable[StatementRow], stance: tuple[int, int], day: date, stale_after: int) -> bool:
    repeated = (last for row in rows if (last := row.last_said(stance, day)))
    return all((day - last).days >= stale_after for last in repeated)
