"""Statements in force as JSON lines; they are read by :mod:`positions.store.importing`, however many there are."""

from __future__ import annotations

from positions.exchange.content import ONLY, BookContent, Exported


def write_json_lines(content: BookContent) -> Exported:
    """Return a line of JSON for each statement, in order of id; fields that are unset are left out."""
    lines = [f"{record.statement.model_dump_json(exclude_none=True)}\n" for record in content.records]
    return Exported({ONLY: "".join(lines).encode()})
