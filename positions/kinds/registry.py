"""The kinds of issue that are known, by the word that a codebook writes; another one joins by :func:`register`."""

from __future__ import annotations

from typing import Final

from positions.kinds.base import IssueKind
from positions.kinds.conditions import ConditionsKind
from positions.kinds.options import OptionsKind
from positions.kinds.scale import ScaleKind
from positions.model.issue_models import ISSUE_MODELS, kind_named
from positions.model.issues import Issue

KINDS: Final[dict[str, IssueKind]] = {
    kind_named(kind.model): kind for kind in (ScaleKind(), OptionsKind(), ConditionsKind())
}
"""The operations of each kind."""


def register(kind: IssueKind) -> None:
    """Make a kind known: codebooks that use it can be read, and its issues are measured, worded and shown.

    Raises ``ValueError`` for a kind whose word is taken.
    """
    word = kind_named(kind.model)
    if word in KINDS:
        raise ValueError(f"kind: found {word!r}, which is registered already")
    ISSUE_MODELS[word] = kind.model
    KINDS[word] = kind


def kind_of(issue: Issue) -> IssueKind:
    """Return the operations of an issue's kind."""
    return KINDS[issue.kind]
