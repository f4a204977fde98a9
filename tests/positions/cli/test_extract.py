"""The command that extracts, as an analyst runs it: tables, files, the record book, restarts and clusters."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from positions.model.candidate import Candidate
from tests.positions.cli.test_cli import run

__all__ = ["run"]

ARTICLE = """Kyiv would talk in Warsaw

KYIV, March 3, 2022 - Ukraine is ready to hold talks with Russia in Warsaw, President Volodymyr Zelensky said on
Wednesday. "We will never give up our right to join NATO," he told reporters.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "kyiv talks.txt"
    path.write_text(ARTICLE)
    return path


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_table_shows_each_quote_in_context(run: Any, article: Path) -> None:
    told = run("extract", article)
    assert told.code == 0
    first = told.out.splitlines()[0]
    assert first.startswith("kyiv-talks-")
    assert first.endswith(": Kyiv would talk in Warsaw (Unidentified outlet, 3 March 2022, explicit)")
    assert "quote in context" in told.out
    assert "⟦" in told.out
    assert "Venue: Warsaw" in told.out
    assert "Volodymyr Zelensky" in told.out
    assert told.err.startswith("1 document, ")
    assert " 0 failed; " in told.err


def test_the_formats_tell_the_same(run: Any, article: Path) -> None:
    lines = rows(run("extract", article, "--format", "jsonl").out)
    assert lines
    assert run("extract", article, "--format", "json").json == lines
    table = list(csv.DictReader(io.StringIO(run("extract", article, "--format", "csv").out)))
    assert [row["quote"] for row in table] == [row["quote"] for row in lines]
    assert [row["stance"] for row in table] == [str(row["stance"] or "") for row in lines]
    for row in lines:
        found = Candidate.model_validate(row)
        assert ARTICLE[found.start : found.end] == found.quote
        assert {"stance", "element", "speaker_party"} <= set(row)
        assert not {"status", "statement"} & set(row)


def test_no_candidates_make_an_empty_list_and_a_table_that_says_so(run: Any, tmp_path: Path) -> None:
    (tmp_path / "tea.txt").write_text("LONDON, March 3, 2022 - Tea prices rose sharply, growers said.\n")
    assert run("extract", tmp_path / "tea.txt", "--format", "json").json == []
    assert run("extract", tmp_path / "tea.txt", "--format", "jsonl").out == ""
    assert "no candidates" in run("extract", tmp_path / "tea.txt").out


def test_documents_of_the_workspace_are_taken_as_they_stand_there(run: Any, shipped: Path) -> None:
    by_id = rows(run("extract", "003", "--format", "jsonl").out)
    seed = next((shipped.parent / "seeds").glob("003*"))
    by_file = rows(run("extract", seed, "--published-on", "2023-01-01", "--format", "jsonl").out)
    assert by_id == by_file
    assert {row["document"] for row in by_id} == {"003"}
    assert all(row["said_on"] <= "2022-02-27" for row in by_id)


def test_the_date_given_goes_before_the_one_found(run: Any, article: Path) -> None:
    found = rows(run("extract", article, "--published-on", "2022-03-10", "--format", "jsonl").out)
    assert {row["said_on"] for row in found if row["said_on_basis"] == "document"} <= {"2022-03-10"}
    refused = run("extract", article, "--published-on", "soon")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("positions: --published-on: found 'soon', allowed: YYYY-MM-DD")


def test_bad_files_are_told_in_one_line_each_and_the_others_go_on(run: Any, tmp_path: Path, article: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 99)
    (tmp_path / "no date.txt").write_text("Ukraine is ready to hold talks, its president said.\n")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    bad = [tmp_path / name for name in ("empty.txt", "binary.txt", "no date.txt", "folder.txt", "loop", "missing.txt")]
    told = run("extract", *bad, article, "--format", "jsonl")
    assert told.code == 1
    assert rows(told.out) == rows(run("extract", article, "--format", "jsonl").out)
    lines = told.err.splitlines()
    for path in bad:
        (line,) = (line for line in lines if line.startswith(f"{path}: "))
        assert line.count(path.name) == 1
    assert f"{tmp_path / 'folder.txt'}: a folder without documents" in told.err
    assert "6 failed" in told.err
    assert lines[-1].startswith("failures: ")
    assert len(lines) == 8


def test_recording_puts_documents_and_candidates_into_the_book_once(run: Any, article: Path) -> None:
    before = run("log", "--format", "json").json["head"]
    told = run("extract", article, "001", "--record")
    assert told.code == 0, told.err
    assert "recorded 1 document, " in told.err
    count = int(told.err.partition(" candidates; ")[0].rpartition(" ")[2])
    assert count > 0
    again = run("extract", article, "001", "--record")
    assert "recorded 0 documents, 0 candidates; " in again.err
    after = run("log", "--format", "json").json["head"]
    assert int(after.split(":")[0]) == int(before.split(":")[0]) + count + 1
    assert run("verify").code == 0
    shown = run("extract", article, "--format", "jsonl").out
    assert run("extract", rows(shown)[0]["document"], "--format", "jsonl").out == shown


def test_a_folder_is_walked_in_order_and_two_processes_write_the_same_bytes(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    for name in ("b/2.txt", "a.txt", "b/1.md", ".hidden/x.txt", "notes.log"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{ARTICLE}\nThis is {name}.\n")
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert run("extract", folder, "-o", one).code == 0
    assert run("extract", folder, "-o", two, "--jobs", "2").code == 0
    assert one.read_bytes() == two.read_bytes()
    documents = list(dict.fromkeys(row["document"].rpartition("-")[0] for row in rows(one.read_text())))
    assert documents == ["a", "1", "2"]
    refused = run("extract", folder, "-o", one)
    assert (refused.code, refused.err) == (2, f"positions: {one}: exists already; --force overwrites it\n")
    assert run("extract", folder, "-o", one, "--force", "--format", "csv").code == 0
    assert one.read_text().startswith("id,document,quote,")


def test_a_dask_cluster_writes_the_same_bytes(run: Any, article: Path, shipped: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as cluster:
        words = ["extract", shipped.parent / "seeds", article, "x", "--format", "jsonl"]
        told = run(*words, "--scheduler", cluster.scheduler_address)
    assert told.code == 1
    assert told.out == run(*words).out


def many(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:04d}.txt").write_text(f"{ARTICLE}\nThis is number {number}.\n" * 4)
    return folder


def test_a_restart_passes_over_what_is_done(run: Any, tmp_path: Path) -> None:
    folder, done = many(tmp_path / "many", 5), tmp_path / "done.jsonl"
    first = run("extract", folder, "--manifest", done, "--format", "jsonl")
    assert (first.code, len(rows(done.read_text()))) == (0, 5)
    (folder / "0003.txt").write_text(f"{ARTICLE}\nChanged.\n")
    again = run("extract", folder, "--manifest", done, "--format", "jsonl")
    assert "4 done before" in again.err
    assert {row["document"][:4] for row in rows(again.out)} == {"0003"}
    refused = run("extract", folder, "--manifest", done, "-o", tmp_path / "x.json")
    assert refused.code == 2
    assert "allowed: jsonl or csv" in refused.err


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_run_that_was_cut_anywhere_ends_in_the_same_bytes(run: Any, tmp_path: Path, form: str) -> None:
    folder = many(tmp_path / "many", 40)
    whole, output, done = tmp_path / f"whole.{form}", tmp_path / f"out.{form}", tmp_path / "done.jsonl"
    run("extract", folder, "-o", whole)
    run("extract", folder, "-o", output, "--manifest", done)
    assert output.read_bytes() == whole.read_bytes()
    lines = done.read_bytes().splitlines(keepends=True)
    for kept in (1, 17, 33):  # the start, one batch, two
        done.write_bytes(b"".join(lines[:kept]) + lines[kept][:20])
        with output.open("ab") as file:
            file.write(b"half a li")
        told = run("extract", folder, "-o", output, "--manifest", done)
        assert f"{kept - 1} done before" in told.err
        assert output.read_bytes() == whole.read_bytes()
    output.unlink()
    refused = run("extract", folder, "-o", output, "--manifest", done)
    assert refused.code == 2
    assert "is shorter than its manifest says" in refused.err


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_killed_run_loses_nothing_and_leaves_no_workers(run: Any, tmp_path: Path) -> None:
    folder = many(tmp_path / "many", 120)
    whole, output, done = tmp_path / "whole.jsonl", tmp_path / "out.jsonl", tmp_path / "done.jsonl"
    run("extract", folder, "-o", whole)
    words = ["extract", str(folder), "-o", str(output), "--manifest", str(done), "--jobs", "2"]
    with subprocess.Popen([sys.executable, "-m", "positions", *words], stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not (done.exists() and done.read_bytes().count(b"\n") > 40):
            time.sleep(0.01)
        workers = children(process.pid)
        process.send_signal(signal.SIGKILL)
    assert output.read_bytes() != whole.read_bytes(), "it was done before it was killed"
    until = time.monotonic() + 10
    while (left := [worker for worker in workers if Path(f"/proc/{worker}/exe").exists() and is_alive(worker)]) != []:
        assert time.monotonic() < until, left
        time.sleep(0.05)
    told = run(*words)
    assert told.code == 0
    assert output.read_bytes() == whole.read_bytes()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--extractor", "llm"], "--extractor llm needs --model and --base-url"),
        (
            ["--extractor", "hybrid", "--model", "x", "--base-url", "y", "--scheduler", "z"],
            "--scheduler does not go with",
        ),
        (["--judge", "llm"], "--judge llm needs --model and --base-url"),
        (["--judge", "llm", "--extractor", "hybrid"], "--judge llm goes with --extractor rules"),
        (["--judge", "llm", "--model", "x", "--base-url", "http://x", "--passes", "2"], "--passes goes with"),
        (["--extractor", "llm", "--model", "x", "--base-url", "localhost"], "--base-url: found 'localhost'"),
        (
            ["--extractor", "llm", "--model", "x", "--base-url", "http://x", "--api-key-env", "NO_SUCH_KEY"],
            "the environment variable NO_SUCH_KEY is not set",
        ),
        (["--jobs", "0"], "--jobs"),
        (["--format", "xml"], "--format"),
    ],
)
def test_wrong_calls_are_told_and_write_nothing(run: Any, article: Path, words: list[str], said: str) -> None:
    told = run("extract", article, *words)
    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_nothing_is_imported_that_is_not_needed(shipped: Path) -> None:
    unneeded = {"pydantic_ai", "openai", "distributed", "dask", "pandas"}
    code = f"""
import sys
from positions.cli import main

sys.argv = ["positions", "extract", "003", "--format", "jsonl"]
try:
    main()
except SystemExit:
    print(*sorted({unneeded} & set(sys.modules)), file=sys.stderr)
"""
    environment = {**os.environ, "POSITIONS_DATA": str(shipped)}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert told.stderr.splitlines()[-1] == ""
