"""Build the report of one date from the records in force."""

from __future__ import annotations

from datetime import date, datetime

from positions.appearance import looks
from positions.codebook import Codebook
from positions.dates import day_in_words, instant_text
from positions.revision import Known
from positions.snapshot.demanding import demand_rows, unclaimed_stances
from positions.snapshot.headlines import headline_sentences
from positions.snapshot.material import Material, gather
from positions.snapshot.method import METHOD
from positions.snapshot.pairs import comparisons, pair_rows
from positions.snapshot.report import Mark, Report
from positions.snapshot.views import options_views, other_positions, scale_views
from positions.snapshot.voices import claims_by_others, contested_positions, outlet_framings, quote_notes, silences
from positions.store.entry import Head


def build_report(
    known: Known,
    codebook: Codebook,
    *,
    as_of: date,
    head: Head | str,
    known_at: datetime | None = None,
    public_by: date | None = None,
) -> Report:
    """Build the report of ``as_of`` from the records in force; a day before any statement gives a silent report.

    ``known_at``, ``public_by`` and ``head`` only label it: choose the records with :func:`positions.revision.known`.
    """
    material = gather(known, codebook, as_of=as_of)
    found = comparisons(material)
    demands, contested, silence = demand_rows(material), contested_positions(material), silences(material)
    return Report(
        title=codebook.title,
        as_of=as_of,
        as_of_words=day_in_words(as_of),
        head=str(head),
        known_at=instant_text(known_at) if known_at else None,
        public_by=public_by,
        basis=_basis(material, as_of, known_at, public_by),
        parties=_marks(codebook),
        headlines=headline_sentences(material, found, demands, contested, silence),
        scales=scale_views(material),
        options=options_views(material),
        demands=demands,
        conditions=unclaimed_stances(material),
        pairs=pair_rows(found, codebook),
        contested=contested,
        claims=claims_by_others(material),
        framings=outlet_framings(material),
        silence=silence,
        others=other_positions(material),
        notes=quote_notes(material),
        method=METHOD,
    )


def _marks(codebook: Codebook) -> tuple[Mark, ...]:
    compared = {party.id for party in codebook.principals}
    return tuple(
        Mark(party=party, name=look.name, hue=look.hue, shape=look.shape, principal=party in compared)
        for party, look in looks(codebook).items()
    )


def _basis(material: Material, as_of: date, known_at: datetime | None, public_by: date | None) -> tuple[str, ...]:
    """Say what was known and public, and how much of it the report uses."""
    printed = {record.statement.document: record.published_on for record in material.records.values()}
    late = sum(not day.counts_by(as_of) for day in printed.values())
    used = (
        f"This report rests on {_count(len(material.records), 'statement')},"
        f" in {_count(len(set(material.numbers.values())), 'quote')}"
        f" from {_count(len(printed), 'document')}, said by the end of that day."
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
    return used, public, recorded


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
