"""The input of the exchange model DECIDE: actors, issues with their scales, and each actor's position and salience.

Its rows begin with a mark: ``#A`` an actor, ``#P`` an issue, ``#M`` a place on its scale, ``#D`` a position with its
salience and the actor's power, ``#/`` a remark. Cells are parted by tabs, texts in single quotes, as in its examples.
"""

from __future__ import annotations

from collections.abc import Iterator

from positions.exchange.bargaining_file import BargainingFile, ExpertPosition, cell_number, coded_bargaining
from positions.exchange.bargaining_text import cells_of, plain_cell, plain_number
from positions.exchange.coded_file import CodedFile
from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.incoming import ImportSource
from positions.exchange.stated_positions import StatedPositions, collect_stated, require_things
from positions.model.lists import count_words, join_words

_ENDS = (0.0, 100.0)


def write_decide(content: BookContent) -> Exported:
    """Return the positions of a day; who is silent on an issue has no row there, as in the model's own examples."""
    positions = require_things(collect_stated(content))
    rows = [*_remarks(content, positions), *_declarations(positions), *_positions(positions)]
    text = "".join("\t".join(row) + "\n" for row in rows)
    silent = [f"{party}, silent on {join_words(names)}" for party, names in _silent(positions).items()]
    power = f"the power of {count_words(len(positions.parties), 'party', 'parties')}: a codebook has none, each has 1"
    counts = count_words(len(positions.parties), "party", "parties"), count_words(len(positions.things), "issue")
    return Exported({ONLY: text.encode()}, (*silent, power), f"positions of {counts[0]} on {counts[1]}")


def read_decide(source: ImportSource) -> CodedFile:
    """Read such a file: each ``#D`` row is a quote of the file as a document."""
    file = BargainingFile.of(source)
    scales: dict[str, list[float]] = {}
    for where, start, end in file.lines():
        mark, *cells = cells_of(file.text[start:end])
        if mark == "#A" and cells:
            file.actors[cells[0]] = cells[1] if len(cells) > 1 and cells[1] else cells[0]
        elif mark == "#P" and cells:
            file.issues[cells[0]] = next((cell for cell in cells[:0:-1] if cell), cells[0])
        elif mark == "#M" and len(cells) > 1:
            scales.setdefault(cells[0], []).append(cell_number(cells[1], where, file))
        elif mark == "#D" and len(cells) > 2:
            note = f"salience {cells[3]}" if len(cells) > 3 else ""
            note += f", power {cells[4]}" if len(cells) > 4 else ""
            value = cell_number(cells[2], where, file)
            weight = cell_number(cells[3], where, file) if len(cells) > 3 else 1.0
            file.positions.append(ExpertPosition(where, (start, end), cells[0], cells[1], value, weight, note))
        elif mark not in ("#/", "#O", ""):
            file.wrong(where, f"found {mark!r}, allowed: #A, #P, #M, #D, #O, #/ with their cells")
    file.scales.update({issue: (min(places), max(places)) for issue, places in scales.items()})
    return coded_bargaining(file)


def _silent(positions: StatedPositions) -> dict[str, list[str]]:
    """Return what each party has said nothing of, by their ids."""
    silent: dict[str, list[str]] = {}
    for party, thing in positions.silent():
        silent.setdefault(party.id, []).append(thing.name)
    return silent


def _quoted(text: str) -> str:
    return f"'{plain_cell(text)}'"


def _remarks(content: BookContent, positions: StatedPositions) -> Iterator[list[str]]:
    yield [_quoted("#/"), _quoted(f"{content.codebook.title}, as of {positions.day}, head {content.head}")]


def _declarations(positions: StatedPositions) -> Iterator[list[str]]:
    for party in positions.parties:
        yield [*map(_quoted, ("#A", party.id, party.name, ""))]
    for thing in positions.things:
        labels = {100 * value: thing.issue.level_words(stance) for stance, value in thing.issue.values.items()}
        label = thing.issue.label
        if thing.element is not None:
            label = f"{label}: {next(one.label for one in thing.issue.elements if one.id == thing.element)}"
        yield [*map(_quoted, ("#P", thing.name, label, ""))]
        for place in sorted({*_ENDS, *labels}):
            yield [_quoted("#M"), _quoted(thing.name), plain_number(place), _quoted(labels.get(place, ""))]


def _positions(positions: StatedPositions) -> Iterator[list[str]]:
    for party in positions.parties:
        for thing in positions.things:
            key = (party.id, thing.name)
            if (cell := positions.cells.get(key)) is None:
                continue
            numbers = (cell.value, positions.saliences[key], 1.0)
            bounds = f"{plain_number(cell.low)} to {plain_number(cell.high)}; {cell.words}"
            yield [*map(_quoted, ("#D", *key)), *map(plain_number, numbers), _quoted(bounds)]
