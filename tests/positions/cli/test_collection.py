from __future__ import annotations

import gc

import pytest

from positions.cli.collection import SELDOM, pause_collection, resume_collection
from positions.workspace import open_workspace
from tests.conftest import ROOT


def test_nothing_is_collected_until_the_command_begins_and_seldom_afterwards() -> None:
    before = gc.get_threshold()
    with pause_collection():
        assert not gc.isenabled()
        resume_collection()
        assert gc.isenabled()
        assert gc.get_threshold() == SELDOM
        gc.unfreeze()
    assert gc.isenabled()
    assert gc.get_threshold() == before


def test_the_collector_works_as_before_even_if_the_command_fails() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError, match="division"), pause_collection():
        1 / 0  # noqa: B018
    assert (gc.isenabled(), gc.get_threshold()) == (True, before)


def test_a_collector_that_was_not_paused_is_left_alone() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    resume_collection()
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, frozen)


def test_a_script_that_reads_a_workspace_keeps_its_collector() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with open_workspace(ROOT / "data") as workspace:
        workspace.state()
    assert (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()) == (True, before, frozen)
