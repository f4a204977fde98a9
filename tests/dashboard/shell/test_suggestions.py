"""What is suggested while somebody types: bounded, of every kind, and each a page that exists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard import create_app
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from dashboard.shell.suggestions import MOST_OF_A_KIND, suggest
from positions.workspace import Workspace


def suggested(source: CaseStore, words: str, **fields: Any) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in suggest(source.case(View()), View(**fields), words)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("ukr", ("Party", "Ukraine")),
        ("NEUTRÁLITY", ("Issue", "Ukraine's neutrality")),
        ("minsk", ("Place", "Venue: Minsk")),
        ("zelen", ("Speaker", "Volodymyr Zelensky")),
        ("27 feb", ("Day", "27 February 2022")),
        ("2022-02-27", ("Day", "27 February 2022")),
        ("kremlin ready", ("Document", "Kremlin ready for talks with Ukraine in Belarus, Zelensky refuses")),
    ],
)
def test_every_kind_is_suggested_by_the_beginnings_of_its_words(
    source: CaseStore, words: str, wanted: tuple[str, str]
) -> None:
    found = suggested(source, words)
    assert found[0] == ("Search", words)
    assert wanted in found


def test_suggestions_are_bounded_and_lead_to_pages_that_keep_the_day_and_the_limits(source: CaseStore) -> None:
    view = View(as_of=date(2022, 2, 27), public_by=date(2022, 3, 1), parties=("RUS",))
    found = suggest(source.case(view), view, "e")
    kinds = [one.kind for one in found]
    assert max(map(kinds.count, kinds)) <= MOST_OF_A_KIND
    for one in found:
        to = source.fit_view(read_address(one.address))
        assert (to.unknown, to.public_by, to.parties) == ((), view.public_by, ())
        assert to.as_of == view.as_of or one.kind == "Day"


def test_without_words_the_first_parties_and_issues_are_suggested_and_signs_find_nothing(source: CaseStore) -> None:
    assert {kind for kind, _ in suggested(source, "  ")} == {"Party", "Issue"}
    assert suggested(source, "?!") == [("Search", "?!")]


def test_the_server_answers_and_nothing_of_it_is_kept(workspace: Workspace) -> None:
    client = create_app(workspace).server.test_client()
    answer = client.get("/suggest.json?words=%3Cscript%3E&as_of=%ff&parties=x&n=-1")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["suggestions"][0]["words"] == "<script>"
    assert len(client.get(f"/suggest.json?words={'w' * 5000}").get_json()["suggestions"][0]["words"]) == 200
    assert client.get("/suggest.json", headers={"Host": "evil.example"}).status_code == 421
