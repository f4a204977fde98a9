"""One question has one answer on command line, dashboard and report, on every day of the shipped case."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from dashboard import create_app
from dashboard.markup.wording import as_of_words, dumbbell_words, trend_words
from dashboard.pages import PAGES
from dashboard.pages.overview import verdict_part
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.analysis.state_index import StateIndex
from positions.cli.group import commands
from positions.model.codebook import Codebook
from positions.model.dates import MONTHS, day_in_words
from positions.model.revision import InForce
from positions.snapshot.build import build_report, index_records
from positions.snapshot.output import report_bytes
from positions.snapshot.render import render_report
from positions.snapshot.report import Report
from positions.snapshot.scope import ReportScope
from positions.wording.parties import parties_words
from positions.wording.party_style import party_styles
from positions.wording.rows import POSITION_COLUMNS
from positions.workspace import open_workspace
from tests.conftest import ROOT
from tests.dashboard.markup.nodes import text_of


@dataclass(frozen=True)
class Surfaces:
    """The shipped case, to be asked for a day through the command line, the dashboard and a report."""

    folder: Path
    client: Any
    source: CaseStore
    known: InForce
    codebook: Codebook
    reports: dict[date, Report]

    def __hash__(self) -> int:
        return id(self)

    @property
    def days(self) -> list[date]:
        return list(self.reports)

    @cache  # noqa: B019 the case does not change, and several rules ask the same
    def run(self, *arguments: str) -> str:
        result = CliRunner().invoke(commands, [*arguments, "--data", str(self.folder)])
        assert result.exit_code == 0, result.output
        return result.stdout

    def report(self, scope: ReportScope) -> Report:
        """The report of a scope, resolved from the one index of its parties."""
        return build_report(self.known, self.codebook, scope, head="1:a", index=self._index(scope.parties))

    @cache  # noqa: B019
    def _index(self, parties: tuple[str, ...]) -> StateIndex:
        return index_records(self.known, self.codebook, ReportScope(self.days[-1], parties=parties))

    def command(self, name: str, day: date, *arguments: str) -> str:
        return self.run(name, *arguments, "--as-of", day.isoformat())

    def command_json(self, name: str, day: date, *arguments: str) -> Any:
        return json.loads(self.command(name, day, *arguments, "--format", "json"))

    def twin_csv(self, page: str, day: date) -> str:
        answer = self.client.get(f"/{page}.csv", query_string={"as_of": day.isoformat()})
        assert answer.status_code == 200
        return str(answer.text)

    def twin(self, page: str, day: date, **query: str) -> dict[str, list[dict[str, Any]]]:
        answer = self.client.get(f"/{page}.json", query_string={"as_of": day.isoformat(), **query})
        assert answer.status_code == 200
        tables: dict[str, list[dict[str, Any]]] = answer.json["tables"]
        return tables


@pytest.fixture(scope="module")
def surfaces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surfaces]:
    base = tmp_path_factory.mktemp("case")
    for name in ("data", "seeds"):
        shutil.copytree(
            ROOT / name, base / name, ignore=shutil.ignore_patterns("positions.db*", "positions.local.jsonl")
        )
    with open_workspace(base / "data") as workspace:
        known, codebook, head = workspace.known(), workspace.codebook, workspace.head
        scopes = [ReportScope(day) for day in known.days()]
        index = index_records(known, codebook, scopes[0])
        reports = {scope.as_of: build_report(known, codebook, scope, head=head, index=index) for scope in scopes}
        client, source = create_app(workspace).server.test_client(), CaseStore(workspace)
        yield Surfaces(base / "data", client, source, known, codebook, reports)


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


POSITION_KEY = ("holder", "issue", "element")


def by_position(rows: list[dict[str, str]]) -> dict[tuple[str, ...], dict[str, str]]:
    """Return rows by the position that they tell of; none twice."""
    keyed = {tuple(row[name] for name in POSITION_KEY): row for row in rows}
    assert len(keyed) == len(rows)
    return keyed


def test_positions_have_the_same_columns_and_values_in_every_csv(surfaces: Surfaces) -> None:
    panel = read_csv(surfaces.run("panel", "--format", "csv"))
    for day, report in surfaces.reports.items():
        stated = by_position(read_csv(surfaces.command("state", day, "--format", "csv")))
        overview = by_position(read_csv(surfaces.twin_csv("overview", day)))
        with zipfile.ZipFile(io.BytesIO(report_bytes(report, "csv"))) as archive:
            told = by_position(read_csv(archive.read("positions.csv").decode()))
        held = by_position([row for row in panel if row["day"] == day.isoformat()])
        assert list(overview) == [key for key, row in stated.items() if row["said_of"] == row["element"]]
        assert set(told) >= set(overview)
        assert set(held) == set(stated)
        for rows in (overview, told, held):
            for key, row in rows.items():
                deciding = {"statement": stated[key]["basis"].split()[0]}
                for name in row.keys() & {*POSITION_COLUMNS, "statement"}:
                    assert row[name] == {**stated[key], **deciding}[name], (day, key, name)
        assert tuple(next(iter(stated.values()))) == POSITION_COLUMNS
        assert set(POSITION_COLUMNS) <= set(next(iter(overview.values())))
        assert set(POSITION_COLUMNS) <= set(next(iter(told.values())))
        assert set(POSITION_COLUMNS) - {"basis", "outranked"} <= set(next(iter(held.values())))


def test_no_twin_names_a_holder_party_or_writes_a_date_in_words(surfaces: Surfaces) -> None:
    in_words = re.compile(rf"\d{{1,2}} ({'|'.join(MONTHS)}) \d{{4}}")
    for page in PAGES:
        for name, rows in surfaces.twin(page, surfaces.days[-1], issue="venue").items():
            for row in rows:
                assert "party" not in row or "other" in row, (page, name)
                dates = [text for column, text in row.items() if column not in PROSE and isinstance(text, str)]
                assert not any(map(in_words.search, dates)), (page, name, row)


PROSE = {"quote", "title", "words", "definition"}
"""Columns whose text is a source's or a sentence."""

DEMAND = ("demander", "addressee", "issue", "element", "insistence", "refusal", "status", "reported", "answer_reported")


def reported_demands(report: Report) -> list[tuple[Any, ...]]:
    return [
        (
            *(view.held.holder, answer.addressee, view.held.issue, view.held.element, view.insistence),
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
        report = surfaces.report(ReportScope(day, parties=("UKR",)))
        shown = surfaces.twin("preconditions", day, parties="UKR")["demands"]
        assert [tuple(row[name] for name in DEMAND) for row in shown] == reported_demands(report), day


def test_demands_are_counted_in_one_sentence_everywhere(surfaces: Surfaces) -> None:
    for day, report in surfaces.reports.items():
        [counted] = [headline.text for headline in report.headlines if headline.see == "demands"]
        assert counted in surfaces.command("demands", day)


def test_the_shipped_case_has_reported_demands(surfaces: Surfaces) -> None:
    assert any(row[7] for report in surfaces.reports.values() for row in reported_demands(report))


def test_demands_that_came_or_went_in_a_report_are_those_of_the_command_line(surfaces: Surfaces) -> None:
    turns = surfaces.command_json("demands", surfaces.days[-1], "--over-time")["turns"]
    for before, day in zip(surfaces.days, surfaces.days[1:], strict=False):
        report = surfaces.report(ReportScope(day, before))
        new = [
            (turn["demander"], turn["addressee"], turn["status"])
            for turn in turns
            if turn["day"] == day.isoformat() and turn["before"] in (None, "dropped") and not turn["reported"]
        ]
        turned = [(turn.demander, turn.addressee, turn.status) for turn in report.changes.demands if turn.turn == "new"]
        assert turned == new, day


def overview_sentences(surfaces: Surfaces, day: date) -> str:
    """What the overview says of a day: under the first chart, beside the day and under the second chart."""
    picture = surfaces.source.picture(View(as_of=day))
    assert picture
    return "\n".join([dumbbell_words(picture), as_of_words(picture), *trend_words(picture)])


def test_how_much_had_been_said_is_one_sentence_everywhere(surfaces: Surfaces) -> None:
    for day, report in surfaces.reports.items():
        [sentence] = [line for line in report.basis if "had been made by" in line]
        assert sentence in surfaces.command("state", day)
        assert sentence in overview_sentences(surfaces, day)
        count = sum(record.statement.said_on.last <= day for record in surfaces.known.records)
        assert sentence.startswith(f"{count} statement")


def test_furthest_and_closest_are_the_same_sentences_everywhere(surfaces: Surfaces) -> None:
    pairs = [pair.parties for pair in next(iter(surfaces.reports.values())).pairs]
    for day in surfaces.days:
        for number, pair in enumerate(pairs):
            alone = surfaces.report(ReportScope(day, parties=pair))
            told = [line.text for line in alone.headlines if line.text.startswith(("Furthest", "Closest", "Only one"))]
            commanded = surfaces.command("compare", day, *pair)
            assert all(sentence in commanded for sentence in told), (day, pair)
            assert ("Furthest" in commanded or "Closest" in commanded or "Only one" in commanded) == bool(told)
            if number == 0:
                assert " ".join(told) in overview_sentences(surfaces, day)


def test_a_distance_is_one_sentence_everywhere(surfaces: Surfaces) -> None:
    for day, report in surfaces.reports.items():
        for pair in report.pairs:
            assert pair.words in surfaces.command("compare", day, *pair.parties)
            assert pair.words in overview_sentences(surfaces, day)


def windows(surfaces: Surfaces) -> list[tuple[date, date]]:
    """Every day with the one before and with the first."""
    days = surfaces.days
    return list(dict.fromkeys([*pairwise(days), *((days[0], day) for day in days[1:])]))


@pytest.fixture(scope="module")
def movements(surfaces: Surfaces) -> dict[tuple[date, date, str, str], dict[str, Any]]:
    """What the command line answers on every pair of principals in every window."""
    pairs = list(combinations([party.id for party in surfaces.codebook.principals], 2))
    return {
        (start, end, *pair): json.loads(
            surfaces.run("movement", *pair, "--from", start.isoformat(), "--to", end.isoformat(), "--format", "json")
        )
        for start, end in windows(surfaces)
        for pair in pairs
    }


Movements = dict[tuple[date, date, str, str], dict[str, Any]]


def plain_spaces(text: str) -> str:
    return text.replace("\u00a0", " ")


@dataclass(frozen=True)
class Rendered:
    """A report of a window in every format: the text of the page, of the Markdown, and the rows of each CSV table."""

    report: Report
    page: str
    markdown: str
    tables: dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def rendered(surfaces: Surfaces) -> dict[tuple[date, date], Rendered]:
    """The reports of every window, resolved from one index and written once in each format."""
    answers = {}
    for start, end in windows(surfaces):
        report = surfaces.report(ReportScope(end, start))
        with zipfile.ZipFile(io.BytesIO(report_bytes(report, "csv"))) as archive:
            tables = {name: read_csv(archive.read(f"{name}.csv").decode()) for name in ("distances", "headlines")}
        # Markdown escapes punctuation and has only plain spaces.
        page, markdown = html.unescape(render_report(report, "html")), render_report(report, "md")
        answers[start, end] = Rendered(report, page, re.sub(r"\\(?=[^\w\s])", "", markdown), tables)
    return answers


def movement_page(surfaces: Surfaces, start: date, end: date, pair: tuple[str, str]) -> tuple[str, pd.DataFrame]:
    """The text of the movement page and the steps of its chart."""
    view = View(as_of=end, page="movement", compare=start, parties=pair)
    picture = surfaces.source.picture(view)
    assert picture
    nodes = PAGES["movement"].above(picture, view, party_styles(surfaces.codebook))
    whole = [part for node in nodes if node.attributes.get("className") == "comes-to" for part in node.children]
    words = " ".join(text_of(node) for node in whole if node.tag == "p")
    return words, PAGES["movement"].tables(picture, view)["steps"]


def test_a_movement_has_one_verdict_and_one_sentence_on_every_day_and_surface(
    surfaces: Surfaces, movements: Movements, rendered: dict[tuple[date, date], Rendered]
) -> None:
    for (start, end), told in rendered.items():
        for pair in told.report.pairs:
            commanded = movements[start, end, *pair.parties]
            shift = pair.shift
            numbers = shift.verdict, shift.level_band, list(shift.rests_on), shift.movement, shift.start.isoformat()
            assert numbers == tuple(commanded[name] for name in MOVEMENT), (start, end, pair.parties)
            parts = {name: getattr(shift, name) for name in ("movement", "entered", "left", "framing")}
            assert parts == (commanded["parts"] or dict.fromkeys(parts)), (start, end, pair.parties)
            assert shift.words in movement_page(surfaces, start, end, pair.parties)[0], (start, end, pair.parties)
            assert shift.words in told.page, (start, end, pair.parties)
            assert plain_spaces(shift.words) in told.markdown, (start, end, pair.parties)


def test_the_first_page_opens_with_the_verdict_that_the_report_gives(
    surfaces: Surfaces, rendered: dict[tuple[date, date], Rendered]
) -> None:
    for (start, end), told in rendered.items():
        for pair in told.report.pairs:
            picture = surfaces.source.picture(view := View(as_of=end, compare=start, parties=pair.parties))
            assert picture
            verdict, *_ = verdict_part(picture, view, party_styles(surfaces.codebook))
            days, _, finding = text_of(verdict).partition(": ")
            assert days.startswith(f"Since {day_in_words(pair.shift.start)} ")
            assert f": {finding}" in pair.shift.words, (start, end, pair.parties)


def test_a_movement_in_csv_has_the_verdict_and_numbers_of_the_command_line(
    movements: Movements, rendered: dict[tuple[date, date], Rendered]
) -> None:
    for (start, end), told in rendered.items():
        rows = told.tables["distances"]
        assert [(row["party"], row["other"]) for row in rows] == [pair.parties for pair in told.report.pairs]
        for row in rows:
            commanded = movements[start, end, row["party"], row["other"]]
            assert (row["verdict"] or None, row["start"]) == (commanded["verdict"], commanded["from"])
            assert row["rests_on"] == ("; ".join(commanded["rests_on"]) if commanded["rests_on"] else "")
            for name in ("movement", "level_band"):
                assert (float(row[name]) if row[name] else None) == commanded[name], (start, end, name)


def test_the_head_of_a_report_is_the_same_sentences_in_the_same_order_in_every_format(
    rendered: dict[tuple[date, date], Rendered],
) -> None:
    for window, told in rendered.items():
        sentences = [line.text for line in told.report.headlines]
        assert [row["text"] for row in told.tables["headlines"]] == sentences
        for text in (plain_spaces(told.page), told.markdown):
            places = [text.find(plain_spaces(sentence)) for sentence in sentences]
            assert -1 not in places, (window, sentences[places.index(-1)])
            assert places == sorted(places), window


MOVEMENT = ("verdict", "level_band", "rests_on", "movement", "from")


def test_the_command_line_writes_the_sentence_of_the_report(
    surfaces: Surfaces, rendered: dict[tuple[date, date], Rendered]
) -> None:
    for start, end in pairwise(surfaces.days):
        for pair in rendered[start, end].report.pairs:
            days = ("--from", start.isoformat(), "--to", end.isoformat())
            assert pair.shift.words in surfaces.run("movement", *pair.parties, *days), (start, end, pair.parties)


def test_issues_that_moved_are_counted_and_ordered_alike_everywhere(surfaces: Surfaces, movements: Movements) -> None:
    """The largest first; of equals the first of the codebook."""
    labels = {issue.id: issue.label for issue in surfaces.codebook.issues}
    for (start, end, *pair), commanded in movements.items():
        text, steps = movement_page(surfaces, start, end, (pair[0], pair[1]))
        sizes = {issue["issue"]: abs(issue["contribution"] or 0) for issue in commanded["issues"]}
        moved = [name for name in sizes if sizes[name] > 1e-9]
        assert moved == [issue.id for issue in surfaces.codebook.issues if issue.id in moved]
        ordered = sorted(moved, key=lambda name: -round(sizes[name], 9))
        if not steps.empty:
            assert list(steps.loc[steps["kind"] == "moved", "issue"]) == ordered, (start, end, pair)
            for kind in ("entered", "left"):
                assert list(steps.loc[steps["kind"] == kind, "issue"]) == commanded[kind]
        verdicts = [issue["verdict"] for issue in commanded["issues"]]
        if len(verdicts) == 1:
            assert f"Only {labels[commanded['issues'][0]['issue']]} could be compared on both days." in text
        for verdict in set(verdicts if len(verdicts) > 1 else ()):
            assert f"{verdict} on {verdicts.count(verdict)}" in text, (start, end, pair)
        for sentence in re.findall(r"[A-Z][a-z ]+ moved on ([^\"]+?\))\.", text):
            named = [name for name in ordered if labels[name] in sentence]
            assert [sentence.index(labels[name]) for name in named] == sorted(
                sentence.index(labels[name]) for name in named
            )


def test_the_headline_of_a_report_is_the_verdict_of_its_movements(
    surfaces: Surfaces, movements: Movements, rendered: dict[tuple[date, date], Rendered]
) -> None:
    for start, end in windows(surfaces):
        report = rendered[start, end].report
        measurable = 0
        for pair in report.pairs:
            commanded = movements[start, end, *pair.parties]
            if commanded["verdict"] in ("closer", "further apart"):
                opening = f"Since {day_in_words(pair.shift.start)} {parties_words(pair.parties, surfaces.codebook)}: "
                (finding,) = [line.text for line in report.headlines if line.text.startswith(opening)]
                assert re.search(rf"Overall [^,;]+[,;] (by movement alone )?{commanded['verdict']}\b", finding), (
                    start,
                    end,
                    opening,
                )
                measurable += 1
        findings = [line for line in report.headlines if "one level on the heaviest issue" in line.text]
        assert measurable == len(findings)


def test_the_shipped_case_has_findings_and_days_without(movements: Movements) -> None:
    verdicts = {answer["verdict"] for answer in movements.values()}
    assert verdicts >= {"further apart", "no measurable change", None}
