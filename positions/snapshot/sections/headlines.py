"""Three to six sentences computed from the numbers; a thin distance never comes without the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from positions.analysis.distance import Comparison
from positions.model.codebook import Codebook
from positions.model.lists import count_words, join_words
from positions.snapshot.context import Material
from positions.snapshot.report import Contested, Headline, Silence
from positions.snapshot.report_changes import Changes
from positions.wording.demands import demand_counts
from positions.wording.distance import comparison_words, extreme_sentences
from positions.wording.positions import claim_words

MOST = 6


def headline_sentences(
    material: Material,
    pairs: Sequence[Comparison],
    contested: Sequence[Contested],
    silence: Sequence[Silence],
    changes: Changes,
) -> tuple[Headline, ...]:
    """Return the sentences in this order: distances, moves, extremes, demands, disputes, silence."""
    sentences = [
        _distances(material, pairs),
        *_moves(changes),
        *_extremes(material, pairs),
        Headline(text=demand_counts(material.demands), see="demands"),
        *_outlets(material),
        *_contests(contested),
        _silence(silence),
    ]
    # The sentence on silence stays last, even if others are cut.
    return (*sentences[: MOST - 1], sentences[-1]) if len(sentences) > MOST else tuple(sentences)


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
            for comparison in sorted(sound, key=lambda comparison: -(comparison.distance or 0))
        )
        text = f"How far apart, from 0 to 1, with bounds: {apart}."
    elif shares:
        text = f"Every distance is thin: no two parties can be compared on half of their agenda ({join_words(shares)})."
    elif len(codebook.principals) == 1:
        spoken = {position.issue for issue in codebook.issues for position in material.positions(issue.id)}
        text = f"{codebook.principals[0].name} has spoken on {len(spoken)} of {len(codebook.issues)} issues."
        return Headline(text=text, see="positions")
    else:
        return Headline(text="Nobody has spoken on anything that could be compared.", see="distances")
    rest = " Every other distance is thin." if sound and len(sound) < len(pairs) else ""
    return Headline(text=text + rest, see="distances")


def _moves(changes: Changes) -> Iterator[Headline]:
    """Name who moved on what, without moves that rest on a corrected statement."""
    moves = [move for move in changes.told if move.kind == "moved"]
    if moves:
        names = join_words(dict.fromkeys(f"{move.name} on {move.about}" for move in moves), most=4)
        notes = {number for move in moves for number in move.notes[:1]}
        yield Headline(text=f"Since {changes.since_words} have moved: {names}.", notes=tuple(sorted(notes)))


def _dashed_names(comparison: Comparison, codebook: Codebook) -> str:
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
        name = material.codebook.party(key[0]).name
        own = claim_words(material.statement(position.basis[0]), material.codebook)
        about = material.codebook.path_label(key[1], key[2])
        differences.append(f"{about}: “{claim_words(last, material.codebook)}”, while {name} itself is “{own}”")
        notes += [last.id, position.basis[0]]
    if differences:
        opening = "Outlets' own words differ from the party's on"
        yield Headline(text=f"{opening} {'; '.join(differences)}.", notes=tuple(sorted(material.notes(notes))))


def _contests(contested: Sequence[Contested]) -> Iterator[Headline]:
    if contested:
        names = join_words(f"{item.name} on {item.about}" for item in contested)
        notes = {utterance.note for item in contested for utterance in item.utterances}
        yield Headline(text=f"Statements of the same day disagree: {names}.", notes=tuple(sorted(notes)))


def _silence(silence: Sequence[Silence]) -> Headline:
    """Name the issues on which nobody spoke, and the party that is silent on the most."""
    every = set.intersection(*({issue.label for issue in item.issues} for item in silence))
    nobody = [issue.label for issue in silence[0].issues if issue.label in every]
    most = max(silence, key=lambda item: len(item.issues))
    sentences = [f"No compared party has spoken on {join_words(nobody)}."] if nobody else []
    if most.issues:
        sentences.append(f"{most.name} is silent on the most, {count_words(len(most.issues), 'issue')}.")
    return Headline(text=" ".join(sentences) or "Every compared party has spoken on every issue.", see="silence")
