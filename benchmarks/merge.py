"""Merging: two books with a long common past and some differences, from a folder and from its text alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import seconds, told
from benchmarks.synthetic import codebook, documents, fill, statements, write_text
from positions.workspace import open_workspace
from positions.workspace.merging import merge_into

ROOT = Path(__file__).parent.parent
DATABASE = "positions.db"


def toml(value: Any) -> str:
    """Write a value as TOML, tables inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def make_folder(folder: Path, count: int) -> None:
    """Make a workspace of ``count`` statements and their text, in step."""
    folder.mkdir()
    (folder / "seeds").mkdir()
    for document in documents(5):
        (folder / str(document.file)).write_text(document.text or "")
    fields = codebook().model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    (folder / "codebook.toml").write_text("".join(f"{name} = {toml(value)}\n" for name, value in fields.items()))
    fill(folder / DATABASE, codebook(), count).close()
    write_text(folder, folder / DATABASE)
    open_workspace(folder).close()


def change(folder: Path, differences: int, *, coder: str) -> None:
    """Add half as many statements as ``differences`` and correct as many: of every tenth, both coders do."""
    fields = [next(statements(codebook(), 1)) | {"note": f"{coder} {number}"} for number in range(differences // 2)]
    with open_workspace(folder) as workspace, workspace.recording(coder=coder) as book:
        for one in fields:
            book.add(**{name: value for name, value in one.items() if name not in ("id", "coder")})
        claims = [claim.id for _, claim in zip(range(20 * differences), book.claims("statement"), strict=False)]
        for number in range(differences // 2):
            shift = 0 if number % 10 == 0 else len(coder)
            book.correct(claims[20 * number + shift], note=f"{coder} looked again", reason="read again")


def merge_copy(ours: Path, theirs: Path, scratch: Path) -> tuple[float, dict[str, Any]]:
    """Merge into a copy of our folder by the command line; return the seconds of the process, and what it brought."""
    shutil.copytree(ours, scratch)
    command = [sys.executable, "-m", "positions", "merge", str(theirs), "--data", str(scratch), "--format", "json"]
    runs: list[subprocess.CompletedProcess[str]] = []
    spent = seconds(lambda: runs.append(subprocess.run(command, capture_output=True, text=True, cwd=ROOT)))
    assert runs[0].returncode in (0, 1), runs[0].stderr  # 1: a conflict is open
    with open_workspace(scratch) as workspace:
        assert merge_into(workspace, str(theirs), coder="ben").is_empty
    shutil.rmtree(scratch)
    return spent, json.loads(runs[0].stdout)


PEER = """
import sys, pandas as pd
frames = [pd.read_json(path, lines=True).astype(str) for path in sys.argv[1:]]
frames[0].merge(frames[1], how="outer", indicator=True)
"""
"""Finding the lines that differ: both texts read and joined on all their columns."""


def merging(folder: Path, *, count: int, differences: int) -> None:
    """Merge two books from the other's folder, and from what git brings of it, against finding what differs."""
    ours, theirs, text = folder / "ours", folder / "theirs", folder / "text"
    make_folder(ours, count)
    shutil.copytree(ours, theirs)
    for name, path in (("ann", ours), ("chris", theirs)):
        change(path, differences, coder=name)
    shutil.copytree(theirs, text, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    comparing = [sys.executable, "-c", PEER, *(str(path / "statements.jsonl") for path in (ours, theirs))]
    results = []
    for what, source in (("its folder", theirs), ("its text", text)):
        spent, result = merge_copy(ours, source, folder / "scratch")
        peer = seconds(lambda: subprocess.run(comparing, check=True))
        assert len(result["added"]) == differences // 2
        results.append(result)
        goal = "≤ 10 s" if count == 100_000 else ""
        told(f"merge of {differences:,} differences in {count:,} from {what}, pandas", spent, peer, spent / peer, goal)
    assert results[0] == results[1]


def run(*, smoke: bool) -> None:
    """Run all of them; ``smoke`` on small data, only to see that they run."""
    with tempfile.TemporaryDirectory() as name:
        merging(Path(name), count=2_000 if smoke else 100_000, differences=100 if smoke else 1_000)
