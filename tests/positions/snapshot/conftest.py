from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from positions.model.codebook import Codebook
from positions.model.revision import InForce
from positions.snapshot.build import build_report
from positions.snapshot.report import Report
from positions.snapshot.scope import ReportScope
from positions.workspace import open_workspace

ROOT = Path(__file__).parents[3]
DAY = date(2022, 2, 27)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("case")
    for name in ("data", "seeds"):
        shutil.copytree(
            ROOT / name, base / name, ignore=shutil.ignore_patterns("positions.db*", "positions.local.jsonl")
        )
    return base / "data"


@pytest.fixture(scope="module")
def shipped(folder: Path) -> Iterator[tuple[Report, InForce, Codebook]]:
    with open_workspace(folder) as workspace:
        found = workspace.known()
        yield (
            build_report(found, workspace.codebook, ReportScope(DAY), head=workspace.head),
            found,
            workspace.codebook,
        )
