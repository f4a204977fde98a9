"""Exports of the shipped case that tests look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from positions.exchange.content import BookContent
from positions.exchange.formats import choose_format, written_formats
from positions.exchange.writing import export_content
from positions.model.revision import Record
from positions.store.published import read_codebook
from tests.conftest import ROOT


def write_statements(path: Path, records: Sequence[Record], *, force: bool = False, mode: int = 0o666) -> int:
    """Write statements in the format of a name's ending and return how many there are."""
    content = BookContent(read_codebook(ROOT / "data"), (), tuple(records), "0:none")
    export_content(content, path, form=choose_format(path, None, written_formats()), force=force, mode=mode)
    return len(records)
