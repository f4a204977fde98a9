"""The text of a plan: clauses in a TOML file, read strictly and checked against the codebook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from pydantic import Field, ValidationInfo, field_validator

from positions.errors import DataError, Finding
from positions.files.characters import VISIBLE
from positions.files.reading import decode, read_bytes, read_toml
from positions.model.checks import stance_findings
from positions.model.codebook import Codebook
from positions.model.codebook_version import WordKind
from positions.model.dates import PartialDate
from positions.model.id_changes import is_declared
from positions.model.issues import Issue
from positions.model.words import Id, Word

CurrentId: TypeAlias = Callable[[WordKind, str], str]
"""Tells what an id that the codebook does not declare has become; a declared one stays as it is."""
_CLAUSE: Final = re.compile(r"\s*\[\[\s*clauses\s*\]\]")


class Clause(Word):
    """One thing that a plan lays down: a stance on an issue or, where it has elements, on one of them.

    With ``stance_to`` (scales only) the plan leaves open any level between; ``text`` is its wording.
    """

    issue: Id
    element: Id | None = None
    stance: int
    stance_to: int | None = None
    text: str = ""

    @property
    def highest(self) -> int:
        """The upper end of the stance range; the stance itself if it is a point."""
        return self.stance if self.stance_to is None else self.stance_to

    @field_validator("stance_to")
    @classmethod
    def _range_rises(cls, stance_to: int | None, info: ValidationInfo) -> int | None:
        if stance_to is not None and "stance" in info.data and stance_to <= info.data["stance"]:
            raise ValueError(f"found {stance_to}, allowed: above stance {info.data['stance']}")
        return stance_to


class Plan(Word):
    """A proposal: what it lays down on which issues, when it was made, and where that is known from (``note``)."""

    title: str = Field(pattern=VISIBLE)
    date: PartialDate | None = None
    note: str = ""
    clauses: tuple[Clause, ...]

    # Not min_length: where a clause is wrong pydantic would add that none is left.
    @field_validator("clauses")
    @classmethod
    def _not_empty(cls, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        if not clauses:
            raise ValueError("found no clause, allowed: one or more")
        return clauses


class Problem(NamedTuple):
    """What is wrong with a clause: its place in the plan, from 0, the field, and what was found and is allowed."""

    clause: int
    field: str
    message: str


def plan_problems(plan: Plan, codebook: Codebook) -> tuple[Problem, ...]:
    """Check a plan against the codebook: words and levels known, no clause twice, none without a place of its own."""
    problems: list[Problem] = []
    subjects: set[tuple[str, str | None]] = set()
    for number, clause in enumerate(plan.clauses):
        own = [Problem(number, finding.field, finding.message) for finding in stance_findings(clause, codebook)]
        subject = (clause.issue, clause.element)
        if not own and subject in subjects:
            path = "/".join(filter(None, subject))
            own.append(Problem(number, "issue", f"found {path!r} twice, allowed: one clause on a thing"))
        subjects.add(subject)
        problems += own
    return tuple(problems) if problems else tuple(_void_clauses(plan, codebook))


def _void_clauses(plan: Plan, codebook: Codebook) -> Iterator[Problem]:
    for number, clause in enumerate(plan.clauses):
        issue = codebook.issue(clause.issue)
        if not own_slots(plan, clause, issue):
            yield Problem(number, "element", f"found {clause.element!r}, but all in it have clauses of their own")


def read_plan(path: Path, codebook: Codebook, *, current_id: CurrentId = lambda _word, word_id: word_id) -> Plan:
    """Read a plan's TOML file; raise ``DataError`` with file, line and field of everything wrong with it.

    ``current_id`` tells what an id that the codebook does not declare has become: the plan may be older.
    """
    plan = read_toml(path, Plan)
    clauses = tuple(_with_current_ids(clause, codebook, current_id) for clause in plan.clauses)
    plan = plan.model_copy(update={"clauses": clauses})
    if problems := plan_problems(plan, codebook):
        lines = decode(read_bytes(path), where=path.name).split("\n")
        raise DataError(
            Finding(f"{path.name}{_line(lines, problem)}", f"clauses.{problem.field}", problem.message)
            for problem in problems
        )
    return plan


def _with_current_ids(clause: Clause, codebook: Codebook, current_id: CurrentId) -> Clause:
    issue = current_id("issue", clause.issue)

    def part(word: WordKind, mark: str, text: str) -> str:
        """Return an element or a level of the issue under its current id."""
        if is_declared(codebook, word, f"{issue}{mark}{text}"):
            return text
        return current_id(word, f"{clause.issue}{mark}{text}").rpartition(mark)[2]

    update: dict[str, Any] = {"issue": issue, "stance": int(part("level", ":", str(clause.stance)))}
    if clause.element is not None:
        update["element"] = part("element", "/", clause.element)
    if clause.stance_to is not None:
        update["stance_to"] = int(part("level", ":", str(clause.stance_to)))
    return clause.model_copy(update=update)


def _line(lines: Sequence[str], problem: Problem) -> str:
    """Find the line of a clause's field, else of its table; nothing where clauses are not tables of their own."""
    tables = [number for number, line in enumerate(lines) if _CLAUSE.match(line)]
    if problem.clause >= len(tables):
        return ""
    first, last = [*tables, len(lines)][problem.clause : problem.clause + 2]
    field = re.compile(rf"\s*{problem.field}\s*=")
    return f":{next((number for number in range(first, last) if field.match(lines[number])), first) + 1}"


def own_slots(plan: Plan, clause: Clause, issue: Issue) -> tuple[str | None, ...]:
    """Return what a clause of a plan is about: of all that its element reaches, what no narrower clause takes."""
    return tuple(slot for slot in issue.reach(clause.element) if governing_clause(plan, issue, slot) is clause)


def governing_clause(plan: Plan, issue: Issue, element: str | None) -> Clause | None:
    """Return the clause that holds for an element: the one on it, of options else on the nearest that contains it."""
    own = {clause.element: clause for clause in plan.clauses if clause.issue == issue.id}
    return next((own[step] for step in issue.path(element) if step in own), None)
