"""Sentences computed from the numbers: who moved and on whose word, what that changed, its caveat, then the rest.

A thin distance is no headline, and what rests on a position that was not repeated lately says its age.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from positions.analysis.distance import Comparison
from positions.analysis.movement import Movement
from positions.model.codebook import Codebook
from positions.model.lists import capitalize_first, count_words, join_words, percent_words
from positions.snapshot.context import Material
from positions.snapshot.report import Contested, Headline, Silence
from positions.snapshot.report_changes import Changes
from positions.snapshot.sections.change_headlines import first_headlines, ground_headlines, move_headlines
from positions.snapshot.sections.disputed_headlines import claim_headlines, framing_headlines
from positions.wording.demands import demand_counts
from positions.wording.distance import comparison_words, extreme_sentences
from positions.wording.movement import caveat_words, moved_age_words, party_sentences
from positions.wording.parties import party_words
from positions.wording.verdict import verdict_sentence

MOST = 12
"""The most sentences; if there are more, those on disputes are cut."""
MOST_FINDINGS = 3
"""The most pairs whose movement is told, the largest first."""


def headline_sentences(
    material: Material,
    movements: Sequence[Movement],
    contested: Sequence[Contested],
    silence: Sequence[Silence],
    changes: Changes,
) -> tuple[Headline, ...]:
    """Return the sentences: who moved, what two parties share now or no longer, what that is worth, then the rest."""
    pairs = [movement.after for movement in movements]
    sentences = (
        *move_headlines(changes, material.codebook),
        *ground_headlines(changes, material.codebook),
        *_findings(material, movements, changes),
        *first_headlines(changes, material.codebook),
        *claim_headlines(material, changes),
        _distances(material, pairs),
        *_extremes(material, pairs),
        Headline(text=demand_counts(material.demands, material.state), see="demands"),
    )
    disputes = (*framing_headlines(material), *_contests(contested))
    return (*sentences, *disputes[: MOST - 1 - len(sentences)], _silence(silence, material.codebook))


def _distances(material: Material, pairs: Sequence[Comparison]) -> Headline:
    codebook = material.codebook
    sound = [comparison for comparison in pairs if not comparison.thin and comparison.distance is not None]
    shares = [
        f"{_dashed_names(comparison, codebook)} {percent_words(comparison.coverage)}"
        for comparison in pairs
        if comparison.coverage is not None
    ]
    if len(sound) == 1:
        text = comparison_words(sound[0], codebook)
    elif sound:
        apart = join_words(
            f"{_dashed_names(comparison, codebook)} {comparison.distance:.2f}"
            f" [{comparison.lo:.2f}, {comparison.hi:.2f}]"
            for comparison in sorted(sound, key=lambda comparison: -round(comparison.distance or 0.0, 9))
        )
        text = f"How far apart, from 0 to 1, with bounds: {apart}."
    elif shares and all(comparison.distance is None for comparison in pairs):
        text = "No two parties can be compared yet: on every issue one of them has not said."
    elif shares:
        text = f"Every distance is thin, told on less than half of the agenda ({join_words(shares)})."
    elif len(codebook.principals) == 1:
        spoken = {position.issue for issue in codebook.issues for position in material.positions(issue.id)}
        name = capitalize_first(codebook.principals[0].in_sentence)
        text = f"{name} has spoken on {len(spoken)} of {len(codebook.issues)} issues."
        return Headline(text=text, see="positions")
    else:
        return Headline(text="Nothing is recorded that could be compared.", see="distances")
    rest = " Every other distance is thin." if sound and len(sound) < len(pairs) else ""
    return Headline(text=text + rest, see="distances")


def _findings(material: Material, movements: Sequence[Movement], changes: Changes) -> Iterator[Headline]:
    """Say which pairs came closer or moved apart, each with what it rests on and its caveat."""
    codebook = material.codebook
    measurable = [movement for movement in movements if movement.verdict in ("closer", "further apart")]
    for movement in sorted(measurable, key=_finding_order)[:MOST_FINDINGS]:
        notes = {
            number
            for move in changes.moves
            if move.kind == "moved" and move.holder in movement.parties
            for number in move.notes[:1]
        }
        parts = (
            verdict_sentence(movement, codebook),
            *party_sentences(movement, codebook),
            moved_age_words(movement, codebook),
            caveat_words(movement),
        )
        text = " ".join(filter(None, parts))
        yield Headline(text=text, notes=tuple(sorted(notes)), see="distances")
    if movements and not measurable:
        text = f"Since {changes.since_words} no two parties {_unmoved_words(movements)} by their own word."
        yield Headline(text=text, see="distances")


def _finding_order(movement: Movement) -> tuple[bool, float]:
    """Put pairs whose distance is thin last, then the largest movement first."""
    return movement.after.thin, -round(abs(movement.movement or 0.0), 9)


def _unmoved_words(movements: Sequence[Movement]) -> str:
    if all(movement.verdict is None for movement in movements):
        return "can be compared on both days"
    return "came measurably closer or moved measurably apart"


def _dashed_names(comparison: Comparison, codebook: Codebook) -> str:
    """Name a pair as in a list of pairs, without articles."""
    return " – ".join(codebook.party(party).name for party in comparison.parties)


def _extremes(material: Material, pairs: Sequence[Comparison]) -> Iterator[Headline]:
    """Name the issue on which any pair is furthest apart, and the one on which it is closest."""
    for sentence in extreme_sentences(pairs, material.codebook):
        positions = (position for part in sentence.issue.parts for position in part.positions if position)
        deciding = [position.basis[0] for position in positions if position.said_of == position.element]
        yield Headline(text=sentence.words, notes=tuple(sorted(material.notes(deciding))))


def _contests(contested: Sequence[Contested]) -> Iterator[Headline]:
    if contested:
        names = join_words(f"{item.name} on {item.about}{f' ({item.age})' if item.age else ''}" for item in contested)
        notes = {utterance.note for item in contested for utterance in item.utterances}
        yield Headline(text=f"Statements of the same day disagree: {names}.", notes=tuple(sorted(notes)))


def _silence(silence: Sequence[Silence], codebook: Codebook) -> Headline:
    """Name the issues on which nobody has a position of its own, and the party of which least is recorded."""
    every = set.intersection(*({issue.label for issue in item.issues} for item in silence))
    nobody = [issue.label for issue in silence[0].issues if issue.label in every]
    least = max(silence, key=lambda item: len(item.issues))
    sentences = [f"No compared party's own position is recorded on {join_words(nobody, last='or')}."] if nobody else []
    if least.issues and len(silence) > 1:
        name = party_words(least.holder, codebook)
        share = f"{len(least.issues)} of {count_words(len(codebook.issues), 'issue')}"
        sentences.append(f"Least is recorded of {name}: nothing on {share}.")
    return Headline(
        text=" ".join(sentences) or "Of every compared party something is recorded on every issue.", see="silence"
    )
