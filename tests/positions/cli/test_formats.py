"""The ending of a file says how it is written and read, the same in every command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.positions.cli.test_cli import run

__all__ = ["run"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("export",), "x.xlsx"),
        (("export",), "x.dta"),
        (("export",), "x.json"),
        (("export",), "x.jsonl.gz"),
        (("panel", "-o"), "x.xlsx"),
        (("panel", "-o"), "x"),
        (("snapshot", "-o"), "x.odt"),
        (("snapshot", "-o"), "x.csv"),
        (("extract", "000", "-o"), "x.txt"),
        (("import",), "x.xlsx"),
        (("import",), "x.tsv"),
    ],
)
def test_an_unknown_ending_is_refused_in_a_line_with_the_list(run: Any, tmp_path: Path, words: Any, name: str) -> None:
    target = tmp_path / name
    if words == ("import",):
        target.write_bytes(b"PK\x03\x04 what others wrote\n" * 100)
    told = run(*words, target)
    code, out, err = told.code, told.out, told.err
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1
    assert f"{name}: found " in err
    assert ", allowed: ." in err
    assert target.exists() == (words == ("import",))


def test_an_export_to_the_screen_is_refused_and_makes_no_folder_of_that_name(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("export", "-")
    code, err = told.code, told.err
    assert (code, Path("-").exists()) == (2, False)
    assert "an export goes to a folder or a file, allowed: .jsonl" in err


@pytest.mark.parametrize("name", ["folder", "folder.v2/"])
def test_a_name_without_an_ending_or_with_a_slash_is_a_folder(run: Any, tmp_path: Path, name: str) -> None:
    assert run("export", f"{tmp_path}/{name}").code == 0
    assert (tmp_path / name / "statements.jsonl").exists()


def test_a_panel_is_written_by_its_ending_and_never_silently_not(run: Any, tmp_path: Path) -> None:
    assert run("panel", "-o", tmp_path / "a.csv").code == 0
    assert (tmp_path / "a.csv").read_text().startswith("day,holder")
    assert run("panel", "-o", tmp_path / "a.json").code == 0
    assert json.loads((tmp_path / "a.json").read_text())
    told = run("panel", "--format", "table", "-o", tmp_path / "a.txt")
    code, err = told.code, told.err
    assert code == 2
    assert "found table with -o, allowed: csv, json" in err


def test_a_report_is_written_by_its_ending(run: Any, tmp_path: Path) -> None:
    for name, begins in (("a.md", b"#"), ("a.json", b"{"), ("a.HTM", b"<!DOCTYPE"), ("a.zip", b"PK")):
        assert run("snapshot", "--as-of", "2022-02-27", "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(begins), name
    assert zipfile.is_zipfile(tmp_path / "a.zip")


def test_a_named_format_goes_before_the_ending(run: Any, tmp_path: Path) -> None:
    assert run("snapshot", "--as-of", "2022-02-27", "--format", "md", "-o", tmp_path / "a.txt").code == 0
    assert (tmp_path / "a.txt").read_text().startswith("#")


@pytest.mark.parametrize("form", ["pdf", "csv"])
def test_bytes_are_not_printed_on_a_terminal(run: Any, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    told = run("snapshot", "--as-of", "2022-02-27", "--format", form)
    code, err = told.code, told.err
    assert code == 2
    assert f"{form}: is not for the screen; -o FILE writes it" in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete_commands(run: Any, shell: str) -> None:
    assert "_POSITIONS_COMPLETE" in run("completion", shell).out
    env = {**os.environ, "_POSITIONS_COMPLETE": f"{shell}_complete", "COMP_WORDS": "positions com", "COMP_CWORD": "1"}
    code = "import sys; sys.argv = ['positions']; from positions.cli import main; main()"
    answer = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert {"compare", "common-ground", "completion"} & set(answer.stdout.replace(",", "\n").split()) or shell != "bash"
