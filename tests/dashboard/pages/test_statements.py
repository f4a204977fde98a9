"""The page of statements: what is found, its counts as links, its documents, its twins, and hostile texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard import create_app
from dashboard.markup.serialise import serialise_part
from dashboard.markup.wording import unknown_words
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from positions.wording.party_style import party_styles
from positions.workspace import open_workspace
from tests.dashboard.hostile import hostile_workspace


def shown(source: CaseStore, address: str) -> Any:
    view = source.fit_view(read_address(address))
    picture = source.picture(view)
    assert picture
    return serialise_part(PAGES[view.page].above(picture, view, party_styles(picture.case.codebook)))


def tables(source: CaseStore, address: str) -> Any:
    view = source.fit_view(read_address(address))
    return PAGES[view.page].tables(source.picture(view), view)  # type: ignore[arg-type]


def texts(nodes: Any) -> str:
    return "".join(node if isinstance(node, str) else texts(node[2]) for node in nodes)


def links(nodes: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, list):
            if node[0] == "a":
                found.setdefault(node[1].get("aria-label") or texts(node[2]), node[1]["href"])
            found |= {name: to for name, to in links(node[2]).items() if name not in found}
    return found


def test_the_list_names_its_conditions_and_each_count_is_a_link(source: CaseStore) -> None:
    nodes = shown(source, "/statements?q=minsk&parties=RUS")
    assert "7 of 117 statements: party Russia; with the words minsk." in texts(nodes)
    to = links(nodes)
    assert to["Belarus 2"] == "/statements?as_of=2022-04-14&parties=BLR&q=minsk"
    assert to["Russia 7"] == "/statements?as_of=2022-04-14&q=minsk"
    assert to["Remove Words: minsk"] == "/statements?as_of=2022-04-14&parties=RUS"
    assert to["Clear all"] == "/statements?as_of=2022-04-14"


def test_a_part_of_an_issue_narrows_the_list_and_an_unknown_one_is_told(source: CaseStore) -> None:
    to = links(shown(source, "/statements?issues=venue"))
    address = next(way for name, way in to.items() if name.startswith("Venue: Belarus "))
    assert address == "/statements?as_of=2022-04-14&issues=venue&element=venue/belarus"
    nodes = shown(source, address)
    assert "part of the issue Venue: Belarus" in texts(nodes)
    assert links(nodes)["Remove Part of the issue: Venue: Belarus"] == "/statements?as_of=2022-04-14&issues=venue"
    frame = tables(source, address)["statements"]
    assert len(frame)
    assert set(zip(frame["issue"], frame["element"], strict=True)) == {("venue", "belarus")}
    for path in ("venue/atlantis", "belarus", "venue/"):
        view = source.fit_view(read_address(f"/statements?element={path}"))
        assert view.element is None
        assert f"No part of an issue has the ids “{path}”." in unknown_words(view, source.case(view))
        assert f"element={path}" in view.address()


def test_what_a_count_says_is_what_its_link_finds(source: CaseStore) -> None:
    nodes = shown(source, "/statements?q=minsk")
    for name, address in links(nodes).items():
        words, _, count = name.rpartition(" ")
        if count.isdigit() and words:
            assert len(tables(source, address)["statements"]) == int(count), name


def test_the_twin_has_all_that_the_pages_show(source: CaseStore) -> None:
    frame = tables(source, "/statements?q=talks&n=2")["statements"]
    assert len(frame) == len(tables(source, "/statements?q=talks")["statements"]) > 50
    assert set(frame["said_on"].str.len()) <= {4, 7, 10, 12, 13, 21}
    pages = [shown(source, f"/statements?q=talks&n={number}") for number in (1, 2, 99)]
    opened = [set(names) for names in map(quotes, pages)]
    assert opened[0] | opened[1] == set(frame["statement"])
    assert opened[2] <= opened[0] | opened[1], "past the last page is the last page"


def quotes(nodes: Any) -> list[str]:
    found = []
    for node in nodes:
        if isinstance(node, list):
            found += [node[1]["data-open"]] if "data-open" in node[1] else quotes(node[2])
    return found


def test_the_day_the_publication_and_the_recording_limit_what_is_found(source: CaseStore) -> None:
    days = tables(source, "/statements?as_of=2022-02-24")["statements"]["said_on"]
    assert max(days) == "2022-02-24"
    published = tables(source, "/statements?public_by=2022-02-25")
    assert max(published["statements"]["published_on"]) <= "2022-02-25"
    documents = tables(source, "/statements?q=minsk&public_by=2022-02-25")["documents"]["document"]
    assert list(documents) == ["004"]
    assert list(tables(source, "/statements?q=minsk&as_of=2022-02-25")["documents"]["document"]) == ["004"]
    view = source.fit_view(read_address("/statements?known_at=2020-01-01"))
    assert source.picture(view) is None


def test_one_day_is_found_by_a_window_of_one_day(source: CaseStore) -> None:
    frame = tables(source, "/statements?since=2022-02-27&as_of=2022-02-27")["statements"]
    case = source.case(View())
    assert len(frame) == sum(one.statement.said_on.last == date(2022, 2, 27) for one in case.records.values())


def test_an_unreadable_condition_is_refused_by_the_twin_and_told_by_the_page(source: CaseStore) -> None:
    client = create_app(source._editor).server.test_client()
    answer = client.get("/statements.csv?voice=loud")
    assert answer.status_code == 400
    assert "“loud” is not one of self, ascribed or framing." in answer.get_data(as_text=True)
    assert client.get("/statements.csv?speaker=nobody").get_data(as_text=True).count("\n") == 1


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_workspace(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("words", ["<script>", "win", "שלום", "w" * 200, '"><img src=x>', "=HYPERLINK", "%s {{7*7}}"])
def test_hostile_texts_and_words_stay_texts(hostile: Path, words: str) -> None:
    with open_workspace(hostile) as workspace:
        source = CaseStore(workspace)
        view = source.fit_view(View(page="statements", search=words))
        nodes = shown(source, view.address())
        assert words in texts(nodes)
        hits = [to for to in links(nodes).values() if to.startswith("/documents?")]
        for address in hits[:2]:
            document = source.case(View()).documents[read_address(address).document or ""]
            assert (document.text or "") in texts(shown(source, address))
