from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from positions.model.codebook import Codebook
from positions.model.revision import InForce
from positions.snapshot.build import build_report
from positions.snapshot.output import report_bytes
from positions.snapshot.render import render_report
from positions.snapshot.report import Report
from positions.snapshot.scope import ReportScope
from positions.workspace import open_workspace
from tests.examples import golden_codebook, said
from tests.positions.snapshot.goldens import GOLDEN, SHIPPED, golden_files
from tests.positions.snapshot.pages import DAY, check, check_html, known
from tests.positions.snapshot.test_render import HOSTILE, hostile_report

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_a_golden_report_is_the_same_byte_for_byte(path: Path) -> None:
    # After a change that is meant: python -m tests.positions.snapshot.goldens
    assert golden_files().keys() == set(GOLDEN)
    assert path.read_bytes() == golden_files()[path]


def test_the_report_in_the_docs_is_the_one_of_the_shipped_data(shipped: tuple[Report, InForce, Codebook]) -> None:
    assert SHIPPED.read_bytes() == report_bytes(shipped[0], "html")
    assert SHIPPED.stat().st_size < 300_000


def test_the_report_in_the_docs_shows_every_date_of_the_case_in_every_text_format(folder: Path) -> None:
    with open_workspace(folder) as workspace:
        for day in workspace.days():
            check(build_report(workspace.known(), workspace.codebook, ReportScope(day), head=workspace.head))


def test_hostile_text_is_harmless_in_tables_too() -> None:
    assert report_bytes(hostile_report(HOSTILE), "csv")


def test_two_hundred_issues_make_a_sound_report() -> None:
    words: dict[str, Any] = golden_codebook().model_dump(by_alias=True)
    scale = next(issue for issue in words["issues"] if issue["kind"] == "scale")
    words["issues"] = [{**scale, "id": f"i{number}", "label": f"Issue {number}"} for number in range(200)]
    records = [
        said("2022-03-01", party, f"i{number}", (number + step) % 5 - 2, number=3 * number + step)
        for number in range(200)
        for step, party in enumerate(("RUS", "UKR", "USA"))
    ]
    report = build_report(known(records), Codebook.model_validate(words), ReportScope(DAY.replace(month=3)), head="1:a")
    assert len(report.scales) == 200
    check_html(render_report(report, "html"), most=2_000_000)
    assert render_report(report, "md").count("\n### Issue") == 200
