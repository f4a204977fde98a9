"""The input of KTAB's spatial model of politics (SMP): a row an actor, with a position and a salience a dimension.

Its reader takes numbers for every actor on every dimension, at least three actors, and saliences of at most 100 in all
for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import Final

from positions.errors import QueryError
from positions.exchange.bargaining_file import BargainingFile, ExpertPosition, cell_number, coded_bargaining
from positions.exchange.bargaining_text import cells_of, plain_cell, plain_number
from positions.exchange.coded_file import CodedFile
from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.incoming import ImportSource
from positions.exchange.stated_positions import StatedPositions, Thing, collect_stated, require_things
from positions.model.lists import count_words, join_words

_FEWEST_ACTORS: Final = 3
_LONGEST_NAME: Final = 25
_LONGEST_TEXT: Final = 250
_FULL: Final = 100.0


def write_ktab(content: BookContent) -> Exported:
    """Return the positions of a day on the dimensions on which all the parties have one.

    A dimension on which one is silent is left out and listed, since the format has no way to say so. Raises
    ``QueryError`` if none is left, or fewer parties than the model takes.
    """
    every = require_things(collect_stated(content))
    if len(every.parties) < _FEWEST_ACTORS:
        names = ", ".join(party.id for party in every.parties)
        raise QueryError(f"found {names}, allowed: at least {_FEWEST_ACTORS} with a position", field="party")
    silent = {thing.name: [p.id for p, other in every.silent() if other == thing] for thing in every.things}
    positions = every.on([thing for thing in every.things if not silent[thing.name]])
    if not positions.things:
        least = min(every.things, key=lambda thing: len(silent[thing.name]))
        words = f"on no issue all of them have one; nearest is {least.name}, without {join_words(silent[least.name])}"
        raise QueryError(words, field="party")
    rows = [_scenario(content, positions), _header(positions), *_actors(positions)]
    text = "".join(",".join(row) + ",\n" for row in rows)
    left_out = [f"{name}: silent are {join_words(parties)}" for name, parties in silent.items() if parties]
    left_out.append(f"the power of {len(positions.parties)} parties: a codebook has none, each has 100")
    left_out.append("the bounds and statements of positions: the format has no place for them")
    counts = count_words(len(positions.parties), "party", "parties"), count_words(len(positions.things), "dimension")
    return Exported({ONLY: text.encode()}, tuple(left_out), f"positions of {counts[0]} on {counts[1]}")


def read_ktab(source: ImportSource) -> CodedFile:
    """Read such a file: each actor's row is a quote of the file as a document, for all its dimensions."""
    file = BargainingFile.of(source)
    dimensions: list[str] = []
    for place, (where, start, end) in enumerate(file.lines()):
        cells = cells_of(file.text[start:end].rstrip().rstrip(","))
        if place == 1:
            dimensions = cells[3::2]
            file.issues.update({name: name for name in dimensions})
        elif place > 1 and len(cells) != 3 + 2 * len(dimensions):
            file.wrong(where, f"found {len(cells)} cells, allowed: {3 + 2 * len(dimensions)}")
        elif place > 1:
            file.actors[cells[0]] = cells[1] or cells[0]
            for name, position, salience in zip(dimensions, cells[3::2], cells[4::2], strict=True):
                note = f"salience {salience} on {name}, power {cells[2]}"
                numbers = cell_number(position, where, file), cell_number(salience, where, file)
                file.positions.append(ExpertPosition(where, (start, end), cells[0], name, *numbers, note))
    if not dimensions:
        file.wrong(file.name, "found no dimensions, allowed: a scenario's line, a line of headings, a line an actor")
    return coded_bargaining(file)


def _cell(text: str, most: int) -> str:
    return plain_cell(text.replace(",", ";"), most=most)


def _scenario(content: BookContent, positions: StatedPositions) -> list[str]:
    words = f"As of {positions.day}; head {content.head}"
    counts = (str(len(positions.parties)), str(len(positions.things)))
    return [_cell(content.codebook.title, _LONGEST_TEXT), _cell(words, _LONGEST_TEXT), *counts]


def _header(positions: StatedPositions) -> list[str]:
    dimensions = [name for thing in positions.things for name in (thing.name, f"Salience {thing.name}")]
    return ["Actor", "Description", "Power", *(_cell(name, _LONGEST_TEXT) for name in dimensions)]


def _actors(positions: StatedPositions) -> Iterator[list[str]]:
    for party in positions.parties:
        weights = {thing.name: positions.saliences[party.id, thing.name] for thing in positions.things}
        total = sum(weights.values())
        cells: list[str] = []
        for thing in positions.things:
            share = _share(weights[thing.name], total)
            cells += [_position(positions, party.id, thing), plain_number(share)]
        yield [_cell(party.id, _LONGEST_NAME), _cell(party.name, _LONGEST_TEXT), plain_number(_FULL), *cells]


def _position(positions: StatedPositions, party: str, thing: Thing) -> str:
    return plain_number(positions.cells[party, thing.name].value)


def _share(weight: float, total: float) -> float:
    """Return a weight's share of 100, cut and not rounded: the reader refuses a sum above 100."""
    return floor(_FULL * weight / total * 1e4) / 1e4 if total else 0.0
