"""Sentences computed from the numbers: first what was found and on whose word, then its caveat, then the rest.

A thin distance is no headline, and what rests on a position that was not repeated lately says its age.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from positions.analysis.distance import Comparison
from positions.analysis.movement import Movement
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.lists import capitalize_first, count_words, join_words
from positions.model.position import Position
from positions.snapshot.context import Material
from positions.snapshot.report import Contested, Headline, Silence
from positions.snapshot.report_changes import Changes
from positions.wording.demands import demand_counts
from positions.wording.distance import comparison_words, extreme_sentences
from positions.wording.movement import caveat_words, counts_words, finding_words, party_sentences
from positions.wording.parties import parties_words, party_words
from positions.wording.positions import claim_words, stale_words

MOST = 10
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
    """Return the sentences in this order: findings, moves, what opened or closed, distances, demands, disputes."""
    pairs = [movement.after for movement in movements]
    sentences = (
        *_findings(material, movements, changes),
        *_moves(changes),
        *_openings(changes, material.codebook),
        _distances(material, pairs),
        *_extremes(material, pairs),
        Headline(text=demand_counts(material.demands, material.state), see="demands"),
    )
    disputes = (*_outlets(material), *_contests(contested))
    return (*sentences, *disputes[: MOST - 1 - len(sentences)], _silence(silence, material.codebook))


def _distances(material: Material, pairs: Sequence[Comparison]) -> Headline:
    codebook = material.codebook
    sound = [comparison for comparison in pairs if not comparison.thin and comparison.distance is not None]
    shares = [
        f"{_dashed_names(comparison, codebook)} {100 * comparison.coverage:.0f}\u00a0%"
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
    elif shares:
        text = f"Every distance is thin: no two parties can be compared on half of their agenda ({join_words(shares)})."
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
        finding = capitalize_first(finding_words(movement, codebook))
        notes = {
            number
            for move in changes.moves
            if move.kind == "moved" and move.holder in movement.parties
            for number in move.notes[:1]
        }
        text = " ".join(
            [
                f"{finding}, since {day_in_words(movement.start)}.",
                *party_sentences(movement, codebook),
                caveat_words(movement),
                counts_words(movement),
            ]
        )
        yield Headline(text=text, notes=tuple(sorted(notes)), see="distances")
    if movements and not measurable:
        yield Headline(text=f"Since {changes.since_words} no two parties {_unmoved_words(movements)}.", see="distances")


def _finding_order(movement: Movement) -> tuple[bool, float]:
    """Put pairs whose distance is thin last, then the largest movement first."""
    return movement.after.thin, -round(abs(movement.movement or 0.0), 9)


def _unmoved_words(movements: Sequence[Movement]) -> str:
    if all(movement.verdict is None for movement in movements):
        return "can be compared by their own words on both days"
    return "came measurably closer or moved measurably apart"


def _moves(changes: Changes) -> Iterator[Headline]:
    """Name who moved from what to what on whose word, without moves that rest on a corrected statement."""
    moves = [move for move in changes.told if move.kind == "moved" and move.changes_side]
    if moves:
        words = (
            f"{move.name} on {move.about} from “{move.before}” to “{move.after}” ({move.speaker})" for move in moves
        )
        notes = {number for move in moves for number in move.notes[:1]}
        text = f"Moved since {changes.since_words}: {join_words(dict.fromkeys(words), most=3)}."
        yield Headline(text=text, notes=tuple(sorted(notes)))


def _openings(changes: Changes, codebook: Codebook) -> Iterator[Headline]:
    """Say on what two parties gained or lost common ground, and what it was."""
    sentences = []
    for turn, words in (("new", "opened"), ("gone", "closed")):
        turns = [
            f"{parties_words(item.parties, codebook)} on {item.about}: {'; '.join(part for part in told if part)}"
            for item in changes.ground
            if item.turn == turn and (told := (item.words, item.age))
        ]
        if turns:
            sentences.append(f"Common ground {words} since {changes.since_words}: {join_words(turns, most=3)}.")
    if sentences:
        notes = {number for item in changes.ground for number in item.notes}
        yield Headline(text=" ".join(sentences), notes=tuple(sorted(notes)), see="changes")


def _dashed_names(comparison: Comparison, codebook: Codebook) -> str:
    """Name a pair as in a list of pairs, without articles."""
    return " – ".join(codebook.party(party).name for party in comparison.parties)


def _extremes(material: Material, pairs: Sequence[Comparison]) -> Iterator[Headline]:
    """Name the issue on which any pair is furthest apart, and the one on which it is closest."""
    for sentence in extreme_sentences(pairs, material.codebook):
        positions = (position for part in sentence.issue.parts for position in part.positions if position)
        deciding = [position.basis[0] for position in positions if position.said_of == position.element]
        yield Headline(text=sentence.words, notes=tuple(sorted(material.notes(deciding))))


def _outlets(material: Material) -> Iterator[Headline]:
    """Name the positions that an outlet's own words put on the other side of the middle than the party does."""
    differences, notes = [], []
    for key, position in material.state.positions.items():
        names = material.state.framings.get(key)
        if not names or position.reported or not material.tells_of(key[0]):
            continue
        last = material.statement(names[-1])
        values = material.codebook.issue(position.issue).values
        if (values[last.stance] - 0.5) * (position.value - 0.5) >= 0:
            continue
        name = party_words(key[0], material.codebook)
        own = claim_words(material.statement(position.basis[0]), material.codebook)
        about = material.codebook.path_label(key[1], key[2])
        age = _age([position], material)
        differences.append(f"{about}: “{claim_words(last, material.codebook)}”, while {name} itself is “{own}”{age}")
        notes += [last.id, position.basis[0]]
    if differences:
        opening = "Outlets' own words differ from the party's on"
        yield Headline(text=f"{opening} {'; '.join(differences)}.", notes=tuple(sorted(material.notes(notes))))


def _age(positions: Sequence[Position], material: Material) -> str:
    words = stale_words(positions, material.codebook)
    return f" ({words})" if words else ""


def _contests(contested: Sequence[Contested]) -> Iterator[Headline]:
    if contested:
        names = join_words(f"{item.name} on {item.about}{f' ({item.age})' if item.age else ''}" for item in contested)
        notes = {utterance.note for item in contested for utterance in item.utterances}
        yield Headline(text=f"Statements of the same day disagree: {names}.", notes=tuple(sorted(notes)))


def _silence(silence: Sequence[Silence], codebook: Codebook) -> Headline:
    """Name the issues on which nobody spoke, and the party that is silent on the most."""
    every = set.intersection(*({issue.label for issue in item.issues} for item in silence))
    nobody = [issue.label for issue in silence[0].issues if issue.label in every]
    most = max(silence, key=lambda item: len(item.issues))
    sentences = [f"Nothing that a compared party said is recorded on {join_words(nobody)}."] if nobody else []
    if most.issues:
        name = capitalize_first(party_words(most.holder, codebook))
        sentences.append(f"{name} is silent on the most, {count_words(len(most.issues), 'issue')}.")
    return Headline(
        text=" ".join(sentences) or "Of every compared party something is recorded on every issue.", see="silence"
    )
