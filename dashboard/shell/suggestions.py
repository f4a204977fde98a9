"""What a search over all pages suggests while somebody types: parties, issues, days, documents, speakers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from dashboard.query.case import Case
from dashboard.query.view import LONGEST_SEARCH, View
from positions.model.dates import day_in_words
from positions.model.lists import capitalize_first, count_words
from positions.quotes.word_search import SearchTerm, matches_all, read_terms, word_line
from positions.wording.documents import outlet_words

MOST_OF_A_KIND: Final = 4
"""The most suggestions of each kind: all kinds fit on one screen."""


class Suggestion(NamedTuple):
    """Where to go: what kind of thing it is, its words, a note beside them, and its address within the site."""

    kind: str
    words: str
    note: str
    address: str


def suggest(case: Case, view: View, words: str) -> tuple[Suggestion, ...]:
    """Return what there is whose name has all words, the search for them in statements and documents first.

    The addresses keep the days and limits of ``view``. Without a word the first parties and issues are suggested.
    """
    words = " ".join(words.split())[:LONGEST_SEARCH].strip()
    terms = read_terms(words)
    base = View(as_of=view.as_of, compare=view.compare, known_at=view.known_at, public_by=view.public_by)
    found = [_search(base, words)] if words else []
    for kind in _WITH_WORDS if terms else () if words else _WITHOUT:
        found += islice((one for one in kind(case, base) if _has(one, terms)), MOST_OF_A_KIND)
    return tuple(found)


def _search(base: View, words: str) -> Suggestion:
    to = replace(base, page="statements", search=words)
    return Suggestion("Search", words, "statements and documents", to.address())


def _has(suggestion: Suggestion, terms: Sequence[SearchTerm]) -> bool:
    # A day is found by its number too: 2022-02-27.
    line = f"{word_line(suggestion.words)}\n{word_line(suggestion.address) if suggestion.kind == 'Day' else ''}"
    return matches_all(line, terms)


def _parties(case: Case, base: View) -> Iterator[Suggestion]:
    for party in case.codebook.parties:
        yield Suggestion("Party", party.name, "", replace(base, page="party", party=party.id).address())


def _issues(case: Case, base: View) -> Iterator[Suggestion]:
    for issue in case.codebook.issues:
        yield Suggestion("Issue", issue.label, "", replace(base, page="issue", issue=issue.id).address())


def _elements(case: Case, base: View) -> Iterator[Suggestion]:
    for issue in case.codebook.issues:
        to = replace(base, page="issue", issue=issue.id).address()
        for element in issue.elements:
            yield Suggestion(capitalize_first(issue.noun), case.codebook.path_label(issue.id, element.id), "", to)


def _speakers(case: Case, base: View) -> Iterator[Suggestion]:
    for speaker in case.codebook.speakers:
        address = replace(base, page="statements", speaker=speaker.id).address()
        yield Suggestion("Speaker", speaker.name, "", address)


def _days(case: Case, base: View) -> Iterator[Suggestion]:
    for day, count in zip(reversed(case.days), reversed(case.calendar["statements"].tolist()), strict=True):
        yield Suggestion("Day", day_in_words(day), count_words(count, "statement"), _on_day(base, day))


def _on_day(base: View, day: date) -> str:
    return replace(base, as_of=day, compare=None if base.compare == day else base.compare).address()


def _documents(case: Case, base: View) -> Iterator[Suggestion]:
    for name, title, note in case.answer_once("titles", lambda: _titles(case)):
        yield Suggestion("Document", title, note, replace(base, page="documents", document=name).address())


def _titles(case: Case) -> tuple[tuple[str, str, str], ...]:
    """Return each document's id, title and source, the last published first."""
    documents = sorted(case.documents.values(), key=lambda one: (one.published_on.last, one.id), reverse=True)
    return tuple((one.id, one.title, f"{outlet_words(one)}, {one.published_on.in_words()}") for one in documents)


_WITHOUT: Final[tuple[Callable[[Case, View], Iterator[Suggestion]], ...]] = (_parties, _issues)
_WITH_WORDS: Final = (*_WITHOUT, _elements, _speakers, _days, _documents)
"""What is suggested before a word is typed, and then."""
