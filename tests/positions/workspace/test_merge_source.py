"""A colleague's work comes in the same from a folder, a database or the text alone, and nothing in either is missed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from positions.store.merging.lines import KnownLine, known_line
from positions.store.merging.versions import BookHistory, Version
from positions.store.text_copy import TextCopy
from positions.workspace import merge_source, open_workspace
from positions.workspace.merging import MergeResult, merge_into
from positions.workspace.open import DATABASE

CHANGES = {"003-01": "read again", "003-02": "and this"}


@pytest.fixture
def other(shipped: Path, tmp_path: Path) -> Path:
    """A colleague's copy of the whole folder, in which two statements were corrected."""
    open_workspace(shipped).close()
    folder = tmp_path / "other" / "data"
    shutil.copytree(shipped, folder)
    shutil.copytree(shipped.parent / "seeds", folder.parent / "seeds")
    with open_workspace(folder) as workspace, workspace.recording(coder="ben") as book:
        for name, note in CHANGES.items():
            book.correct(name, note=note)
    return folder


def merged(shipped: Path, source: Path, tmp_path: Path) -> tuple[MergeResult, dict[str, Any]]:
    """Merge into a copy of the case; return the result, and what was recorded of the changed statements."""
    copy = tmp_path / "copies" / source.name / "data"
    shutil.copytree(shipped, copy)
    shutil.copytree(shipped.parent / "seeds", copy.parent / "seeds", dirs_exist_ok=True)
    with open_workspace(copy) as workspace:
        result = merge_into(workspace, str(source), coder="anna")
        return result, {name: [one[2:5] for one in workspace.history(name)] for name in CHANGES}


def without_database(folder: Path) -> Path:
    text = folder.with_name("text")
    shutil.copytree(folder, text, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    return text


def test_a_folder_its_database_and_its_text_bring_the_same(shipped: Path, other: Path, tmp_path: Path) -> None:
    sources = (other, other / DATABASE, without_database(other), other / "statements.jsonl")
    results = [merged(shipped, source, tmp_path) for source in sources]
    assert results[0][0].corrected == list(CHANGES)
    assert all(result == results[0] for result in results)


def test_the_text_beside_a_database_is_read_only_if_it_may_say_more(
    shipped: Path, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    read_text = merge_source._read_text
    monkeypatch.setattr(merge_source, "_read_text", lambda path, *rest: read.append(path) or read_text(path, *rest))
    shutil.copytree(other, copy := other.with_name("copied"))  # other times and inodes, the same content
    assert merged(shipped, copy, tmp_path)[0].corrected == list(CHANGES)
    assert read == []
    with (copy / "statements.jsonl").open("a") as file:
        line = json.loads((copy / "statements.jsonl").read_text().split("\n")[-2])
        file.write(json.dumps(line | {"revision": line["revision"] + 1, "note": "a line by hand"}) + "\n")
    with open_workspace(shipped) as workspace:
        assert merge_into(workspace, str(copy), coder="anna").revisions == len(CHANGES) + 1
    assert read == [copy]


def test_a_text_that_is_cut_or_of_another_head_is_not_whole(other: Path) -> None:
    with open_workspace(other) as workspace:
        head = workspace.head
    text = TextCopy(other, other / DATABASE)
    assert text.is_whole(head)
    path = other / "statements.jsonl"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"read again", b"read agaim"))
    assert not text.is_whole(head)
    path.write_bytes(content)
    assert text.is_whole(head)
    (other / f"{DATABASE}.head").unlink()
    assert not text.is_whole(head)


CONTENT = {"id": "a", "quote": "No.", "note": "", "stance": 1}
OWN = Version(1, "add", json.dumps(CONTENT), "2026-01-01T12:00:00Z", "ann", "")
LINE = {"id": "a", "quote": "No.", "stance": 1, "recorded_at": OWN.at, "recorded_by": "ann"}
HISTORY = BookHistory({("statement", "a"): [OWN]})


def test_a_line_that_repeats_the_books_own_revision_is_known() -> None:
    assert known_line("x:1", LINE, "statement", HISTORY) == KnownLine("x:1", "statement", "a", OWN)
    merged_later = LINE | {"recorded_at": "2026-02-02T12:00:00Z", "first_recorded_at": OWN.at}
    assert known_line("x:1", merged_later, "statement", HISTORY) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"id": "b"},
        {"id": 7},
        {"revision": 2},
        {"revision": "1"},
        {"action": "correct"},
        {"stance": 2},
        {"note": "more"},
        {"colour": "red"},
        {"recorded_at": "2026-01-01T12:00:01Z"},
        {"recorded_by": "ben"},
        {"reason": "a slip"},
    ],
)
def test_a_line_that_differs_in_anything_is_read_and_checked(change: dict[str, Any]) -> None:
    assert known_line("x:1", LINE | change, "statement", HISTORY) is None


def test_a_document_is_always_read_since_its_text_is_in_another_file() -> None:
    assert known_line("x:1", LINE, "document", BookHistory({("document", "a"): [OWN]})) is None
