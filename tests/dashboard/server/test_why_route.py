"""What a box says, asked for when it is opened: the same as on a page that has it, behind the same guards."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.components.why import PairDistance, build_why
from dashboard.markup.serialise import serialise_part
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.wording.party_style import party_styles
from positions.workspace import Workspace


@pytest.fixture
def client(workspace: Workspace) -> FlaskClient:
    opened: FlaskClient = create_app(workspace).server.test_client()
    return opened


def whole_box(source: CaseStore, asked: PairDistance) -> Any:
    """Return the serialised content of a box that has all it says, but for its title."""
    picture = source.picture(View(as_of=asked.day))
    assert picture
    _, box = build_why("why", asked, picture, party_styles(picture.case.codebook), box="x")
    _title, content = serialise_part(box)[0][2]
    return content[2]


@pytest.mark.parametrize("issue", [None, "venue", "neutrality"])
def test_the_address_of_a_box_answers_what_it_says(client: FlaskClient, source: CaseStore, issue: str | None) -> None:
    for pair in permutations(("RUS", "UKR", "USA"), 2):
        query = f"as_of=2022-02-27&parties={','.join(pair)}" + (f"&issue={issue}" if issue else "")
        answer = client.get(f"/why.json?{query}")
        whole = whole_box(source, PairDistance(pair, date(2022, 2, 27), issue))
        assert answer.status_code == 200
        assert answer.get_json()["nodes"] == whole


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 400, "parties=ONE,OTHER"),
        ("parties=RUS", 400, "parties=ONE,OTHER"),
        ("parties=RUS,UKR,USA", 400, "parties=ONE,OTHER"),
        ("parties=RUS,NOBODY", 404, "NOBODY"),
        ("parties=RUS,UKR&issue=nothing", 404, "nothing"),
        ("parties=RUS,UKR&as_of=someday", 400, "someday"),
        ("parties=RUS,UKR&issue=venue&as_of=1990-01-01", 404, "has spoken"),
    ],
)
def test_what_is_no_distance_is_refused(client: FlaskClient, query: str, status: int, words: str) -> None:
    answer = client.get(f"/why.json?{query}")
    assert answer.status_code == status
    assert words in answer.get_json()["error"]


def test_the_answer_has_the_guards_of_all_data(client: FlaskClient) -> None:
    query = "/why.json?parties=RUS,UKR"
    assert client.get(query).headers["Cache-Control"] == "no-store"
    assert client.get(query, headers={"Host": "evil.example.org"}).status_code == 421
    assert client.post(query).status_code == 405
