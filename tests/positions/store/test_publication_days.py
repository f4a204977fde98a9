"""Nothing is published on a day to come, or before there were papers: not by any door."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from positions.errors import DataError
from positions.model.dates import PartialDate, publication_problem
from positions.model.document import Document
from positions.workspace import open_workspace
from positions.workspace.validate import data_findings
from tests.positions.cli.test_cli import run

__all__ = ["run"]

TODAY = datetime.now(UTC).date()
IMPOSSIBLE = ["2099-01-01", "2099", "2099-05", "../2099-01-01", "2022-01-01/2099-01-01", "9999", "1022-02-03", "0001"]
MESSAGE = r"published_on:? found .*(is yet to come; allowed: a date by|allowed: a date from 1600 on)"


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_day_to_come_or_before_there_were_papers_is_impossible(text: str) -> None:
    assert publication_problem(PartialDate.parse(text))


@pytest.mark.parametrize(
    "text",
    ["1600-01-01", "1970-01-01", "../1914-07-28", str(TODAY), str(TODAY.year), f"{TODAY:%Y-%m}", "2022-02/2022-03"],
)
def test_a_day_by_today_is_possible_however_vague(text: str) -> None:
    assert not publication_problem(PartialDate.parse(text))


def test_a_day_is_left_for_clocks_of_another_zone() -> None:
    assert not publication_problem(PartialDate.of(TODAY + timedelta(days=1)))
    assert publication_problem(PartialDate.of(TODAY + timedelta(days=3)))


@pytest.mark.parametrize("text", IMPOSSIBLE)
@pytest.mark.parametrize("words", [("extract",), ("extract", "--record"), ("add-document",)], ids=" ".join)
def test_no_command_takes_an_impossible_day(run: Any, shipped: Path, words: tuple[str, ...], text: str) -> None:
    source = shipped / "source.txt"
    source.write_text("“We are ready for talks,” Putin said.\n")
    before = (shipped / "documents.jsonl").read_bytes()
    told = run(*words, str(source), "--outlet", "A paper", "--published-on", text)
    assert told.code == 2  # the option is wrong, whatever the file
    assert "--published-on: found" in told.err
    assert "yet to come" in told.err or "from 1600" in told.err
    assert (shipped / "documents.jsonl").read_bytes() == before


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_no_document_gets_an_impossible_day(shipped: Path, text: str) -> None:
    with open_workspace(shipped) as workspace:
        before = workspace.head
        with pytest.raises(DataError, match=MESSAGE), workspace.recording() as book:
            book.correct("003", published_on=text)
        citation = Document.model_validate(
            {"id": "new", "title": "", "outlet": "A paper", "published_on": text, "published_on_basis": "explicit"}
        )
        with pytest.raises(DataError, match=MESSAGE), workspace.recording() as book:
            book.add_document(citation)
        assert workspace.head == before


def add_line(folder: Path, **fields: Any) -> None:
    line = {
        "id": "old",
        "title": "Old",
        "outlet": "A paper",
        "published_on": "2099-01-01",
        "published_on_basis": "explicit",
        **fields,
    }
    with (folder / "documents.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")


def test_a_line_that_somebody_writes_is_refused(shipped: Path) -> None:
    add_line(shipped)
    with pytest.raises(DataError, match=rf"documents.jsonl:\d+ {MESSAGE}"):
        open_workspace(shipped)


def test_what_was_recorded_before_the_rule_opens_and_validate_names_it(shipped: Path) -> None:
    add_line(shipped, recorded_at="2022-05-01T00:00:00.000000Z", recorded_by="anna")
    with open_workspace(shipped) as workspace:
        document = workspace.document("old")
        assert document is not None
        assert document.published_on.last == date(2099, 1, 1)
    assert [finding.field for finding in data_findings(shipped)] == ["published_on"]
