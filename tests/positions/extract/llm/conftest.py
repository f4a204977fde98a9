from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from positions.extract.judges.generator import Generator
from positions.extract.judges.proposal import Proposal
from positions.extract.language.lexicon import read_lexicon
from positions.model.codebook import Codebook
from positions.store.published import read_codebook
from tests.conftest import ROOT
from tests.positions.extract.llm.conversation import document

if not os.environ.get("CI"):  # there everything has to be installed
    pytest.importorskip("pydantic_ai")


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return read_codebook(ROOT / "data")


@pytest.fixture(scope="module")
def generator(codebook: Codebook) -> Generator:
    return Generator(codebook, read_lexicon(ROOT / "data"))


@pytest.fixture(scope="module")
def proposals(generator: Generator) -> Sequence[Proposal]:
    return generator.propose(document(), every_pair=True)
