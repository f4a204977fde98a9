"""Documents with what people coded in them: what an evaluation compares with, and what a judge learns from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from positions.errors import QueryError
from positions.extract.evaluation.gold_set import read_claims, read_documents
from positions.model.document import Document
from positions.model.statement import Claim
from positions.workspace import Workspace

DOCUMENTS: Final = "documents.jsonl"
"""The file beside coded claims that lists their documents."""


@dataclass(frozen=True, slots=True)
class CodedSet:
    """The claims to be found, and the documents to find them in."""

    gold: Sequence[Claim]
    documents: Sequence[Document]


def gather_coded_set(gold: Path | None, documents: Path | None, workspace: Workspace) -> CodedSet:
    """Gather claims and their documents: all documents of a file, or those of the workspace that are coded.

    Without ``gold`` the claims are the accepted statements. Raises ``QueryError`` if no document is coded or one has no
    text, and ``DataError`` with every finding about a file.
    """
    if documents is None and gold is not None and (gold.parent / DOCUMENTS).is_file():
        documents = gold.parent / DOCUMENTS
    in_force = workspace.known()
    covered = read_documents(documents) if documents else tuple(in_force.documents.values())
    claims: Sequence[Claim]
    if gold is None:
        claims = [record.statement for record in in_force.records]
    else:
        claims = read_claims(gold, workspace.codebook, covered, elsewhere=False)
    coded = {claim.document for claim in claims}
    included = [document for document in covered if documents or document.id in coded]
    if not included:
        raise QueryError("gold: found no coded document, so there is nothing to score against")
    names = {document.id for document in included}
    return CodedSet([claim for claim in claims if claim.document in names], included)
