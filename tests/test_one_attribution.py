"""Whose voice, which party: every door asks the roles on the day of the utterance, not on the day of the publication.

An envoy speaks for Ukraine on Saturday and has changed sides by the Thursday on which the article appears.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dashboard.editing.form_checks import check_corrected, check_new
from dashboard.editing.form_fields import EMPTY_TEXTS
from positions.extract.judges.extractor import rule_extractor
from positions.extract.language.lexicon import read_lexicon
from positions.extract.llm.proposal_checks import Checker
from positions.extract.llm.schema import ModelClaim
from positions.model.codebook import Codebook, Role, Speaker
from positions.model.document import Document, sha256_of
from positions.model.statement import Claim
from positions.store.book import Book
from positions.store.candidates import record_candidates
from positions.store.published import read_codebook
from positions.store.sqlite import SqliteLog
from tests.conftest import ROOT

SATURDAY, SUNDAY, THURSDAY = "2022-03-05", "2022-03-06", "2022-03-10"
QUOTE = "“We are ready for talks with Russia now,” Ana Turner said on Saturday."
WORDS = "We are ready for talks with Russia now,"
FIELDS = {"quote": WORDS, "speaker": "turner", "holder": "UKR", "issue": "talks", "stance": "2", "said_on": SATURDAY}


@cache
def codebook() -> Codebook:
    """The shipped codebook with an envoy who changes sides on the Sunday."""
    shipped = read_codebook(ROOT / "data")
    roles = (
        Role.model_validate({"party": "UKR", "title": "envoy", "to": SATURDAY}),
        Role.model_validate({"party": "RUS", "title": "envoy", "from": SUNDAY}),
    )
    envoy = Speaker(id="turner", kind="person", name="Ana Turner", roles=roles)
    fields = {name: getattr(shipped, name) for name in Codebook.model_fields}
    return Codebook.model_validate(fields | {"speakers": (*shipped.speakers, envoy)})


def article(published_on: str = THURSDAY) -> Document:
    fields = {"title": "t", "outlet": "The Example", "published_on": published_on, "published_on_basis": "explicit"}
    text = f"An envoy speaks\n\n{QUOTE}\n"
    return Document.model_validate(
        {"id": "doc", "file": "doc.txt", "text": text, "sha256": sha256_of(text.encode()), **fields}
    )


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    log = SqliteLog(tmp_path / "positions.db")
    with log.writing():
        writer = Book(log, codebook(), coder="anna")
        writer.add_document(article())
        yield writer
    log.close()


def is_ukraines_own(claim: Claim | None) -> bool:
    assert claim is not None
    return (claim.speaker, claim.speaker_party, claim.holder, claim.voice) == ("turner", "UKR", "UKR", "self")


def test_the_rules_date_the_role_by_the_utterance_and_the_book_takes_what_they_find(book: Book) -> None:
    candidates = rule_extractor(codebook(), read_lexicon(ROOT / "data")).candidates(article())
    assert [str(candidate.said_on) for candidate in candidates] == [SATURDAY]
    assert all(map(is_ukraines_own, candidates))
    assert record_candidates(book, candidates).new == 1


def test_so_does_a_model(book: Book) -> None:
    proposal = ModelClaim(WORDS, "Ana Turner", "", "UKR", "talks", None, 2, "on Saturday")
    candidate = Checker(codebook(), coder="model").candidate(proposal, article())
    assert is_ukraines_own(candidate)
    assert record_candidates(book, [candidate]).new == 1


def test_so_does_adding(book: Book) -> None:
    assert is_ukraines_own(book.add(document="doc", said_on_basis="relative", **FIELDS))


def test_so_does_correcting_the_date(book: Book) -> None:
    late: dict[str, Any] = FIELDS | {"said_on": THURSDAY, "said_on_basis": "document"}
    added = book.add(document="doc", **late)
    assert (added.speaker_party, added.voice) == ("RUS", "ascribed")
    corrected = book.correct(added.id, said_on=SATURDAY, said_on_basis="relative")
    assert isinstance(corrected, Claim)
    assert is_ukraines_own(corrected)


def test_so_does_the_editing_form(book: Book) -> None:
    texts = EMPTY_TEXTS | FIELDS | {"speaker": "Ana Turner", "said_on_basis": "relative"}
    new = check_new(texts, article(), codebook(), coder="anna")
    assert new.findings == ()
    assert is_ukraines_own(new.claim)
    late = book.add(document="doc", said_on_basis="document", **FIELDS | {"said_on": THURSDAY})
    shown = EMPTY_TEXTS | FIELDS | {"speaker": "Ana Turner", "said_on_basis": "document", "speaker_party": "RUS"}
    shown |= {"voice": "ascribed", "directness": "direct", "start": str(late.start)}
    corrected = check_corrected(shown, late, article(), codebook())
    assert corrected.findings == ()
    assert is_ukraines_own(corrected.claim)


def test_what_is_published_on_the_day_itself_stays_as_it_was() -> None:
    (candidate,) = rule_extractor(codebook(), read_lexicon(ROOT / "data")).candidates(article(SATURDAY))
    assert is_ukraines_own(candidate)
