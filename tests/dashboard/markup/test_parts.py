"""Drawer, tables, sentences, source: what the page is made of, without a browser."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.components.positions_table import build_positions_table
from dashboard.components.statement import build_statement_body, document_text, statement_title
from dashboard.markup import elements as html
from dashboard.markup.serialise import serialise_part
from dashboard.markup.wording import as_of_words, dumbbell_words, limits_words, trend_words
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.shell.callbacks import (
    FRAME_PARTS,
    OTHER_PARTS,
    PARTS,
    apply_control,
    build_parts,
    frame_parts,
    update_page,
)
from positions.model.lists import count_words
from positions.wording.party_style import party_styles
from positions.workspace import Workspace, open_workspace
from tests.dashboard.markup.nodes import all_of, opened, text_of


@pytest.fixture
def picture(source: CaseStore) -> Any:
    return source.picture(View())


def test_the_quote_is_marked_in_every_statements_document(picture: Any) -> None:
    for record in picture.case.records.values():
        document, said = picture.case.documents[record.statement.document], record.statement
        shown = document_text(document, record)
        assert text_of(all_of(shown, "Mark")) == document.text[said.start : said.end] == said.quote
        assert text_of(shown) == document.text


def test_every_statement_opens_and_tells_who_said_it(picture: Any) -> None:
    style = party_styles(picture.case.codebook)
    for record in picture.case.records.values():
        told = text_of(build_statement_body(record, picture, style))
        assert record.statement.said_on.in_words() in told
        assert record.outlet in told
        assert style[record.statement.holder].name in statement_title(record, picture.case.codebook)


def test_a_relay_and_a_title_are_named(picture: Any) -> None:
    style = party_styles(picture.case.codebook)
    relayed = next(r for r in picture.case.records.values() if r.statement.relayed_by)
    assert "as told by" in text_of(build_statement_body(relayed, picture, style))
    minsk = build_statement_body(picture.case.records["003-22"], picture, style)
    assert "Volodymyr Zelensky, President of Ukraine" in text_of(minsk)


def test_a_document_without_text_says_so(picture: Any) -> None:
    record = picture.case.records["003-22"]
    document = picture.case.documents["003"].model_copy(update={"text": None})
    assert "cannot be checked" in text_of(document_text(document, record))


def test_a_statements_outlet_is_linked_and_its_document_inside(picture: Any) -> None:
    record = next(r for r in picture.case.records.values() if r.statement.document == "004")
    link, inside = all_of(build_statement_body(record, picture, party_styles(picture.case.codebook)), "A")
    assert link.attributes["href"].startswith("https://www.themoscowtimes.com/")
    assert inside.attributes["href"].startswith("/documents?")


def test_the_table_has_a_button_a_row_and_says_what_is_reported(picture: Any) -> None:
    table = build_positions_table(picture.table, party_styles(picture.case.codebook))
    buttons = all_of(table, "Button")
    assert [opened(button) for button in buttons] == list(picture.table["statement"])
    told = text_of(table)
    for words in ("reported, not stated", "claims by others", "1 claim by others"):
        assert words in told


def test_sentences_follow_the_day(source: CaseStore) -> None:
    early, late = source.picture(View(as_of=date(2022, 1, 31))), source.picture(View())
    assert early is not None
    assert late is not None
    assert as_of_words(early).startswith("5 statements had been made by 31 January 2022;")
    assert "on no issue is something recorded of both" in dumbbell_words(early)
    assert dumbbell_words(late).startswith("Furthest apart are Russia and Ukraine on Peace talks")
    assert len(trend_words(late)) == 3
    assert count_words(1, "day") == "1 day"


def test_limits_are_told() -> None:
    assert limits_words(View()) == ""
    view = View(public_by=date(2022, 2, 26), known_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    assert limits_words(view) == (
        "Shown is only what was published by 26 February 2022 and only what was recorded by 2026-11-22, 09:30 UTC."
    )


def test_answers_are_kept_until_the_log_grows(source: CaseStore, workspace: Workspace) -> None:
    assert source.picture(View()) is source.picture(View(axis="calendar", statement="003-22"))
    assert source.case(View()) is source.case(View(as_of=date(2022, 2, 25)))
    assert source.head == str(workspace.head)


def test_a_question_about_the_future_is_about_now(source: CaseStore) -> None:
    future = View(known_at=datetime(9000, 1, 1, tzinfo=UTC))
    assert len(source.case(future).records) == len(source.case(View()).records)


def test_public_by_leaves_out_what_came_later(source: CaseStore) -> None:
    case = source.case(View(public_by=date(2022, 2, 25)))
    assert set(case.documents) == {"000", "004"}
    assert max(case.days) <= date(2022, 2, 25)
    assert source.picture(View(public_by=date(1999, 1, 1))) is None


def test_what_does_not_change_is_left_alone(source: CaseStore) -> None:
    from dash import no_update

    view = source.fit_view(View())
    before = {"path": "/", "search": "", "question": "/", "opened": ""}
    before |= {"series": f"{source.head} /", "head": source.head}
    found = update_page(view, source, before)
    assert all(value is no_update for value in found.values())
    moved = update_page(source.fit_view(View(as_of=date(2022, 2, 25))), source, before)
    assert (moved["search"], moved["days"]) == ("?as_of=2022-02-25", no_update)
    assert moved["series"] is no_update, "small charts stay as they are while the day moves"
    limited = update_page(source.fit_view(View(public_by=date(2022, 2, 25))), source, before)
    assert limited["days"]["days"] == [day.isoformat() for day in source.case(View(public_by=date(2022, 2, 25))).days]
    assert limited["days"]["words"][0] == "24 February 2022"
    beside = update_page(source.fit_view(View(page="documents", document="003", statement="003-22")), source, before)
    assert beside["opened"] == "003-22 beside"


def test_an_empty_workspace_says_what_is_missing(tmp_path: Path, case_folder: Path) -> None:
    from dashboard.pages.overview import no_statements_part

    shutil.copy(case_folder / "codebook.toml", tmp_path / "codebook.toml")
    for name in ("documents.jsonl", "statements.jsonl"):
        (tmp_path / name).write_text("")
    with open_workspace(tmp_path) as empty:
        assert CaseStore(empty).picture(View()) is None
        assert "positions add-document FILE" in text_of(no_statements_part(str(tmp_path), limited=False))
        here = no_statements_part(str(tmp_path), limited=False, editable=True)
        assert "positions add-document" not in text_of(here)
        assert [to in str(serialise_part(here)) for to in ("/edit/add", "/edit/review", "/edit/codebook")] == [True] * 3


def test_plain_parts_are_text_tags_and_attributes() -> None:
    part = html.Td([html.B("<b>"), " & ", 3], className="since", colSpan=2, style={"--hue": "#fff", "left": "1%"})
    assert serialise_part(part) == [
        ["td", {"class": "since", "colspan": "2", "style": "--hue:#fff;left:1%"}, [["b", {}, ["<b>"]], " & ", "3"]]
    ]
    assert serialise_part(None) == []
    assert serialise_part(["a", None, html.Br()]) == ["a", ["br", {}, []]]


@pytest.mark.parametrize(
    "part", [html.P(srcdoc="x"), html.P(onclick="x"), html.A(href="javascript:x"), html.A(href="//host")]
)
def test_what_could_load_or_run_something_is_no_plain_part(part: Any) -> None:
    with pytest.raises(ValueError, match="allowed"):
        serialise_part(part)


@pytest.mark.parametrize("name", ["Script", "Img", "Iframe", "div"])
def test_there_is_no_element_that_loads_or_runs_something(name: str) -> None:
    with pytest.raises(AttributeError, match=f"found '{name}'"):
        getattr(html, name)


@pytest.mark.parametrize("day", ["2022-01-31", "2022-02-25", "2022-04-14"])
def test_all_that_is_written_is_plain(source: CaseStore, day: str) -> None:
    for page in PAGES:
        view = source.fit_view(View(as_of=date.fromisoformat(day), public_by=date(2022, 4, 14), page=page))
        found = source.picture(view)
        assert found is not None
        parts = build_parts(found, view) | frame_parts(view, found.case)
        assert set(parts) <= {*PARTS, *OTHER_PARTS, *FRAME_PARTS, "size"}
        assert all(serialise_part(part) for name, part in parts.items() if name != "below")


@pytest.mark.parametrize("trigger", ["asked", "url", None])
def test_an_address_is_enough_for_any_trigger(trigger: str | None) -> None:
    empty = {"path": "/", "search": "?axis=calendar"}
    assert apply_control(trigger, empty | {"asked": None}) == View(axis="calendar")


def test_a_click_opens_its_statement() -> None:
    found = {"path": "/", "search": "?statement=003-22"}
    found |= {"asked": {"statement": "002-18", "at": 1}}
    before = View(statement="003-22")
    assert apply_control("asked", found) == View(statement="002-18")
    assert apply_control("asked", found | {"asked": {"statement": "no such <id>"}}).statement is None
    assert apply_control("asked", found | {"asked": {"statement": ""}}) == before
    assert apply_control("asked", found | {"asked": {"day": "yesterday"}}) == before


def test_new_records_are_seen_without_a_restart(case_folder: Path, tmp_path: Path) -> None:
    for name in ("data", "seeds"):
        shutil.copytree(case_folder.parent / name, tmp_path / name, ignore=shutil.ignore_patterns("*.db*"))
    with open_workspace(tmp_path / "data") as first:
        open_source = CaseStore(first)
        before, head = len(open_source.case(View()).records), open_source.head
        file = tmp_path / "data" / "statements.jsonl"
        line = json.loads(file.read_text().splitlines()[0]) | {"id": "new-01", "stance": 1}
        line.pop("recorded_at")
        with file.open("a") as text:
            text.write(json.dumps(line) + "\n")
        open_workspace(tmp_path / "data").close()
        assert open_source.head != head
        assert len(open_source.case(View()).records) == before + 1
        assert "new-01" in open_source.case(View()).records


def test_many_threads_may_ask_at_once(workspace: Workspace) -> None:
    fresh = CaseStore(workspace)
    days = fresh.case(View()).days
    with ThreadPoolExecutor(8) as pool:
        pictures = list(pool.map(lambda day: fresh.picture(View(as_of=day)), days * 4))
    assert [picture.state.as_of for picture in pictures if picture] == list(days * 4)
