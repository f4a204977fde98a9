"""Positions that experts state in a bargaining model's file: the file is the document, and its lines are the quotes.

An expert's number is nobody's own word: it becomes the document's framing, so that it fills silence and is marked as
reported, and never overrides what a party says itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from positions.errors import Finding
from positions.exchange.coded_file import Code, CodedFile, CodedPassage, CodedSource
from positions.exchange.incoming import ImportSource
from positions.files.reading import decode, read_bytes
from positions.model.codebook import Codebook

_SOURCE: Final = "file"
_ROUNDED: Final = 0.001
"""How far a written position may be from its level's: it has four decimals."""


class ExpertPosition(NamedTuple):
    """An actor's position on an issue's scale, in the line ``text[span]``, its salience, and in words its numbers."""

    where: str
    span: tuple[int, int]
    actor: str
    issue: str
    value: float
    salience: float
    note: str


@dataclass(slots=True)
class BargainingFile:
    """What a file says: actors and issues with their names, an issue's ends (0 and 100 if it tells none), positions."""

    name: str
    text: str
    codebook: Codebook
    actors: dict[str, str] = field(default_factory=dict)
    issues: dict[str, str] = field(default_factory=dict)
    scales: dict[str, tuple[float, float]] = field(default_factory=dict)
    positions: list[ExpertPosition] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def of(cls, source: ImportSource) -> BargainingFile:
        """Read a file's text; raise ``DataError`` if it is no UTF-8."""
        return cls(source.path.name, decode(read_bytes(source.path), where=source.path.name), source.codebook)

    def lines(self) -> Iterator[tuple[str, int, int]]:
        """Yield each line that is not empty: its place for a reader, and where it begins and ends."""
        start = 0
        for number, line in enumerate(self.text.split("\n"), start=1):
            end = start + len(line.rstrip("\r"))
            if line.strip():
                yield f"{self.name}:{number}", start, end
            start += len(line) + 1

    def wrong(self, where: str, message: str) -> None:
        """Note what is wrong in a line."""
        self.findings.append(Finding(where, "", message))


def cell_number(cell: str, where: str, file: BargainingFile) -> float:
    """Return a cell's number, a decimal comma too; what is none is a finding of the file and 0."""
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        number = float("nan")
    if not -1e9 < number < 1e9:
        file.wrong(where, f"found {cell[:60]!r}, allowed: a number")
        return 0.0
    return number


def coded_bargaining(file: BargainingFile) -> CodedFile:
    """Return a file as codes: each actor, each issue, and in an issue each position that somebody has.

    For a codebook they are parties, and issues with a level at each of those positions, so that none is rounded. What
    lies outside an issue's scale, or names an actor or issue that the file does not declare, is a finding.
    """
    levels: dict[str, list[float]] = {issue: [] for issue in file.issues}
    for one in file.positions:
        low, high = file.scales.get(one.issue, (0.0, 100.0))
        for kind, name, known in (("actor", one.actor, file.actors), ("issue", one.issue, file.issues)):
            if name not in known:
                file.wrong(one.where, f"found {kind} {name!r}, which no line of the file declares")
        if not low <= one.value <= high:
            file.wrong(one.where, f"found {one.value:g}, allowed: {low:g} to {high:g}")
        elif one.value not in levels.setdefault(one.issue, []):
            levels[one.issue].append(one.value)
    passages = tuple(
        CodedPassage(one.where, _SOURCE, *one.span, tuple(_paths(one)), _framing(one.note)) for one in file.positions
    )
    source = CodedSource(_SOURCE, file.name, file.text, {"title": file.name})
    return CodedFile(tuple(_codes(file, levels)), (source,), passages, (), tuple(file.findings))


def _paths(one: ExpertPosition) -> Iterator[tuple[str, ...]]:
    yield ("actor", one.actor)
    yield ("issue", one.issue, f"{one.value:g}")


def _framing(note: str) -> dict[str, Any]:
    return {"speaker": None, "voice": "framing", "directness": "framing", "note": note}


def _codes(file: BargainingFile, levels: dict[str, list[float]]) -> Iterator[Code]:
    yield from (Code(("actor", actor), name, role="party") for actor, name in file.actors.items())
    for issue, places in levels.items():
        low, high = file.scales.get(issue, (0.0, 100.0))
        every = sorted({low, high, *places})
        declared = [
            {
                "stance": stance,
                "label": f"{place:g}",
                "definition": f"{place:g} between {low:g} and {high:g}",
                "value": (place - low) / ((high - low) or 1),
            }
            for stance, place in enumerate(every)
        ]
        weights = {("actor", one.actor): one.salience for one in file.positions if one.issue == issue}
        words = {"levels": declared, "saliences": weights}
        yield Code(("issue", issue), file.issues.get(issue, issue), role="issue", words=words)
        for place in (place for place in every if place in places):
            yield Code(("issue", issue, f"{place:g}"), fields=_own_level(file.codebook, issue, place))


def _own_level(codebook: Codebook, name: str, place: float) -> Mapping[str, Any]:
    """Return what a position means where issue and level are the codebook's own, as in a file that was written here."""
    issue_id, _, element = name.partition("/")
    issue = next((one for one in codebook.issues if one.id == issue_id), None)
    if issue is None or (element or None) not in issue.slots:
        return {}
    stances = [stance for stance, value in issue.values.items() if abs(100 * value - place) < _ROUNDED]
    about = {"issue": issue_id} | ({"element": element} if element else {})
    return about | {"stance": stances[0]} if stances else {}
