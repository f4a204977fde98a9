"""Synthetic columns of a log, made directly as arrays: what a panel and its peers are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.synthetic import codebook
from positions.model.codebook import Codebook
from positions.model.dates import day_number
from positions.model.statement import VOICES
from positions.store.columns import NAMES, TYPES, Columns
from positions.store.entry import Head

Ints = npt.NDArray[Any]
FIRST = day_number(date(2000, 1, 1))
SIZES = {10_000: (3, 10, 1), 100_000: (5, 20, 5), 1_000_000: (20, 60, 15), 10_000_000: (50, 100, 20)}
"""Revisions: parties, issues, years. From a million to ten there are 5.6 times as many places and days."""


@dataclass(frozen=True)
class World:
    """A codebook, a log's columns, and the words laid out as the peers' own tables."""

    book: Codebook
    columns: Columns
    reach: pd.DataFrame
    slots: pd.DataFrame
    parties: int

    @property
    def places(self) -> int:
        """How many party × slot places there are."""
        return self.parties * len(self.slots)

    @property
    def frame(self) -> pd.DataFrame:
        """The columns as a frame over the same memory, with the row's number and whether the speaker holds a role."""
        rows = np.arange(len(self.columns), dtype=np.int32)
        speaks = self.columns["speaker"] == self.columns["holder"]
        return pd.DataFrame({"row": rows, **self.columns.arrays, "speaks": speaks}, copy=False)


def world(count: int, *, seed: int = 1, size: tuple[int, int, int] | None = None) -> World:
    """Make a log of ``count`` revisions over the parties, issues and years of its size."""
    parties, issues, years = size or SIZES[count]
    book = codebook(parties, issues)
    reach, slots = _layout(book)
    return World(book, _columns(book, reach, count, years, np.random.default_rng(seed)), reach, slots, parties)


def _layout(book: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """List what each coded issue and element reaches, and the slots."""
    elements = {name: n for n, name in enumerate(dict.fromkeys(e.id for i in book.issues for e in i.elements))}
    slots, reach = [], []
    for number, issue in enumerate(book.issues):
        names: list[str | None] = [element.id for element in issue.elements] or [None]
        own = {name: len(slots) + place for place, name in enumerate(names)}
        slots += [(number, issue.kind, name, name in issue.slots) for name in names]
        for name in names:
            code, root = elements.get(name, -1) if name else -1, name is not None and name == issue.root
            reach += [(number, code, own[one], issue.depth(name), root) for one in issue.holds_for(name)]
    return (
        pd.DataFrame(reach, columns=["issue", "element", "slot", "depth", "root"]).astype("int32"),
        pd.DataFrame(slots, columns=["issue", "kind", "element", "leaf"]),
    )


_MOMENTS = ("recorded", "first", "tie")


def _columns(book: Codebook, reach: pd.DataFrame, count: int, years: int, chance: np.random.Generator) -> Columns:
    """Draw documents and statements, 4 % of the revisions corrections and retractions, 10 % recorded late.

    Of the dates 4 % are vague by up to a month, and 1 % have an open start; a quarter of the speakers has no role.
    """
    documents = max(20, count // 500)
    many = int((count - documents) / 1.04)
    changes = count - documents - many
    spoken = reach[["issue", "element"]].drop_duplicates().to_numpy()
    document = np.sort(chance.integers(0, documents, many))
    published = FIRST + 1 + (np.arange(documents) * years * 365 // documents)
    back = np.where(chance.random(many) < 0.1, chance.integers(0, 400, many), chance.integers(0, 8, many))
    said = np.maximum(FIRST, published[document] - back)
    what = spoken[chance.integers(0, len(spoken), many)]
    vague, holder = chance.random(many), chance.integers(0, len(book.parties), many)
    begun = np.where(vague < 0.04, np.maximum(FIRST, said - chance.integers(1, 30, many)), said)
    begun = np.where(vague > 0.99, day_number(date.min), begun)
    speaker = np.where(chance.random(many) < 0.25, len(book.parties), holder)
    stance = _stances(book, what[:, 0], chance)
    highest = np.where(_scale(book)[what[:, 0]], np.minimum(2, stance + (chance.random(many) < 0.2)), stance)
    shares = {"self": 0.85, "framing": 0.08, "ascribed": 0.07}
    voice = chance.choice(len(VOICES), many, p=[shares[voice] for voice in VOICES])
    is_framing = voice == VOICES.index("framing")
    direct, speaker = (chance.random(many) < 0.5) & ~is_framing, np.where(is_framing, -1, speaker)
    base = {
        "subject": documents + np.arange(many), "document": document,
        "holder": holder, "speaker": speaker, "issue": what[:, 0], "element": what[:, 1], "begun": begun,
        "said": said, "stance": stance, "highest": highest, "voice": voice, "direct": direct,
        "published": np.full(many, -1), "outlet": np.full(many, -1), "at": document + 0.5,
    }  # fmt: skip
    rows = [_documents(documents, published), base, *_changed(book, base, changes, documents, published, chance)]
    merged = {name: np.concatenate([part[name] for part in rows]) for name in base}
    order = np.argsort(merged.pop("at"), kind="stable")
    recorded = np.arange(count) * 1_000_000
    subject = merged["subject"][order]
    first = recorded[np.unique(subject, return_index=True)[1]][subject]
    # What no panel asks for is the same for all.
    unused = dict.fromkeys(("tie", "seal", "kind"), np.zeros(count)) | {"origin": np.full(count, -1)}
    moments = {"recorded": recorded, "made": recorded, "first": first, **unused}
    arrays = {name: (moments[name] if name in moments else merged[name][order]).astype(TYPES[name]) for name in TYPES}
    names = {name: tuple(str(n) for n in range(documents)) for name in NAMES}
    names |= {"holder": tuple(p.id for p in book.parties), "issue": tuple(i.id for i in book.issues)}
    names["speaker"] = (*(f"s{n}" for n in range(len(book.parties))), "unknown")
    names["element"] = tuple(dict.fromkeys(e.id for i in book.issues for e in i.elements))
    return Columns(Head(count, "0" * 64), arrays, names, ids=())


def _scale(book: Codebook) -> Ints:
    return np.array([issue.takes_ranges for issue in book.issues])


def _stances(book: Codebook, issue: Ints, chance: np.random.Generator) -> Ints:
    levels = [sorted(word.values) for word in book.issues]
    table = np.array([[row[n % len(row)] for n in range(20)] for row in levels])
    drawn: Ints = table[issue, chance.integers(0, 20, len(issue))]
    return drawn


def _blank(many: int) -> dict[str, Ints]:
    return {name: np.full(many, -1) for name in TYPES if name not in _MOMENTS}


def _documents(documents: int, published: Ints) -> dict[str, Ints]:
    number = np.arange(documents)
    told = {"subject": number, "document": number, "published": published, "outlet": number % 7}
    return _blank(documents) | told | {"at": number.astype(float)}


def _changed(
    book: Codebook, base: dict[str, Ints], count: int, documents: int, published: Ints, chance: np.random.Generator
) -> list[dict[str, Ints]]:
    """Correct and retract statements half and half, some long after; one change in fifty is a document's."""
    some = min(count // 50, documents // 2)
    picked = chance.choice(len(base["said"]), count - some, replace=False)
    corrected, retracted = np.array_split(picked, 2)
    again = {name: values[corrected] for name, values in base.items()}
    again["stance"] = again["highest"] = _stances(book, again["issue"], chance)
    again["at"] = again["at"] + chance.integers(0, documents // 4, len(corrected))
    gone = _blank(len(retracted)) | {"subject": base["subject"][retracted]}
    gone["at"] = base["at"][retracted] + chance.integers(0, documents // 4, len(retracted))
    moved = chance.choice(documents, some, replace=False)
    dated = _documents(documents, published + 3)
    dated = {name: values[moved] for name, values in dated.items()}
    withdrawn = np.arange(some) % 5 == 0
    dated["outlet"] = np.where(withdrawn, -1, dated["outlet"])
    dated["at"] = dated["at"] + chance.integers(1, documents // 4, some) + 0.2
    return [again, gone, dated]
