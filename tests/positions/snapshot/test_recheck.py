from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from positions.errors import DataError
from positions.model.query import Query
from positions.snapshot.build import build_report
from positions.snapshot.output import report_bytes
from positions.snapshot.recheck import RecheckResult, check_report, is_reproduced, read_saved, recheck_words
from positions.snapshot.scope import ReportScope
from positions.workspace import Workspace, open_workspace

DAY = date(2022, 2, 27)


@pytest.fixture
def workspace(folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(folder.parent, tmp_path / "case")
    with open_workspace(tmp_path / "case" / "data") as opened:
        yield opened


def write(workspace: Workspace, path: Path, **asked: Any) -> Path:
    known = workspace.known(Query(**{name: asked.pop(name) for name in ("known_at", "public_by") if name in asked}))
    report = build_report(known, known.codebook or workspace.codebook, ReportScope(DAY, **asked), head=workspace.head)
    path.write_bytes(report_bytes(report, path.suffix[1:]))
    return path


def checked(workspace: Workspace, path: Path) -> RecheckResult:
    return check_report(read_saved(path), workspace)


@pytest.mark.parametrize("form", ["html", "json"])
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"since": date(2022, 2, 24), "public_by": date(2022, 2, 27)},
        {"known_at": datetime(2026, 11, 22, tzinfo=UTC)},
        {"parties": ("UKR", "RUS"), "issues": ("venue", "talks")},
    ],
)
def test_a_report_is_made_again_from_what_it_says(
    workspace: Workspace, tmp_path: Path, form: str, asked: dict[str, Any]
) -> None:
    found = checked(workspace, write(workspace, tmp_path / f"report.{form}", **asked))
    assert found == RecheckResult(True, True, True, 0, (), (), ())
    assert recheck_words(found) == ("the log gives the same, byte for byte",)


@pytest.mark.parametrize("form", ["html", "json"])
def test_an_altered_quote_is_found_and_named(workspace: Workspace, tmp_path: Path, form: str) -> None:
    path = write(workspace, tmp_path / f"report.{form}")
    path.write_text(path.read_text().replace("saying no to Minsk", "saying yes to Minsk"))
    found = checked(workspace, path)
    assert not is_reproduced(found)
    names = {r.statement.id for r in workspace.known().records if "no to Minsk" in r.statement.quote}
    assert set(found.changed) == names
    assert found.added == found.removed == ()
    assert "was changed" in recheck_words(found)[0]


@pytest.mark.parametrize("form", ["html", "json"])
def test_what_was_recorded_since_is_told_apart_from_what_was_altered(
    workspace: Workspace, tmp_path: Path, form: str
) -> None:
    path = write(workspace, tmp_path / f"report.{form}")
    late = next(r.statement.id for r in workspace.known().records if r.statement.said_on.text > "2022-04")
    with workspace.recording(coder="anna") as book:
        book.retract(late, reason="a test")
    found = checked(workspace, path)
    assert (found.then, found.now, found.newer) == (True, True, 1)
    assert is_reproduced(found)
    assert "1 entry recorded since change nothing" in recheck_words(found)[0]
    used = next(iter(read_saved(path).statements))
    with workspace.recording(coder="anna") as book:
        book.retract(used, reason="a test")
    found = checked(workspace, path)
    assert (found.then, found.now, found.newer) == (True, False, 2)
    assert used in found.removed
    assert f"  loses {used}" in recheck_words(found)


def test_another_log_is_told(workspace: Workspace, tmp_path: Path) -> None:
    path = write(workspace, tmp_path / "report.json")
    head = str(workspace.head)
    path.write_text(path.read_text().replace(head, f"{head.partition(':')[0]}:{'0' * 12}"))
    found = checked(workspace, path)
    assert not found.known
    assert is_reproduced(found)
    assert "no such head; it gives the same nevertheless" in recheck_words(found)[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html></html>",
        "{}",
        '<meta name="positions-report" content="[]">',
        '<meta name="positions-report" content="{&#34;head&#34;: 1, &#34;as_of&#34;: 2}">',
        '<meta name="positions-report" content="{">',
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.html"
    path.write_text(text)
    with pytest.raises(DataError, match=r"report\.html"):
        read_saved(path)


def test_hostile_heads_and_ids_do_no_harm(workspace: Workspace, tmp_path: Path) -> None:
    path = write(workspace, tmp_path / "report.json")
    fields = json.loads(path.read_text())
    for head in ("", ":", "1:", "-1:abc", "999999:abcdefabcdef", "x:y", "٣:abcdefabcdef"):
        path.write_text(json.dumps({**fields, "head": head}))
        assert not checked(workspace, path).known
