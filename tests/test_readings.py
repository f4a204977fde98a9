"""The notes on three reports are about the sentences that these reports hold now."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import chain

import pytest

from positions.model.dates import day_in_words
from positions.snapshot.build import build_report, index_records
from positions.snapshot.report import Report
from positions.snapshot.scope import ReportScope
from positions.workspace import open_workspace
from tests.conftest import ROOT
from tests.readings import DAYS, NOTES, VERDICTS, Reading, documents_of, position_sentences, readings, report_sentences

POSITIONS = "Positions, demands and answers"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Report]]:
    base = tmp_path_factory.mktemp("case")
    leave_out = shutil.ignore_patterns("positions.db*", "positions.local.jsonl")
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, base / name, ignore=leave_out)
    with open_workspace(base / "data") as workspace:
        known, codebook, head = workspace.known(), workspace.codebook, workspace.head
        scopes = [ReportScope(day) for day in DAYS]
        index = index_records(known, codebook, scopes[0])
        yield [build_report(known, codebook, scope, head=head, index=index) for scope in scopes]


@pytest.fixture(scope="module")
def notes() -> dict[str, list[Reading]]:
    return readings(NOTES.read_text(encoding="utf-8"))


def listed(documents: str) -> set[str]:
    """Return the ids of a cell: ``000, 002–004`` is 000, 002, 003 and 004."""
    names: set[str] = set()
    for part in re.findall(r"\d{3}(?:–\d{3})?", documents):
        first, _, last = part.partition("–")
        names |= {f"{number:03d}" for number in range(int(first), int(last or first) + 1)}
    return names


def test_every_sentence_of_the_three_reports_is_noted_and_no_other(
    reports: list[Report], notes: dict[str, list[Reading]]
) -> None:
    for day, report in zip(DAYS, reports, strict=True):
        noted = [reading.sentence for reading in notes[day_in_words(day)]]
        assert noted == list(report_sentences(report)), day


def test_every_position_and_demand_of_the_three_days_is_noted_once(
    reports: list[Report], notes: dict[str, list[Reading]]
) -> None:
    sentences = dict.fromkeys(chain.from_iterable(map(position_sentences, reports)))
    assert [reading.sentence for reading in notes[POSITIONS]] == list(sentences)


def test_the_noted_documents_hold_the_quotes_behind_a_sentence(
    reports: list[Report], notes: dict[str, list[Reading]]
) -> None:
    for day, report in zip(DAYS, reports, strict=True):
        behind = {**report_sentences(report), **position_sentences(report)}
        for reading in [*notes[day_in_words(day)], *notes[POSITIONS]]:
            quoted = set(documents_of(report, behind.get(reading.sentence, ())))
            assert quoted <= listed(reading.documents), (day, reading.sentence)


def test_every_sentence_is_signed(notes: dict[str, list[Reading]]) -> None:
    for heading in (*map(day_in_words, DAYS), POSITIONS):
        for reading in notes[heading]:
            assert reading.verdict.split(":")[0] in VERDICTS, reading


def test_documents_of_a_cell_may_be_a_range() -> None:
    assert listed("000, 002–004") == {"000", "002", "003", "004"}
    assert listed("–") == set()
