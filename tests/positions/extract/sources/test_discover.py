"""From a command's words to documents: the files that are meant, and each as a document nobody has recorded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from positions.errors import DataError, WorkspaceError
from positions.extract.sources.discover import SUFFIXES, UNIDENTIFIED, document_name, find_files, read_new_document
from positions.model.dates import PartialDate
from positions.model.document import sha256_of

STORY = "Peskov said Russia is ready for talks.\n"
DAY = PartialDate.parse("2022-03-10")


def written(path: Path, text: str = STORY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_file_becomes_a_document_with_its_text_and_hash(tmp_path: Path) -> None:
    document = read_new_document(written(tmp_path / "a story.txt"), published_on=DAY, outlet="The Example")
    assert document.text == STORY
    assert document.id == f"a-story-{sha256_of(STORY.encode())[:8]}"
    assert (document.outlet, document.file) == ("The Example", f"seeds/{document.id}.txt")
    assert document.published_on == DAY


def test_two_files_of_one_name_are_two_documents(tmp_path: Path) -> None:
    one = read_new_document(written(tmp_path / "x" / "a.txt"), published_on=DAY)
    two = read_new_document(written(tmp_path / "y" / "a.txt", "Other words.\n"), published_on=DAY)
    assert one.id != two.id
    assert one.id == read_new_document(written(tmp_path / "z" / "a.txt"), published_on=DAY).id


def test_an_outlet_that_nothing_tells_is_unidentified(tmp_path: Path) -> None:
    assert read_new_document(written(tmp_path / "a.txt"), published_on=DAY).outlet == UNIDENTIFIED


def test_a_file_that_cannot_be_a_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^undated\.txt"):
        read_new_document(written(tmp_path / "undated.txt"))
    with pytest.raises(WorkspaceError, match=r"missing\.txt: cannot be read"):
        read_new_document(tmp_path / "missing.txt", published_on=DAY)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("story.txt", "story-01234567"),
        ("a story (2).txt", "a-story-2-01234567"),
        ("..hidden-.txt", "hidden-01234567"),
        ("речь.txt", "rech-01234567"),
        ("🙂.txt", "0123456789abcdef"),
        ("---.txt", "0123456789abcdef"),
        (f"{'x' * 90}.txt", f"{'x' * 48}-01234567"),
    ],
)
def test_a_name_keeps_what_an_id_can_hold(name: str, expected: str) -> None:
    assert document_name(Path(name), "0123456789abcdef0123") == expected


def test_a_file_named_itself_is_taken_whatever_its_ending_and_whether_or_not_it_is_there(tmp_path: Path) -> None:
    for name in ("a.docx", "missing.txt", ".hidden"):
        assert list(find_files(str(tmp_path / name))) == [str(tmp_path / name)]


def test_a_folder_is_its_documents_in_order_of_name_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a.HTML", "c/z.md", "c/a.pdf", "d.docx", "d.odt", ".e.txt", ".f/g.txt", "none/x.csv"):
        written(tmp_path / name)
    found = [os.path.relpath(path, tmp_path) for path in find_files(str(tmp_path))]
    assert found == ["a.HTML", "b.txt", os.path.join("c", "a.pdf"), os.path.join("c", "z.md"), "d.docx"]  # noqa: PTH118


def test_a_folder_that_a_link_names_is_not_walked(tmp_path: Path) -> None:
    written(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in", target_is_directory=True)
    assert [Path(path).name for path in find_files(str(tmp_path / "in"))] == ["a.txt"]


def test_a_folder_without_documents_is_told_with_what_counts_as_one(tmp_path: Path) -> None:
    written(tmp_path / "x.csv")
    with pytest.raises(WorkspaceError, match=r"a folder without documents \(\.txt, \.md") as error:
        list(find_files(str(tmp_path)))
    assert all(suffix in str(error.value) for suffix in SUFFIXES)


def test_a_folder_that_cannot_be_read_is_passed_on_to_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise PermissionError("no")

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(find_files(str(tmp_path))) == [str(tmp_path)]
