"""Writing a site: only what changed, and nothing of anybody else's is lost."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.site.html_page import HEAD, STAMP
from dashboard.site.publishing import MANIFEST, SiteState, apply_change, plan_change, read_site_files
from positions.errors import WorkspaceError

STATE = SiteState("Talks", "12:abcdefabcdef", "Made on 30 November 2026.", "2026-11-30")
LATER = replace(STATE, head="13:0123456789ab", words="Made on 1 December 2026.")
FILES = {"index.html": b"<p>one</p>" + STAMP, "2022/index.html": b"<p>days</p>" + STAMP, "data/x.json": HEAD}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "site"
    apply_change(target, plan_change(target, FILES, STATE))
    return target


def test_a_new_folder_gets_all_files_with_the_words_on_the_log(folder: Path) -> None:
    assert (folder / "index.html").read_text() == "<p>one</p>Made on 30 November 2026."
    assert (folder / "data/x.json").read_text() == "12:abcdefabcdef"
    assert json.loads((folder / MANIFEST).read_text())["head"] == "12:abcdefabcdef"
    assert read_site_files(folder) == FILES.keys()


def test_nothing_is_written_if_no_page_changed_though_the_log_grew(folder: Path) -> None:
    change = plan_change(folder, FILES, LATER)
    assert (dict(change.written), change.removed, change.unchanged) == ({}, (), 3)


def test_only_what_changed_is_written_and_what_is_gone_is_removed(folder: Path) -> None:
    change = plan_change(folder, {"index.html": b"<p>two</p>" + STAMP, "data/x.json": HEAD}, LATER)
    assert change.written.keys() == {"index.html", MANIFEST}
    assert change.removed == ("2022/index.html",)
    apply_change(folder, change)
    assert (folder / "index.html").read_text() == "<p>two</p>Made on 1 December 2026."
    assert (folder / "data/x.json").read_text() == "12:abcdefabcdef"
    assert not (folder / "2022/index.html").exists()
    assert read_site_files(folder) == {"index.html", "data/x.json"}


def test_pages_that_are_left_stay_and_belong_to_the_site(folder: Path) -> None:
    change = plan_change(folder, {"index.html": b"new", "data/x.json": HEAD}, LATER, left=["2022/index.html"])
    assert change.removed == ()
    apply_change(folder, change)
    assert "2022/index.html" in read_site_files(folder)


def test_a_folder_with_files_that_is_no_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(WorkspaceError, match=r"has thesis\.docx and is not a site; --force"):
        plan_change(tmp_path, FILES, STATE)
    apply_change(tmp_path, plan_change(tmp_path, FILES, STATE, force=True))
    assert (tmp_path / "thesis.docx").read_text() == "mine"


def test_a_folder_of_version_control_alone_is_empty_enough(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert plan_change(tmp_path, FILES, STATE).written.keys() == {*FILES, MANIFEST}


def test_files_that_somebody_changed_or_put_there_are_refused(folder: Path) -> None:
    (folder / "index.html").write_text("by hand")
    with pytest.raises(WorkspaceError, match=r"index\.html: not as the site was written; --force"):
        plan_change(folder, FILES, STATE)
    (folder / "new.html").write_text("by hand")
    with pytest.raises(WorkspaceError, match=r"index\.html and new\.html"):
        plan_change(folder, {**FILES, "new.html": b"the site's"}, STATE)
    apply_change(folder, plan_change(folder, FILES, STATE, force=True))
    assert (folder / "index.html").read_text().startswith("<p>one</p>")
    assert (folder / "new.html").read_text() == "by hand"


def test_a_changed_file_that_belongs_to_the_site_no_longer_stays_and_is_told(folder: Path) -> None:
    (folder / "2022/index.html").write_text("by hand")
    change = plan_change(folder, {"index.html": FILES["index.html"], "data/x.json": HEAD}, STATE)
    assert (change.removed, change.kept) == ((), ("2022/index.html",))
    apply_change(folder, change)
    assert (folder / "2022/index.html").read_text() == "by hand"


def test_a_file_that_was_deleted_is_written_again(folder: Path) -> None:
    (folder / "index.html").unlink()
    assert plan_change(folder, FILES, STATE).written.keys() == {"index.html", MANIFEST}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "positions site 1", "files": 3}', "\udcff"])
def test_a_list_of_files_that_cannot_be_read_is_refused(folder: Path, content: str) -> None:
    (folder / MANIFEST).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(WorkspaceError, match="cannot be read as a site's; --force"):
        plan_change(folder, FILES, STATE)
    assert plan_change(folder, FILES, STATE, force=True).written.keys() == {*FILES, MANIFEST}


def test_a_list_of_files_reaches_nothing_outside_of_its_folder(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("<p>one</p>Made on 30 November 2026.")
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"]["../letter.txt"] = manifest["files"]["index.html"]
    manifest["files"][str(other)] = manifest["files"]["index.html"]
    (folder / MANIFEST).write_text(json.dumps(manifest))
    apply_change(folder, plan_change(folder, FILES, STATE))
    assert other.exists()


def test_a_file_instead_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(WorkspaceError, match="is not a folder"):
        plan_change(tmp_path / "site", FILES, STATE)


def test_a_file_where_a_folder_of_the_site_goes_is_told(folder: Path) -> None:
    (folder / "documents").write_text("mine")
    with pytest.raises(WorkspaceError, match="documents/003.html: cannot be written"):
        apply_change(folder, plan_change(folder, {**FILES, "documents/003.html": b""}, STATE))
    assert (folder / "documents").read_text() == "mine"


def test_after_an_error_no_file_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError, match="No space left on device"):
        apply_change(folder, plan_change(folder, {**FILES, "index.html": b"new"}, STATE))
    assert (folder / "index.html").read_text() == "<p>one</p>Made on 30 November 2026."
    assert sorted(path.name for path in folder.iterdir()) == ["2022", "data", "index.html", MANIFEST]
