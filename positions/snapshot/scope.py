"""What a report is about: its days, and the codebook narrowed to the parties and issues that are told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from positions.errors import QueryError
from positions.model.codebook import Codebook, Party

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What a report is about.

    ``as_of`` is its day, ``since`` the earlier day that changes are told from (default: :func:`earlier_day`);
    ``parties`` and ``issues`` are the ids of those told of (empty: all).
    """

    as_of: date
    since: date | None = None
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()

    def since_day(self, days: Sequence[date]) -> date:
        """Return the earlier day; raise ``QueryError`` if it is not before the report's.

        ``days`` are those with a statement, in order.
        """
        if self.since is None:
            return earlier_day(self.as_of, days)
        if self.since >= self.as_of:
            raise QueryError(f"since: found {self.since}, allowed: before {self.as_of}, the day of the report")
        return self.since


def earlier_day(as_of: date, days: Sequence[date]) -> date:
    """Return the day that changes are told from if none is given; ``days`` are those with a statement, in order.

    It is seven days before; if nothing was said in these seven, the last day with a statement before the latest
    one, so that the latest words stand among the changes.
    """
    week = as_of - WEEK
    said = bisect_right(days, as_of)
    if bisect_right(days, week) < said or said < 2:
        return week
    return days[said - 2]


def narrow_codebook(codebook: Codebook, parties: Iterable[str], issues: Iterable[str]) -> Codebook:
    """Return the codebook with only these parties compared and these issues on the agenda; all if none is named.

    Raises ``QueryError`` for words that it does not declare.
    """
    compared = {codebook.party(name).id for name in parties}
    kept = {codebook.issue(name).id for name in issues}
    if not compared and not kept:
        return codebook
    fields = {name: getattr(codebook, name) for name in Codebook.model_fields}
    if compared:
        fields["parties"] = tuple(_marked(party, principal=party.id in compared) for party in codebook.parties)
    if kept:
        fields["issues"] = tuple(issue for issue in codebook.issues if issue.id in kept)
    # Its parts are sound already, and the whole may point at an issue that is left out.
    return Codebook.model_construct(**fields)


def _marked(party: Party, *, principal: bool) -> Party:
    return party.model_copy(update={"principal": principal})
