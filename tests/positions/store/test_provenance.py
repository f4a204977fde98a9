"""What a document's text was made of is kept by the log and its text, and told; what cannot be is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from positions.model.document import Document
from positions.model.provenance import Provenance
from positions.store.book import Book
from positions.store.entry import read_row
from positions.store.log import Log
from positions.wording.documents import describe_document
from positions.workspace import open_workspace
from positions.workspace.scaffold import make_workspace
from tests.examples import golden_codebook
from tests.positions.store.conftest import document, log, opener

__all__ = ["log", "opener"]
MADE: dict[str, Any] = {
    "name": "talks.pdf",
    "sha256": "ab" * 32,
    "tool": "pypdf 6.1",
    "pages": [0, 26, 55],
    "fetched_on": "2022-03-03",
}


def made_document() -> Document:
    """The example document, read from a file of three pages that was fetched from an address."""
    return Document.model_validate(document().model_dump() | {"made_from": MADE, "url": "https://example.org/talks"})


def test_the_log_gives_back_what_a_text_was_made_of(log: Log) -> None:
    with log.writing():
        Book(log, golden_codebook(), coder="anna").add_document(made_document())
    row = log.last_of("document", "doc")
    assert row is not None
    content = read_row(row).content
    assert isinstance(content, Document)
    assert content.made_from == Provenance.model_validate(MADE)
    assert [content.page_at(offset) for offset in (0, 25, 26, 54, 55, 80)] == [1, 1, 2, 2, 3, 3]


def test_a_correction_of_another_field_keeps_it(log: Log) -> None:
    with log.writing():
        book = Book(log, golden_codebook(), coder="anna")
        book.add_document(made_document())
        corrected = book.correct("doc", title="Talks in Minsk")
    assert isinstance(corrected, Document)
    assert corrected.made_from == Provenance.model_validate(MADE)


def test_it_comes_back_from_the_published_text_and_is_told(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with open_workspace(tmp_path) as workspace, workspace.recording(coder="anna") as book:
        book.add_document(made_document())
    for database in tmp_path.glob("positions.db*"):
        database.unlink()
    with open_workspace(tmp_path) as workspace:
        again = workspace.document("doc")
        assert again is not None
        assert again.made_from == Provenance.model_validate(MADE)
        told = describe_document(again)
    assert f"The text is that of talks.pdf (SHA-256 {'ab' * 32}), read by pypdf 6.1, 3 pages." in told
    assert "Fetched on 3 March 2022 from https://example.org/talks" in told


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pages": [1, 26]}, "pages: allowed: 0 and rising offsets"),
        ({"pages": [0, 26, 25]}, "pages: allowed: 0 and rising offsets"),
        ({"pages": []}, "at least 1 item"),
        ({"pages": [0, -3]}, "greater than or equal to 0"),
        ({"sha256": "AB"}, "match pattern"),
        ({"name": " "}, "match pattern"),
        ({"fetched_on": "soon"}, "soon"),
    ],
)
def test_an_impossible_provenance_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Provenance.model_validate(MADE | change)
