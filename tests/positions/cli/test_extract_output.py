"""Results written piece by piece, quotes in context, and the summary."""

from __future__ import annotations

import csv
import io
import json

import pytest

from positions.cli.extract_output import FIELDS, Csv, Failures, JsonLines, JsonList, mark_quote, summary_lines
from positions.coding.extraction import ExtractionResult
from positions.extract.batch.runner import Outcome, Task, extract_one
from tests.positions.extract.echo import Echo
from tests.positions.extract.reading import document

TEXT = "One sentence here. Another sentence here."


def outcomes() -> list[Outcome]:
    return [extract_one(Echo(), Task(name, "", document(TEXT, id=name))) for name in ("a", "b")]


def test_the_formats_write_the_same_in_pieces() -> None:
    first, second = outcomes()
    lines, members, table = JsonLines(), JsonList(), Csv()
    rows = [json.loads(line) for line in (lines.text([first]) + lines.text([second])).splitlines()]
    assert rows
    assert list(rows[0]) == FIELDS
    assert json.loads(members.begin + members.text([first]) + members.text([second]) + members.end) == rows
    written = list(csv.DictReader(io.StringIO(table.begin + table.text([first]) + table.text([second]))))
    assert [row["quote"] for row in written] == [row["quote"] for row in rows]


def test_an_empty_list_is_a_list() -> None:
    members = JsonList()
    assert json.loads(members.begin + members.text([]) + members.end) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A short quote.", "A ⟦short⟧ quote."),
        (f"{'far ' * 30}short\n{'away ' * 30}", f"…{'far ' * 12}⟦short⟧ {'away ' * 8}away…"),
    ],
)
def test_a_quote_is_marked_among_whole_words_on_one_line(text: str, shown: str) -> None:
    start = text.index("short")
    assert mark_quote(text, start, start + len("short")) == shown


def test_the_summary_counts_documents_records_and_kinds_of_failure(capsys: pytest.CaptureFixture[str]) -> None:
    failures = Failures()
    failures.add([Outcome(Task(f"{n}.txt", ""), None, (), f"cannot be read: {n}") for n in range(2)])
    assert capsys.readouterr().err.splitlines() == ["0.txt: cannot be read: 0", "1.txt: cannot be read: 1"]
    result = ExtractionResult(1, 3, 2, failed=2, skipped=4, new_documents=1, new=3, renewed=1, left_out=1000)
    assert list(summary_lines(result, failures, seconds=0.5, recorded=True)) == [
        "1 document, 3 candidates (2 unresolved), 4 done before, 2 failed; 0.5 s, 2.0 documents/s",
        "recorded 1 document, 3 candidates; 1 renewed, 1,000 were known already",
        "failures: 2 × cannot be read",
    ]
    assert len(list(summary_lines(result, failures, seconds=0.5, recorded=False))) == 2
