"""Statements are found by words and conditions, and each count is what choosing its value would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.search import (
    COUNTED,
    Facet,
    Search,
    SearchIndex,
    SearchResult,
    confidence_band,
    find_statements,
    index_words,
)
from positions.analysis.statement_table import order_of
from positions.model.document import Document, sha256_of
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_records, said

MORE = (
    said("2022-03-12", "UKR", "venue/geneva", 2, number=100, confidence=0.6, outlet="The Wire"),
    said("2022-03-12", "RUS", "neutrality", -1, number=101, translation="nous négocions", translated_by="anna"),
)
"""Beside the golden example's statements: one that is less sure and of another outlet, and one with a translation."""
FIELDS: dict[Facet, str] = {
    "party": "parties",
    "issue": "issues",
    "element": "elements",
    "voice": "voices",
    "outlet": "outlets",
    "speaker": "speakers",
    "confidence": "confidence",
}


def document(name: str, text: str, published_on: str, outlet: str = "The Example") -> Document:
    return Document.model_validate(
        {
            "id": name,
            "title": f"Report {name}",
            "outlet": outlet,
            "published_on": published_on,
            "published_on_basis": "explicit",
            **({"file": f"seeds/{name}.txt", "text": text, "sha256": sha256_of(text.encode())} if text else {}),
        }
    )


DOCUMENTS = {
    one.id: one
    for one in (
        document("doc", "The talks in Minsk went on.", "2022-03-31"),
        document("wire", "No talks.", "2022-03-01", "The Wire"),
        document("cited", "", "2022-03-02"),
    )
}


@cache
def records() -> tuple[Record, ...]:
    return tuple(sorted((*golden_records(), *MORE), key=order_of))


@cache
def index() -> SearchIndex:
    return index_words(records(), DOCUMENTS, golden_codebook())


def found(**conditions: Any) -> SearchResult:
    return find_statements(index(), Search(**conditions))


def test_without_conditions_all_are_found_in_order_of_day() -> None:
    result = found()
    assert list(result.statements) == [record.statement.id for record in records()]
    assert (result.total, result.documents, dict(result.without)) == (len(records()), (), {})


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("nègocions", ["s101"]),
        ("wire", ["s100"]),
        ("geneva", ["s006", "s100"]),
        ("geneva united", ["s006"]),
        ('"on venue"', None),
        ("???", []),
    ],
)
def test_words_are_looked_for_in_quotes_translations_and_names(words: str, ids: list[str] | None) -> None:
    result = found(words=words)
    if ids is None:
        ids = [one.statement.id for one in records() if "on venue" in one.statement.quote]
    assert sorted(result.statements) == ids


def test_documents_are_found_by_text_and_title_the_last_first() -> None:
    assert found(words="talks").documents == ("doc", "wire")
    assert found(words="report").documents == ("doc", "cited", "wire")
    assert found(words="talks minsk").documents == ("doc",)
    assert found(words="talks", outlets=("The Wire",)).documents == ("wire",)
    assert found(words="talks", documents=("doc",)).documents == ("doc",)
    assert found(words="talks", until=date(2022, 3, 1)).documents == ("wire",)
    assert found(words="talks", since=date(2022, 3, 2)).documents == ("doc",)


def test_days_bound_the_day_from_which_a_statement_counts() -> None:
    days = {one.statement.id: one.statement.said_on.last for one in records()}
    result = found(since=date(2022, 3, 10), until=date(2022, 3, 11))
    assert {days[name] for name in result.statements} == {date(2022, 3, 10), date(2022, 3, 11)}
    assert result.without == {"days": len(records())}


def test_values_are_alternatives_and_conditions_all_hold() -> None:
    assert len(found(parties=("RUS", "UKR")).statements) == sum(
        one.statement.holder in ("RUS", "UKR") for one in records()
    )
    assert found(parties=("USA",), elements=("venue/geneva",)).statements == ("s006",)
    assert found(parties=("nobody",)).statements == ()
    assert found(confidence=("0.5",)).statements == ("s100",)
    assert set(found(voices=("framing", "ascribed")).statements) == {"s090", "s091"}


def test_a_result_says_what_leaving_out_one_condition_would_find() -> None:
    result = found(parties=("USA",), words="geneva", outlets=("The Wire",))
    assert (result.statements, result.without) == ((), {"party": 1, "words": 0, "outlet": 1})


def test_words_that_nothing_has_together_are_counted_alone() -> None:
    assert found(words="geneva nowhere wire").alone == (2, 0, 1)
    assert found(words="geneva nowhere wire", parties=("USA",)).alone == (1, 0, 0)
    assert found(words="geneva wire").alone == found(words="nowhere").alone == ()


@pytest.mark.parametrize(("confidence", "band"), [(1, "0.9"), (0.9, "0.9"), (0.899, "0.7"), (0.5, "0.5"), (0, "0")])
def test_a_confidence_lies_in_one_band(confidence: float, band: str) -> None:
    assert confidence_band(confidence) == band


searches = st.builds(
    Search,
    words=st.sampled_from(["", "venue", "russia", '"on neutrality"', "nobody said this"]),
    parties=st.sampled_from([(), ("RUS",), ("RUS", "UKR"), ("nobody",)]),
    issues=st.sampled_from([(), ("venue",), ("neutrality", "military-aid")]),
    voices=st.sampled_from([(), ("self",), ("framing",)]),
    confidence=st.sampled_from([(), ("0.9",), ("0.5",)]),
    until=st.sampled_from([None, date(2022, 3, 1), date(2022, 3, 11)]),
)


@given(searches)
def test_each_count_is_what_choosing_its_value_finds(search: Search) -> None:
    result = find_statements(index(), search)
    for facet in COUNTED:
        counts = {one.value: one.statements for one in result.counts[facet]}
        for value in index().columns[facet].values:
            chosen = replace(search, **{FIELDS[facet]: (value,)})
            assert counts.get(value, 0) == len(find_statements(index(), chosen).statements)


def test_an_empty_book_finds_nothing() -> None:
    result = find_statements(index_words((), {}, golden_codebook()), Search(words="talks", parties=("RUS",)))
    assert (result.statements, result.documents, result.total) == ((), (), 0)
    assert all(result.counts[facet] == () for facet in COUNTED)
