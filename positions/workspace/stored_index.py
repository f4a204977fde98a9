"""The index of a log's statements made from its columns, so that a long log opens without reading its records."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Final

from positions.analysis.column_table import ColumnTable
from positions.analysis.panel.in_force import choose_in_force
from positions.analysis.state_index import StateIndex
from positions.model.codebook import Codebook
from positions.model.query import Query
from positions.store.columns import Columns
from positions.store.log import Log
from positions.store.stored_records import StoredDocuments, StoredStatements

_NO_LOCK: Final = nullcontext()


def build_stored_index(
    log: Log, columns: Columns, codebook: Codebook, query: Query, *, lock: AbstractContextManager[object] = _NO_LOCK
) -> StateIndex:
    """Return the index of what a query chooses; ``lock`` is held while the log is read for a record."""
    entries = choose_in_force(columns, query)
    names = columns.names["document"]
    rows = entries.documents.tolist()
    documents = {names[code]: row for code, row in zip(columns["document"].take(rows).tolist(), rows, strict=True)}
    stored = StoredDocuments(log, columns, documents, lock)
    table = ColumnTable(columns, entries, codebook, StoredStatements(stored, columns).read)
    return StateIndex(table, codebook, query, documents=stored)
