"""The extractors of a workspace that ask no language model, by its codebook, lexicon and what a judge has learned."""

from __future__ import annotations

from concurrent.futures import TimeoutError as OutOfTimeError
from typing import Final, Literal, TypeAlias

from positions.errors import ServiceError
from positions.extract.batch.runner import Outcome, Task, extract_one
from positions.extract.judges.coefficients import read_coefficients
from positions.extract.judges.extractor import JudgedExtractor
from positions.extract.judges.generator import Generator
from positions.extract.judges.logistic import LogisticJudge
from positions.extract.judges.rules import RuleJudge
from positions.extract.language.lexicon import read_lexicon
from positions.files.process_pool import ProcessPool, WorkerEndedError
from positions.model.candidate import Extractor
from positions.model.document import Document
from positions.workspace import Workspace

JudgeName: TypeAlias = Literal["rules", "model"]
"""What decides on a proposal: the rules, or a model that weighs the evidence."""
LONGEST: Final = 60.0
"""Seconds that one document may take where somebody waits for it; most take less than one."""


def choose_extractor(workspace: Workspace, judge: JudgeName, least: float | None = None) -> Extractor:
    """Return the extractor with a judge; ``least`` is the least probability, by default the judge's own threshold.

    Raises ``DataError`` for a lexicon or coefficients that cannot be used.
    """
    chosen = RuleJudge() if judge == "rules" else LogisticJudge(read_coefficients(workspace.folder))
    return JudgedExtractor(open_generator(workspace), chosen, least=least)


def open_generator(workspace: Workspace) -> Generator:
    """Return the generator of proposals by the workspace's codebook and lexicon."""
    return Generator(workspace.codebook, read_lexicon(workspace.folder))


def extract_in_time(extractor: Extractor, document: Document, seconds: float = LONGEST) -> Outcome:
    """Extract from a document in a process of its own, which is stopped when its time is over.

    Raises ``ServiceError`` if it is, or if the process ends early; what is wrong with the document is the outcome's
    problem.
    """
    pool = ProcessPool(1)
    future = pool.submit(extract_one, extractor, Task(document.id, document.sha256 or "", document))
    try:
        return future.result(seconds)
    except OutOfTimeError:
        raise ServiceError(f"the document took longer than {seconds:g} seconds; nothing was recorded") from None
    except WorkerEndedError as error:
        raise ServiceError(f"{error}; nothing was recorded") from None
    finally:
        pool.shutdown(wait=False)
