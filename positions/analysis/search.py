"""Find statements by words and by what is recorded of them, with counts that say how to narrow the list.

The words are looked for in the quote, its translation and the names of party, issue, element, levels, speaker and
outlet, by the rules of :mod:`positions.quotes.word_search`; documents are looked through by the words of their title
and text. Values of one condition are alternatives, the conditions all hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from positions.analysis.statement_table import counting_day
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.revision import Record
from positions.model.statement import Statement
from positions.quotes.word_search import SearchTerm, matches_all, read_terms, word_line

Facet: TypeAlias = Literal["party", "issue", "voice", "outlet", "speaker", "confidence", "element", "document"]
"""What statements can be chosen by; ``confidence`` by the bands of :data:`CONFIDENCE_BANDS`, ``element`` by paths such
as ``venue/minsk``."""
COUNTED: Final[tuple[Facet, ...]] = ("party", "issue", "element", "voice", "outlet", "speaker", "confidence")
"""The facets whose values are counted in a result."""
CONFIDENCE_BANDS: Final = ("0.9", "0.7", "0.5", "0")
"""Bands of confidence by their lowest value, the surest first; each reaches up to the one before it."""
_NOTHING: Final = -1
Codes: TypeAlias = npt.NDArray[np.int32]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for; a condition that is left empty admits everything.

    ``words`` are read by :func:`positions.quotes.word_search.read_terms`. ``since`` and ``until`` bound the day from
    which a statement counts (the last that its date may mean), and the day of publication of a document; both ends are
    included.
    """

    words: str = ""
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def chosen(self) -> Mapping[Facet, tuple[str, ...]]:
        """Return the values asked for by facet; facets that admit everything are left out."""
        values: dict[Facet, tuple[str, ...]] = {
            "party": self.parties,
            "issue": self.issues,
            "element": self.elements,
            "voice": self.voices,
            "outlet": self.outlets,
            "speaker": self.speakers,
            "confidence": self.confidence,
            "document": self.documents,
        }
        return {facet: wanted for facet, wanted in values.items() if wanted}


EVERY_STATEMENT: Final = Search()


class ValueCount(NamedTuple):
    """A value of a facet and how many statements have it."""

    value: str
    statements: int


@dataclass(frozen=True)
class SearchResult:
    """What a search found.

    ``statements`` are ids in order of day, ``total`` how many were looked through. ``counts`` has, by facet, the values
    of the statements that meet all conditions but that facet's own, the most frequent first: how many there would be
    if it were chosen instead. ``without`` says, by condition (a facet, ``words`` or ``days``), how many statements meet
    all the others; ``alone``, if several words find nothing together, how many each of the terms finds without the
    others. ``documents`` are the ids of those that have all words, the last published first; empty without
    words.
    """

    search: Search
    terms: tuple[SearchTerm, ...]
    statements: tuple[str, ...]
    total: int
    counts: Mapping[Facet, tuple[ValueCount, ...]]
    without: Mapping[str, int]
    alone: tuple[int, ...]
    documents: tuple[str, ...]


class FacetColumn(NamedTuple):
    """A facet's values and, for each statement, which of them it has; −1 for none."""

    values: tuple[str, ...]
    codes: Codes


@dataclass(frozen=True)
class SearchIndex:
    """Statements in order of day, ready to be searched.

    ``lines`` are the words that each is found by, ``days`` the day from which each counts as a number of the calendar.
    """

    ids: tuple[str, ...]
    lines: tuple[str, ...]
    days: npt.NDArray[np.int64]
    columns: Mapping[Facet, FacetColumn]
    documents: Mapping[str, Document] = field(repr=False)

    @cached_property
    def document_lines(self) -> tuple[tuple[str, str], ...]:
        """The documents' ids with their lines of words, the last published first; made at the first use."""
        documents = sorted(self.documents.values(), key=lambda one: (one.published_on.last, one.id), reverse=True)
        return tuple((one.id, f"{word_line(one.title)}\n{word_line(one.text or '')}") for one in documents)

    def measure(self) -> int:
        """Return about how many bytes it takes."""
        return sum(map(len, self.lines)) + 200 * len(self.ids)


def index_words(records: Sequence[Record], documents: Mapping[str, Document], codebook: Codebook) -> SearchIndex:
    """Index statements, given in order of day (:func:`positions.analysis.statement_table.order_of`)."""
    names = _Names(codebook)
    values: dict[Facet, Callable[[Record], str | None]] = {
        "party": lambda record: record.statement.holder,
        "issue": lambda record: record.statement.issue,
        "element": lambda record: _path(record.statement),
        "voice": lambda record: record.statement.voice,
        "outlet": lambda record: record.outlet,
        "speaker": lambda record: record.statement.speaker,
        "confidence": lambda record: confidence_band(record.statement.confidence),
        "document": lambda record: record.statement.document,
    }
    return SearchIndex(
        ids=tuple(record.statement.id for record in records),
        lines=tuple(map(names.line_of, records)),
        days=np.fromiter((counting_day(record).toordinal() for record in records), dtype=np.int64, count=len(records)),
        columns={facet: _encode(map(value, records), len(records)) for facet, value in values.items()},
        documents=documents,
    )


def confidence_band(confidence: float) -> str:
    """Return the band of a confidence in [0, 1], one of :data:`CONFIDENCE_BANDS`."""
    return next(band for band in CONFIDENCE_BANDS if confidence >= float(band))


def find_statements(index: SearchIndex, search: Search = EVERY_STATEMENT) -> SearchResult:
    """Return what a search finds; words without a letter or digit find nothing."""
    terms = read_terms(search.words)
    masks = _Masks(index, search, terms)
    found = np.flatnonzero(masks.all_but())
    split = terms if len(terms) > 1 and not len(found) else ()
    return SearchResult(
        search=search,
        terms=terms,
        statements=tuple(index.ids[row] for row in found.tolist()),
        total=len(index.ids),
        counts={facet: _count(index.columns[facet], masks.all_but(facet)) for facet in COUNTED},
        without={name: int(masks.all_but(name).sum()) for name in masks.by_condition},
        alone=tuple(int((masks.all_but("words") & _has_words(index.lines, (term,))).sum()) for term in split),
        documents=_find_documents(index, search, terms),
    )


class _Masks:
    """Which statements meet each condition that a search makes."""

    def __init__(self, index: SearchIndex, search: Search, terms: Sequence[SearchTerm]) -> None:
        self._count = len(index.ids)
        self.by_condition: dict[str, Mask] = {
            facet: _has_value(index.columns[facet], wanted) for facet, wanted in search.chosen().items()
        }
        if search.words.strip():
            self.by_condition["words"] = _has_words(index.lines, terms)
        if search.since or search.until:
            first, last = (search.since or date.min).toordinal(), (search.until or date.max).toordinal()
            self.by_condition["days"] = (index.days >= first) & (index.days <= last)

    def all_but(self, left_out: str = "") -> Mask:
        """Return which statements meet all conditions, or all but one."""
        met = np.ones(self._count, dtype=np.bool_)
        for name, mask in self.by_condition.items():
            if name != left_out:
                met &= mask
        return met


def _has_words(lines: Sequence[str], terms: Sequence[SearchTerm]) -> Mask:
    rows: Sequence[int] = range(len(lines)) if terms else ()
    for _, needle in terms:
        rows = [row for row in rows if needle in lines[row]]
    mask = np.zeros(len(lines), dtype=np.bool_)
    mask[np.asarray(rows, dtype=np.int64)] = True
    return mask


def _has_value(column: FacetColumn, wanted: Sequence[str]) -> Mask:
    codes = [code for code, value in enumerate(column.values) if value in wanted]
    return np.isin(column.codes, codes)


def _count(column: FacetColumn, mask: Mask) -> tuple[ValueCount, ...]:
    codes = column.codes[mask]
    tally = np.bincount(codes[codes != _NOTHING], minlength=len(column.values)).tolist()
    counts = [ValueCount(value, count) for value, count in zip(column.values, tally, strict=True) if count]
    return tuple(sorted(counts, key=lambda one: (-one.statements, one.value)))


def _find_documents(index: SearchIndex, search: Search, terms: Sequence[SearchTerm]) -> tuple[str, ...]:
    if not terms:
        return ()
    found = [name for name, line in index.document_lines if matches_all(line, terms)]
    return tuple(name for name in found if _admits(search, index.documents[name]))


def _admits(search: Search, document: Document) -> bool:
    first, last = search.since or date.min, search.until or date.max
    return (
        first <= document.published_on.last <= last
        and (not search.documents or document.id in search.documents)
        and (not search.outlets or document.outlet in search.outlets)
    )


def _encode(values: Iterable[str | None], count: int) -> FacetColumn:
    codes: dict[str | None, int] = {None: _NOTHING}
    # The first value gets 0, since the absent one is among the keys already.
    coded = np.fromiter((codes.setdefault(value, len(codes) - 1) for value in values), dtype=np.int32, count=count)
    return FacetColumn(tuple(value for value in codes if value is not None), coded)


def _path(statement: Statement) -> str | None:
    return f"{statement.issue}/{statement.element}" if statement.element else None


@lru_cache(maxsize=256)
def _quote_line(quote: str) -> str:
    # Several claims rest on one quote, and they follow each other.
    return word_line(quote)


class _Names:
    """The words that statements are found by; those of the codebook are read once for each of its words."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._lines: dict[tuple[str | int | None, ...], str] = {}

    def line_of(self, record: Record) -> str:
        statement = record.statement
        own = f"{_quote_line(statement.quote)}\n{word_line(statement.translation) if statement.translation else ''}"
        return f"{own}\n{self._claim(statement)}\n{self._source(statement.speaker, record.outlet)}"

    def _claim(self, statement: Statement) -> str:
        key = (statement.holder, statement.issue, statement.element, statement.stance, statement.highest)
        if key not in self._lines:
            issue, ends = self._codebook.issue(statement.issue), (statement.stance, statement.highest)
            labels = [level.label for level in issue.levels if level.stance in ends]
            about = self._codebook.path_label(statement.issue, statement.element)
            party = self._codebook.party(statement.holder).name
            self._lines[key] = "\n".join(map(word_line, (party, about, *labels)))
        return self._lines[key]

    def _source(self, speaker: str | None, outlet: str) -> str:
        key = (speaker, outlet)
        if key not in self._lines:
            is_known = speaker is not None and self._codebook.knows_speaker(speaker)
            name = self._codebook.speaker(speaker).name if speaker is not None and is_known else speaker or ""
            self._lines[key] = f"{word_line(name)}\n{word_line(outlet)}"
        return self._lines[key]
