"""What people read holds no labels for two roles, ids, raw markup, moments or empty sentences, on any surface."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from dashboard.markup.serialise import serialise_part
from dashboard.markup.wording import as_of_words, dumbbell_words, trend_words
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.cli.group import commands
from positions.snapshot.build import build_report, index_records
from positions.snapshot.render import render_report
from positions.snapshot.scope import ReportScope
from positions.wording.party_style import party_styles
from positions.workspace import Workspace, open_workspace
from tests.conftest import ROOT

NEVER: Final = {
    "a label for two roles": r"demands or commits|commits or demands",
    "a vague date as a since": r"\bsince (by|in|said)\b",
    "a verb before its subject": r"have moved:|has moved:",
    "a name without its article": r"(?<=[.:] )United States (is|has|and|moved|on)\b",
    "a part that is nothing": r"[+−-]0\.00\b|of which",
    "more than the record shows": r"\b(spoke|said) never\b|never (spoke|said)|[Nn]obody moved|No party moved",
    "markup": r"</?(u|i|b|em|strong)>|:\w+:`",
    "a moment": r"\d{4}-\d\d-\d\dT\d\d:\d\d",
    "an empty value": r"\bNone\b(?!\.)|\bnan\b|“”|\(\)",
    "broken punctuation": r",,| ,|\.\.(?!\.|/)|\bno longer no longer\b",
    "a word twice": r"\b(the|a|of|and|on|by|is|to) \1\b",
    "one of many": r"(?<![\d,.])\b1 (issues|statements|demands|quotes|documents|days|positions|places)\b",
}
"""What no sentence holds, by what is wrong with it."""

COMMANDS: Final = ("state", "demands", "common-ground", "conflicts")


def folders(base: Path) -> Iterator[Path]:
    """Yield copies of the shipped case and of a second negotiation."""
    leave_out = shutil.ignore_patterns("positions.db*", "positions.local.jsonl")
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, base / name, ignore=leave_out)
    yield base / "data"
    second = base / "tigray"
    shutil.copytree(ROOT / "tests" / "tigray", second, ignore=leave_out)
    run("import", str(second / "gold.jsonl"), data=second)
    yield second


def run(*arguments: str, data: Path) -> str:
    result = CliRunner().invoke(commands, [*arguments, "--data", str(data)])
    assert result.exit_code == 0, result.output
    return result.stdout


def command_texts(workspace: Workspace, folder: Path, days: list[date]) -> Iterator[tuple[str, str]]:
    pairs = [party.id for party in workspace.codebook.principals][:2]
    for before, day in zip([None, *days], days, strict=False):
        for name in COMMANDS:
            yield f"{name} {day}", run(name, "--as-of", day.isoformat(), data=folder)
        yield f"compare {day}", run("compare", *pairs, "--as-of", day.isoformat(), data=folder)
        if before:
            window = ("--from", before.isoformat(), "--to", day.isoformat())
            yield f"movement {day}", run("movement", *pairs, *window, data=folder)


def report_texts(workspace: Workspace, days: list[date]) -> Iterator[tuple[str, str]]:
    known, codebook = workspace.known(), workspace.codebook
    index = index_records(known, codebook, ReportScope(days[-1]))
    for day in days:
        report = build_report(known, codebook, ReportScope(day), head="1:a", index=index)
        yield f"report {day}", render_report(report, "md")
        page = re.sub(r"<(style|script)\b.*?</\1>", "", render_report(report, "html"), flags=re.DOTALL)
        yield f"page {day}", html.unescape(re.sub(r"<[^>]+>", "\n", re.sub(r"</?(a|b|bdi|q|span)\b[^>]*>", "", page)))


def strings(part: Any) -> Iterator[str]:
    """Yield the texts of a part of a page, without its attributes."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        is_node = len(part) == 3 and isinstance(part[0], str) and isinstance(part[1], dict)
        for below in part[2] if is_node else part:
            yield from strings(below)


def dashboard_texts(workspace: Workspace, days: list[date]) -> Iterator[tuple[str, str]]:
    source = CaseStore(workspace)
    for page in PAGES:
        for day in (days[len(days) // 2], days[-1]):
            view = source.fit_view(View(as_of=day, page=page))
            picture = source.picture(view)
            assert picture
            shown, styles = PAGES[page], party_styles(picture.case.codebook)
            parts = (shown.above(picture, view, styles), shown.below(picture, view, styles))
            words = [text for part in parts for text in strings(serialise_part(part))]
            words += [dumbbell_words(picture), as_of_words(picture), *trend_words(picture)]
            yield f"{page} {day}", "\n".join(words)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    every = {}
    for folder in folders(tmp_path_factory.mktemp("cases")):
        with open_workspace(folder) as workspace:
            days = list(workspace.known().days())[-10:]
            for texts in (
                command_texts(workspace, folder, days),
                report_texts(workspace, days),
                dashboard_texts(workspace, days),
            ):
                every |= {f"{folder.name} {name}": text for name, text in texts}
    return every


@pytest.mark.parametrize("wrong", NEVER)
def test_nothing_that_people_read_says(wrong: str, texts: dict[str, str]) -> None:
    lines = ((name, line) for name, text in texts.items() for line in text.split("\n"))
    hits = [(name, line) for name, line in lines if re.search(NEVER[wrong], line)]
    assert hits == []


def test_sentences_hold_no_ids_of_statements(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if not re.match(r"\w+ (state|movement|compare|documents|page|report) ", name):
            assert not re.search(r"\b00\d-\d\d\b", text), name
        if re.match(r"\w+ (page|report) ", name):
            assert not re.search(r"\b00\d-\d\d\b", text), name


def test_every_surface_of_both_negotiations_is_read(texts: dict[str, str]) -> None:
    names = {name.rsplit(" ", 1)[0] for name in texts}
    surfaces = (*COMMANDS, "compare", "movement", "report", "page", *PAGES)
    assert names >= {f"{case} {surface}" for case in ("data", "tigray") for surface in surfaces}
    assert not [name for name, text in texts.items() if not text.strip() and not name.startswith("tigray")]


@pytest.mark.parametrize(
    "line",
    [
        "demands or commits",
        "held since by 24 February",
        "Since 7 April have moved: Ukraine",
        "most: United States is silent",
        "of which +0.00",
        "never spoke on Venue",
        "the Kremlin <u>said</u>",
        "recorded 2026-11-29T23:08:09.644729Z",
        "said “”",
        "one ,two",
        "of the the talks",
        "1 issues",
    ],
)
def test_what_was_seen_wrong_is_found(line: str) -> None:
    assert any(re.search(pattern, line) for pattern in NEVER.values())
