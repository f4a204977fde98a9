"""Models parties' negotiation positions over time, each anchored to its exact quote.

The names below are the everyday ones; everything else is imported from its own module. They load on first use, so that
the command line starts without the heavy libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from positions.analysis.distance import Comparison as Comparison
    from positions.analysis.distance import compare as compare
    from positions.analysis.state import State as State
    from positions.analysis.state import state_at as state_at
    from positions.errors import PositionsError as PositionsError
    from positions.model.codebook import Codebook as Codebook
    from positions.model.dates import PartialDate as PartialDate
    from positions.model.document import Document as Document
    from positions.model.statement import Statement as Statement
    from positions.workspace import Workspace as Workspace
    from positions.workspace import open_workspace as open_workspace

_HOMES = {
    "Codebook": "model.codebook",
    "Comparison": "analysis.distance",
    "Document": "model.document",
    "PartialDate": "model.dates",
    "PositionsError": "errors",
    "State": "analysis.state",
    "Statement": "model.statement",
    "Workspace": "workspace",
    "compare": "analysis.distance",
    "open_workspace": "workspace",
    "state_at": "analysis.state",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'positions' has no attribute {name!r}")
    return getattr(import_module(f"positions.{_HOMES[name]}"), name)
