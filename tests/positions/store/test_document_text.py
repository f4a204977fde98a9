"""A document's text is found as it was coded: in its file, between git's marks, in git's history, or not at all."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from positions.errors import DataError, WorkspaceError
from positions.files.git_history import find_past_file
from positions.model.document import sha256_of
from positions.store.document_text import with_text
from positions.workspace import open_workspace
from positions.workspace.scaffold import make_workspace
from positions.workspace.status import read_status
from tests.positions.store.conftest import document

OURS, THEIRS = "“Ours,” he said.\n", "“Theirs,” he said. “More.”\n"
NAME = "seeds/tide.txt"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def git(folder: Path, *words: str, is_allowed_to_fail: bool = False) -> None:
    named = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *named, *words], cwd=folder, check=not is_allowed_to_fail, capture_output=True)


def fields(text: str) -> dict[str, Any]:
    return {"id": "tide", "file": NAME, "sha256": sha256_of(text.encode())}


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A workspace in which git stopped: two people put two documents of one id into one file, one added a statement."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    make_workspace(ours)
    shutil.copy(Path(__file__).parents[3] / "data" / "codebook.toml", ours)
    open_workspace(ours).close()
    git(ours, "init")
    git(ours, "add", ".")
    git(ours, "commit", "-m", "begun")
    git(tmp_path, "clone", "ours", "theirs")
    for folder, text, coder in ((ours, OURS, "anna"), (theirs, THEIRS, "ben")):
        with open_workspace(folder) as workspace, workspace.recording(coder=coder) as book:
            book.add_document(document(text, "tide"))
            quote = text.partition("“")[2].partition("”")[0]
            book.add(document="tide", quote=quote, **SAID)
            if folder == theirs:
                book.add(document="tide", quote="More.", **SAID)
        git(folder, "add", ".")
        git(folder, "commit", "-m", coder)
    git(ours, "pull", "--no-rebase", "--no-edit", str(theirs), "HEAD", is_allowed_to_fail=True)
    assert "<<<<<<<" in (ours / NAME).read_text()
    return ours


SAID = {
    "speaker": "zelensky",
    "holder": "UKR",
    "issue": "talks",
    "stance": 1,
    "said_on": "2022-03-01",
    "said_on_basis": "explicit",
}


@needs_git
@pytest.mark.parametrize("is_committed", [True, False])
@pytest.mark.parametrize("text", [OURS, THEIRS, "Mixed by hand.\n", None], ids=["ours", "theirs", "mixed", "deleted"])
def test_however_a_conflict_of_two_texts_is_resolved_neither_is_lost(
    merged: Path, text: str | None, is_committed: bool
) -> None:
    (merged / NAME).unlink() if text is None else (merged / NAME).write_text(text)
    git(merged, "add", ".")
    if is_committed:
        git(merged, "commit", "-m", "resolved by hand")
    status = read_status(merged)
    assert (status.is_merged, status.findings) == (True, 0)
    with open_workspace(merged) as workspace:
        in_force = workspace.known()
    texts = {one.text: one for one in in_force.documents.values()}
    assert set(texts) == {OURS, THEIRS}
    assert all((merged / str(one.file)).read_text() == one.text for one in texts.values())
    assert sorted(one.statement.quote for one in in_force.records) == ["More.", "Ours,", "Theirs,"]
    if text is None:
        assert not (merged / NAME).exists()
    else:
        assert (merged / NAME).read_text() == text, "what somebody wrote there is theirs"
    with open_workspace(merged) as workspace, workspace.recording(coder="anna") as book:
        book.correct(in_force.records[0].statement.id, note="read again")
    status = read_status(merged)
    assert status.in_step
    assert bool(status.unrecorded) == (text == "Mixed by hand.\n"), "a third text is told"
    git(merged, "add", ".")
    git(merged, "commit", "-m", "merged")
    git(merged.parent, "clone", "ours", "third")
    with open_workspace(merged.parent / "third") as workspace:
        assert set(workspace.known().documents) == set(in_force.documents)


@needs_git
def test_an_edited_file_of_one_document_is_refused_with_the_command_that_brings_it_back(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.parent.mkdir()
    path.write_text(OURS)
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "as coded")
    assert with_text(fields(OURS), tmp_path)["text"] == OURS
    path.write_text("Edited.\n")
    with pytest.raises(DataError, match=r"changed since it was coded; `git checkout [0-9a-f]{12} -- seeds/tide.txt`"):
        with_text(fields(OURS), tmp_path)
    (tmp_path / "documents.jsonl").write_text("".join(json.dumps(fields(text)) + "\n" for text in (OURS, THEIRS)))
    assert with_text(fields(OURS), tmp_path)["text"] == OURS, "one file cannot hold two texts"
    with pytest.raises(DataError, match="it has changed since it was coded$"):
        with_text(fields(THEIRS), tmp_path)


def test_without_git_a_missing_or_edited_file_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WorkspaceError, match="cannot be read"):
        with_text(fields(OURS), tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / NAME).write_text(THEIRS)
    with pytest.raises(DataError, match="it has changed since it was coded$"):
        with_text(fields(OURS), tmp_path)
    assert find_past_file(tmp_path / NAME, lambda _: True) is None
