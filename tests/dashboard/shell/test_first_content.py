"""The server's answer holds the page before any script runs: its words, its table, its drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import dashboard
from dashboard import create_app
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from dashboard.shell.callbacks import write_parts
from positions.workspace import Workspace, open_workspace
from tests.dashboard.hostile import PICTURE, SCRIPT, hostile_workspace

ASSETS = Path(dashboard.__file__).parent / "assets"


class Words(HTMLParser):
    """Reads the words of an answer, the texts of each element with an id, its tags and the addresses of its links."""

    def __init__(self, answer: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(answer.partition('<div id="first">')[2].partition("<noscript><p class='page'>")[0])

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attributes if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def words_of(nodes: Any) -> str:
    """Return all the text of serialised nodes."""
    return "".join(node if isinstance(node, str) else words_of(node[2]) for node in nodes)


@pytest.fixture(scope="module")
def client(workspace: Workspace) -> Any:
    return create_app(workspace).server.test_client()


@pytest.mark.parametrize(
    "address",
    [
        *(f"/{page}" for page in PAGES),
        "/",
        "/?as_of=2022-02-27&compare=2022-02-24",
        "/issue?issue=venue&as_of=2022-03-29",
        "/documents?document=003",
        "/?parties=RUS,UKR&issues=talks",
        "/?public_by=1999-01-01",
        "/issue?issue=none",
    ],
)
def test_every_address_is_answered_with_the_words_of_its_page(
    client: Any, served_source: CaseStore, address: str
) -> None:
    text = Words(client.get(address).get_data(as_text=True)).text
    parts = write_parts(served_source.fit_view(read_address(address)), served_source)
    for name in ("heading", "nav", "notice", "verdict", "matrix", "above", "below", "caption-1", "as-of-words"):
        assert words_of(parts.get(name) or []) in text, name


def test_the_first_page_has_its_verdicts_its_heatmap_and_both_charts(client: Any) -> None:
    page = Words(client.get("/").get_data(as_text=True))
    assert "Since 25 February 2022 Russia and the United States" in page.text
    assert "The stronger the shade, the further apart" in page.text
    assert page.tags.count("table") >= 1
    assert page.tags.count("circle") + page.tags.count("path") > 20


def test_quotes_are_links_to_their_documents(client: Any) -> None:
    page = Words(client.get("/").get_data(as_text=True))
    link = next(link for link in page.links if link.startswith("/documents?") and "statement=" in link)
    shown = Words(client.get(link).get_data(as_text=True))
    assert "mark" in shown.tags
    assert "Whose word" in shown.text


def test_an_opened_statement_is_there_for_who_has_no_script(client: Any, source: CaseStore) -> None:
    record = source.case(View()).records["003-22"]
    answer = client.get("/?statement=003-22").get_data(as_text=True)
    assert record.statement.quote in answer.partition("<noscript><section")[2].partition("</noscript>")[0]


def test_a_changed_book_is_drawn_anew(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        client: Any = create_app(workspace).server.test_client()
        before = Words(client.get("/").get_data(as_text=True)).text
        assert Words(client.get("/").get_data(as_text=True)).text == before
        with workspace.recording(coder="anna") as book:
            book.retract("004-14", reason="a test")
        assert "116 statements" in Words(client.get("/").get_data(as_text=True)).text


def test_who_wants_it_dark_has_it_dark_before_a_script_runs() -> None:
    style = (ASSETS / "dashboard.css").read_text()
    chosen, wished = (
        re.findall(r"[\w-]+: [^;]+;", style.partition(f"{rule} {{\n")[2].partition("}")[0])
        for rule in (':root[data-scheme="dark"]', ":root:not([data-scheme])")
    )
    assert len(chosen) > 8
    assert wished == chosen


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_workspace(hostile_workspace(tmp_path_factory.mktemp("hostile"))) as workspace:
        yield workspace


@pytest.mark.parametrize("address", [*(f"/{page}" for page in PAGES), "/documents?document=001&statement=001-01"])
def test_hostile_text_is_text(hostile: Workspace, address: str) -> None:
    answer = create_app(hostile).server.test_client().get(address).get_data(as_text=True)
    assert SCRIPT not in answer
    assert PICTURE not in answer
    assert {"script", "img", "iframe", "style"}.isdisjoint(Words(answer).tags)
