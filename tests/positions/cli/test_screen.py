"""Everything goes to the terminal in one way, and nothing that others wrote commands it."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.positions.cli.test_cli import run

__all__ = ["run"]

HOSTILE = "\x1b]0;owned\x07\x1b[31m\u202eevil\u2066\x9b2J\x08"
OBEYED = set("\x1b\x07\u202e\u2066\x9b\x08\r")
COMMAND = [sys.executable, "-m", "positions"]


def _calls(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


@pytest.mark.parametrize("path", sorted((ROOT / "positions").glob("**/*.py")), ids=lambda path: path.stem)
def test_only_the_screen_writes_to_the_terminal(path: Path) -> None:
    forbidden = {"print", "sys.stdout.write", "sys.stderr.write", "input"}
    forbidden |= {f"click.{name}" for name in ("echo", "secho", "prompt", "confirm", "pause", "echo_via_pager")}
    home = str(path.relative_to(ROOT / "positions"))
    # Tables and styled lines have control characters of their own beside the text that was made visible.
    forbidden |= {"print_marked_up"} - ({"print_marked_up"} if home == "cli/output.py" else set())
    assert not _calls(path) & (forbidden - ({"sys.stdout.write"} if home == "cli/screen.py" else set())), (
        "echo, print_data and print_json_text write"
    )


@pytest.fixture
def hostile(run: Any, shipped: Path) -> Any:
    """A record book whose document, notes and reasons were written by somebody who knows terminals."""
    text = shipped.parent / "x.txt"
    text.write_text("The \u202eevil\u2066 minister said that talks in Minsk are welcome to us.\n")
    options = ("--published-on", "2022-02-27", "--outlet", "The Guardian")
    recorded = run("add-document", text, "--id", "x", "--title", f"T{HOSTILE}", "--author", HOSTILE, *options)
    assert recorded.code == 0, recorded.err
    quote = ("--quote", "talks in Minsk are welcome to us", "--said-on", "2022-02-27", "--said-on-basis", "explicit")
    about = ("--holder", "RUS", "--issue", "venue", "--element", "minsk", "--stance", "1", "--voice", "framing")
    rest = ("--directness", "framing", "--note", HOSTILE, "--coder", HOSTILE)
    added = run("add", "--document", "x", "--id", "x-1", *quote, *about, *rest)
    assert added.code == 0, added.err
    run("correct", "x-1", "--note", f"2{HOSTILE}", "--reason", HOSTILE)
    return run


@pytest.mark.parametrize(
    "words",
    [
        ("show", "x"),
        ("show", "x-1"),
        ("history", "x-1"),
        ("log", "-n", "3"),
        ("state",),
        ("conflicts",),
        ("candidates", "list"),
        ("status",),
        ("validate",),
        ("verify",),
        ("codebook", "log"),
        ("extract", "x"),
        ("show", HOSTILE),
        ("history", HOSTILE),
        ("compare", HOSTILE, "UKR"),
        ("retract", "x-1", "--reason", HOSTILE),
        ("correct", "x-1", "--note", HOSTILE),
        ("add-document", f"/{HOSTILE}"),
        ("state", "--as-of", HOSTILE),
        (HOSTILE,),
        ("state", f"--{HOSTILE}"),
        ("import", f"{HOSTILE}.csv"),
    ],
    ids=lambda words: ascii(" ".join(words))[:40],
)
def test_nothing_that_others_wrote_reaches_a_terminal_raw(hostile: Any, words: tuple[str, ...]) -> None:
    told = hostile(*words)
    assert not OBEYED & set(told.out + told.err)
    assert told.code in (0, 1, 2)


def test_json_keeps_what_was_written_and_escapes_it(hostile: Any) -> None:
    told = hostile("show", "x-1", "--format", "json")
    assert not OBEYED & set(told.out)
    assert told.json["note"] == f"2{HOSTILE}"


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "cp1251", "latin-1", "ascii"])
@pytest.mark.parametrize(
    "words", [("state",), ("show", "003-22"), ("log",), ("show", "Ж"), ("state", "--format", "json")]
)
def test_no_console_lacks_signs_for_an_answer(
    monkeypatch: pytest.MonkeyPatch, shipped: Path, encoding: str, words: tuple[str, ...]
) -> None:
    from positions.cli import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
    monkeypatch.setattr(sys, "argv", ["positions", *words, "--data", str(shipped)])
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == (2 if "Ж" in words else 0)
    answer = out.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]
    if "json" in words:
        assert any("–" in str(row) or "’" in str(row) for row in json.loads(answer)["positions"]) or answer.isascii()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("words", [["--help"], ["state"], ["state", "--format", "json"], ["show", "--help"]])
def test_a_full_output_is_one_clear_line(shipped: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [*COMMAND, *words], stdout=full, stderr=subprocess.PIPE, cwd=shipped.parent, text=True, timeout=60
        )
    assert (ended.returncode, ended.stderr) == (2, "positions: standard output: No space left on device\n")


@pytest.mark.parametrize("words", [["--help"], ["state", "--format", "json"], ["snapshot", "--as-of", "2022-03-01"]])
def test_a_reader_that_has_seen_enough_ends_a_command_silently(shipped: Path, words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [*COMMAND, *words], stdout=writing, stderr=subprocess.PIPE, cwd=shipped.parent, text=True, timeout=60
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


def _interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "target",
    [
        "positions.cli.prepare_streams",
        "positions.cli.group.import_module",
        "positions.workspace.workspace.Workspace.known",
        "positions.cli.state.print_table",
    ],
)
def test_an_interruption_anywhere_is_one_line_and_its_own_code(
    run: Any, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.setattr(target, _interrupt)
    told = run("state")
    assert (told.code, told.err) == (130, "positions: interrupted\n")


@pytest.mark.parametrize("words", [("export", "out/"), ("export", "out.csv"), ("snapshot", "-o", "out.html")])
def test_an_interruption_while_a_file_is_written_leaves_nothing_half_written(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("positions.files.writing.os.fsync", _interrupt)
    told = run(*words)
    assert (told.code, list(Path().iterdir())) == (130, [])
