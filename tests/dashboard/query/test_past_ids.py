"""A link outlives a renamed codebook, and an answer about the past keeps the words of then."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard import create_app
from dashboard.components.revision_history import build_history
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.coding.codebook_migration import migrate
from positions.coding.codebook_operation import build_operation
from positions.model.dates import instant_text
from positions.workspace import Workspace, open_workspace
from positions.workspace.merging import merge_into
from tests.conftest import copy_case

RENAMES = (
    build_operation("rename", "issue", "talks", ["negotiations"]),
    build_operation("rename", "party", "UKR", ["UA"]),
    build_operation("rename", "element", "venue/gomel", ["homel"]),
    build_operation("rename", "issue", "venue", ["place"]),
)


def rename_all(workspace: Workspace) -> None:
    for operation in RENAMES:
        migrate(workspace, operation, coder="anna")


def twins(workspace: Workspace, query: str) -> dict[str, Any]:
    """What every page answers to a query, without the head of the log."""
    client: Any = create_app(workspace).server.test_client()
    answers = {page: client.get(f"/{page}.json{query}").get_json() for page in PAGES}
    return {page: {name: answer[name] for name in ("query", "tables")} for page, answer in answers.items()}


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The shipped case with its ids renamed, to be asked."""
    with open_workspace(copy_case(tmp_path_factory.mktemp("renamed"))) as workspace:
        rename_all(workspace)
        yield workspace


def test_a_view_with_ids_of_the_past_is_one_with_those_of_now(renamed: Workspace) -> None:
    store = CaseStore(renamed)
    view = store.fit_view(View(page="issue", issue="venue", parties=("RUS", "UKR"), issues=("talks", "sanctions")))
    assert (view.issue, view.parties, view.issues) == ("place", ("RUS", "UA"), ("negotiations", "sanctions"))
    assert store.fit_view(View(issue="nobody")).issue is None


@pytest.mark.parametrize("page", ["overview", "issue", "venues", "movement", "documents"])
def test_an_old_address_answers_as_the_new_one(renamed: Workspace, page: str) -> None:
    client: Any = create_app(renamed).server.test_client()
    old = client.get(f"/{page}.json?issue=venue&parties=RUS,UKR&issues=talks,venue").get_json()
    new = client.get(f"/{page}.json?issue=place&parties=RUS,UA&issues=negotiations,place").get_json()
    assert old == new
    assert "place" in old["query"]


def test_every_page_at_a_known_at_answers_as_before_the_codebook_changed(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        moment = instant_text(datetime.now(UTC))
        query = f"?known_at={moment}&issue=venue&parties=RUS,UKR"
        before = twins(workspace, query)
        rename_all(workspace)
        assert twins(workspace, query) == before
        later = twins(workspace, f"?known_at={moment}&issue=place&parties=RUS,UA")
        assert later == before


def test_a_link_outlives_a_merge_in_which_two_records_had_its_id(shipped: Path, tmp_path: Path) -> None:
    open_workspace(shipped).close()
    other = tmp_path / "other" / "data"
    shutil.copytree(shipped, other)
    shutil.copytree(shipped.parent / "seeds", other.parent / "seeds")
    said = {"document": "003", "quote": "At the moment, we're saying no to Minsk,", "speaker": "zelensky"}
    said |= {"holder": "UKR", "issue": "venue", "said_on": "2022-02-27", "said_on_basis": "explicit"}
    for folder, coder, element in ((shipped, "anna", "border"), (other, "ben", "geneva")):
        with open_workspace(folder) as workspace, workspace.recording(coder=coder) as book:
            assert book.add(**said, element=element, stance=-1).id == "003-39"
    with open_workspace(shipped) as workspace:
        before = CaseStore(workspace)
        assert before.fit_view(View(statement="003-39")).statement == "003-39"
        merge_into(workspace, str(other), coder="anna")
        store = CaseStore(workspace)
        assert store.fit_view(View(statement="003-39")).statement == "003-39-anna"
        assert store.fit_view(View(statement="003-40")).statement is None
        assert [one.action for one in store.revisions("003-39")] == ["add", "renumber"]
        past = workspace.history("003-39")[0].recorded_at
        assert store.fit_view(View(statement="003-39", known_at=past)).statement == "003-39"
        page = build_history(store.revisions("003-39"), workspace.codebook, None)
        assert "Its id is now: 003-39-anna" in str(page)
