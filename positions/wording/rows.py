"""Results as rows of plain values for programs: one set of names for every JSON, CSV, frame and panel.

Whose position it is is its ``holder``; of a pair the first is the ``party``, the second the ``other``; who demands is
the ``demander``, of whom the ``addressee``. Days and vague dates are ISO 8601 text, statements are named by their id,
and words stand beside ids only where a person reads the file too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from positions.model.candidate import Candidate
from positions.model.codebook_version import CodebookVersion
from positions.model.conflict import Conflict
from positions.model.dates import PartialDate, instant_text
from positions.model.document import Document
from positions.model.position import Position, PositionKey
from positions.model.revision import Content, Revision

# Imported for typing only: a command loads the results that it prints and no others.
if TYPE_CHECKING:
    from positions.analysis.changes import PositionChange
    from positions.analysis.demands import Demand, DemandChange, Link
    from positions.analysis.ledger import LedgerEntry
    from positions.analysis.plans import ClausePair, ClauseStanding, PartyStanding
    from positions.analysis.reliability import AgreementRow, CodingDifference
    from positions.analysis.source_conflict import ClaimCheck, Disagreement, OutletRange
    from positions.analysis.storyline import StoryMove
    from positions.kinds.records import ElementDistance, Ground, IssueDistance
    from positions.store.candidates import CandidateRecord

PlainRow = Mapping[str, Any]
POSITION_COLUMNS: Final = (
    *("holder", "issue", "element", "stance", "stance_to", "value", "value_to"),
    *("since", "age_days", "oldest_days", "reported", "contested", "outranked", "stale", "basis", "said_of"),
)
"""A position: ``stance`` and ``stance_to`` are the ends of its range, equal for a point, ``value`` and ``value_to``
the same in [0, 1]; ``since`` is when the deciding statement was said, ``age_days`` to ``oldest_days`` how long before
the day asked about (no ``oldest_days`` if the start is open); ``outranked`` is the statement of a higher rank that says
otherwise, ``stale`` whether nobody can have repeated it lately; ``basis`` holds the statements behind it, the deciding
one first, and ``said_of`` the element they spoke of."""
ISSUE_COLUMNS: Final = ("issue", "kind", "distance", "lo", "hi", "gap", "common_ground", "weight")
LEDGER_COLUMNS: Final = (
    *("statement", "said_on", "holder", "issue", "element", "before", "after", "contribution", "recoded"),
)
_EFFECT_COLUMNS: Final = ("other", "distance_before", "distance_after", "overall_before", "overall_after")
STORY_COLUMNS: Final = (
    *("statement", "said_on", "holder", "issue", "element", "kind", "before", "before_of", "after", "source", "alone"),
    *("recoded", *_EFFECT_COLUMNS),
)
CLAUSE_COLUMNS: Final = (
    *("party", "issue", "element", "stance", "stance_to", "verdict", "distance", "lo", "hi", "weight", "basis", "text"),
)
CLAUSE_PAIR_COLUMNS: Final = (
    *("issue", "element", "relation", "distance"),
    *("stance", "stance_to", "other_stance", "other_stance_to"),
)
AGREEMENT_COLUMNS: Final = (
    *("subject", "issue", "metric", "coded", "units", "alpha", "agreement", "reason"),
    *("low", "high", "documents", "interval_reason"),
)
DIFFERENCE_COLUMNS: Final = (
    *("document", "start", "end", "quote", "holder", "issue", "element", "differs"),
    *("coder", "id", "stance", "stance_to", "voice"),
)
CANDIDATE_COLUMNS: Final = (*Candidate.model_fields, "revision", "recorded_at", "recorded_by", "reason")


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
        "oldest_days": position.oldest_days,
        "reported": position.reported,
        "contested": position.contested,
        "outranked": position.outranked,
        "stale": position.stale,
        "basis": list(position.basis),
        "said_of": position.said_of,
    }


def change_row(change: PositionChange) -> PlainRow:
    """Return a change as one row with both positions whole, ``None`` if silent."""
    return {
        "holder": change.key[0],
        "issue": change.key[1],
        "element": change.key[2],
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
    """Return a pair on one element, each party's stance range beside its id, ``None`` if silent."""
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


def ground_row(ground: Ground) -> PlainRow:
    """Return what parties share on one thing; ``openings`` has a row for each move of each of the cheapest ways.

    A row says who moves (``party``), how far in value (``by``, 0 for one that has only not spoken) and where ``to``, a
    value in [0, 1] or a place.
    """
    moves = [{"party": party, "by": by, "to": opening.to} for opening in ground.openings for party, by in opening.moves]
    return {**plain_row(ground), "openings": moves}


def ledger_row(move: LedgerEntry) -> PlainRow:
    """Return a ledger entry with the columns of :data:`LEDGER_COLUMNS`; ``contribution`` is δ after − δ before."""
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


def story_rows(move: StoryMove) -> list[PlainRow]:
    """Return a move as rows with the columns of :data:`STORY_COLUMNS`.

    A row for each element and each party from which the holder's distance is known, without any one row with ``None``.
    """
    effects: list[tuple[Any, ...]] = [(effect.other, *effect.issue, *effect.overall) for effect in move.effects]
    shared = {"kind": move.kind, "source": move.rests_on, "alone": move.is_alone}
    return [
        {**dict.fromkeys(STORY_COLUMNS), **_story_row(entry, shared), **dict(zip(_EFFECT_COLUMNS, effect, strict=True))}
        for entry in move.entries
        for effect in effects or [(None,) * len(_EFFECT_COLUMNS)]
    ]


def _story_row(entry: LedgerEntry, shared: PlainRow) -> PlainRow:
    told = {**ledger_row(entry), **shared, "before_of": entry.before_of}
    return {name: told[name] for name in STORY_COLUMNS if name in told}


def demand_row(demand: Demand) -> PlainRow:
    """Return a demand with the columns of :data:`positions.wording.demands.DEMAND_COLUMNS`."""
    return plain_row(demand)


def demand_change_row(change: DemandChange) -> PlainRow:
    """Return a change of a demand with the columns of :data:`positions.wording.demands.DEMAND_CHANGE_COLUMNS`."""
    return {"day": change.day.isoformat(), "before": change.before, **demand_row(change.demand)}


def link_row(link: Link) -> PlainRow:
    """Return a link with the columns of :data:`positions.wording.demands.LINK_COLUMNS`."""
    return plain_row(link)


def disagreement_row(disagreement: Disagreement) -> PlainRow:
    """Return a disagreement of outlets, with the position that each of them alone gives."""
    positions = {outlet: position_row(position) for outlet, position in disagreement.positions.items()}
    return {**_subject(disagreement.key), "positions": positions}


def _subject(key: PositionKey) -> PlainRow:
    return dict(zip(("holder", "issue", "element"), key, strict=True))


def claim_check_row(check: ClaimCheck) -> PlainRow:
    """Return a claim by others about a holder; ``against`` compares it with the holder's own word."""
    return {
        **_subject(check.key),
        "statement": check.statement,
        "claimed": list(check.claimed),
        "against": check.agreement,
    }


def outlet_range_row(outlet_range: OutletRange) -> PlainRow:
    """Return a pair's distance with each outlet left out, the ends of that range and the outlet that moves it most."""
    return {
        **plain_row(outlet_range),
        "lowest": outlet_range.lowest,
        "highest": outlet_range.highest,
        "widest": outlet_range.widest,
    }


def clause_row(party: PartyStanding, item: ClauseStanding) -> PlainRow:
    """Return a party's standing on a clause of a plan, with the columns of :data:`CLAUSE_COLUMNS`."""
    clause = item.clause
    values = (
        *(party.party, clause.issue, clause.element, clause.stance, clause.stance_to),
        *(item.verdict, item.distance, item.lo, item.hi, item.weight, list(item.basis), clause.text),
    )
    return dict(zip(CLAUSE_COLUMNS, values, strict=True))


def clause_pair_row(pair: ClausePair) -> PlainRow:
    """Return the clauses of two plans on one thing, with the columns of :data:`CLAUSE_PAIR_COLUMNS`."""
    stances = [(clause.stance, clause.stance_to) if clause else (None, None) for clause in pair.clauses]
    values = (pair.issue, pair.element, pair.relation, pair.distance, *stances[0], *stances[1])
    return dict(zip(CLAUSE_PAIR_COLUMNS, values, strict=True))


def agreement_row(row: AgreementRow) -> PlainRow:
    """Return an agreement with the columns of :data:`AGREEMENT_COLUMNS`; the reasons say why a number is ``None``.

    ``low`` and ``high`` are the ends of alpha's interval, ``documents`` how many were resampled for it.
    """
    score, interval = row.score, row.interval
    values = (row.subject, row.issue, row.metric, row.coded, score.units, score.alpha, score.agreement, score.reason)
    ends = (interval.low, interval.high, interval.documents, interval.reason)
    return dict(zip(AGREEMENT_COLUMNS, (*values, *ends), strict=True))


def difference_rows(difference: CodingDifference) -> list[PlainRow]:
    """Return a row for each coder of a document, with :data:`DIFFERENCE_COLUMNS`; empty where one passed it over.

    Place and quote are those of the unit's first coding.
    """
    unit, first = difference.unit, difference.unit.codings[0]
    shared = (unit.document, first.start, first.end, first.quote, unit.holder, unit.issue, unit.element)
    rows: list[PlainRow] = []
    for coder, coding in zip(difference.coders, difference.codings, strict=True):
        own = (coding.id, coding.stance, coding.stance_to, coding.voice) if coding else (None,) * 4
        rows.append(dict(zip(DIFFERENCE_COLUMNS, (*shared, list(difference.subjects), coder, *own), strict=True)))
    return rows


def candidate_row(record: CandidateRecord) -> PlainRow:
    """Return a candidate with its last revision, with the columns of :data:`CANDIDATE_COLUMNS`."""
    revision = (record.number, record.recorded_at.isoformat(), record.recorded_by, record.reason)
    return record.candidate.model_dump(mode="json") | dict(zip(CANDIDATE_COLUMNS[-4:], revision, strict=True))


def revision_row(revision: Revision) -> PlainRow:
    """Return an entry of the record book; ``told`` sums up its content; ``content`` leaves out a document's text."""
    content = revision.content
    return {
        "recorded_at": instant_text(revision.recorded_at),
        "recorded_by": revision.recorded_by,
        "action": revision.action,
        "id": revision.id,
        "revision": revision.number,
        "kind": revision.kind,
        "told": _content_words(content),
        "reason": revision.reason,
        "first_recorded_at": instant_text(revision.first_recorded_at) if revision.first_recorded_at else None,
        "content": content.model_dump(mode="json", exclude={"text"}) if content else None,
    }


def _content_words(content: Content | None) -> str:
    if content is None:
        return ""
    if isinstance(content, CodebookVersion):
        return f"{content.id} {content.sha256[:12]}"
    if isinstance(content, Document):
        return content.title
    if isinstance(content, Conflict):
        return content.record
    about = "/".join(filter(None, (content.issue, content.element)))
    stances = (content.stance, content.stance_to)
    stance = " to ".join(f"{value:+d}" for value in stances if value is not None) or "unresolved"
    status = f", {content.status}" if isinstance(content, Candidate) else ""
    return f"{content.holder} {about} {stance}, {content.voice}, {content.said_on}{status}"


def plain_row(result: Any) -> PlainRow:
    """Return a frozen result of plain fields as a row: dates as text, tuples as lists."""
    return {field.name: _plain_value(getattr(result, field.name)) for field in fields(result)}


def _plain_value(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain_value(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, PartialDate):
        return plain_row(value)
    return value if isinstance(value, int | float | str | None) else str(value)
