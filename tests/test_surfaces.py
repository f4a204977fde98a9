"""One question has one answer on command line, dashboard and report, on every day of the shipped case."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dashboard import create_app
from positions.cli.group import commands
from positions.model.codebook import Codebook
from positions.model.revision import InForce
from positions.snapshot.build import build_report, index_records
from positions.snapshot.report import Report
from positions.snapshot.scope import ReportScope
from positions.workspace import open_workspace
from tests.conftest import ROOT


@dataclass(frozen=True)
class Surfaces:
    """The shipped case, to be asked for a day through the command line, the dashboard and a report."""

    folder: Path
    client: Any
    known: InForce
    codebook: Codebook
    reports: dict[date, Report]

    @property
    def days(self) -> list[date]:
        return list(self.reports)

    def command(self, name: str, day: date, *arguments: str) -> str:
        options = ("--as-of", day.isoformat(), "--data", str(self.folder))
        result = CliRunner().invoke(commands, [name, *arguments, *options])
        assert result.exit_code == 0, result.output
        return result.stdout

    def command_json(self, name: str, day: date, *arguments: str) -> Any:
        return json.loads(self.command(name, day, *arguments, "--format", "json"))

    def twin(self, page: str, day: date, **query: str) -> dict[str, list[dict[str, Any]]]:
        answer = self.client.get(f"/{page}.json", query_string={"as_of": day.isoformat(), **query})
        assert answer.status_code == 200
        tables: dict[str, list[dict[str, Any]]] = answer.json["tables"]
        return tables


@pytest.fixture(scope="module")
def surfaces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surfaces]:
    base = tmp_path_factory.mktemp("case")
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, base / name, ignore=shutil.ignore_patterns("positions.db*"))
    with open_workspace(base / "data") as workspace:
        known, codebook, head = workspace.known(), workspace.codebook, workspace.head
        scopes = [ReportScope(day) for day in known.days()]
        index = index_records(known, codebook, scopes[0])
        reports = {scope.as_of: build_report(known, codebook, scope, head=head, index=index) for scope in scopes}
        yield Surfaces(base / "data", create_app(workspace).server.test_client(), known, codebook, reports)


DEMAND = ("demander", "addressee", "issue", "element", "insistence", "refusal", "status", "reported", "answer_reported")


def reported_demands(report: Report) -> list[tuple[Any, ...]]:
    return [
        (
            *(view.held.party, answer.party, view.held.issue, view.held.element, view.insistence),
            *(answer.refusal, answer.status, view.held.reported, bool(answer.held and answer.held.reported)),
        )
        for view in report.demands
        for answer in view.answers
    ]


def test_demands_are_the_same_rows_in_the_same_order_everywhere(surfaces: Surfaces) -> None:
    for day, report in surfaces.reports.items():
        commanded = [tuple(row[name] for name in DEMAND) for row in surfaces.command_json("demands", day)["demands"]]
        shown = [tuple(row[name] for name in DEMAND) for row in surfaces.twin("preconditions", day)["demands"]]
        assert commanded == shown == reported_demands(report), day


def test_demands_of_some_parties_are_the_same_in_dashboard_and_report(surfaces: Surfaces) -> None:
    for day in surfaces.days:
        report = build_report(surfaces.known, surfaces.codebook, ReportScope(day, parties=("UKR",)), head="1:a")
        shown = surfaces.twin("preconditions", day, parties="UKR")["demands"]
        assert [tuple(row[name] for name in DEMAND) for row in shown] == reported_demands(report), day


def test_demands_are_counted_in_one_sentence_everywhere(surfaces: Surfaces) -> None:
    for day, report in surfaces.reports.items():
        [counted] = [headline.text for headline in report.headlines if headline.see == "demands"]
        assert counted in surfaces.command("demands", day)


def test_the_shipped_case_has_reported_demands_and_a_demand_between_addressees(surfaces: Surfaces) -> None:
    every = [row for report in surfaces.reports.values() for row in reported_demands(report)]
    assert any(row[7] for row in every)
    assert any(row[3] == "leaders-meeting" for row in every)


def test_demands_that_came_or_went_in_a_report_are_those_of_the_command_line(surfaces: Surfaces) -> None:
    turns = surfaces.command_json("demands", surfaces.days[-1], "--over-time")["turns"]
    for before, day in zip(surfaces.days, surfaces.days[1:], strict=False):
        report = build_report(surfaces.known, surfaces.codebook, ReportScope(day, before), head="1:a")
        new = [
            (turn["demander"], turn["addressee"], turn["status"])
            for turn in turns
            if turn["day"] == day.isoformat() and turn["before"] in (None, "dropped") and not turn["reported"]
        ]
        turned = [(turn.party, turn.addressee, turn.status) for turn in report.changes.demands if turn.turn == "new"]
        assert turned == new, day
