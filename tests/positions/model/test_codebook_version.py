"""A version of the codebook: the whole file under its hash, and which one counts at an instant."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from positions.errors import DataError
from positions.model.codebook_version import build_version
from positions.model.query import Query
from positions.model.revision import Revision, select_in_force
from tests.conftest import ROOT

TEXT = (ROOT / "data" / "codebook.toml").read_text()
START = datetime(2026, 1, 1, tzinfo=UTC)


def versions(*texts: str) -> list[Revision]:
    return [
        Revision(
            "codebook",
            "codebook",
            number,
            "add" if number == 1 else "correct",
            build_version("codebook", text),
            START + timedelta(days=number),
            "anna",
        )
        for number, text in enumerate(texts, 1)
    ]


def test_a_version_has_the_hash_of_its_bytes_and_reads_as_a_codebook() -> None:
    version = build_version("codebook", TEXT)
    assert version.sha256 == hashlib.sha256((ROOT / "data" / "codebook.toml").read_bytes()).hexdigest()
    assert version.codebook.issue("venue").label == "Venue"


def test_of_a_moment_the_last_version_by_then_counts_and_before_the_first_that_one() -> None:
    history = versions(TEXT, TEXT.replace('label = "Venue"', 'label = "Place of talks"'))
    labels = [
        select_in_force(history, Query(known_at=START + timedelta(days=day))).versions["codebook"].codebook
        for day in (0, 1, 2, 9)
    ]
    assert [codebook.issue("venue").label for codebook in labels] == ["Venue", "Venue"] + ["Place of talks"] * 2


def test_a_book_without_versions_has_no_codebook_of_its_own() -> None:
    assert select_in_force([]).codebook is None


def test_a_version_that_is_not_a_codebook_says_where() -> None:
    with pytest.raises(DataError, match=r"codebook\.toml:1: not TOML"):
        _ = build_version("codebook", "title =").codebook
