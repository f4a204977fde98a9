from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.errors import QueryError
from positions.files.characters import is_visible
from positions.model.codebook import Codebook
from positions.model.query import Query
from positions.model.revision import InForce, Record
from positions.snapshot.build import build_report
from positions.snapshot.escape import escape_markdown
from positions.snapshot.render import FORMATS, render_report
from positions.snapshot.report import Report
from positions.snapshot.scope import ReportScope
from tests.examples import golden_codebook, golden_records, said
from tests.positions.snapshot.pages import Page, check, golden, known, one
from tests.strategies import books

ROOT = Path(__file__).parents[3]
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> \" ' </title></style><!-- ]]> {{ 7*7 }} {% raw %}\n"
    "# heading\n| a | b |\n|---|---|\n[x](javascript:alert(1)) ![i](http://evil.example/i.png) <http://evil.example>\n"
    "https://evil.example www.evil.example *bold* _it_ `code` ~~no~~ &amp; $x$ me@evil.example [1] [1]: #x \\ "
    "\u202e\x07"
)


def hostile_codebook(text: str) -> Codebook:
    words = golden_codebook().model_dump(by_alias=True)
    words["title"] = text
    for group in ("parties", "speakers"):
        for word in words[group]:
            word["name"] = f"{word['id']} {text}"
    for issue in words["issues"]:
        issue |= {"label": text, "definition": text, "plus": text, "minus": text}
        for element in issue.get("elements", ()):
            element["label"] = f"{element['id']} {text}"
        for level in issue["levels"]:
            level["label"] = text
    return Codebook.model_validate(words)


def hostile_report(text: str) -> Report:
    records = [
        record.__class__(
            record.statement.model_copy(update={"quote": text, "end": len(text)}),
            record.published_on,
            text,
            record.recorded_at,
        )
        for record in golden_records()
    ]
    found = known(records, title=text, outlet=text, author=text, url="https://example.org/<\"'>)](x")
    return build_report(found, hostile_codebook(text), ReportScope(date(2022, 3, 15)), head=text)


def test_hostile_text_in_any_field_is_harmless() -> None:
    report = hostile_report(HOSTILE)
    check(report)
    html = render_report(report, "html")
    page = Page(html)
    assert "<script>alert(1)</script>" in "".join(page.text)
    assert "https://example.org/%3C%22'%3E%29%5D%28x" in page.values("href")
    assert not {"\u202e", "\x07"} & set(html + render_report(report, "md"))
    assert report.notes[0].quote == HOSTILE
    tables = [line for line in render_report(report, "md").splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {5}


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(is_visible))
def test_any_text_gives_a_sound_report(text: str) -> None:
    report = one(said("2022-03-01", "RUS", "neutrality", 2, quote=text, start=0, end=len(text)), title=text)
    check(report)
    assert report.notes[0].quote == text


@settings(max_examples=25)
@given(books(most=12), st.sampled_from(["2022-03-03", "2022-03-08"]))
def test_any_book_gives_a_sound_report(records: tuple[Record, ...], day: str) -> None:
    report = build_report(known(records), golden_codebook(), ReportScope(date.fromisoformat(day)), head="0:0")
    check(report)
    for pair in report.pairs:
        if pair.distance is not None:
            assert 0 <= pair.lo <= pair.distance <= pair.hi <= 1  # type: ignore[operator]


@settings(max_examples=25)
@given(books(most=12), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records: tuple[Record, ...], chance: Any) -> None:
    shuffled = chance.sample(records, len(records))
    one_way, another = (
        build_report(known(given), golden_codebook(), ReportScope(date(2022, 3, 8)), head="0:0")
        for given in (records, shuffled)
    )
    assert one_way == another


def test_markdown_text_stays_on_its_line() -> None:
    assert escape_markdown("a\n# b\t| c") == r"a \# b \| c"
    assert escape_markdown("see https://a.example") == r"see https\://a.example"


def test_what_was_known_and_public_is_said() -> None:
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    records = replace(known(golden_records()), query=Query(known_at=moment, public_by=date(2022, 3, 31)))
    report = build_report(records, golden_codebook(), ReportScope(date(2022, 3, 15)), head="9:ff")
    assert report.asked.known_at == "2026-01-02T03:04:00.000000Z"
    assert "Only documents published by 31 March 2022 are admitted." in report.basis
    assert "none of this was public then" in " ".join(golden().basis)
    assert "9:ff" in render_report(report, "html")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(QueryError, match="format: found 'pdf', allowed: html, json, md"):
        render_report(golden(), "pdf")


SCRIPT = """
import hashlib, sys
from datetime import date
from positions.snapshot.build import build_report
from positions.snapshot.render import FORMATS, render_report
from positions.snapshot.scope import ReportScope
from positions.workspace import open_workspace
with open_workspace(sys.argv[1]) as workspace:
    scope = ReportScope(date(2022, 2, 27))
    report = build_report(workspace.known(), workspace.codebook, scope, head=workspace.head)
for form in FORMATS:
    print(form, hashlib.sha256(render_report(report, form).encode()).hexdigest())
"""


def test_the_same_bytes_whatever_the_machine(folder: Path, shipped: tuple[Report, InForce, Codebook]) -> None:
    told = [f"{form} {hashlib.sha256(render_report(shipped[0], form).encode()).hexdigest()}" for form in FORMATS]
    for seed, zone, language in (("1", "Asia/Tokyo", "C"), ("2", "America/Los_Angeles", "tr_TR.UTF-8")):
        changed = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONPATH": str(ROOT)}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(folder)],
            env=os.environ | changed,
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.split("\n") == [*told, ""]


@pytest.mark.browser
def test_the_page_reads_well_and_breaks_no_rule_of_axe(
    shipped: tuple[Report, InForce, Codebook], tmp_path: Path, browser: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page_file = tmp_path / "report.html"
    for report, width, scheme in ((golden(), 1280, "light"), (shipped[0], 390, "dark")):
        page_file.write_text(render_report(report, "html"), encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(page_file.as_uri())
        assert axe.run(page).violations_count == 0
        assert asked == [page_file.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
