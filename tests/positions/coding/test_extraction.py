"""Extraction into the book as a script calls it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from positions.coding.extraction import (
    ExtractionResult,
    ExtractionSettings,
    extract_documents,
    name_documents,
)
from positions.extract.batch.manifest import Manifest
from positions.extract.batch.runner import Outcome
from positions.extract.judges.extractor import JudgedExtractor, rule_extractor
from positions.extract.language.lexicon import read_lexicon
from positions.model.dates import PartialDate
from positions.workspace import Workspace, open_workspace

ARTICLE = """Kyiv would talk in Warsaw

KYIV, March 3, 2022 - Ukraine is ready to hold talks with Russia in Warsaw, President Volodymyr Zelensky said on
Wednesday. "We will never give up our right to join NATO," he told reporters.
"""


@pytest.fixture
def workspace(shipped: Path) -> Iterator[Workspace]:
    with open_workspace(shipped) as opened:
        yield opened


@pytest.fixture
def rules(workspace: Workspace) -> JudgedExtractor:
    return rule_extractor(workspace.codebook, read_lexicon(workspace.folder))


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    return str(path)


def test_nothing_is_recorded_unless_it_is_asked_for(workspace: Workspace, rules: JudgedExtractor, article: str) -> None:
    head = workspace.head
    result = extract_documents(name_documents([article, "003"]), rules, workspace)
    assert (result.documents, result.failed, result.new) == (2, 0, 0)
    assert result.candidates > result.unresolved
    assert workspace.head == head


def test_documents_and_candidates_are_recorded_once(workspace: Workspace, rules: JudgedExtractor, article: str) -> None:
    named, settings = name_documents([article]), ExtractionSettings(record=True)
    first = extract_documents(named, rules, workspace, settings)
    assert (first.new_documents, first.new, first.left_out) == (1, first.candidates, 0)
    assert len(workspace.candidates(status="open")) == first.new
    again = extract_documents(named, rules, workspace, settings)
    assert (again.new_documents, again.new, again.left_out) == (0, 0, first.candidates)


def test_what_cannot_be_used_is_an_outcome_with_a_problem(
    workspace: Workspace, rules: JudgedExtractor, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    batches: list[Outcome] = []

    def keep(outcomes: Sequence[Outcome]) -> int:
        batches.extend(outcomes)
        return 0

    named = name_documents([str(tmp_path / "folder"), "nobody", "003"])
    assert len(named) == 3
    result = extract_documents(named, rules, workspace, write=keep)
    assert (result.documents, result.failed) == (1, 2)
    assert [bool(outcome.problem) for outcome in batches] == [True, True, False]
    assert batches[1].problem == "no such file, and no document of that id in the workspace"


def test_a_document_that_the_book_refuses_does_not_stop_the_others(
    workspace: Workspace, rules: JudgedExtractor, article: str
) -> None:
    class Wrong:
        name = "wrong"

        def candidates(self, document: object) -> list[object]:
            found = rules.candidates(document)  # type: ignore[arg-type]
            return [one.model_copy(update={"issue": "weather"}) for one in found] if document.id == "003" else found  # type: ignore[attr-defined]

    outcomes: list[Outcome] = []
    result = extract_documents(
        name_documents(["003", article]),
        Wrong(),  # type: ignore[arg-type]
        workspace,
        ExtractionSettings(record=True),
        write=lambda batch: outcomes.extend(batch) or 0,
    )
    assert (result.failed, result.documents, result.new_documents) == (1, 1, 1)
    assert outcomes[0].problem.startswith("cannot be recorded: ")
    assert result.new == result.candidates > 0


def test_a_run_with_a_manifest_goes_on_where_it_stopped(
    workspace: Workspace, rules: JudgedExtractor, article: str, tmp_path: Path
) -> None:
    taken: list[None] = []

    def run() -> ExtractionResult:
        with Manifest(tmp_path / "manifest", extractor=rules.name) as manifest:
            settings = ExtractionSettings(manifest=manifest, advance=lambda: taken.append(None))
            return extract_documents(name_documents([article, "003"]), rules, workspace, settings)

    first, second = run(), run()
    assert (first.documents, first.skipped) == (2, 0)
    assert (second.documents, second.skipped) == (0, 2)
    assert len(taken) == 4


def test_a_given_date_goes_before_the_one_that_the_file_tells(
    workspace: Workspace, rules: JudgedExtractor, article: str
) -> None:
    outcomes: list[Outcome] = []
    settings = ExtractionSettings(PartialDate.parse("2022-03-10"), outlet="The Example")
    extract_documents(
        name_documents([article]), rules, workspace, settings, write=lambda batch: outcomes.extend(batch) or 0
    )
    document = outcomes[0].document
    assert document is not None
    assert (str(document.published_on), document.outlet) == ("2022-03-10", "The Example")
