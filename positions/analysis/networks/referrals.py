"""Who takes which stance on what: the rows that networks count, from statements or from the positions of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from positions.analysis.state import State
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.issues import Issue
from positions.model.lists import count_words
from positions.model.network_choices import BLIND, NetworkChoices
from positions.model.revision import Record
from positions.model.statement import UNKNOWN_SPEAKER

MIDDLE: Final = 0.5


class Concept(NamedTuple):
    """What a stance is taken on: an issue or an element of it; ``stance`` if each level is a concept of its own."""

    issue: str
    element: str | None
    stance: int | None = None


class Referral(NamedTuple):
    """One actor's stance on one concept.

    ``value`` is the stance's in [0, 1], for a range the middle of it; ``day`` the last on which it can have been said;
    ``basis`` the ids of the statements that it rests on.
    """

    actor: str
    concept: Concept
    value: float
    day: date
    document: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Referrals:
    """What a network counts, in order of day, and in a line each what it does not."""

    rows: tuple[Referral, ...]
    left_out: tuple[str, ...] = ()


def referrals_of_statements(
    records: Iterable[Record], codebook: Codebook, choices: NetworkChoices, *, span: tuple[date | None, date | None]
) -> Referrals:
    """Return the stances that holders' own sides stated within a span of days, both inclusive, without duplicates.

    What others ascribe to a holder and the outlet's framing are nobody's own word and tie nobody. A vague date counts
    by its last day, as everywhere.
    """
    rows: list[Referral] = []
    skipped: Counter[str] = Counter()
    ordered = sorted(records, key=lambda record: (record.statement.said_on.last, record.statement.id))
    for record in ordered:
        statement = record.statement
        if not _within(statement.said_on, span):
            continue
        if statement.voice != "self":
            skipped["not of the holder's own side: told by another party or in the outlet's own words"] += 1
        elif choices.actors == "speaker" and statement.speaker in (None, UNKNOWN_SPEAKER):
            skipped["of speakers without a name"] += 1
        else:
            rows.append(_mention(record, codebook.issue(statement.issue), choices))
    return _finish(rows, skipped, choices, noun="statement")


def referrals_of_positions(state: State, codebook: Codebook, choices: NetworkChoices) -> Referrals:
    """Return the position of each holder on each thing on which two are compared; silence is no row.

    Of options these are the leaves of the tree, so that a stance on a region is one on each of its places. A position
    that only an outlet reports counts as in the state.
    """
    rows = [
        Referral(
            holder,
            Concept(issue, element, position.stance if choices.concepts == "level" else None),
            (position.value + position.value_to) / 2,
            state.as_of,
            "",
            position.basis,
        )
        for (holder, issue, element), position in state.positions.items()
        if element in codebook.issue(issue).slots
    ]
    return _finish(rows, Counter(), choices, noun="position")


def windows(
    rows: Sequence[Referral], days: int, span: tuple[date, date]
) -> Iterator[tuple[date, tuple[Referral, ...]]]:
    """Yield the middle day of each window that lies within a span, and the rows in it.

    A window moves by a day and reaches as far back as forth, so that an even number of ``days`` is one longer.
    """
    half = timedelta(days=days // 2)
    first, last = span[0] + half, span[1] - half
    for number in range((last - first).days + 1):
        middle = first + timedelta(days=number)
        yield middle, tuple(row for row in rows if middle - half <= row.day <= middle + half)


def _within(said_on: PartialDate, span: tuple[date | None, date | None]) -> bool:
    start, end = span
    return (start is None or start <= said_on.last) and (end is None or said_on.last <= end)


def _mention(record: Record, issue: Issue, choices: NetworkChoices) -> Referral:
    statement = record.statement
    value = (issue.values[statement.stance] + issue.values[statement.highest]) / 2
    concept = Concept(issue.id, statement.element, statement.stance if choices.concepts == "level" else None)
    actor = statement.speaker if choices.actors == "speaker" else statement.holder
    return Referral(str(actor), concept, value, statement.said_on.last, statement.document, (statement.id,))


def _finish(rows: Iterable[Referral], skipped: Counter[str], choices: NetworkChoices, *, noun: str) -> Referrals:
    kept = list(_qualified(rows, skipped, choices))
    distinct = list(_distinct(kept, choices))
    if repeats := len(kept) - len(distinct):
        skipped[f"repeated within the same {choices.duplicates}"] += repeats
    return Referrals(tuple(distinct), tuple(f"{count_words(number, noun)} {why}" for why, number in skipped.items()))


def _qualified(rows: Iterable[Referral], skipped: Counter[str], choices: NetworkChoices) -> Iterator[Referral]:
    """Yield rows with the value by which they count."""
    for row in rows:
        if choices.concepts == "level":
            yield row._replace(value=1.0)
        elif choices.qualifier == "level" or choices.kind in BLIND:
            yield row
        elif row.value == MIDDLE:
            skipped["undecided: on neither side"] += 1
        else:
            yield row._replace(value=1.0 if row.value > MIDDLE else 0.0)


def _distinct(rows: Iterable[Referral], choices: NetworkChoices) -> Iterator[Referral]:
    """Yield the first of rows that are the same within what :data:`~positions.model.network_choices.Duplicates` names.

    What an actor says of a concept is the same if it has the same value; a kind of network that does not ask for it
    takes any two on one concept for the same.
    """
    before: set[tuple[object, ...]] = set()
    for row in rows:
        value = None if choices.kind in BLIND else row.value
        key = (row.actor, row.concept, value, _stretch(row, choices))
        if choices.duplicates == "include" or key not in before:
            before.add(key)
            yield row


def _stretch(row: Referral, choices: NetworkChoices) -> object:
    """Return what two rows share that lie within one document, week, month or year."""
    stretches: dict[str, object] = {
        "document": row.document,
        "week": tuple(row.day.isocalendar())[:2],
        "month": (row.day.year, row.day.month),
        "year": row.day.year,
    }
    return stretches.get(choices.duplicates)
