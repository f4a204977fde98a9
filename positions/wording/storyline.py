"""Who moved, in words: what each move changed from what to what, what it did to distances, on whose report it rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from positions.analysis.storyline import MoveEffect, StoryMove
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.lists import join_words
from positions.wording.matrix import MOST_ELEMENTS
from positions.wording.movement import SHOWN
from positions.wording.parties import parties_words, party_words
from positions.wording.positions import range_words
from positions.wording.verdict import arrow_words


def move_subject(move: StoryMove, codebook: Codebook) -> str:
    """Name the issue of a move with the elements that it speaks of: ``Venue: Warsaw, Budapest and Istanbul``."""
    labels = [codebook.element(move.issue, element).label for element in move.elements]
    issue = codebook.issue(move.issue).label
    return f"{issue}: {join_words(labels, most=MOST_ELEMENTS)}" if labels else issue


def move_words(move: StoryMove, codebook: Codebook) -> tuple[str, str]:
    """Name what the party held before and what after; before its first word on it ``silent``.

    A stance that was taken on a wider element says so: ``accepts it (as part of any place)``.
    """
    entry = move.entries[0]
    before, after = (
        range_words(codebook, (move.holder, move.issue, entry.element), stances)
        for stances in (entry.before, entry.after)
    )
    if entry.before_of not in (None, entry.element):
        before += f" (as part of {codebook.element(move.issue, str(entry.before_of)).label})"
    return before, after


def effect_words(effect: MoveEffect, move: StoryMove, codebook: Codebook) -> tuple[str, str]:
    """Write what a move did to its holder's distance from another party: on the issue, then over all issues.

    ``Venue, from Russia: 0.00 → 1.00`` and ``all issues: 0.08 → 0.42``; the second is empty without a change.
    """
    opening = f"{codebook.issue(move.issue).label}, from {party_words(effect.other, codebook)}: "
    before, after = effect.overall
    changed = after is not None and (before is None or abs(after - before) >= SHOWN)
    return f"{opening}{_change_words(effect.issue)}", f"all issues: {_change_words(effect.overall)}" if changed else ""


def _change_words(distances: tuple[float | None, float | None]) -> str:
    before, after = distances
    if after is None:
        return "no longer comparable"
    if before is None:
        return f"now comparable, {after:.2f}"
    if abs(after - before) < SHOWN:
        return f"{after:.2f} as before"
    return arrow_words(before, after)


def report_words(move: StoryMove, outlet: str) -> str:
    """Write whose report a move rests on: ``reported by A``, or ``rests on one outlet (A)`` if no other says the same.

    ``outlet`` printed it; a text that it took over names who wrote it too.
    """
    source = move.rests_on if move.rests_on == outlet else f"{move.rests_on}, in {outlet}"
    return f"rests on one outlet ({source})" if move.is_alone else f"reported by {source}"


def storyline_sentence(
    moves: Iterable[StoryMove], codebook: Codebook, parties: Sequence[str], *, days: tuple[date, date]
) -> str:
    """Answer in a sentence who moved on what between two days, and who first spoke on what; the others did not move.

    ``Between 25 February 2022 and 27 February 2022 Ukraine moved on Venue; Russia did not move. Newly opened: Ceasefire
    by Russia.``
    """
    # Of a corrected statement nobody can say whether the party moved or its coding did.
    listed = [move for move in moves if not move.is_recoded]
    moved = _issues_by_party((move for move in listed if move.has_moved), codebook)
    opened = _issues_by_party((move for move in listed if move.opens_issue), codebook)
    still = [party for party in parties if party not in moved]
    parts = [
        f"{party_words(party, codebook)} moved on {join_words(moved[party])}" for party in parties if party in moved
    ]
    rest = [f"{parties_words(still, codebook)} did not move"] if still else []
    sentence = f"Between {day_in_words(days[0])} and {day_in_words(days[1])} {'; '.join((*parts, *rest))}"
    firsts = [f"{join_words(opened[party])} by {party_words(party, codebook)}" for party in parties if party in opened]
    added = f" Newly opened: {'; '.join(firsts)}." if firsts else ""
    return f"{sentence}.{added}"


def _issues_by_party(moves: Iterable[StoryMove], codebook: Codebook) -> Mapping[str, Sequence[str]]:
    """Return the labels of the issues of some moves by party, in codebook order."""
    keys = dict.fromkeys((move.holder, move.issue) for move in moves)
    labels: dict[str, list[str]] = {}
    for issue in codebook.issues:
        for holder in (holder for holder, name in keys if name == issue.id):
            labels.setdefault(holder, []).append(issue.label)
    return labels


def tally_words(repeated: int, recoded: int) -> str:
    """Write how many positions were only said again, and how many statements were coded anew since."""
    return f"Said again, unchanged: {repeated} · recoded: {recoded}"
