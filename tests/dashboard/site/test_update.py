"""What the command does: other negotiations, hostile words, updates, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from dashboard.site.publishing import MANIFEST, apply_change
from dashboard.site.update import SiteOptions, plan_site, read_since
from positions.errors import QueryError, WorkspaceError
from positions.model.query import Query
from positions.workspace import Workspace, open_workspace
from tests.dashboard.hostile import hostile_workspace
from tests.dashboard.site.conftest import MADE
from tests.negotiations import write_tigray

LAST = date(2022, 4, 14)


@pytest.fixture(scope="module")
def tigray(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_workspace(write_tigray(tmp_path_factory.mktemp("second") / "data")) as workspace:
        yield workspace


def test_another_negotiation_is_as_much_at_home_and_a_second_run_writes_nothing(
    tigray: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    apply_change(folder, plan_site(tigray, folder, SiteOptions(made=MADE)))
    text = (folder / "index.html").read_text()
    assert f"<title>{tigray.codebook.title}</title>" in text
    for words in ("Russia", "Ukraine", "Belarus"):
        assert all(words not in path.read_text() for path in folder.glob("*.html")), words
    again = plan_site(tigray, folder, SiteOptions(made=date(2026, 12, 24)))
    assert (dict(again.written), again.removed) == ({}, ())


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}


def test_hostile_words_are_text_on_every_page(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with open_workspace(hostile_workspace(tmp_path / "hostile")) as workspace:
        apply_change(folder, plan_site(workspace, folder, SiteOptions(made=MADE)))
    pages = [path for path in folder.glob("**/*.html") if path.name != "report.html"]
    for path in pages:
        text = path.read_text()
        names = Elements(text).names
        assert not names & {"script", "img", "iframe", "object", "onerror", "src", "textarea"}, path
        assert text.count("<title>") - text.count("<svg") <= text.count("</title>")
    assert sum("&lt;script&gt;window.hurt" in path.read_text() for path in pages) >= 10


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org/", "javascript:alert(1)", "https://a.org/?x=1"])
def test_an_address_that_is_none_is_refused(workspace: Workspace, tmp_path: Path, address: str) -> None:
    with pytest.raises(QueryError, match="address: found .*, allowed: one on the web"):
        plan_site(workspace, tmp_path / "site", SiteOptions(made=MADE, address=address))


def test_a_time_at_which_nothing_was_known_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    query = Query(public_by=date(2020, 1, 1))
    with pytest.raises(QueryError, match="nothing to publish: no statement had been recorded and published by then"):
        plan_site(workspace, tmp_path / "site", SiteOptions(made=MADE, query=query))


def test_a_folder_of_somebody_is_refused_before_any_page_is_made(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(WorkspaceError, match=r"has mine\.txt and is not a site"):
        plan_site(workspace, tmp_path, SiteOptions(made=MADE))
    assert not (tmp_path / MANIFEST).exists()


def test_since_is_a_day_or_the_first_day_that_later_entries_touch(workspace: Workspace) -> None:
    assert read_since("2023-01-01", workspace, LAST) == date(2023, 1, 1)
    assert read_since(str(workspace.head), workspace, LAST) == LAST
    statements: list[Any] = [one.content for one in workspace.revisions() if one.kind == "statement" and one.content]
    first = min(statement.said_on.last for statement in statements)
    assert read_since(f"1:{_hash_at(workspace, 1)}", workspace, LAST) == first


def _hash_at(workspace: Workspace, count: int) -> str:
    instant = workspace.revisions()[count - 1].recorded_at
    return str(workspace.head_at(instant)).partition(":")[2]


@pytest.mark.parametrize("since", ["9999:000000000000", "soon", "2022-02-30"])
def test_a_since_that_is_neither_is_refused(workspace: Workspace, since: str) -> None:
    with pytest.raises(QueryError, match="--since"):
        read_since(since, workspace, LAST)
