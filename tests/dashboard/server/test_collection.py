from __future__ import annotations

import gc

import pytest

from dashboard import create_app
from dashboard.server.collection import LESS_OFTEN, collect_less_often, freeze_objects
from positions.workspace import Workspace


@pytest.fixture(autouse=True)
def _restored() -> object:
    before = gc.get_threshold()
    gc.unfreeze()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_an_app_leaves_the_callers_collector_alone(workspace: Workspace) -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    assert create_app(workspace).server.test_client().get("/overview.json").status_code == 200
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, frozen)


def test_a_server_looks_less_often_and_not_at_what_was_read(workspace: Workspace) -> None:
    collect_less_often()
    assert gc.get_threshold() == LESS_OFTEN
    client = create_app(workspace, on_load=freeze_objects).server.test_client()
    assert gc.get_freeze_count() == 0
    assert client.get("/overview.json").status_code == 200
    frozen = gc.get_freeze_count()
    assert frozen > 0
    assert client.get("/overview.json").status_code == 200
    assert gc.get_freeze_count() == frozen, "a log that did not grow is not read again"
