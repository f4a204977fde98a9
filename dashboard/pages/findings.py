"""What a view finds, in a sentence, and what travels with a picture of it."""

from __future__ import annotations

from collections import Counter
from typing import Final

from dashboard.figures.svg.picture import PictureWords
from dashboard.query.case import Picture
from dashboard.query.day_frames import choose_pairs
from dashboard.query.view import View
from dashboard.query.window import compared_days
from positions.analysis.distance import compare
from positions.model.dates import day_in_words
from positions.model.lists import count_words, join_words, percent_words
from positions.wording.citation import citation_words
from positions.wording.distance import comparison_words, issue_words
from positions.wording.documents import outlet_words
from positions.wording.party_style import party_styles
from positions.wording.statements import said_words
from positions.wording.verdict import verdict_parts

MOST_DOCUMENTS: Final = 6
"""The most documents that a picture names; it counts the others."""
KEY: Final = "Filled: its own word; hollow: only the outlet's words; cross: what another claims."


def pair_finding(picture: Picture, view: View) -> str:
    """Write what changed for the first pair between the compared days; without two days, how much is recorded."""
    case, days = picture.case, compared_days(picture, view)
    pairs = choose_pairs(case.codebook, view.parties)
    if days is None or not pairs:
        return said_words(case.index.said_by(picture.state.as_of), picture.state, case.codebook)
    movement = case.movement(*pairs[0], *days)
    return "".join(part.text for part in verdict_parts(movement, case.codebook, names_end=True))


def distance_finding(picture: Picture, view: View) -> str:
    """Write how far the first pair is apart on the day."""
    pairs = choose_pairs(picture.case.codebook, view.parties)
    if not pairs:
        return pair_finding(picture, view)
    return comparison_words(compare(picture.state, picture.case.codebook, *pairs[0]), picture.case.codebook)


def issue_finding(picture: Picture, issue: str, view: View) -> str:
    """Write where the first pair stands on an issue; if they cannot be compared, how much is recorded of it."""
    codebook = picture.case.codebook
    for pair in choose_pairs(codebook, view.parties)[:1]:
        difference = compare(picture.state, codebook, *pair).issue(issue)
        if difference is not None:
            return issue_words(difference, pair, codebook)
    return pair_finding(picture, view)


def citation(picture: Picture, address: str) -> str:
    """Write how a view is cited, with its address."""
    case = picture.case
    counts = len(case.documents), len(case.records)
    words = citation_words(case.codebook.title, counts=counts, head=case.head, as_of=picture.state.as_of)
    return f"{words} {address}".strip()


def picture_words(picture: Picture, view: View, finding: str, *, title: str, address: str = "") -> PictureWords:
    """Return what travels with a picture of a view; ``title`` is the page's.

    Without an ``address`` it is a card's: nothing of what it rests on is looked up.
    """
    codebook = picture.case.codebook
    styles = party_styles(codebook)
    named = view.parties or tuple({holder for holder, _, _ in picture.state.positions})
    shown = tuple(styles[party] for party in styles if party in named)
    days = f"As of {day_in_words(picture.state.as_of)}"
    days += f", compared with {day_in_words(view.compare)}" if view.compare else ""
    notes: tuple[str, ...] = ()
    if address:
        notes = (KEY, coverage_words(picture, view), documents_words(picture), citation(picture, address))
    heading = title if title == codebook.title else f"{title} · {codebook.title}"
    return PictureWords(heading, finding, days, shown, tuple(filter(None, notes)))


def coverage_words(picture: Picture, view: View) -> str:
    """Write on how much of the agenda the first pair can be compared; empty without a pair."""
    codebook = picture.case.codebook
    for pair in choose_pairs(codebook, view.parties)[:1]:
        share = compare(picture.state, codebook, *pair).coverage
        names = join_words(codebook.party(party).name for party in pair)
        return f"{names} can be compared on {percent_words(share or 0.0)} of the agenda."
    return ""


def documents_words(picture: Picture) -> str:
    """Name the documents whose statements decide the positions of the day, those with most of them first."""
    case = picture.case
    basis = [case.records[position.basis[0]].statement.document for position in picture.state.positions.values()]
    names = [
        f"{outlet_words(case.documents[ref])}, {case.documents[ref].published_on.in_words()}"
        for ref, _ in Counter(basis).most_common()
    ]
    if not names:
        return ""
    # Commas are within the names.
    listed = "; ".join(names[:MOST_DOCUMENTS])
    more = f"; and {len(names) - MOST_DOCUMENTS} more" if len(names) > MOST_DOCUMENTS else ""
    return f"From {count_words(len(names), 'document')}: {listed}{more}."
