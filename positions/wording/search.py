"""What a search found, in sentences and as plain rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.lists import count_words, join_words
from positions.model.revision import Record
from positions.wording.fields import VOICE_WORDS
from positions.wording.positions import claim_words
from positions.wording.speakers import source_name, speaker_name

if TYPE_CHECKING:
    from positions.analysis.search import Facet, Search, SearchResult

FOUND_COLUMNS: Final = (
    *("statement", "said_on", "holder", "issue", "element", "stance", "stance_to", "words", "voice", "directness"),
    *("speaker", "by", "outlet", "document", "published_on", "start", "end", "confidence", "quote", "translation"),
)
"""A statement that was found: ``stance`` to ``stance_to`` are the ends of its range, in ``words`` its level; ``by`` is
on whose word it rests; ``start`` to ``end`` are where its quote stands in the document."""
COUNT_COLUMNS: Final = ("facet", "value", "label", "statements")
FACET_WORDS: Final[Mapping[Facet, str]] = {
    "party": "Party",
    "issue": "Issue",
    "element": "Part of the issue",
    "voice": "Whose word",
    "outlet": "Outlet",
    "speaker": "Speaker",
    "confidence": "Confidence",
    "document": "Document",
}
"""The name of each facet of a search."""
_CONDITIONS: Final[Mapping[str, str]] = {
    "party": "parties",
    "issue": "issues",
    "element": "parts of issues",
    "voice": "voices",
    "outlet": "outlets",
    "speaker": "speakers",
    "confidence": "confidences",
    "document": "documents",
    "days": "days",
    "words": "words",
}
_BANDS: Final[Mapping[str, str]] = {
    "0.9": "0.90 to 1.00",
    "0.7": "0.70 to 0.89",
    "0.5": "0.50 to 0.69",
    "0": "below 0.50",
}


def found_row(record: Record, codebook: Codebook) -> dict[str, Any]:
    """Return a statement with the columns of :data:`FOUND_COLUMNS`."""
    statement = record.statement
    values = (
        *(statement.id, str(statement.said_on), statement.holder, statement.issue, statement.element),
        *(statement.stance, statement.highest, claim_words(statement, codebook), statement.voice, statement.directness),
        *(statement.speaker, source_name(statement, codebook), record.outlet, statement.document),
        *(str(record.published_on), statement.start, statement.end, statement.confidence),
        *(statement.quote, statement.translation),
    )
    return dict(zip(FOUND_COLUMNS, values, strict=True))


def count_rows(result: SearchResult, codebook: Codebook) -> Iterator[dict[str, Any]]:
    """Yield the counts of a result with the columns of :data:`COUNT_COLUMNS`."""
    for facet, counts in result.counts.items():
        for value, statements in counts:
            yield dict(
                zip(COUNT_COLUMNS, (facet, value, facet_value_words(facet, value, codebook), statements), strict=True)
            )


def facet_value_words(facet: Facet, value: str, codebook: Codebook) -> str:
    """Name a value of a facet as readers know it; an outlet and a document by what it is called."""
    match facet:
        case "party":
            return codebook.party(value).name
        case "issue":
            return codebook.issue(value).label
        case "element":
            return codebook.path_label(*value.split("/", 1))
        case "voice":
            return VOICE_WORDS[value]
        case "speaker":
            return speaker_name(value, codebook)
        case "confidence":
            return _BANDS[value]
    return value


def found_words(result: SearchResult, codebook: Codebook) -> str:
    """Write how many statements were found of how many, and by which conditions, in a sentence."""
    conditions = list(_condition_words(result.search, codebook))
    count = len(result.statements)
    if not conditions:
        return f"{count_words(count, 'statement')}: all there are."
    return f"{count:,} of {count_words(result.total, 'statement')}: {'; '.join(conditions)}."


def advice_words(result: SearchResult) -> str:
    """Write what to try where no statement was found, in sentences; empty if some were."""
    if result.statements:
        return ""
    if result.search.words.strip() and not result.terms:
        return "Words to search for have a letter or a digit."
    tries = list(_other_conditions(result))
    if any(result.alone):
        counts = zip(result.terms, result.alone, strict=True)
        tries.append(f"alone, {join_words(f'{term.words} is in {count:,}' for term, count in counts if count)}")
    if tries:
        return f"Nothing was found; {'; '.join(tries)}."
    hint = " Words are found by their beginnings: negotia finds “negotiations”." if result.terms else ""
    return f"Nothing was found; try fewer words or conditions.{hint}"


def _other_conditions(result: SearchResult) -> Iterator[str]:
    """Yield how many there would be without each condition; the words alone are left out only beside others."""
    for name, count in result.without.items():
        if count and len(result.without) > 1:
            yield f"with other {_CONDITIONS[name]} {'there is' if count == 1 else 'there are'} {count:,}"


def _condition_words(search: Search, codebook: Codebook) -> Iterator[str]:
    for facet, values in search.chosen().items():
        names = [facet_value_words(facet, value, codebook) for value in values]
        yield f"{FACET_WORDS[facet].lower()} {join_words(names, last='or', most=4)}"
    if search.words.strip():
        yield f"with the words {search.words.strip()}"
    if span := _span_words(search.since, search.until):
        yield span


def _span_words(since: date | None, until: date | None) -> str:
    if since is not None and since == until:
        return f"said on {day_in_words(since)}"
    ends = [*([f"from {day_in_words(since)}"] if since else []), *([f"by {day_in_words(until)}"] if until else [])]
    return f"said {' '.join(ends)}" if ends else ""
