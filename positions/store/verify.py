"""Verify a record book: the hash chain, the database's structure, the documents and the quotes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from positions.errors import Finding, WorkspaceError
from positions.model.dates import is_ahead
from positions.model.document import sha256_of
from positions.store.entry import EMPTY, Head, LogRow, hash_entry
from positions.store.log import Log


def verify_log(log: Log, *, expected: str | None = None) -> tuple[Finding, ...]:
    """Return all findings on a record book; none means that every entry is as it was recorded.

    If ``expected`` is given, a report's head such as ``140:61374d691ed0``, the log must still contain it.
    """
    findings = [Finding(log.name, "", line) for line in log.check()]
    try:
        findings.extend(_chain_findings(log, expected))
    except (WorkspaceError, ValueError, TypeError, KeyError) as error:
        findings.append(Finding(log.name, "", f"cannot be read to its end: {error}"))
    return tuple(findings)


def _chain_findings(log: Log, expected: str | None) -> Iterator[Finding]:
    last, moment, heads = EMPTY, "", set()
    texts: dict[str, str] = {}  # by document, and by hash
    for row in log.rows():
        where = f"{log.name} entry {row.seq} ({row.kind} {row.id} revision {row.number})"
        if row.seq != last.seq + 1:
            yield Finding(where, "", f"comes after entry {last.seq}: entries between them are missing")
        if row.hash != hash_entry(row[:-1], previous=last.hash):
            yield Finding(where, "", "differs from what was recorded, or the one before it does")
        if is_ahead(datetime.fromisoformat(row.recorded_at)):
            yield Finding(where, "recorded_at", f"{row.recorded_at} lies in the future: a clock ran ahead")
        elif row.recorded_at <= moment:
            yield Finding(where, "", f"recorded_at {row.recorded_at} does not come after {moment}")
        else:
            moment = row.recorded_at
        yield from (Finding(where, "", message) for message in _content_findings(row, texts))
        last = Head(row.seq, row.hash)
        if expected is not None:
            heads.add(str(last))
    if last != (end := log.head()):
        yield Finding(
            log.name, "", f"ends at {last}, but {end} was recorded last: entries at its end are missing or changed"
        )
    if expected is not None and expected not in heads:
        yield Finding(log.name, "", f"does not hold the head {expected}")


def _content_findings(row: LogRow, texts: dict[str, str]) -> Iterator[str]:
    """Check a document's text against its hash, and a quote against its text: a candidate's against that hash's."""
    content: dict[str, Any] = json.loads(row.content) if row.content else {}
    if row.kind == "conflict":
        return
    if row.kind == "codebook":
        if content and sha256_of(content["text"].encode()) != content.get("sha256"):
            yield "the text of the codebook's version does not have its SHA-256"
        return
    if row.kind == "document" and "text" in content:
        texts[row.id] = texts[content.get("sha256", "")] = content["text"]
        if sha256_of(content["text"].encode()) != content.get("sha256"):
            yield "the document's text does not have its SHA-256"
    elif row.kind != "document" and content:
        text = texts.get(content.get("sha256" if row.kind == "candidate" else "document", ""))
        if text is not None and text[content["start"] : content["end"]] != content["quote"]:
            yield "the quote is not what the document has at its offsets"
