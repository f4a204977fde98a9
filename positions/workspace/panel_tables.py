"""Positions and distances over many days as tables, named as every surface names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Final

import pandas as pd

from positions.analysis.panel import build_panel, distance_frame, panel_frame
from positions.model.query import EVERYTHING, Query
from positions.model.revision import Revision
from positions.model.statement import Statement
from positions.wording.rows import POSITION_COLUMNS

if TYPE_CHECKING:
    from positions.analysis.panel import Panel
    from positions.model.codebook import Codebook
    from positions.workspace.workspace import Workspace

PANEL_COLUMNS: Final = ["statement" if name == "basis" else name for name in POSITION_COLUMNS if name != "outranked"]
"""A panel does not look for statements of a higher rank that say otherwise: it would have to go through every earlier
one on every day."""


@dataclass(frozen=True, slots=True)
class PanelTables:
    """A panel with its tables: those of positions, whose deciding statements are read, and those of distances."""

    panel: Panel
    codebook: Codebook
    revisions: Sequence[Revision]

    def positions(self) -> pd.DataFrame:
        """Return a row for each day, holder, issue and element with a position: ``day`` and :data:`PANEL_COLUMNS`."""
        return _name_columns(panel_frame(self.panel, self.codebook), self.revisions)

    def values(self) -> pd.DataFrame:
        """Return a row for each day with a column ``holder/issue/element`` for each value, missing for silence."""
        frame = panel_frame(self.panel, self.codebook, "wide")
        frame.columns = ["/".join(filter(None, map(_word, names))) for names in frame.columns]
        return frame.reset_index()

    def distances(self, *, by_issue: bool = False) -> pd.DataFrame:
        """Return a row for each day and pair of principals, or for each of their issues."""
        pairs = tuple(combinations((party.id for party in self.codebook.principals), 2))
        return distance_frame(self.panel, self.codebook, pairs, by_issue=by_issue)


def build_panel_tables(
    workspace: Workspace,
    query: Query = EVERYTHING,
    *,
    start: date | None = None,
    end: date | None = None,
    every_day: bool = False,
) -> PanelTables:
    """Return the tables of the days with a statement from ``start`` to ``end``, or of every day of the calendar.

    Left out they are the first and the last day with a statement. Raises ``QueryError`` as ``Workspace.state`` does.
    """
    in_force = workspace.known(query)
    last, days = in_force.answerable_day(end, name="to"), in_force.days()
    first = in_force.answerable_day(start, name="from") if start else (days[0] if days else last)
    panel_days = [day for day in days if first <= day <= last]
    if every_day:
        panel_days = [moment.date() for moment in pd.date_range(first, last)]
    codebook = workspace.codebook_for(query)
    panel = build_panel(workspace.columns(), codebook, query, days=panel_days)
    return PanelTables(panel, codebook, workspace.revisions())


def _name_columns(frame: pd.DataFrame, revisions: Sequence[Revision]) -> pd.DataFrame:
    """Name the columns as every surface does; ``statement`` is the deciding one, the first of a position's basis."""
    deciding = [revisions[entry].content for entry in frame["entry"]]
    statements = [content for content in deciding if isinstance(content, Statement)]
    begun = pd.Series([statement.said_on.first for statement in statements], dtype="datetime64[us]")
    named = frame.assign(
        age_days=(frame["day"] - frame["since"]).dt.days,
        oldest_days=(frame["day"] - begun).dt.days.astype("Int64"),
        since=[str(statement.said_on) for statement in statements],
        statement=[statement.id for statement in statements],
        said_of=pd.Series([statement.element for statement in statements], dtype="object"),
    )
    return named[["day", *PANEL_COLUMNS]]


def _word(name: object) -> str:
    return name if isinstance(name, str) else ""
