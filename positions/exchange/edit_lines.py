"""What an import brings, or would bring, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from positions.exchange.cells import shorten
from positions.exchange.edits import EditResult, RecordChange
from positions.model.lists import count_words

MOST_SHOWN: Final = 200
"""How many corrections are shown one by one."""
_UNSET: Final = "–"


def summary_line(result: EditResult, *, name: str) -> str:
    """Say in one line what was imported: ``imported 2 new, 3 corrected and 1 new document from book.xlsx``."""
    parts = [f"{result.statements} new"]
    if result.corrected:
        parts.append(f"{len(result.corrected)} corrected")
    if result.documents:
        parts.append(count_words(result.documents, "new document"))
    return f"imported {', '.join(parts)} from {name}"


def correction_lines(result: EditResult) -> Iterator[str]:
    """Yield a line for each corrected record, field by field: ``corrected 003-22: stance 1 → -1``."""
    for change in result.corrected[:MOST_SHOWN]:
        yield f"corrected {_change_words(change)}"
    if (more := len(result.corrected) - MOST_SHOWN) > 0:
        yield f"corrected {count_words(more, 'more record')}"


def _change_words(change: RecordChange) -> str:
    fields = (f"{name} {shorten(old) or _UNSET} → {shorten(new) or _UNSET}" for name, old, new in change.fields)
    return f"{change.id}: {'; '.join(fields)}"


def question_line(result: EditResult) -> str:
    """Ask what becomes of removed records: ``3 corrected, 2 added, 1 removed: keep or retract? 003-22``."""
    counts = f"{len(result.corrected)} corrected, {result.statements} added, {len(result.removed)} removed"
    return f"{counts}: keep or retract? {_ids(result)}"


def kept_line(result: EditResult) -> str:
    """Say that removed records stay, and how they are withdrawn."""
    return f"{len(result.removed)} removed, kept all the same: {_ids(result)}; --removed retract withdraws them"


def retracted_lines(result: EditResult) -> Iterator[str]:
    """Yield a line for each record that was withdrawn, up to :data:`MOST_SHOWN`."""
    for record_id in result.removed[:MOST_SHOWN]:
        yield f"retracted {record_id}"
    if (more := len(result.removed) - MOST_SHOWN) > 0:
        yield f"retracted {count_words(more, 'more record')}"


def _ids(result: EditResult) -> str:
    shown = result.removed[:10]
    return ", ".join([*shown, "…"] if len(result.removed) > len(shown) else shown)
