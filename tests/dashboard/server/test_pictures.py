"""Pictures of views, what they carry with them, and what other sites show of a shared address."""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import Any

import pytest

import dashboard.server.picture_routes as routes
from dashboard import create_app
from dashboard.figures import share_card
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import read_address
from dashboard.settings import Settings
from positions.errors import MissingExtraError
from positions.workspace import Workspace
from tests.dashboard.figures.svg.parsed import parse_svg, texts


@pytest.fixture(scope="module")
def client(workspace: Workspace) -> Any:
    return create_app(workspace).server.test_client()


def finding(source: CaseStore, address: str) -> str:
    view = source.fit_view(read_address(address))
    picture = source.picture(view)
    assert picture
    return PAGES[view.page].finding(picture, view)


@pytest.mark.parametrize(
    "address", ["/overview.svg", "/overview.svg?chart=2", "/issue.svg?issue=talks&as_of=2022-02-27"]
)
def test_a_picture_carries_its_finding_its_day_its_parties_and_the_log(
    client: Any, source: CaseStore, address: str
) -> None:
    answer = client.get(address)
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    words = " ".join(texts(parse_svg(answer.get_data(as_text=True))))
    said = finding(source, address.replace(".svg", "").replace("/overview", "/"))
    for part in (said, "As of ", "Ukraine", "of the agenda", "Antiwar.com", source.head, "http://localhost/"):
        assert part in words


def test_a_picture_says_which_day_it_is_compared_with(client: Any) -> None:
    page = client.get("/overview.svg?as_of=2022-02-27&compare=2022-02-25").get_data(as_text=True)
    assert "As of 27 February 2022, compared with 25 February 2022" in page


def test_a_dark_picture_has_the_colours_of_the_dark_scheme(client: Any) -> None:
    light, dark = (client.get(f"/overview.svg?scheme={scheme}").get_data(as_text=True) for scheme in ("light", "dark"))
    assert "#15191d" in dark
    assert "#15191d" not in light


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/overview.svg?chart=5", 404, "This page has 4 charts."),
        ("/method.svg", 404, "This page has no chart."),
        ("/issue.svg?issue=none", 404, "No issue has the id “none”."),
        ("/overview.svg?as_of=soon", 400, "“soon” is not a day"),
    ],
)
def test_what_there_is_no_picture_of_is_said(client: Any, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.get_data(as_text=True)[: len(words)]) == (status, words)


def test_a_view_is_cited_with_its_head_and_its_address(client: Any, source: CaseStore) -> None:
    text = client.get("/issue.cite?issue=talks&as_of=2022-02-27").get_data(as_text=True)
    assert text.endswith("positions as of 27 February 2022. http://localhost/issue?as_of=2022-02-27&issue=talks\n")
    assert f"record book at {source.head}" in text


def test_a_line_to_embed_is_a_picture_that_links_its_view(client: Any) -> None:
    line = client.get("/overview.embed?chart=2").get_data(as_text=True)
    (address,) = re.findall(r'<img src="([^"]+)"', line)
    assert client.get(html.unescape(address).removeprefix("http://localhost")).status_code == 200


def test_where_pages_may_be_framed_the_line_frames_the_page(workspace: Workspace) -> None:
    settings = Settings(embed_from=("https://example.org",))
    line = create_app(workspace, settings).server.test_client().get("/overview.embed").get_data(as_text=True)
    assert line.startswith("<iframe src=")
    assert "embed=1" in line


def test_a_shared_address_shows_its_finding_and_a_card(client: Any, source: CaseStore) -> None:
    page = client.get("/issue?issue=talks").get_data(as_text=True)
    tags = {
        name: html.unescape(text) for name, text in re.findall(r'<meta property="([^"]+)" content="([^"]*)">', page)
    }
    assert tags["og:title"] == "Peace talks · Russia–Ukraine 2022"
    assert f"<title>{tags['og:title']}</title>" in page
    assert tags["og:description"].startswith(finding(source, "/issue?issue=talks"))
    card = client.get(tags["og:image"].removeprefix("http://localhost"))
    assert card.data.startswith(b"\x89PNG")
    assert (int.from_bytes(card.data[16:20]), int.from_bytes(card.data[20:24])) == share_card.SIZE


def test_without_pillow_there_is_no_card_and_none_is_promised(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_card, "find_spec", lambda _: None)
    assert "og:image" not in client.get("/").get_data(as_text=True)
    assert client.get("/overview.png").status_code == 404


def test_a_card_asked_for_without_pillow_names_the_extra(source: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "PIL", None)
    view = source.fit_view(read_address("/"))
    picture = source.picture(view)
    assert picture
    with pytest.raises(MissingExtraError, match="share cards needs the extra"):
        share_card.draw_card(routes.words_of(picture, view, ""))


def test_letters_that_no_font_here_has_get_no_card() -> None:
    assert share_card._has_letters("Peace talks")
    assert not share_card._has_letters("talks \U0001f9ff\U00012000")


def test_hostile_titles_stay_text(client: Any) -> None:
    page = client.get("/overview?as_of=%3Cscript%3E").get_data(as_text=True)
    assert "<script>&" not in page
    assert 'content="<' not in page


def test_a_card_keeps_the_hues_of_its_parties(source: CaseStore) -> None:
    image = pytest.importorskip("PIL.Image")
    view = source.fit_view(read_address("/"))
    picture = source.picture(view)
    assert picture is not None
    words = routes.words_of(picture, view, "")
    colours = {colour for _, colour in image.open(BytesIO(share_card.draw_card(words))).convert("RGB").getcolors(256)}
    assert {tuple(bytes.fromhex(style.hue[1:])) for style in words.parties} <= colours


@pytest.mark.parametrize(("number", "words"), [(3, ("All issues", "0.75", "documents")), (4, ("becomes neutral",))])
def test_what_the_first_page_shows_of_all_days_has_a_picture_too(
    client: Any, source: CaseStore, number: int, words: tuple[str, ...]
) -> None:
    answer = client.get(f"/overview.svg?chart={number}")
    assert answer.status_code == 200
    said = " ".join(texts(parse_svg(answer.text)))
    events = [event.label for event in source.case(read_address("/")).codebook.events]
    assert all(one in said for one in (*words, "Peace talks", "Russia", events[-1], source.head))
    assert client.get("/overview.svg?chart=5").status_code == 404


def test_the_data_of_the_heatmap_are_a_table_of_the_page(client: Any) -> None:
    rows = client.get("/overview.csv?table=apart").text.removeprefix("\ufeff").splitlines()
    assert rows[0] == "one,other,issue,issue_label,first,last,distance,stale,reported"
    assert "RUS,UKR,talks,Peace talks,2022-04-14,2022-04-14,0.75,False,False" in rows
