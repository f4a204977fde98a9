"""Search: words and conditions over all statements, with all counts, against SQLite's FTS5 by hand, words alone."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from benchmarks.measure import seconds, side_by_side, told
from benchmarks.synthetic import codebook, fill
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.analysis.search import Search, SearchIndex, find_statements, index_words
from positions.workspace import Workspace

GOAL = 0.2
"""Most seconds of a warm search at 100,000 statements."""
SEARCHES = {
    "a word": Search(words="talks party"),
    "a phrase of a party": Search(words='"ready for" level', parties=("A1",)),
    "two conditions": Search(issues=("i1", "i3"), speakers=("s2",)),
    "nothing asked": Search(),
}


def by_hand(index: SearchIndex) -> sqlite3.Connection:
    """Put the same lines of words into a full-text index."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE lines USING fts5(words, tokenize = 'unicode61')")
    database.executemany("INSERT INTO lines VALUES (?)", ((line,) for line in index.lines))
    return database


def run(*, smoke: bool) -> None:
    """Time each search warm, the first one against FTS5 once both agree on what it finds."""
    count = 2_000 if smoke else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path, book = Path(folder), codebook()
        with Workspace(path, book, fill(path / "positions.db", book, count)) as workspace:
            case = CaseStore(workspace).case(View())
            indexes: list[SearchIndex] = []
            made = seconds(lambda: indexes.append(index_words(case.index.records, case.documents, book)))
            first = seconds(lambda: indexes[0].document_lines)
    index, database = indexes[0], by_hand(indexes[0])
    print(f"search over {len(index.ids):,} statements; made ready in {made:.1f} s and {first:.1f} s of documents")
    query = "SELECT rowid FROM lines WHERE lines MATCH 'talks* party*'"
    assert len(find_statements(index, SEARCHES["a word"]).statements) == len(database.execute(query).fetchall())
    for name, search in SEARCHES.items():
        times = side_by_side(
            lambda search=search: find_statements(index, search),  # type: ignore[misc]
            lambda: database.execute(query).fetchall(),
            runs=3 if smoke else 15,
        )
        told(f"find {name}, with all counts, against FTS5 on two words", *times, goal=f"ours ≤ {GOAL} s")
