"""The text of a folder follows the log: after every write, after a kill, after a lost database, after an editor."""

from __future__ import annotations

import json
import logging
import os
import shutil
from pathlib import Path

import pytest

from positions.errors import DataError, WorkspaceError
from positions.store.published import FILES, row_line
from positions.store.sqlite import SqliteLog
from positions.workspace import open_workspace
from positions.workspace.scaffold import make_workspace
from positions.workspace.status import read_status
from tests.positions.store.conftest import SAYS, document

ROOT = Path(__file__).parent.parent.parent.parent
SAID = SAYS | {"speaker": "zelensky"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new workspace with the shipped codebook that holds the example document and one statement."""
    folder = new_workspace(tmp_path / "ws")
    with open_workspace(folder) as workspace, workspace.recording(coder="anna") as book:
        book.add_document(document())
        book.add(**SAID)
    return folder


def new_workspace(folder: Path) -> Path:
    make_workspace(folder)
    shutil.copy(ROOT / "data" / "codebook.toml", folder)
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES.values() if (folder / name).exists()}


def of_the_log(folder: Path) -> dict[str, bytes]:
    """What the text must be where everything was recorded here: a line for each entry, in the log's order."""
    log = SqliteLog(folder / "positions.db")
    lines: dict[str, bytes] = {"documents.jsonl": b"", "statements.jsonl": b""}
    for row in log.rows():
        lines[FILES[row.kind]] = lines.get(FILES[row.kind], b"") + row_line(row).encode()
    log.close()
    return lines


def say(folder: Path, **fields: object) -> None:
    with open_workspace(folder) as workspace, workspace.recording(coder="anna") as book:
        book.add(**(SAID | fields))


def test_what_is_recorded_is_in_the_text_with_its_documents_text(folder: Path) -> None:
    with open_workspace(folder) as workspace:
        with workspace.recording(coder="ben") as book:
            book.correct("doc-01", stance=2, reason="read again")
        with workspace.recording(coder="ben") as book:
            book.retract("doc-01", reason="coded twice")
    assert texts(folder) == of_the_log(folder)
    assert [json.loads(line).get("action") for line in (folder / "statements.jsonl").read_text().split("\n")[:-1]] == [
        None,
        "correct",
        "retract",
    ]
    assert (folder / "seeds" / "doc.txt").read_bytes() == str(document().text).encode()


def test_an_add_only_appends(folder: Path) -> None:
    path = folder / "statements.jsonl"
    before, inode = path.read_bytes(), path.stat().st_ino
    say(folder)
    assert path.read_bytes().startswith(before)
    assert path.read_bytes().count(b"\n") == before.count(b"\n") + 1
    assert path.stat().st_ino == inode


def test_an_error_records_nothing_in_either(folder: Path) -> None:
    before = texts(folder)
    with (
        pytest.raises(DataError, match="is not in the document word for word"),
        open_workspace(folder) as workspace,
        workspace.recording() as book,
    ):
        book.add(**SAID)
        book.add(**(SAID | {"quote": "unsaid"}))
    assert texts(folder) == before == of_the_log(folder)


@pytest.mark.parametrize("kept", [0, 1, 30, -1])
def test_text_that_a_killed_writer_left_behind_is_finished_at_the_next_opening(folder: Path, kept: int) -> None:
    names = ("statements.jsonl", "positions.db.head")
    before = {name: (folder / name).read_bytes() for name in names}
    say(folder)
    after = (folder / "statements.jsonl").read_bytes()
    added = after[len(before["statements.jsonl"]) :]
    (folder / "positions.db.head").write_bytes(before["positions.db.head"])
    (folder / "statements.jsonl").write_bytes(before["statements.jsonl"] + added[:kept])
    open_workspace(folder).close()
    assert (folder / "statements.jsonl").read_bytes() == after
    assert texts(folder) == of_the_log(folder)


def test_a_book_whose_text_cannot_be_finished_is_read_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = {name: (folder / name).read_bytes() for name in ("statements.jsonl", "positions.db.head")}
    say(folder, note="seen")
    for name, content in before.items():
        (folder / name).write_bytes(content)
    with monkeypatch.context() as full:
        full.setattr("positions.store.text_copy.open", refuse, raising=False)
        with open_workspace(folder) as workspace:
            assert len(workspace.known().records) == 2
        assert "the text cannot be written: No space left on device; the next command finishes it" in caplog.text
        assert read_status(folder).log_only == (("statement", "doc-02", 1),)
        with pytest.raises(WorkspaceError, match="No space left"):
            say(folder, note="seen again")
    open_workspace(folder).close()
    assert texts(folder) == of_the_log(folder)


def test_without_the_note_an_unfinished_line_is_finished_too(folder: Path) -> None:
    path = folder / "statements.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    (folder / "positions.db.head").unlink()
    open_workspace(folder).close()
    assert path.read_bytes() == whole


def test_deleting_the_database_loses_nothing_and_is_said(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with open_workspace(folder) as workspace:
        head = workspace.head
    (folder / "positions.db").unlink()
    with caplog.at_level(logging.WARNING), open_workspace(folder) as workspace:
        assert workspace.head == head
    assert "is made anew from the text, 4 revisions taken in: as it was" in caplog.text


def test_a_text_that_does_not_tell_when_it_was_recorded_gives_the_same_book_again(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for path in folder.glob("*.jsonl"):
        lines = [json.loads(line) for line in path.read_text().split("\n")[:-1]]
        path.write_text(
            "".join(json.dumps({**line, "recorded_at": ""}).replace(', "recorded_at": ""', "") + "\n" for line in lines)
        )
    for path in folder.glob("positions.*"):
        path.unlink()
    with open_workspace(folder) as workspace:
        head, known = workspace.head, workspace.known()
    say(folder, note="later")
    (folder / "positions.db").unlink()
    with open_workspace(folder) as workspace:
        assert workspace.known(known_at=known.records[0].recorded_at).records == known.records
        assert workspace.verify(head=str(head)) == ()
    assert "as it was" in caplog.text


def test_an_older_copy_of_the_database_is_noticed_and_gets_back_what_it_lost(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    older = (folder / "positions.db").read_bytes()
    say(folder)
    say(folder, stance=2)
    with open_workspace(folder) as workspace:
        head = workspace.head
    (folder / "positions.db").write_bytes(older)
    with caplog.at_level(logging.WARNING), open_workspace(folder) as workspace:
        assert workspace.head == head
    assert "is an older copy than the one used last; brought up from the text, 2 revisions taken in" in caplog.text


def test_an_emptied_text_is_written_again_from_the_log(folder: Path) -> None:
    before = texts(folder)
    (folder / "statements.jsonl").write_bytes(b"")
    open_workspace(folder).close()
    assert texts(folder) == before


def test_a_line_that_somebody_added_to_the_text_is_taken_in_once_and_not_written_again(folder: Path) -> None:
    path = folder / "statements.jsonl"
    line = json.loads(path.read_text()) | {"id": "doc-ben", "recorded_by": "ben", "quote": "He said no more."}
    text = str(document().text)
    line |= {"start": text.index("He said"), "end": text.index("He said") + len("He said no more.")}
    content = path.read_bytes() + json.dumps(line).encode() + b"\n"
    path.write_bytes(content)
    for _ in range(2):
        with open_workspace(folder) as workspace:
            assert {record.statement.id for record in workspace.known().records} == {"doc-01", "doc-ben"}
            assert workspace.head.seq == 5  # codebook and lexicon are entries too
        assert path.read_bytes() == content


@pytest.mark.parametrize("cut", ['{"id": "other-02", "docu', "  ", '{"id": "other-02"}', "\u201c"])
@pytest.mark.parametrize("is_in_step", [True, False], ids=["nothing lost", "a line lost"])
def test_nothing_is_appended_to_a_line_that_somebody_cut_off(folder: Path, cut: str, is_in_step: bool) -> None:
    say(folder, quote="Not in Minsk.")
    path = folder / "statements.jsonl"
    first, last = path.read_text().splitlines(keepends=True)
    broken = first + (last if is_in_step else "") + cut
    path.write_text(broken)
    with pytest.raises(DataError, match=rf"statements.jsonl:{3 if is_in_step else 2}: the last line has no line end"):
        say(folder, note="three")
    assert path.read_text() == broken
    path.write_text(broken.removesuffix(cut))
    say(folder, note="three")
    assert texts(folder) == of_the_log(folder), "once the line is deleted the text has all that the log has"


def test_a_last_line_of_the_log_that_only_lost_its_end_is_written_whole(folder: Path) -> None:
    path = folder / "statements.jsonl"
    for lost in (1, 2, 40):
        path.write_bytes(path.read_bytes()[:-lost])
        say(folder, note=f"lost {lost}")
        assert texts(folder) == of_the_log(folder)


def test_an_edit_of_the_same_length_is_noticed(folder: Path) -> None:
    path = folder / "statements.jsonl"
    path.write_text(path.read_text().replace('"stance": 1', '"stance": 2'))
    with pytest.raises(DataError, match="'doc-01' revision 1 is in the record book with other content"):
        open_workspace(folder)


def test_a_document_whose_file_is_there_with_another_text_is_refused(folder: Path) -> None:
    (folder / "seeds" / "two.txt").write_text("Something else.\n")
    before = texts(folder)
    with (
        pytest.raises(DataError, match=r"two file: found seeds/two.txt, which is there with another text"),
        open_workspace(folder) as workspace,
        workspace.recording() as book,
    ):
        book.add_document(document("Three words more.\n", "two"))
    assert texts(folder) == before == of_the_log(folder)


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"])
def test_a_text_whose_line_ends_were_turned_round_is_read_as_it_was_coded(tmp_path: Path, ends: bytes) -> None:
    for name, coded in (("unix", "one\ntwo\n"), ("windows", "one\r\ntwo\r\n")):
        folder = new_workspace(tmp_path / name)
        with open_workspace(folder) as workspace, workspace.recording(coder="anna") as book:
            book.add_document(document(coded))
        (folder / "seeds" / "doc.txt").write_bytes(b"one\ntwo\n".replace(b"\n", ends))
        (folder / "positions.db").unlink()
        with open_workspace(folder) as workspace:
            assert workspace.known().documents["doc"].text == coded


def test_a_book_in_memory_refuses_every_write(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access
    monkeypatch.setattr(os, "access", lambda where, mode: mode != os.W_OK and real(where, mode))
    with open_workspace(shipped) as workspace:
        assert len(workspace.known().records) == 117
        with (
            pytest.raises(WorkspaceError, match="cannot be written, so nothing can be recorded"),
            workspace.recording(),
        ):
            pytest.fail("a book in memory was handed out")
    assert not (shipped / "positions.db").exists()


def test_text_that_cannot_be_written_refuses_before_anything_is_recorded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(folder)
    real = os.access
    monkeypatch.setattr(os, "access", lambda where, mode: Path(where).suffix != ".jsonl" and real(where, mode))
    with pytest.raises(WorkspaceError, match=r"\.jsonl: cannot be written; nothing was recorded"):
        say(folder)
    assert texts(folder) == before == of_the_log(folder)
