"""Two people's folders, as they merge them at the command line and with git."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from positions.store.candidates import record_candidates
from positions.workspace import open_workspace
from tests.positions.cli.test_cli import run
from tests.positions.cli.test_record import ADD
from tests.positions.proposing import NOT_MINSK, article, proposed

__all__ = ["run"]


@pytest.fixture
def other(run: Any, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call the command line in a colleague's clone, made before anybody changed anything."""
    run("verify")
    clone = tmp_path / "clone"
    shutil.copytree(
        shipped.parent, clone, ignore=shutil.ignore_patterns("positions.db*", "positions.local.jsonl", "clone")
    )
    folder = clone / shipped.name

    def call(*words: object) -> Any:
        monkeypatch.setenv("POSITIONS_DATA", str(folder))
        told = run(*words)
        monkeypatch.setenv("POSITIONS_DATA", str(shipped))
        return told

    call.folder = folder  # type: ignore[attr-defined]
    return call


def test_merge_takes_a_colleagues_work_and_tells_new_ids(run: Any, other: Any) -> None:
    run(*ADD, "--element", "border")
    other(*ADD, "--element", "minsk", "--coder", "ben")
    told = run("merge", other.folder)
    assert told.code == 0
    assert "003-39 of the other book is 003-39-ben here" in told.out
    assert run("merge", other.folder).out.startswith("nothing new")


def test_what_two_people_recorded_each_for_themselves_is_told_as_coming_twice(
    run: Any, other: Any, shipped: Path, tmp_path: Path
) -> None:
    run(*ADD, "--element", "border", "--note", "mine")
    other(*ADD, "--element", "border", "--note", "theirs", "--coder", "ben")
    copy = tmp_path / "again.txt"
    copy.write_bytes(next((shipped.parent / "seeds").glob("003*")).read_bytes())
    other("add-document", copy, "--outlet", "Another", "--published-on", "2022-02-27", "--coder", "ben")
    merged = run("merge", other.folder)
    assert merged.code == 0
    assert "note: 003-39-ben repeats 003-39-anna: same quote, holder, issue and element" in merged.out
    assert "note: again has the same text as 003" in merged.out
    assert run("merge", other.folder, "--format", "json").json["duplicates"] == []


def test_a_conflict_is_exit_1_survives_and_is_settled(run: Any, other: Any) -> None:
    run("correct", "003-04", "--note", "mine", "--coder", "anna")
    other("correct", "003-04", "--note", "theirs", "--coder", "ben")
    merged = run("merge", other.folder, "--format", "json")
    assert merged.code == 1
    (conflict,) = merged.json["conflicts"]
    assert [(one["side"], one["content"]["note"]) for one in conflict["versions"]] == [
        ("ours", "mine"),
        ("theirs", "theirs"),
    ]
    assert run("merge").code == 1
    assert "ours, revision 2 by anna" in run("merge").out
    assert run("merge", "--ours").code == 0
    assert run("show", "003-04", "--format", "json").json["note"] == "mine"


def test_load_takes_newer_corrections_of_known_records(run: Any, other: Any) -> None:
    other("correct", "003-04", "--note", "read again", "--coder", "ben")
    assert "loaded 1 new revisions" in run("load", other.folder, "--dry-run").out
    assert "loaded 1 new revisions" in run("load", other.folder).out
    assert run("show", "003-04", "--format", "json").json["note"] == "read again"


def test_lines_that_git_merged_load_and_the_conflict_is_told(
    run: Any, other: Any, shipped: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run("correct", "003-04", "--note", "mine", "--coder", "anna")
    run(*ADD, "--element", "border")
    other("correct", "003-04", "--note", "theirs", "--coder", "ben")
    other(*ADD, "--element", "minsk", "--coder", "ben")
    ours, theirs = shipped / "statements.jsonl", other.folder / "statements.jsonl"
    common = len(ours.read_text().splitlines()) - 2
    with ours.open("a") as text:
        text.writelines(line + "\n" for line in theirs.read_text().splitlines()[common:])
    told = run("log", "-n", "3")
    assert told.code == 0
    assert "positions merge --settle" in caplog.text
    assert run("merge", "--theirs").code == 0
    assert run("show", "003-04", "--format", "json").json["note"] == "theirs"
    elements = [run("show", name, "--format", "json").json["element"] for name in ("003-39", "003-39-ben")]
    assert elements == ["border", "minsk"]
    for database in shipped.glob("positions.db*"):
        database.unlink()
    assert run("show", "003-04", "--format", "json").json["note"] == "theirs"
    assert run("verify").code == 0


def join_lines(ours: Path, theirs: Path) -> None:
    """Append what a colleague's text has more, file by file, as git does with ``merge=union``."""
    for path in theirs.glob("*s.jsonl"):
        own = (ours / path.name).read_text().splitlines() if (ours / path.name).exists() else []
        with (ours / path.name).open("a") as text:
            text.writelines(f"{line}\n" for line in path.read_text().splitlines() if line not in own)


def test_a_command_that_only_reads_leaves_the_files_as_git_merged_them(run: Any, other: Any, shipped: Path) -> None:
    run("correct", "003-04", "--note", "mine", "--coder", "anna")
    other("correct", "003-04", "--note", "theirs", "--coder", "ben")
    join_lines(shipped, other.folder)
    files = {path.name: path.read_bytes() for path in shipped.glob("*s.jsonl")}
    assert run("merge").code == 1
    assert {path.name: path.read_bytes() for path in shipped.glob("*s.jsonl")} == files
    status = run("status", "--format", "json").json
    assert not status["in_step"]
    assert {row["kind"] for row in status["log_only"]} == {"statement", "conflict"}
    head = run("verify").out
    for database in shipped.glob("positions.db*"):
        database.unlink()
    assert run("verify").out == head
    assert run("merge").code == 1


def test_what_merged_lines_made_goes_into_the_text_with_the_next_write(run: Any, other: Any, shipped: Path) -> None:
    run("correct", "003-04", "--note", "mine", "--coder", "anna")
    other("correct", "003-04", "--note", "theirs", "--coder", "ben")
    join_lines(shipped, other.folder)
    run("state")
    assert run("merge", "--ours").code == 0
    assert run("status", "--format", "json").json["in_step"]
    join_lines(other.folder, shipped)
    assert other("merge").code == 0
    assert other("show", "003-04", "--format", "json").json["note"] == "mine"


@pytest.mark.parametrize("has_database", [True, False])
def test_a_word_that_one_side_retired_and_the_other_used_stays(
    run: Any, other: Any, shipped: Path, caplog: pytest.LogCaptureFixture, *, has_database: bool
) -> None:
    run("codebook", "add", "venue/harbor", "--parent", "any")
    join_lines(other.folder, shipped)
    other("state")
    run("codebook", "retire", "venue/harbor")
    assert other(*ADD, "--element", "harbor", "--coder", "ben").code == 0
    join_lines(other.folder, shipped)
    (other.folder / "codebook.toml").write_bytes((shipped / "codebook.toml").read_bytes())
    for database in () if has_database else other.folder.glob("positions.*"):
        database.unlink()
    assert other("state").code == 0
    assert "keeps venue/harbor" in caplog.text or has_database
    assert 'id = "harbor"' in (other.folder / "codebook.toml").read_text()
    assert other("status", "--format", "json").json["in_step"]
    assert run("merge", other.folder).code == 0
    assert other("state", "--format", "json").json["positions"] == run("state", "--format", "json").json["positions"]


@pytest.mark.parametrize("has_database", [True, False])
def test_two_texts_that_git_left_in_one_file_are_told_apart(
    run: Any, other: Any, shipped: Path, tmp_path: Path, *, has_database: bool
) -> None:
    source = tmp_path / "same.txt"
    for call, text in ((run, "Ours says this.\n"), (other, "Theirs says that.\n")):
        source.write_text(text)
        coder = "anna" if call is run else "ben"
        call("add-document", source, "--outlet", "The Day", "--published-on", "2022-03-01", "--coder", coder)
    join_lines(shipped, other.folder)
    (file,) = shipped.rglob("same.txt")
    file.write_text("<<<<<<< HEAD\nOurs says this.\n=======\nTheirs says that.\n>>>>>>> 1234567\n")
    for database in () if has_database else shipped.glob("positions.*"):
        database.unlink()
    assert run("show", "same").out.strip().endswith("Ours says this.")
    assert file.read_text() == "Ours says this.\n", "the lines of the past go on naming the first file"
    names = {path.read_text(): path.stem for path in file.parent.glob("same-*.txt")}
    assert sorted(names) == ["Ours says this.\n", "Theirs says that.\n"]
    assert run("show", names["Theirs says that.\n"]).out.strip().endswith("Theirs says that.")
    assert run("status", "--format", "json").json["in_step"]
    for database in shipped.glob("positions.*"):
        database.unlink()
    assert run("show", names["Theirs says that.\n"]).out.strip().endswith("Theirs says that.")
    assert run("merge", other.folder).out.startswith("nothing new")
    assert other("merge", shipped).code == 0
    assert other("show", names["Ours says this.\n"]).out.strip().endswith("Ours says this.")
    assert other("show", "same").out.strip().endswith("Theirs says that."), "each book knows whom it called so"
    for call in (run, other):
        assert call("verify").code == call("validate").code == 0
        assert call("status", "--format", "json").json["in_step"]


def test_load_says_which_ids_are_others_now(run: Any, other: Any, shipped: Path) -> None:
    run(*ADD, "--element", "border", "--coder", "anna")
    other(*ADD, "--element", "minsk", "--coder", "ben")
    loaded = run("load", other.folder).out
    assert "003-39 of the other book is 003-39-ben here\n" in loaded
    assert "003-39 of this book is 003-39-anna now: the other book has another record of that id\n" in loaded
    merged = other("merge", shipped, "--format", "json").json
    assert (merged["renumbered"], merged["given_up"]) == ({}, {"003-39": "003-39-ben"})


def test_a_line_that_was_edited_by_hand_is_refused_as_before(run: Any, shipped: Path) -> None:
    run("verify")
    text = shipped / "statements.jsonl"
    text.write_text(text.read_text().replace('"confidence": 0.9', '"confidence": 0.8', 1))
    told = run("log")
    assert told.code == 1
    assert "record a correction instead" in told.err


def test_what_is_not_there_cannot_be_merged(run: Any) -> None:
    told = run("merge", "nowhere")
    assert (told.code, "no such folder, database or file" in told.err) == (2, True)


def test_a_rename_in_one_clone_and_work_in_the_other_merge_both_ways(run: Any, other: Any, shipped: Path) -> None:
    run("codebook", "rename", "venue/border", "frontier", "--coder", "anna")
    other(*ADD, "--element", "border", "--coder", "ben")
    other("correct", "003-22", "--note", "read again", "--coder", "ben")
    told = run("merge", other.folder)
    assert (told.code, told.err) == (0, "")
    assert run("show", "003-39", "--format", "json").json["element"] == "frontier"
    shown = run("show", "003-22", "--format", "json").json
    assert shown["note"] == "read again"
    assert other("merge", shipped).code == 0
    assert other("show", "003-39", "--format", "json").json["element"] == "frontier"
    assert "frontier" in (other.folder / "codebook.toml").read_text()
    state = ("state", "--as-of", "2022-02-27", "--format", "json")
    assert run(*state).json["positions"] == other(*state).json["positions"]


@pytest.mark.parametrize(
    ("renamed", "split"),
    [
        (("venue/gomel", "homel"), ("venue/gomel", "old-town", "port")),
        (("--issue", "venue", "place"), ("venue/gomel", "old-town", "port")),
        (("venue/belarus", "by"), ("venue/gomel", "old-town", "port")),
    ],
)
def test_a_word_renamed_here_and_split_there_stays_for_what_was_corrected_in_it(
    run: Any, other: Any, shipped: Path, renamed: tuple[str, ...], split: tuple[str, ...]
) -> None:
    other("codebook", "split", *split, "--coder", "ben")
    run("codebook", "rename", *renamed, "--coder", "anna")
    run("correct", "003-09", "--note", "read again", "--coder", "anna")
    copy = shutil.copytree(shipped, other.folder.parent / "copy")
    assert run("merge", other.folder).code == 1, "a correction and a retraction compete"
    assert other("merge", copy).code == 1
    states = [call("state", "--format", "json") for call in (run, other)]
    assert [one.code for one in states] == [0, 0]
    assert states[0].json["positions"] == states[1].json["positions"]
    assert run("show", "003-09", "--format", "json").json["note"] == "read again"
    for call in (run, other):
        assert call("codebook", "check").code == 0
        assert call("status", "--format", "json").json["in_step"]
    assert run("merge", "--theirs").code == 0
    assert other("merge", shipped).code == 0
    assert (shipped / "codebook.toml").read_text() == (other.folder / "codebook.toml").read_text()


@pytest.mark.parametrize("anna_is_last", [True, False])
def test_a_speaker_split_here_and_named_there_takes_no_word_from_statements(
    run: Any, other: Any, shipped: Path, *, anna_is_last: bool
) -> None:
    def split() -> None:
        run("codebook", "split", "--speaker", "putin", "putin-1", "putin-2", "--coder", "anna")

    if not anna_is_last:
        split()
    other("codebook", "merge", "--speaker", "ushakov", "peskov", "--coder", "ben")
    other("correct", "--where", "speaker=putin", "--note", "read again", "--yes", "--coder", "ben")
    if anna_is_last:
        split()
    copy = shutil.copytree(shipped, other.folder.parent / "copy")
    run("merge", other.folder)
    other("merge", copy)
    states = [call("state", "--format", "json") for call in (run, other)]
    assert [one.code for one in states] == [0, 0]
    assert states[0].json["positions"] == states[1].json["positions"]
    assert [call("codebook", "check").code for call in (run, other)] == [0, 0]


def test_merging_again_changes_nothing_while_two_codebooks_compete(run: Any, other: Any) -> None:
    run("codebook", "split", "venue/any", "any-1", "any-2", "--coder", "anna")
    other("codebook", "move", "venue/poland", "venue/minsk", "--coder", "ben")
    assert run("merge", other.folder).code == 1
    head = run("status", "--format", "json").json["head"]
    assert run("merge", other.folder).code == 1
    assert run("status", "--format", "json").json["head"] == head


def test_statements_of_a_retracted_document_follow_a_merged_rename(run: Any, other: Any) -> None:
    run("retract", "003", "--reason", "taken in twice")
    other("codebook", "rename", "venue/gomel", "homel")
    assert run("merge", other.folder).code == 0
    assert run("restore", "003").code == 0
    assert run("show", "003-09", "--format", "json").json["element"] == "homel"
    assert run("codebook", "check").code == 0


def test_a_word_that_was_retired_under_candidates_does_not_come_back(run: Any, shipped: Path, tmp_path: Path) -> None:
    run("codebook", "add", "venue/harbor", "--parent", "any")
    with open_workspace(shipped) as workspace, workspace.recording(coder="machine") as book:
        book.add_document(article())
        record_candidates(book, [proposed(2, NOT_MINSK, issue="venue", element="harbor")])
    copy = shutil.copytree(shipped, tmp_path / "copy")
    assert run("codebook", "retire", "venue/harbor").code == 0
    run("correct", "003-09", "--note", "read again", "--data", copy)
    assert run("merge", copy).code == 0
    assert "harbor" not in (shipped / "codebook.toml").read_text()


def test_under_git_two_people_do_not_use_one_id_for_two_things(run: Any, other: Any, shipped: Path) -> None:
    (shipped.parent / ".git").mkdir()
    (other.folder.parent / ".git").mkdir()
    assert "added 003-anna-01: UKR venue/border" in run(*ADD, "--element", "border", "--coder", "anna").out
    assert "added 003-ben-01" in other(*ADD, "--element", "minsk", "--coder", "ben").out
    assert "added 003-39" in run(*ADD, "--element", "minsk", "--coder", "editor").out, "it is the editor's document"
    merged = run("merge", other.folder, "--format", "json").json
    assert (merged["added"], merged["renumbered"]) == (["003-ben-01"], {})
