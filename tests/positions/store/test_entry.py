"""A log entry comes back as what was recorded, or is named."""

from __future__ import annotations

import json

import pytest

from positions.errors import WorkspaceError
from positions.model.candidate import Candidate
from positions.model.revision import Content, RecordKind
from positions.store.entry import EMPTY, Entry, LogRow, content_text, read_row, seal_entry
from tests.examples import START, said
from tests.positions.store.conftest import document

STATEMENT = said("2022-01/2022-02", "RUS", "venue/minsk", 1).statement
CANDIDATE = Candidate.model_validate(STATEMENT.model_dump() | {"stance": None, "sha256": "0" * 64, "suggested": "Anna"})
RECORDS: dict[RecordKind, Content] = {"document": document(), "statement": STATEMENT, "candidate": CANDIDATE}


def row(kind: RecordKind, content: str | None) -> LogRow:
    return seal_entry(Entry(kind, "doc-01", 1, "add", content, START, "anna", "", None), after=EMPTY)


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_comes_back_as_it_was_recorded(kind: RecordKind) -> None:
    revision = read_row(row(kind, content_text(RECORDS[kind])))
    assert (revision.content, revision.recorded_at) == (RECORDS[kind], START)


def test_a_retraction_has_no_content() -> None:
    assert read_row(row("statement", None)).content is None


@pytest.mark.parametrize(
    ("change", "message"),
    [({"stance": "x"}, r"statement doc-01 stance: found 'x'"), ({"forum": "a"}, "statement doc-01 forum: unknown")],
)
def test_an_entry_that_is_no_such_record_is_named(change: dict[str, str], message: str) -> None:
    text = json.dumps(json.loads(content_text(STATEMENT) or "") | change)
    with pytest.raises(WorkspaceError, match=f"entry 1 of the log cannot be read: {message}.*positions verify"):
        read_row(row("statement", text))
