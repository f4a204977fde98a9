"""Three to six sentences that follow from the numbers; a thin distance is never told by itself."""

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
    found: Sequence[Comparison],
    contested: Sequence[Contested],
    silence: Sequence[Silence],
    changes: Changes,
) -> tuple[Headline, ...]:
    """Tell the distances, who moved, the extremes, the demands, what is disputed and what is silent, in this order."""
    told = [
        _distances(material, found),
        *_moved(changes),
        *_extremes(material, found),
        Headline(text=demand_counts(material.demands), see="demands"),
        *_outlets(material),
        *_contested(contested),
        _silence(silence),
    ]
    # What is silent closes the list however long it is.
    return (*told[: MOST - 1], told[-1]) if len(told) > MOST else tuple(told)


def _distances(material: Material, found: Sequence[Comparison]) -> Headline:
    codebook = material.codebook
    sound = [comparison for comparison in found if not comparison.thin and comparison.distance is not None]
    shares = [
        f"{_dashed(comparison, codebook)} {100 * comparison.coverage:.0f}\u00a0%"
        for comparison in found
        if comparison.coverage is not None
    ]
    if len(sound) == 1:
        text = comparison_words(sound[0], codebook)
    elif sound:
        apart = join_words(
            f"{_dashed(comparison, codebook)} {comparison.distance:.2f} [{comparison.lo:.2f}, {comparison.hi:.2f}]"
            for comparison in sorted(sound, key=lambda comparison: -(comparison.distance or 0))
        )
        text = f"How far apart, from 0 to 1, with bounds: {apart}."
    elif shares:
        text = f"Every distance is thin: no two parties can be compared on half of their agenda ({join_words(shares)})."
    elif len(codebook.principals) == 1:
        spoken = {position.issue for issue in codebook.issues for position in material.positions(issue.id)}
        told = f"{codebook.principals[0].name} has spoken on {len(spoken)} of {len(codebook.issues)} issues."
        return Headline(text=told, see="positions")
    else:
        return Headline(text="Nobody has spoken on anything that could be compared.", see="distances")
    rest = " Every other distance is thin." if sound and len(sound) < len(found) else ""
    return Headline(text=text + rest, see="distances")


def _moved(changes: Changes) -> Iterator[Headline]:
    """Tell who moved on what, as far as that does not rest on a corrected statement."""
    moves = [move for move in changes.told if move.kind == "moved"]
    if moves:
        told = join_words(dict.fromkeys(f"{move.name} on {move.about}" for move in moves), most=4)
        notes = {number for move in moves for number in move.notes[:1]}
        yield Headline(text=f"Since {changes.since_words} have moved: {told}.", notes=tuple(sorted(notes)))


def _dashed(comparison: Comparison, codebook: Codebook) -> str:
    return " – ".join(codebook.party(party).name for party in comparison.parties)


def _extremes(material: Material, found: Sequence[Comparison]) -> Iterator[Headline]:
    """Tell the issue furthest apart and the one closest, over all pairs."""
    for sentence in extreme_sentences(found, material.codebook):
        named = (position for part in sentence.issue.parts for position in part.positions if position)
        deciding = [position.basis[0] for position in named if position.said_of == position.element]
        yield Headline(text=sentence.words, notes=tuple(sorted(material.notes(deciding))))


def _outlets(material: Material) -> Iterator[Headline]:
    """Tell where an outlet's own words put a party on the other side of the middle than the party itself does."""
    told, notes = [], []
    for place, position in material.state.positions.items():
        names = material.state.framings.get(place)
        if not names or position.reported or not material.tells_of(place[0]):
            continue
        last = material.statement(names[-1])
        values = material.codebook.issue(position.issue).values
        if (values[last.stance] - 0.5) * (position.value - 0.5) >= 0:
            continue
        name = material.codebook.party(place[0]).name
        own = claim_words(material.statement(position.basis[0]), material.codebook)
        about = material.codebook.path_label(place[1], place[2])
        told.append(f"{about}: “{claim_words(last, material.codebook)}”, while {name} itself is “{own}”")
        notes += [last.id, position.basis[0]]
    if told:
        opening = "Outlets' own words differ from the party's on"
        yield Headline(text=f"{opening} {'; '.join(told)}.", notes=tuple(sorted(material.notes(notes))))


def _contested(contested: Sequence[Contested]) -> Iterator[Headline]:
    if contested:
        held = join_words(f"{item.name} on {item.about}" for item in contested)
        notes = {said.note for item in contested for said in item.utterances}
        yield Headline(text=f"Statements of the same day disagree: {held}.", notes=tuple(sorted(notes)))


def _silence(silence: Sequence[Silence]) -> Headline:
    """Name what nobody spoke of, and who is silent on the most."""
    every = set.intersection(*({issue.label for issue in item.issues} for item in silence))
    nobody = [issue.label for issue in silence[0].issues if issue.label in every]
    most = max(silence, key=lambda item: len(item.issues))
    told = [f"No compared party has spoken on {join_words(nobody)}."] if nobody else []
    if most.issues:
        told.append(f"{most.name} is silent on the most, {count_words(len(most.issues), 'issue')}.")
    return Headline(text=" ".join(told) or "Every compared party has spoken on every issue.", see="silence")
