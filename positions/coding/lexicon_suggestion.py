"""What a workspace's decisions say that its lexicon lacks."""

from __future__ import annotations

from positions.extract.language.lexicon import read_lexicon
from positions.extract.rules.lexicon_terms import CodedWords, TopicSuggestion, suggest_terms
from positions.model.statement import Claim
from positions.workspace import Workspace


def suggest_for(workspace: Workspace) -> tuple[TopicSuggestion, ...]:
    """Suggest terms from the statements in force, with the rejected candidates as counterexamples.

    Raises ``WorkspaceError`` if the workspace has no lexicon, ``DataError`` if it is wrong.
    """
    rejected = (record.candidate for record in workspace.candidates(status="rejected"))
    return suggest_terms(
        read_lexicon(workspace.folder),
        workspace.codebook,
        accepted=[_coded_words(record.statement) for record in workspace.known().records],
        rejected=[_coded_words(candidate) for candidate in rejected],
    )


def _coded_words(claim: Claim) -> CodedWords:
    return CodedWords((claim.issue, claim.element), claim.quote)
