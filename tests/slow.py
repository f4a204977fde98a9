"""The semantics once more, slow and obvious, in exact fractions: what the fast versions are held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from positions.model.codebook import Codebook
from positions.model.issues import OptionsIssue
from positions.model.revision import Record
from positions.model.statement import Statement


def lineage(codebook: Codebook, issue_id: str, element: str | None) -> list[str | None]:
    """The element and all that contain it, found by walking up the parents."""
    issue = codebook.issue(issue_id)
    parents = {e.id: e.parent for e in issue.elements}
    path: list[str | None] = [element]
    while isinstance(issue, OptionsIssue) and path[-1] is not None and parents[path[-1]] is not None:
        path.append(parents[path[-1]])
    return path


def holds(
    records: Sequence[Record], codebook: Codebook, holder: str, issue_id: str, element: str | None, day: date
) -> tuple[Statement, set[str]] | None:
    """The deciding statement and the ids of its day's peers, by going through all records one rule at a time."""
    path = lineage(codebook, issue_id, element)
    bearing = [
        record
        for record in records
        if record.statement.holder == holder
        and record.statement.issue == issue_id
        and record.statement.element in path
        and record.statement.said_on.last <= day
    ]
    for voice in ("self", "framing"):
        left = [record for record in bearing if record.statement.voice == voice]
        if not left:
            continue
        left = [r for r in left if r.statement.said_on.last == max(q.statement.said_on.last for q in left)]
        nearest = min(path.index(r.statement.element) for r in left)
        left = [r for r in left if path.index(r.statement.element) == nearest]
        peers = {r.statement.id for r in left}
        if any(r.statement.directness == "direct" for r in left):
            left = [r for r in left if r.statement.directness == "direct"]
        left = [r for r in left if r.published_on.last == max(q.published_on.last for q in left)]
        left = [r for r in left if r.recorded_at == max(q.recorded_at for q in left)]
        return max(left, key=lambda r: r.statement.id).statement, peers
    return None


def value(stance: int) -> Fraction:
    return Fraction(stance + 2, 4)


class Slow:
    """Distances of one pair on one day, from records, in fractions; only default levels are known here."""

    def __init__(self, records: Sequence[Record], codebook: Codebook, day: date, pair: tuple[str, str]) -> None:
        self.records, self.codebook, self.day, self.pair = records, codebook, day, pair

    def said(self, issue_id: str, element: str | None = None) -> list[Statement | None]:
        found = [holds(self.records, self.codebook, party, issue_id, element, self.day) for party in self.pair]
        return [one[0] if one else None for one in found]

    def issue(self, issue: Any) -> tuple[Fraction | None, Fraction, Fraction] | None:
        """(δ, lo, hi), or None where the issue is not on the agenda."""
        return {"scale": self.scale, "options": self.options, "conditions": self.conditions}[issue.kind](issue)

    def scale(self, issue: Any) -> tuple[Fraction | None, Fraction, Fraction] | None:
        one, two = self.said(issue.id)
        if one is None and two is None:
            return None
        if one is None or two is None:
            return None, Fraction(0), Fraction(1)
        delta = (abs(value(one.stance) - value(two.stance)) + abs(value(one.highest) - value(two.highest))) / 2
        return delta, delta, delta

    def options(self, issue: Any) -> tuple[Fraction | None, Fraction, Fraction] | None:
        if not any(any(self.said(issue.id, element.id)) for element in issue.elements):
            return None
        containers = {element.parent for element in issue.elements}
        leaves = [element.id for element in issue.elements if element.id not in containers]
        signs = [
            ["?" if s is None else "+" if s.stance > 0 else "-" for s in self.said(issue.id, leaf)] for leaf in leaves
        ]
        kinds = ["".join(sorted(sign)) for sign in signs]
        both, against = kinds.count("++"), kinds.count("+-")
        half, no, blank = kinds.count("+?"), kinds.count("-?"), kinds.count("??")
        delta = Fraction(against, against + both) if against + both else None
        lo = Fraction(against, against + both + half + blank) if against else Fraction(0)
        everything = against + both + half + no + blank
        hi = Fraction(against + half + no + blank, everything) if everything else Fraction(1)
        return delta, lo, hi

    def conditions(self, issue: Any) -> tuple[Fraction | None, Fraction, Fraction] | None:
        known, bounds = [], []
        for element in issue.elements:
            stances = self.said(issue.id, element.id)
            addressed = [party in element.addressees for party in self.pair]
            if addressed in ([True, False], [False, True]):
                demand, answer = (stances[1], stances[0]) if addressed[0] else (stances[0], stances[1])
                q = Fraction(max(0, demand.stance), 2) if demand else Fraction(0)
                if q == 0:
                    continue
                if answer is None:
                    bounds.append((Fraction(0), q))
                    continue
                u = q * (1 - value(answer.stance))
            elif None in stances:
                continue
            else:
                u = abs(value(stances[0].stance) - value(stances[1].stance))  # type: ignore[union-attr]
            known.append(u)
            bounds.append((u, u))
        if not bounds:
            return None
        delta = sum(known, Fraction(0)) / len(known) if known else None
        lo = sum((low for low, _ in bounds), Fraction(0)) / len(bounds)
        hi = sum((high for _, high in bounds), Fraction(0)) / len(bounds)
        return (delta, lo, hi) if delta is None else (delta, min(lo, delta), max(hi, delta))

    def total(self) -> tuple[Fraction | None, Fraction | None, Fraction | None, Fraction | None]:
        """(D, lo, hi, coverage) over the agenda; None for what does not exist."""
        agenda = []
        for issue in self.codebook.issues:
            found = self.issue(issue)
            if found is not None:
                saliences = [Fraction(str(issue.saliences.get(party, 1))) for party in self.pair]
                agenda.append((sum(saliences, Fraction(0)) / 2, *found))
        weight = sum((w for w, *_ in agenda), Fraction(0))
        if not weight:
            return None, None, None, None
        lo = sum((w * low for w, _, low, _ in agenda), Fraction(0)) / weight
        hi = sum((w * high for w, _, _, high in agenda), Fraction(0)) / weight
        covered = sum((w for w, delta, *_ in agenda if delta is not None), Fraction(0))
        if not covered:
            return None, lo, hi, Fraction(0)
        mean = sum((w * delta for w, delta, *_ in agenda if delta is not None), Fraction(0)) / covered
        return mean, lo, hi, covered / weight
