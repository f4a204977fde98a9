"""Build the report of one date from the records in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from positions.analysis.state_index import States, Timeline
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words, instant_text
from positions.model.lists import count_words, join_words
from positions.model.revision import InForce
from positions.snapshot.context import Material, gather
from positions.snapshot.report import Asked, Mark, Report
from positions.snapshot.scope import checked_since, narrowed
from positions.snapshot.sections.changes import changes_since
from positions.snapshot.sections.demands import demand_views, unclaimed_stances
from positions.snapshot.sections.disputed_and_silent import (
    claims_by_others,
    contested_positions,
    outlet_framings,
    quote_notes,
    silences,
)
from positions.snapshot.sections.distances import comparisons, pair_rows
from positions.snapshot.sections.headlines import headline_sentences
from positions.snapshot.sections.positions import options_views, other_positions, scale_views
from positions.store.entry import Head
from positions.wording.method import method_lines
from positions.wording.party_style import looks


def build_report(
    known: InForce,
    codebook: Codebook,
    *,
    as_of: date,
    head: Head | str,
    since: date | None = None,
    known_at: datetime | None = None,
    public_by: date | None = None,
    parties: Sequence[str] = (),
    issues: Sequence[str] = (),
    states: States | None = None,
) -> Report:
    """Build the report of ``as_of`` from the records in force; a day before any statement gives a silent report.

    ``since`` is the day that changes are told from (default: :func:`positions.snapshot.scope.earlier_day`).
    ``parties`` and ``issues`` tell only of these. ``known_at``, ``public_by`` and ``head`` only label it: choose the
    records with :func:`positions.model.revision.known`. ``states`` of an earlier report on the same
    records, parties and issues spare resolving them again. Raises ``QueryError`` for unknown words and a ``since`` that
    is not before.
    """
    words = narrowed(codebook, parties, issues)
    states = states or told_states(known, codebook, parties, issues)
    asked = Asked(
        as_of=as_of,
        since=checked_since(since, as_of, states.timeline.days),
        known_at=instant_text(known_at) if known_at else None,
        public_by=public_by,
        parties=tuple(party.id for party in words.principals) if parties else (),
        issues=tuple(issue.id for issue in words.issues) if issues else (),
    )
    material = gather(known, words, states, asked=asked)
    return _told(material, _marks(codebook, words), method_lines(codebook), head=str(head), known_at=known_at)


def told_states(known: InForce, codebook: Codebook, parties: Sequence[str] = (), issues: Sequence[str] = ()) -> States:
    """Put the records on these issues, or all, in order of day, for one report or many."""
    kept = set(issues)
    timeline = Timeline(record for record in known.records if not kept or record.statement.issue in kept)
    return States(timeline, narrowed(codebook, parties, issues))


def _told(
    material: Material, marks: tuple[Mark, ...], method: tuple[str, ...], *, head: str, known_at: datetime | None
) -> Report:
    asked, words = material.asked, material.codebook
    found = comparisons(material)
    contested, silence = contested_positions(material), silences(material)
    pairs, changes = pair_rows(found, material), changes_since(material)
    return Report(
        format="positions-report-1",
        title=words.title,
        asked=asked,
        as_of_words=day_in_words(asked.as_of),
        head=head,
        basis=_basis(material, known_at),
        parties=marks,
        headlines=headline_sentences(material, found, contested, silence, changes),
        changes=changes,
        scales=scale_views(material),
        options=options_views(material),
        demands=demand_views(material),
        conditions=unclaimed_stances(material),
        pairs=pairs,
        contested=contested,
        claims=claims_by_others(material),
        framings=outlet_framings(material),
        silence=silence,
        others=() if asked.parties else other_positions(material),
        notes=quote_notes(material),
        method=method,
    )


def _marks(codebook: Codebook, words: Codebook) -> tuple[Mark, ...]:
    """Mark every party as it looks everywhere, whoever of them is told of."""
    compared = {party.id for party in words.principals}
    return tuple(
        Mark(party=party, name=look.name, hue=look.hue, shape=look.shape, principal=party in compared)
        for party, look in looks(codebook).items()
    )


def _basis(material: Material, known_at: datetime | None) -> tuple[str, ...]:
    """Say what was known and public, and how much of it the report uses."""
    as_of, public_by = material.asked.as_of, material.asked.public_by
    printed = {record.statement.document: record.published_on for record in material.records.values()}
    late = sum(not day.counts_by(as_of) for day in printed.values())
    used = (
        f"This report rests on {count_words(len(material.records), 'statement')},"
        f" in {count_words(len(set(material.numbers.values())), 'quote')}"
        f" from {count_words(len(printed), 'document')}, said by the end of that day."
    )
    if public_by:
        public = f"Only documents published by {day_in_words(public_by)} are admitted."
    elif late == len(printed) and late:
        public = "All of it was published later, so none of this was public then."
    elif late:
        verb = "were" if late > 1 else "was"
        public = f"{late} of these documents {verb} published later, so not all of this was public then."
    else:
        public = "All of this was published by then."
    recorded = (
        f"Known is what was recorded by {instant_text(known_at)}." if known_at else "Known is all that the log holds."
    )
    return *_narrowing(material), used, public, recorded


def _narrowing(material: Material) -> tuple[str, ...]:
    """Say to which parties and issues a report was narrowed; nothing where it tells of all."""
    told = []
    if material.asked.parties:
        told.append(f"It tells only of {join_words(party.name for party in material.codebook.principals)}.")
    if material.asked.issues:
        labels = join_words(issue.label for issue in material.codebook.issues)
        told.append(f"It tells only of {labels}; the distances are over these alone.")
    return tuple(told)
