from __future__ import annotations

from pathlib import Path

import pytest

from positions.errors import QueryError
from positions.snapshot.render import PARTS, TEMPLATES, render_report
from tests.positions.snapshot.pages import check_html, golden

ROOT = Path(__file__).parents[3]


def test_every_part_is_a_template_of_its_own() -> None:
    assert {*PARTS, "front", "footer", "parts", "report", "index"} == {
        path.name.removesuffix(".html.j2") for path in TEMPLATES.glob("*.html.j2")
    }


def test_the_worked_example_stands_in_for_one_part_and_leaves_the_others() -> None:
    ours, theirs = (render_report(golden(), "html", template=folder) for folder in (None, ROOT / "docs" / "template"))
    check_html(theirs)
    assert "Prepared for the morning meeting" in theirs
    assert "<h1>Where the parties stand" not in theirs
    assert theirs.partition("</header>")[2] == ours.partition("</header>")[2]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("{{ report.nothing }}", "has no attribute 'nothing'"),
        ("{% if %}", r"method\.html\.j2:1: Expected an expression"),
        ("{% include 'none.html.j2' %}", "none.html.j2"),
    ],
)
def test_a_wrong_template_is_told_in_a_line(tmp_path: Path, part: str, told: str) -> None:
    (tmp_path / "method.html.j2").write_text(part)
    with pytest.raises(QueryError, match=told):
        render_report(golden(), "html", template=tmp_path)


def test_names_are_escaped_in_a_template_of_the_users_too(tmp_path: Path) -> None:
    (tmp_path / "front.html.j2").write_text("<header><h1>{{ report.title }}</h1></header>")
    report = golden().model_copy(update={"title": "<script>alert(1)</script>"})
    check_html(render_report(report, "html", template=tmp_path))
