from __future__ import annotations

import ast
import json
import math
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard import create_app
from dashboard.query.view import PAGE_IDS
from positions.analysis.common_ground import find_common_ground
from positions.analysis.distance import compare
from positions.analysis.movement import movement_between
from positions.analysis.panel import build_panel, distance_frame
from positions.analysis.panel.slots import slots_of
from positions.analysis.plans import Clause, Plan, compare_plans
from positions.analysis.state import state_at
from positions.cli import main
from positions.errors import DataError
from positions.files.reading import read_toml
from positions.kinds.base import ATTITUDES
from positions.kinds.registry import KINDS, kind_of, register
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.document import sha256_of
from positions.model.issue_models import ISSUE_MODELS
from positions.model.revision import select_in_force
from positions.wording.distance import issue_words
from positions.workspace import Workspace, open_workspace
from tests.examples import golden_codebook, golden_records
from tests.outputs import filled
from tests.positions.analysis.panel.history import History
from tests.positions.kinds.ranking import RankingKind

ROOT = Path(__file__).parents[3]
BOOK = """
title = "Budget talks"

[[parties]]
id = "LEFT"
name = "Left"
principal = true

[[parties]]
id = "RIGHT"
name = "Right"
principal = true

[[speakers]]
id = "anna"
kind = "person"
name = "Anna Left"
roles = [{ party = "LEFT", title = "chair" }]

[[speakers]]
id = "bert"
kind = "person"
name = "Bert Right"
roles = [{ party = "RIGHT", title = "chair" }]

[[issues]]
id = "spending"
kind = "ranking"
label = "Spending"
element_noun = "priority"
element_plural = "priorities"
levels = [
  { stance = 1, label = "last", definition = "What can wait." },
  { stance = 2, label = "second", definition = "What comes next." },
  { stance = 3, label = "first", definition = "What comes before all." },
]
elements = [
  { id = "schools", label = "Schools" },
  { id = "roads", label = "Roads" },
  { id = "army", label = "Army" },
]

[[issues]]
id = "tax"
kind = "scale"
label = "Tax"
"""
SAID = [
    ("2024-01-01", "LEFT", "schools", 3),
    ("2024-01-01", "LEFT", "roads", 2),
    ("2024-01-01", "RIGHT", "schools", 1),
    ("2024-01-02", "RIGHT", "army", 3),
    ("2024-01-03", "RIGHT", "schools", 2),
]
FIRST, LAST = date(2024, 1, 1), date(2024, 1, 3)


@pytest.fixture
def ranking() -> Iterator[None]:
    register(RankingKind())
    yield
    del KINDS["ranking"], ISSUE_MODELS["ranking"]


@pytest.fixture
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A workspace of one document, in which two parties rank what to spend on."""
    request.getfixturevalue("ranking")
    quotes = [f"{holder} puts {element} at {stance} on {day}." for day, holder, element, stance in SAID]
    text = "\n".join(quotes)
    document = {"id": "doc", "title": "Talks", "outlet": "The Example", "published_on": "2024-01-03", "file": "doc.txt"}
    lines = [
        {"id": f"s{number}", "document": "doc", "quote": quote, "start": text.index(quote), "holder": holder}
        | {"end": text.index(quote) + len(quote), "issue": "spending", "element": element, "stance": stance}
        | {"said_on": day, "said_on_basis": "explicit", "voice": "self", "directness": "paraphrase"}
        | {"speaker": {"LEFT": "anna", "RIGHT": "bert"}[holder], "speaker_party": holder, "coder": "example"}
        for number, (quote, (day, holder, element, stance)) in enumerate(zip(quotes, SAID, strict=True))
    ]
    (tmp_path / "codebook.toml").write_text(BOOK)
    (tmp_path / "doc.txt").write_text(text)
    (tmp_path / "documents.jsonl").write_text(
        json.dumps(document | {"published_on_basis": "explicit", "sha256": sha256_of(text.encode())}) + "\n"
    )
    (tmp_path / "statements.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with open_workspace(folder) as opened:
        yield opened


@pytest.fixture
def call(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call the command line on the workspace; return what it printed."""
    monkeypatch.setenv("POSITIONS_DATA", str(folder))

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["positions", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert ended.value.code in (0, None), printed.err
        return printed.out

    return run


def test_an_unknown_kind_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_text(BOOK)
    with pytest.raises(
        DataError, match=r"codebook.toml:\d+ issues.kind: found 'ranking', allowed: 'scale', 'options', 'conditions'"
    ):
        read_toml(path, Codebook)
    path.write_text(BOOK.replace('kind = "ranking"', ""))
    with pytest.raises(DataError, match=r"issues.kind: missing"):
        read_toml(path, Codebook)


@pytest.mark.usefixtures("ranking")
def test_a_kind_is_registered_once() -> None:
    assert list(KINDS) == list(ISSUE_MODELS) == ["scale", "options", "conditions", "ranking"]
    with pytest.raises(ValueError, match="kind: found 'ranking', which is registered already"):
        register(RankingKind())


@pytest.mark.usefixtures("ranking")
def test_the_schema_of_a_codebook_lists_the_registered_kinds() -> None:
    issues = Codebook.model_json_schema()["properties"]["issues"]["items"]
    assert list(issues["discriminator"]["mapping"]) == ["conditions", "options", "ranking", "scale"]


def test_a_ranking_is_compared_by_its_own_formula(workspace: Workspace) -> None:
    first, last = (workspace.compare("LEFT", "RIGHT", as_of=day) for day in (FIRST, LAST))
    assert (first.distance, first.lo, first.hi) == (1, 0.5, 1)
    assert (last.distance, last.lo, last.hi) == pytest.approx((0.5, 0.5 / 3, 2 / 3))
    assert last.issues[0].kind == "ranking"
    told = issue_words(last.issues[0], last.parties, workspace.codebook)
    assert told == "Spending: Left prefers Schools to Roads; Right prefers Army to Schools"


def test_a_move_in_the_order_is_movement_of_who_made_it(workspace: Workspace) -> None:
    records = workspace.known().records
    moved = movement_between(records, workspace.codebook, "LEFT", "RIGHT", start=FIRST, end=LAST)
    assert (moved.movement, moved.issues[0].shares) == (-0.5, {"LEFT": 0, "RIGHT": -0.5})
    assert [(move.statement, move.before, move.after) for move in moved.ledger] == [
        ("s3", None, (3, 3)),
        ("s4", (1, 1), (2, 2)),
    ]


def test_common_ground_of_a_ranking_is_told_element_by_element(workspace: Workspace) -> None:
    grounds = find_common_ground(workspace.state(), workspace.codebook, ["LEFT", "RIGHT"])
    assert [(ground.element, ground.silent) for ground in grounds] == [
        ("schools", ()),
        ("roads", ("RIGHT",)),
        ("army", ("LEFT",)),
    ]
    assert (grounds[0].gap, {opening.to for opening in grounds[0].openings}) == (0.5, {0.5, 1})


def test_a_plan_may_lay_down_a_place_in_the_order(workspace: Workspace) -> None:
    one, two = (
        Plan(title="x", clauses=(Clause(issue="spending", element="schools", stance=stance),)) for stance in (3, 1)
    )
    compared = compare_plans(one, two, workspace.state(), workspace.codebook)
    assert compared.clauses[0].distance == 1
    assert [choice.closer for choice in compared.parties] == ["first", "neither"]


@pytest.mark.usefixtures("ranking")
@pytest.mark.parametrize("everybody", [False, True])
def test_the_panel_of_a_ranking_equals_compare_day_by_day(everybody: bool) -> None:
    codebook = Codebook.model_validate(tomllib.loads(BOOK))
    slots = [slot for issue in codebook.issues for slot in slots_of(issue)]
    chance = np.random.default_rng(5)
    drawn = [(party.id, *slot, 0) for party in codebook.parties for slot in slots] if everybody else []
    drawn += [
        (codebook.parties[party].id, *slots[slot], day)
        for party, slot, day in zip(*(chance.integers(0, top, 40) for top in (2, len(slots), 10)), strict=True)
    ]
    history, template = History(), golden_records()[0].statement
    history.document("doc", "2022-03-31")
    for number, (holder, issue, element, day) in enumerate(drawn):
        stance = int(chance.choice(list(codebook.issue(issue).values)))
        fields = {
            "holder": holder,
            "speaker_party": holder,
            "issue": issue,
            "element": element,
            "stance": stance,
            "stance_to": None,
        }
        when = {"id": f"s{number:03d}", "said_on": PartialDate.of(FIRST + timedelta(days=int(day)))}
        history.tell("statement", f"s{number:03d}", template.model_copy(update=fields | when))
    frame = distance_frame(build_panel(history.columns(), codebook), codebook)
    records = select_in_force(history.revisions()).records
    assert len(frame) == 10
    for row in frame.itertuples():
        whole = compare(state_at(records, codebook, as_of=row.day.date()), codebook, row.party, row.other)
        for name in ("distance", "lo", "hi", "coverage"):
            expected = getattr(whole, name)
            assert getattr(row, name) == pytest.approx(math.nan if expected is None else expected, nan_ok=True)


def test_the_command_line_tells_of_a_ranking(call: Any) -> None:
    positions = json.loads(call("state", "--format", "json"))["positions"]
    assert [(row["holder"], row["element"], row["stance"]) for row in positions] == [
        ("LEFT", "schools", 3),
        ("RIGHT", "schools", 2),
        ("LEFT", "roads", 2),
        ("RIGHT", "army", 3),
    ]
    assert "Right prefers Army to Schools" in call("compare", "LEFT", "RIGHT")
    assert json.loads(call("compare", "LEFT", "RIGHT", "--format", "json"))["distance"] == 0.5


def test_a_report_has_a_table_of_the_ranking(call: Any) -> None:
    report = call("snapshot", "--format", "md")
    assert "| Priority | Left | Right |" in report
    assert "| Schools | first" in report
    assert '<th scope="col">Priority</th>' in call("snapshot", "--format", "html")


def test_every_page_of_the_dashboard_shows_a_ranking(workspace: Workspace) -> None:
    client = create_app(workspace).server.test_client()
    shown = {page: filled(client, f"/{page}?issue=spending&as_of=2024-01-03", "light") for page in PAGE_IDS}
    assert '"Spending"' in shown["venues"]
    assert '"Priority"' in shown["venues"]
    assert '"Spending"' in shown["overview"]
    assert "▲ first, ✓ high, ~ in the middle, ▽ low, ✕ last, · not ranked" in shown["issue"]
    for page in PAGE_IDS:
        assert client.get(f"/{page}.csv?issue=spending").status_code == 200


def test_a_stance_comes_to_an_attitude_by_its_value() -> None:
    for issue in golden_codebook().issues:
        found = [kind_of(issue).attitude(issue, stance) for stance in sorted(issue.values, reverse=True)]
        assert found == [name for name in ATTITUDES if name != "undecided" or 0 in issue.values]


def kinds_asked_for(tree: ast.Module) -> Iterator[str]:
    """Yield each test for the class or the word of a kind of issue."""
    models = {model.__name__ for model in ISSUE_MODELS.values()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
            named = {name.id for name in ast.walk(node.args[1]) if isinstance(name, ast.Name)}
            yield from named & models
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(isinstance(side, ast.Attribute) and side.attr == "kind" for side in sides):
                words = {one.value for side in sides for one in ast.walk(side) if isinstance(one, ast.Constant)}
                yield from map(str, words & KINDS.keys())


def test_nobody_but_the_kinds_asks_what_kind_an_issue_is() -> None:
    asked = {
        f"{path.relative_to(ROOT)}: {kind}"
        for package in ("positions", "dashboard")
        for path in ROOT.joinpath(package).rglob("*.py")
        if "kinds" not in path.parts
        for kind in kinds_asked_for(ast.parse(path.read_text()))
    }
    assert asked == set()


def test_a_test_for_a_kind_is_seen() -> None:
    asking = "isinstance(issue, (ScaleIssue, int)) or issue.kind == 'options' or one.kind not in ('conditions', 'x')"
    assert sorted(kinds_asked_for(ast.parse(asking))) == ["ScaleIssue", "conditions", "options"]
