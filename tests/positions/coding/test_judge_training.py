"""What a judge learns from a workspace: its coded documents, and what reviewers decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from positions.coding.judge_training import decided_examples, score_judgements, train_on_decisions
from positions.errors import QueryError
from positions.extract.judges.coefficients import shipped_coefficients
from positions.extract.judges.extractor import JudgedExtractor
from positions.extract.judges.generator import Generator
from positions.extract.judges.logistic import LogisticJudge
from positions.extract.language.lexicon import read_lexicon
from positions.model.document import Document
from positions.store.candidates import accept, record_candidates, reject
from positions.workspace import Workspace, open_workspace
from tests.positions.extract.reading import document

TEXT = """Russia demanded that Ukraine declare itself neutral, Lavrov said on Tuesday.

“Ukraine will never become neutral,” President Zelensky said. Ukraine is ready to hold talks with Russia in Warsaw.
"""


@pytest.fixture
def workspace(shipped: Path) -> Iterator[Workspace]:
    with open_workspace(shipped) as opened:
        yield opened


def proposed_in(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Record a document and what the judge proposes in it; return the candidates' ids."""
    article = document(TEXT).model_copy(update={"id": name})
    extractor = JudgedExtractor(generator(workspace), LogisticJudge(shipped_coefficients()), least=0.1)
    with workspace.recording(coder="anna") as book:
        book.add_document(Document.model_validate(article.model_dump()))
        record_candidates(book, extractor.candidates(article))
    return tuple(one.candidate.id for one in workspace.candidates(document=name))


def generator(workspace: Workspace) -> Generator:
    return Generator(workspace.codebook, read_lexicon(workspace.folder))


def decide(workspace: Workspace, name: str, *, amended: bool = False) -> None:
    """Accept what Ukraine is proposed to hold, reject the rest."""
    ids = proposed_in(workspace, name)
    with workspace.recording(coder="anna") as book:
        for number, candidate_id in enumerate(ids):
            candidate = workspace.candidate(candidate_id).candidate
            if candidate.holder != "UKR" or candidate.stance is None:
                reject(book, candidate_id, reason="not Ukraine's")
            elif amended and number == len(ids) - 1:
                accept(book, candidate_id, holder="POL")
            else:
                accept(book, candidate_id)


def test_nothing_can_be_learned_before_something_is_decided(workspace: Workspace) -> None:
    proposed_in(workspace, "one")
    with pytest.raises(QueryError, match="decisions: found none to learn from"):
        train_on_decisions(workspace)


def test_accepted_is_right_and_rejected_is_wrong(workspace: Workspace) -> None:
    decide(workspace, "one")
    examples = list(decided_examples(workspace, generator(workspace)))
    assert {example.candidate.holder for example in examples if example.is_right} == {"UKR"}
    assert "RUS" in {example.candidate.holder for example in examples if not example.is_right}
    assert {example.candidate.document for example in examples} == {"one"}


def test_the_judge_learns_what_a_reviewer_keeps_deciding(workspace: Workspace) -> None:
    for name in ("one", "two", "three", "four"):
        decide(workspace, name)
    training = train_on_decisions(workspace)
    assert (training.documents, training.is_better) == (4, True)
    assert training.after.error < training.before.error
    assert training.coefficients.version != shipped_coefficients().version
    assert training.coefficients.trained_on.endswith(f"corrected by {training.examples} decisions")
    assert training == train_on_decisions(workspace)


def test_a_score_counts_what_is_kept_and_what_is_in_order(workspace: Workspace) -> None:
    decide(workspace, "one")
    examples = list(decided_examples(workspace, generator(workspace)))
    right = sum(example.is_right for example in examples)
    perfect = score_judgements(examples, [float(one.is_right) for one in examples], threshold=0.5, coded=right + 1)
    assert (perfect.kept, perfect.right, perfect.error, perfect.ordered) == (right, right, 0, 1)
    assert (perfect.precision, perfect.recall) == (1, right / (right + 1))
    even = score_judgements(examples, [0.5] * len(examples), threshold=0.6, coded=right)
    assert (even.kept, even.precision, even.error, even.ordered) == (0, None, 0.25, 0.5)
    assert score_judgements([], [], threshold=0.5, coded=0).ordered is None
