"""The scope of a report: its days, and the codebook limited to its parties and issues."""

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
    """The scope of a report.

    ``as_of`` is its day, ``since`` the earlier day to compare with (default: :func:`earlier_day`); ``parties`` and
    ``issues`` are ids (empty: all).
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
    """Return the default day to compare with; ``days`` are those with a statement, in order.

    It is seven days before ``as_of``. If nothing was said in these seven, it is the day with a statement before the
    latest one, so that the latest statements still show as changes.
    """
    week = as_of - WEEK
    count = bisect_right(days, as_of)
    if bisect_right(days, week) < count or count < 2:
        return week
    return days[count - 2]


def narrow_codebook(codebook: Codebook, parties: Iterable[str], issues: Iterable[str]) -> Codebook:
    """Return the codebook with only these parties compared and only these issues; all if none is named.

    Raises ``QueryError`` for ids that the codebook does not declare.
    """
    compared = {codebook.party(name).id for name in parties}
    included = {codebook.issue(name).id for name in issues}
    if not compared and not included:
        return codebook
    fields = {name: getattr(codebook, name) for name in Codebook.model_fields}
    if compared:
        fields["parties"] = tuple(_set_principal(party, principal=party.id in compared) for party in codebook.parties)
    if included:
        fields["issues"] = tuple(issue for issue in codebook.issues if issue.id in included)
    # Not validated again: its parts are sound, and an id may refer to an issue that is left out.
    return Codebook.model_construct(**fields)


def _set_principal(party: Party, *, principal: bool) -> Party:
    return party.model_copy(update={"principal": principal})
