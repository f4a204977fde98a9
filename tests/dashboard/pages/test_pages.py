"""Pages without a browser: frames, twins, what happens to a broken record book."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
from calendar import month_name
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import plotly.graph_objects as go
import pytest

import dashboard.pages
from dashboard import create_app
from dashboard.components.marked_text import cut_at_quotes
from dashboard.figures import LIGHT
from dashboard.frames.issue_history import daily_positions_frame, statements_frame
from dashboard.frames.movement_steps import steps_frame
from dashboard.markup.serialise import serialise_part
from dashboard.pages import PAGES
from dashboard.pages.options import matrix_frame
from dashboard.query.day_frames import thin_days
from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View
from dashboard.shell.callbacks import build_parts
from positions.wording.party_style import party_styles
from positions.workspace import Workspace, open_workspace


@pytest.fixture(scope="module")
def client(workspace: Workspace) -> Any:
    return create_app(workspace).server.test_client()


def at(source: CaseStore, **fields: Any) -> tuple[Any, View]:
    view = source.fit_view(View(**fields))
    return source.picture(view), view


def test_the_method_shows_no_markup_of_docstrings(source: CaseStore) -> None:
    picture, view = at(source, page="method")
    text = str(serialise_part(PAGES["method"].above(picture, view, party_styles(picture.case.codebook))))
    assert "demands_at" in text
    assert ":func:" not in text
    assert "`" not in text


def test_the_method_shows_the_coding_rules_with_their_examples(source: CaseStore) -> None:
    picture, view = at(source, page="method")
    rules = picture.case.codebook.rules
    text = str(serialise_part(PAGES["method"].above(picture, view, party_styles(picture.case.codebook))))
    assert [rule.id for rule in rules if rule.title not in text] == []
    assert "Ukraine · Venue: Belarus · rejects it" in text
    assert list(PAGES["method"].tables(picture, view)["rules"]["id"]) == [rule.id for rule in rules]


@pytest.mark.parametrize("page", list(PAGES))
def test_every_page_draws_every_day(source: CaseStore, page: str) -> None:
    for day in source.case(View()).days:
        picture, view = at(source, as_of=day, page=page)
        figures = PAGES[page].figures(picture, view, party_styles(picture.case.codebook), LIGHT)
        assert len([go.Figure(figure) for figure in figures]) <= 2
        assert next(iter(PAGES[page].tables(picture, view)))


def test_paths_hold_what_the_state_tells(source: CaseStore) -> None:
    case = source.case(View())
    issue = case.codebook.issue("talks")
    held = daily_positions_frame(case, issue)
    for row in held.itertuples(index=False):
        picture, _ = at(source, as_of=row.day)
        position = picture.state.position(row.holder, "talks")
        assert (position.value, position.value_to, position.age_days) == (row.value, row.value_to, row.age_days)
        assert (position.stale, position.reported, position.contested) == (row.stale, row.reported, row.contested)
    said = statements_frame(case, [issue])
    assert len(said) == sum(record.statement.issue == "talks" for record in case.records.values())


def test_the_steps_of_a_movement_add_up(source: CaseStore) -> None:
    picture, view = at(source, page="movement", compare=date(2022, 2, 25))
    movement = picture.case.movement("RUS", "UKR", date(2022, 2, 25), picture.state.as_of)
    steps = steps_frame(movement, picture)
    total = steps[steps["kind"] == "total"]["value"].tolist()
    assert total[0] + steps[steps["kind"] != "total"]["value"].sum() == pytest.approx(total[1])
    assert view.compare == date(2022, 2, 25)


def test_a_place_names_what_it_inherits_from(source: CaseStore) -> None:
    picture, view = at(source, page="venues")
    frame = matrix_frame(picture, view).set_index(["element", "holder"])
    assert frame.loc[("minsk", "RUS"), "inherited_from"] == "Belarus"
    assert frame.loc[("minsk", "UKR"), "standing"] == "rejects"
    assert frame.loc[("minsk", "UKR"), "inherited_from"] == ""
    assert frame.loc[("minsk", "USA"), "standing"] == "unstated"


def test_overlapping_quotes_cut_the_text_into_stretches(source: CaseStore) -> None:
    case = source.case(View())
    for document in case.documents.values():
        spoken = [r.statement for r in case.records.values() if r.statement.document == document.id]
        cut = cut_at_quotes(document.text or "", spoken, case.codebook, party_styles(case.codebook))
        assert "".join(stretch.text for stretch in cut) == document.text
        for said in spoken:
            assert "".join(stretch.text for stretch in cut if said in stretch.claims) == said.quote


def test_a_long_trend_is_thinned_but_keeps_the_day(source: CaseStore) -> None:
    case = source.case(View())
    kept = thin_days(case.trend, case.calendar, keep=case.stop_at(date(2022, 2, 26)), most=3)
    assert {0, 4, len(case.days) - 1} <= set(kept["step"])
    assert len(set(kept["step"])) < len(case.days)


def test_a_compared_day_leaves_ghosts_with_arrows(source: CaseStore) -> None:
    from dashboard.figures import Drawing, dumbbell_figure

    picture, _ = at(source)
    before, _ = at(source, as_of=date(2022, 2, 27))
    style = party_styles(picture.case.codebook)
    figure = go.Figure(dumbbell_figure(picture.rows, picture.marks, Drawing(style, LIGHT), ghosts=before.marks))
    ghosts = [trace for trace in figure.data if trace.name.endswith("before")]
    drawn = [note for note in figure.layout.annotations if note.showarrow]
    assert len(drawn) == sum(len(trace.x) for trace in ghosts) > 0


@pytest.mark.parametrize("page", list(PAGES))
def test_every_page_has_its_twins(client: Any, page: str) -> None:
    answer = client.get(f"/{page}.csv?as_of=2022-02-27")
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    told = client.get(f"/{page}.json?as_of=2022-02-27").get_json()
    tables = list(told["tables"])
    assert len(rows) == len(told["tables"][tables[0]])
    assert told["head"] == client.get("/healthz").get_json()["head"]
    other = client.get(f"/{page}.csv?as_of=2022-02-27&table={tables[-1]}").get_data(as_text=True)
    assert len(list(csv.DictReader(io.StringIO(other)))) == len(told["tables"][tables[-1]])
    refused = client.get(f"/{page}.csv?as_of=%ff&n=9&parties=x&issue=%00")
    assert refused.status_code == 404
    assert "No party has the id “x”." in refused.get_data(as_text=True)


WORDED = re.compile(rf"\d{{1,2}} ({'|'.join(month_name[1:])}) \d{{4}}|\d{{4}}-\d\d-\d\d[T ]")
"""A day in words, or with a time of day that no column here has."""


@pytest.mark.parametrize("page", list(PAGES))
def test_days_in_the_data_are_for_programs(client: Any, page: str) -> None:
    for query in ("as_of=2022-02-27", "compare=2022-02-25", "mode=day", "document=003"):
        tables = client.get(f"/{page}.json?{query}").get_json()["tables"]
        for name in tables:
            answer = client.get(f"/{page}.csv?{query}&table={name}").get_data(as_text=True)
            for row in csv.DictReader(io.StringIO(answer)):
                days = {column: text for column, text in row.items() if column != "quote" and WORDED.search(text)}
                assert days == {}, (name, query)


def test_a_twin_of_nothing_is_empty(client: Any) -> None:
    assert client.get("/overview.json?public_by=1999-01-01").get_json()["tables"] == {}
    assert client.get("/overview.csv?public_by=1999-01-01").status_code == 200


def test_every_page_has_its_address_and_headers(client: Any) -> None:
    for path in ("/", *(f"/{page}" for page in PAGES)):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_locked_record_book_answers_what_was_read_and_recovers(case_folder: Path, tmp_path: Path) -> None:
    for name in ("data", "seeds"):
        shutil.copytree(case_folder.parent / name, tmp_path / name, ignore=shutil.ignore_patterns("*.db*"))
    with open_workspace(tmp_path / "data") as own:
        client = create_app(own).server.test_client()
        assert client.get("/").status_code == 200
        other = sqlite3.connect(tmp_path / "data" / "positions.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        for path in ("/", "/issue", "/healthz"):
            assert client.get(path).status_code == 200
        unread = client.get("/overview.json?known_at=2026-11-22")
        assert unread.status_code == 503
        assert unread.headers["Retry-After"]
        assert "locked" in unread.get_json()["error"]
        other.execute("ROLLBACK")
        other.close()
        assert client.get("/").status_code == 200
        assert client.get("/healthz").get_json()["status"] == "ok"


def test_every_page_has_a_module_and_its_place_in_the_navigation() -> None:
    made = {module.PAGE.id for name in PAGE_MODULES if hasattr(module := import_module(name), "PAGE")}
    assert made == set(PAGE_IDS)
    assert tuple(PAGES) == PAGE_IDS


PAGE_MODULES = [f"dashboard.pages.{module.name}" for module in iter_modules(dashboard.pages.__path__)]


@pytest.mark.parametrize(("page", "issue"), [("overview", None), ("issue", "talks"), ("issue", "venue")])
def test_whatever_a_mark_opens_a_button_near_its_chart_opens_too(
    source: CaseStore, page: str, issue: str | None
) -> None:
    picture, view = at(source, page=page, issue=issue)
    styles = party_styles(picture.case.codebook)
    nodes = build_parts(picture, view)["dumbbell-list" if page == "overview" else "below"]
    opened = set(re.findall(r"'data-open': '([^']+)'", str(serialise_part(nodes))))
    figure = PAGES[page].figures(picture, view, styles, LIGHT)[0]
    marks = {ref for trace in figure["data"] for ref in trace.get("customdata", ())}
    quotes = {ref for ref in marks if not ref.startswith("/")}  # a counted mark is a link to its list
    assert quotes
    assert quotes <= opened
