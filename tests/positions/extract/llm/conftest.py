from __future__ import annotations

import os

import pytest

from positions.model.codebook import Codebook
from positions.store.published import read_codebook
from tests.conftest import ROOT

if not os.environ.get("CI"):  # there everything has to be installed
    pytest.importorskip("pydantic_ai")


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return read_codebook(ROOT / "data")
