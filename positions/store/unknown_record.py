"""What to say of an id that no record has: which recorded one is near to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from positions.errors import near_words
from positions.model.document import Document
from positions.model.revision import RecordKind
from positions.store.entry import read_row
from positions.store.log import Log


def unknown_record_words(log: Log, record_id: str, *, kinds: Sequence[RecordKind] = ("document", "statement")) -> str:
    """Say that nothing was recorded under an id, and ask whether one of these ``kinds`` near to it was meant."""
    return f"found {record_id!r}, which was never recorded{near_record_words(log, record_id, kinds=kinds)}"


def near_record_words(log: Log, record_id: str, *, kinds: Sequence[RecordKind]) -> str:
    """Ask whether the record nearest to an id was meant, a document also by its title; empty without one."""
    titles = dict(_document_titles(log)) if "document" in kinds else {}
    ids = [*titles, *(_statement_ids(log, record_id) if "statement" in kinds else ())]
    return near_words(record_id, ids, names=titles)


def _document_titles(log: Log) -> Iterator[tuple[str, str]]:
    for row in log.claims("document"):
        if isinstance(content := read_row(row).content, Document):
            yield row.id, content.title


def _statement_ids(log: Log, record_id: str) -> Iterator[str]:
    """Yield the statements of the document whose id begins that of a statement, as 000 does 000-77."""
    stem, hyphen, _ = record_id.rpartition("-")
    return (row.id for row in log.named("statement", f"{stem}-") if row.content is not None) if hyphen else iter(())
