from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import DataError
from positions.store.importing import import_file
from positions.store.log import Log
from positions.store.verify import verify_log
from positions.wording.serialise import csv_text
from tests.positions.store.conftest import SAYS, book


def take(log: Log, path: Path) -> int:
    with log.writing():
        return import_file(book(log), path)


def jsonl(tmp_path: Path, *rows: dict[str, Any], name: str = "new.jsonl") -> Path:
    path = tmp_path / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_statements_without_id_or_offsets_are_filled_in_and_importing_twice_changes_nothing(
    started: Log, tmp_path: Path
) -> None:
    path = jsonl(tmp_path, SAYS | {"stance": -1}, SAYS | {"stance": 2})
    assert take(started, path) == 2
    assert take(started, path) == 0
    assert started.head().seq == 4
    assert verify_log(started) == ()


def test_what_an_export_says_of_a_corrected_record_is_known(started: Log, tmp_path: Path) -> None:
    first = jsonl(tmp_path, SAYS | {"id": "x-1", "stance": 2})
    take(started, first)
    with started.writing():
        book(started).correct("x-1", stance="-1")
    assert take(started, jsonl(tmp_path, SAYS | {"id": "x-1", "stance": -1}, name="exported.jsonl")) == 0
    assert take(started, first) == 0
    with pytest.raises(DataError, match="'x-1' revision 1 is in the record book with other content"):
        take(started, jsonl(tmp_path, SAYS | {"id": "x-1", "stance": 1}, name="edited.jsonl"))


def test_all_or_nothing_and_all_findings_at_once_with_line_numbers(started: Log, tmp_path: Path) -> None:
    before = started.head()
    path = jsonl(
        tmp_path,
        SAYS,
        SAYS | {"stance": 9},
        SAYS | {"quote": "nobody said this"},
        SAYS | {"colour": "red"},
        SAYS | {"issue": "nuetrality"},
    )
    with pytest.raises(DataError, match=r"^new\.jsonl:2 stance: found 9, allowed: ") as caught:
        take(started, path)
    assert [str(finding).partition(":")[2].partition(" ")[0] for finding in caught.value.findings] == [
        "2",
        "3",
        "4",
        "5",
    ]
    assert started.head() == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"id": "x"', "new.jsonl:1: the last line has no line end"),
        (b"[1, 2]\n", "new.jsonl:1: found a list, allowed: an object"),
        (b'{"id": 1, "id": 2}\n', "a field stands twice"),
        (b'{"id": "\xff"}\n', "new.jsonl:1: not a whole JSON object"),
        (b"\x00\x01\x02\n", "new.jsonl:1: not a whole JSON object"),
    ],
)
def test_a_broken_file_is_told_by_line(started: Log, tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "new.jsonl"
    path.write_bytes(content)
    with pytest.raises(DataError, match=re.escape(told)):
        take(started, path)


def test_an_empty_file_brings_nothing(started: Log, tmp_path: Path) -> None:
    assert take(started, jsonl(tmp_path)) == 0


def test_many_findings_are_counted_past_the_first_two_hundred(started: Log, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="and: 50 more findings$") as caught:
        take(started, jsonl(tmp_path, *[SAYS | {"stance": 9, "id": f"x-{n}"} for n in range(250)]))
    assert len(caught.value.findings) == 201


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_no_cell_of_a_csv_begins_like_a_formula(notes: list[str]) -> None:
    text = csv_text([{"note": note} for note in notes], ["note"])
    for row in list(csv.reader(text.splitlines(keepends=True)))[1:]:
        assert not row or not row[0].startswith(("=", "+", "-", "@"))
