"""A discourse coded with the Discourse Network Analyzer: its sample, and its arithmetic written out the slow way."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"


class Coding(NamedTuple):
    """An actor, a concept, whether it agrees (1) or not (0), and when and where."""

    actor: str
    concept: str
    value: float
    day: date = date(2005, 1, 1)
    document: str = "1"


def sample(name: str) -> Path:
    """Return a real file of another tool; skip the test where there is none."""
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"there is no folder of samples with {name}")
    return path


def sample_codings(actor: str = "organization") -> list[Coding]:
    """Read the sample's statements with SQL of its own, by organisation or by person."""
    query = """
        select a.Value, c.Value, b.Value, d.Date, d.ID from STATEMENTS s
        join DOCUMENTS d on d.ID = s.DocumentId
        join VARIABLES va on va.Variable = ? and va.StatementTypeId = s.StatementTypeId
        join DATASHORTTEXT ta on ta.StatementId = s.ID and ta.VariableId = va.ID join ENTITIES a on a.ID = ta.Entity
        join VARIABLES vc on vc.Variable = 'concept' and vc.StatementTypeId = s.StatementTypeId
        join DATASHORTTEXT tc on tc.StatementId = s.ID and tc.VariableId = vc.ID join ENTITIES c on c.ID = tc.Entity
        join DATABOOLEAN b on b.StatementId = s.ID order by s.ID
    """
    connection = sqlite3.connect(f"file:{sample('sample.dna')}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute(query, (actor,)).fetchall()
    finally:
        connection.close()
    return [
        Coding(name, concept, float(value), datetime.fromtimestamp(seconds, UTC).date(), str(document))
        for name, concept, value, seconds, document in rows
    ]


def slow_one_mode(codings: Iterable[Coding], kind: str, normalisation: str) -> dict[tuple[str, str], float]:
    """Compute ties of actors by loops over single codings, and what divides them by loops over their counts."""
    rows = list(codings)
    counts = Counter((row.actor, row.concept, row.value) for row in rows)
    cells = sorted({(row.concept, row.value) for row in rows})
    agreement = {"overlap": (1, 0), "congruence": (1, -1), "conflict": (0, 1), "subtract": (1, -2)}
    same, apart = agreement[kind]
    ties = {}
    actors = sorted({row.actor for row in rows})
    for i in actors:
        for h in actors:
            if i == h:
                continue
            pairs = [(one, two) for one in rows for two in rows if (one.actor, two.actor) == (i, h)]
            total = sum(same + apart * abs(one.value - two.value) for one, two in pairs if one.concept == two.concept)
            mine, theirs = ([counts[(actor, *cell)] for cell in cells] for actor in (i, h))
            norm = {
                "no": 1.0,
                "average": (sum(mine) + sum(theirs)) / 2,
                "cosine": sqrt(sum(mine) ** 2) * sqrt(sum(theirs) ** 2),
                "jaccard": sum(x * y if x and y else x + y for x, y in zip(mine, theirs, strict=True)),
            }[normalisation]
            ties[i, h] = total / norm if norm else 0.0
    return ties


def slow_two_mode(codings: Iterable[Coding], kind: str, normalisation: str) -> dict[tuple[str, str], float]:
    """Compute ties of actors to concepts by loops over single codings."""
    rows = list(codings)
    ties = {}
    for i in sorted({row.actor for row in rows}):
        for j in sorted({row.concept for row in rows}):
            cell = [row for row in rows if (row.actor, row.concept) == (i, j)]
            total = sum(1.0 if kind == "mentions" else 2 * row.value - 1 for row in cell)
            norm = {
                "no": 1,
                "activity": len([row for row in rows if row.actor == i]),
                "prominence": len([row for row in rows if row.concept == j]),
            }[normalisation]
            ties[i, j] = total / norm
    return ties
