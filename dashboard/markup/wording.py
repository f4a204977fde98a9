"""The dashboard's own sentences; those on distances and stances come from ``positions.wording``."""

from __future__ import annotations

from typing import Final

from dashboard.query.case import Case, Picture
from dashboard.query.view import View
from positions.analysis.search import CONFIDENCE_BANDS
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words, instant_text
from positions.model.lists import capitalize_first, count_words, join_words
from positions.model.statement import VOICES
from positions.wording.distance import comparison_words, extreme_sentences, pair_words
from positions.wording.statements import said_words


def size_words(case: Case) -> str:
    """Return how much is known: ``5 documents · 140 statements``."""
    return f"{count_words(len(case.documents), 'document')} · {count_words(len(case.records), 'statement')}"


def freshness_words(case: Case) -> str:
    """Return the day of the last statement in words."""
    return f"last statement {day_in_words(case.days[-1])}" if case.days else "no statement yet"


def compare_words(view: View) -> str:
    """Return what the ghosts of the first chart are, in a sentence; empty if no day is compared with."""
    return f" Pale marks: where they stood on {day_in_words(view.compare)}." if view.compare else ""


def as_of_words(picture: Picture) -> str:
    """Return how much had been said by the day, and on how much of the codebook, in a sentence."""
    case, state = picture.case, picture.state
    return said_words(case.index.said_by(state.as_of), state, case.codebook)


def unknown_words(view: View, case: Case) -> list[str]:
    """Return, in sentences, which parts of the address mean nothing, and that a day lies before all statements."""
    sentences = [
        f"{NOT_FOUND[name]} “{text}”." if name in NOT_FOUND else f"“{text}” is not {UNREADABLE[name]}."
        for name, text in view.unknown
    ]
    if case.days and view.as_of and view.as_of < case.days[0]:
        day = day_in_words(view.as_of)
        sentences.append(f"By {day} nobody had said anything; the first statement is of {day_in_words(case.days[0])}.")
    return sentences


def limits_words(view: View) -> str:
    """Return which limits the view sets on records, in a sentence; empty if it sets none."""
    parts = []
    if view.public_by:
        parts.append(f"only what was published by {day_in_words(view.public_by)}")
    if view.known_at:
        parts.append(f"only what was recorded by {instant_text(view.known_at)[:16].replace('T', ', ')} UTC")
    return f"Shown is {join_words(parts)}." if parts else ""


def order_words(view: View) -> str:
    """Return that the day compared with is not the earlier one, in a sentence; empty if it is."""
    if not view.compare or not view.as_of or view.compare < view.as_of:
        return ""
    return f"{day_in_words(view.compare)} is not before the day looked at, so nothing is compared with it."


NOT_FOUND: Final = {
    "statement": "No statement has the id",
    "document": "No document has the id",
    "issue": "No issue has the id",
    "party": "No party has the id",
    "issues": "No issue has the id",
    "parties": "No party has the id",
    "element": "No part of an issue has the ids",
}
"""How it is told that an id in the address does not exist, by the part of the address."""
UNREADABLE: Final = dict.fromkeys(
    ("as_of", "compare", "from", "to", "public_by", "since"), "a day such as 2022-02-27"
) | {
    "known_at": "a day or a time such as 2022-02-27T12:00:00Z",
    "speaker": "the id of a speaker",
    "voice": f"one of {join_words(VOICES, last='or')}",
    "confidence": f"one of {join_words(CONFIDENCE_BANDS, last='or')}",
}
"""What a part of the address has to be that cannot be read."""
FILTER_NOTES: Final = {
    "overview": "Distances are still measured over all issues.",
    "movement": "The sentences and distances are of all issues.",
    "issue": "This page is about one issue and does not follow the filter.",
    "method": "This page tells of all issues.",
}
"""What an issue filter does not narrow on a page, by the page's id."""
NARROWED: Final = ("overview", "movement")
"""The pages with such a note of which the filter narrows a part."""


def filter_words(view: View, codebook: Codebook) -> str:
    """Return what the issue filter does, in a sentence: it narrows lists, never distances. Empty if none is set."""
    if not view.issues:
        return ""
    chosen = join_words((codebook.issue(issue).label for issue in view.issues), most=4)
    if view.page in FILTER_NOTES and view.page not in NARROWED:
        return f"Filter: {chosen}. {FILTER_NOTES[view.page]}"
    return f"Shown: only {chosen}. {FILTER_NOTES.get(view.page, '')}".strip()


def dumbbell_words(picture: Picture) -> str:
    """Return on which issues of any kind the first pair is furthest apart and closest, in sentences."""
    if not picture.comparisons:
        return ""
    first, codebook = picture.comparisons[0], picture.case.codebook
    sentences = extreme_sentences([first], codebook)
    if not sentences:
        return f"{capitalize_first(pair_words(first, codebook))}: on no issue is something recorded of both."
    return " ".join(sentence.words for sentence in sentences)


def trend_words(picture: Picture) -> list[str]:
    """Return each pair's distance in a sentence."""
    return [comparison_words(comparison, picture.case.codebook) for comparison in picture.comparisons]
