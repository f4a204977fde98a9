"""Build the report of one date from the records in force."""

from __future__ import annotations

from dataclasses import replace

from positions.analysis.state_index import StateIndex, index_statements
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words, instant_text
from positions.model.lists import count_words, join_words
from positions.model.query import Query
from positions.model.revision import InForce
from positions.snapshot.context import Material, gather_material
from positions.snapshot.report import Asked, Mark, Report
from positions.snapshot.scope import ReportScope, narrow_codebook
from positions.snapshot.sections.changes import changes_since
from positions.snapshot.sections.demands import demand_views, unclaimed_stances
from positions.snapshot.sections.disputed_and_silent import (
    claims_by_others,
    contested_positions,
    outlet_framings,
    quote_notes,
    silences,
)
from positions.snapshot.sections.distances import comparisons, movements, pair_rows
from positions.snapshot.sections.headlines import headline_sentences
from positions.snapshot.sections.positions import options_views, other_positions, scale_views
from positions.store.entry import Head
from positions.wording.coding_rules import coding_lines
from positions.wording.method import method_lines
from positions.wording.party_style import party_styles
from positions.wording.statements import said_words


def build_report(
    known: InForce, codebook: Codebook, scope: ReportScope, *, head: Head | str, index: StateIndex | None = None
) -> Report:
    """Build the report of a day from the records in force; before the first statement all parties are silent.

    The report names the query that chose the records and the end of the log (``head``). Pass the ``index`` of an
    earlier report on the same records, parties and issues to avoid resolving them again (:func:`index_records`). Raises
    ``QueryError`` for unknown words and for a ``since`` that is not before the report's day.
    """
    words = narrow_codebook(codebook, scope.parties, scope.issues)
    index = index or index_records(known, codebook, scope)
    asked = Asked(
        as_of=scope.as_of,
        since=scope.since_day(index.days),
        known_at=instant_text(known.query.known_at) if known.query.known_at else None,
        public_by=known.query.public_by,
        parties=tuple(party.id for party in words.principals) if scope.parties else (),
        issues=tuple(issue.id for issue in words.issues) if scope.issues else (),
    )
    material = gather_material(known, words, index, asked=asked)
    method = (*method_lines(codebook), *coding_lines(words))
    return _assemble(material, _marks(codebook, words), method, head=str(head))


def index_records(known: InForce, codebook: Codebook, scope: ReportScope) -> StateIndex:
    """Index the records on a scope's issues, for one report or for many that differ only in their days."""
    issues = set(scope.issues)
    records = tuple(record for record in known.records if not issues or record.statement.issue in issues)
    return index_statements(replace(known, records=records), narrow_codebook(codebook, scope.parties, scope.issues))


def _assemble(material: Material, marks: tuple[Mark, ...], method: tuple[str, ...], *, head: str) -> Report:
    asked, words = material.asked, material.codebook
    pairs = comparisons(material)
    contested, silence = contested_positions(material), silences(material)
    moved = movements(pairs, material)
    changes = changes_since(material, moved)
    return Report(
        format="positions-report-1",
        title=words.title,
        asked=asked,
        as_of_words=day_in_words(asked.as_of),
        head=head,
        basis=_basis(material, material.known.query),
        parties=marks,
        headlines=headline_sentences(material, moved, contested, silence, changes),
        changes=changes,
        scales=scale_views(material),
        options=options_views(material),
        demands=demand_views(material),
        conditions=unclaimed_stances(material),
        pairs=pair_rows(moved, material),
        contested=contested,
        claims=claims_by_others(material),
        framings=outlet_framings(material),
        silence=silence,
        others=() if asked.parties else other_positions(material),
        notes=quote_notes(material),
        method=method,
    )


def _marks(codebook: Codebook, words: Codebook) -> tuple[Mark, ...]:
    """Return the mark of every party, also of those that the report leaves out."""
    compared = {party.id for party in words.principals}
    return tuple(
        Mark(party=party, name=look.name, hue=look.hue, shape=look.shape, principal=party in compared)
        for party, look in party_styles(codebook).items()
    )


def _basis(material: Material, query: Query) -> tuple[str, ...]:
    """Write the sentences on what was known and public, and how much of it the report uses."""
    as_of, public_by, known_at = material.asked.as_of, query.public_by, query.known_at
    published = {record.statement.document: record.published_on for record in material.records.values()}
    late = sum(not day.counts_by(as_of) for day in published.values())
    said_sentence = said_words(material.index.said_by(as_of), material.state, material.codebook)
    used_sentence = (
        f"This report rests on {len(material.records):,} of them,"
        f" in {count_words(len(set(material.numbers.values())), 'quote')}"
        f" from {count_words(len(published), 'document')}."
    )
    if public_by:
        public_sentence = f"Only documents published by {day_in_words(public_by)} are admitted."
    elif late == len(published) and late:
        public_sentence = "All of it was published later, so none of this was public then."
    elif late:
        verb = "were" if late > 1 else "was"
        public_sentence = f"{late} of these documents {verb} published later, so not all of this was public then."
    else:
        public_sentence = "All of this was published by then."
    recorded_sentence = (
        f"It uses what was recorded by {instant_text(known_at)}."
        if known_at
        else "It uses all that is recorded so far."
    )
    return *_narrowing(material), said_sentence, used_sentence, public_sentence, recorded_sentence


def _narrowing(material: Material) -> tuple[str, ...]:
    """Write the sentences that name the parties and issues a report is limited to; none if it covers all."""
    sentences = []
    if material.asked.parties:
        sentences.append(f"It tells only of {join_words(party.name for party in material.codebook.principals)}.")
    if material.asked.issues:
        labels = join_words(issue.label for issue in material.codebook.issues)
        sentences.append(f"It tells only of {labels}; the distances are over these alone.")
    return tuple(sentences)
