"""A document is looked through in a process of its own, which is stopped when its time is over."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from positions.coding.extractors import choose_extractor, extract_in_time
from positions.errors import ServiceError
from positions.model.candidate import Candidate
from positions.model.document import Document
from positions.workspace import open_workspace
from tests.conftest import ROOT
from tests.positions.proposing import article


@dataclass(frozen=True)
class Slow:
    """An extractor that takes its time, or ends its process."""

    seconds: float
    code: int = 0
    name: str = "slow"

    def candidates(self, document: Document) -> tuple[Candidate, ...]:
        time.sleep(self.seconds)
        if self.code:
            os._exit(self.code)
        if "border" in document.id:
            raise ValueError("nothing here")
        return ()


def test_both_judges_propose_what_the_command_line_proposes(case_data: Path) -> None:
    with open_workspace(case_data) as workspace:
        document = workspace.document("003")
        assert document
        for judge in ("rules", "model"):
            extractor = choose_extractor(workspace, judge)  # type: ignore[arg-type]
            outcome = extract_in_time(extractor, document)
            assert outcome.candidates == tuple(extractor.candidates(document)) != ()


def test_what_takes_too_long_is_stopped() -> None:
    begun = time.monotonic()
    with pytest.raises(ServiceError, match=r"longer than 0\.5 seconds; nothing was recorded"):
        extract_in_time(Slow(60), article(), 0.5)
    assert time.monotonic() - begun < 30


def test_a_process_that_ends_and_a_document_that_fails_are_told() -> None:
    with pytest.raises(ServiceError, match=r"ended early \(code 3\); nothing was recorded"):
        extract_in_time(Slow(0, code=3), article())
    assert "ValueError: nothing here" in extract_in_time(Slow(0), article()).problem


@pytest.fixture
def case_data(tmp_path: Path) -> Path:
    import shutil

    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.db*"))
    return tmp_path / "data"
