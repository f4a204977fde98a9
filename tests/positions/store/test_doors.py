"""One set of rules at every door: what the record book takes can be read again from its own text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from positions import open_workspace
from positions.errors import DataError
from positions.model.codebook_version import CODEBOOK
from positions.model.document import OWN_FILES, Document, sha256_of
from positions.store.importing import import_file
from positions.store.published import FILES, read_published
from positions.workspace.export import write_folder
from positions.workspace.open import DATABASE
from positions.workspace.workspace import Workspace

DAY = date(2022, 2, 3)


@pytest.fixture
def workspace(shipped: Path) -> Workspace:
    return open_workspace(shipped)


def document(name: str, text: str, file: str | None) -> Document:
    digest = sha256_of(text.encode())
    return Document(
        id=name,
        title=name,
        outlet="A paper",
        published_on="2022-03-01",  # type: ignore[arg-type]
        published_on_basis="explicit",
        file=file,
        sha256=digest,
        text=text,
    )


def record(workspace: Workspace, verb: str, *what: Any, **fields: Any) -> Any:
    with workspace.recording() as book:
        return getattr(book, verb)(*what, **fields)


def import_line(workspace: Workspace, folder: Path, **fields: Any) -> str:
    """Return what is said to a line that is imported, and refused."""
    path = folder / "lines.jsonl"
    path.write_text(json.dumps(fields) + "\n")
    before = workspace.head
    with pytest.raises(DataError, match=r"lines\.jsonl:1") as refused, workspace.recording() as book:
        import_file(book, path)
    assert workspace.head == before
    return str(refused.value)


@pytest.mark.parametrize(
    ("revision", "action", "finding"),
    [
        (2, "add", "action: found 'add' as revision 2 of '000-01'"),
        (1, "correct", "action: found 'correct' as revision 1 of '000-99'"),
        (1, "restore", "action: found 'restore' as revision 1 of '000-99'"),
        (2, "correct", "revision: found 2, but 1 is missing"),
    ],
)
def test_a_history_begins_by_an_add_and_goes_on_without_a_gap(
    workspace: Workspace, shipped: Path, tmp_path: Path, revision: int, action: str, finding: str
) -> None:
    line = json.loads((shipped / "statements.jsonl").read_text().splitlines()[0])
    name = "000-01" if action == "add" else "000-99"
    assert finding in import_line(workspace, tmp_path, **(line | {"id": name, "revision": revision, "action": action}))


def test_what_was_never_recorded_cannot_be_retracted(workspace: Workspace, tmp_path: Path) -> None:
    assert "found 'retract' as revision 1 of 'x-1'" in import_line(
        workspace, tmp_path, id="x-1", action="retract", reason="no"
    )
    assert "revision: found 2" in import_line(workspace, tmp_path, id="x-1", revision=2, action="retract", reason="no")


def test_a_retraction_that_is_imported_has_a_reason(workspace: Workspace, tmp_path: Path) -> None:
    assert "a retraction needs a reason" in import_line(workspace, tmp_path, id="000-01", revision=2, action="retract")


def test_a_document_is_not_dated_before_what_was_said_in_it(workspace: Workspace) -> None:
    with pytest.raises(DataError, match=r"published_on: there are \d+ statements said later than that, such as 000-"):
        record(workspace, "correct", "000", published_on="2022-01-20", reason="a slip")
    corrected = record(workspace, "correct", "000", published_on="2023-01-20", reason="late")
    assert isinstance(corrected, Document)


def test_a_text_has_a_file_of_its_own(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="file: missing, but the document has a text"):
        record(workspace, "correct", "000", file=None, reason="none")
    with pytest.raises(DataError, match="file: missing, but the document has a text"):
        record(workspace, "add_document", document("x", "One text.", None))
    record(workspace, "add_document", document("x", "One text.", "../seeds/x.txt"))
    for file in ("../seeds/x.txt", "../seeds/X.TXT"):
        with pytest.raises(DataError, match=r"which holds the text of x; give the file a name of its own"):
            record(workspace, "add_document", document("y", "Another text.", file))


@pytest.mark.parametrize(
    "name",
    [*FILES.values(), CODEBOOK, "lexicon.toml", "README.md", DATABASE, f"{DATABASE}.head", "Statements.JSONL"],
)
def test_the_names_of_the_workspaces_own_files_are_not_given_to_a_text(name: str) -> None:
    assert OWN_FILES.fullmatch(name)
    with pytest.raises(ValueError, match="a file of the workspace's own"):
        document("x", "One text.", name)


@pytest.mark.parametrize("name", ["", ".", "..", "../..", "/etc/x", "a/../b", "a\\b", "a\nb", "../../x.txt", ".git/x"])
def test_a_text_lies_in_the_workspace(name: str) -> None:
    with pytest.raises(ValueError, match=r"a file in the data folder, or in the one above it"):
        document("x", "One text.", name)


def test_a_replaced_statement_need_not_fit_its_document_as_it_is_now(
    workspace: Workspace, shipped: Path, tmp_path: Path
) -> None:
    for one in workspace.known().records:
        if one.statement.document == "003":
            record(workspace, "correct", one.statement.id, said_on="2022-02-01", reason="read again")
    record(workspace, "correct", "003", published_on="2022-02-02", reason="read again")
    write_folder(tmp_path / "copy", workspace.revisions(), codebook=shipped / CODEBOOK)
    assert read_published(tmp_path / "copy").findings == ()
    assert open_workspace(tmp_path / "copy").state(as_of=DAY) == workspace.state(as_of=DAY)
