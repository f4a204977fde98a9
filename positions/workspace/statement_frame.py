"""Records as tidy pandas frames, for analysts' own scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from positions.model.revision import Record

COLUMNS: Final = {
    "id": "str",
    "document": "str",
    "outlet": "str",
    "published_on": "datetime64[us]",
    "quote": "str",
    "start": "int64",
    "end": "int64",
    "speaker": "str",
    "speaker_party": "str",
    "relayed_by": "str",
    "holder": "str",
    "voice": "category",
    "directness": "category",
    "issue": "str",
    "element": "str",
    "stance": "int8",
    "stance_to": "int8",
    "said_from": "datetime64[us]",
    "said_on": "datetime64[us]",
    "said_on_text": "str",
    "said_on_basis": "category",
    "condition_for": "str",
    "coder": "str",
    "confidence": "float64",
    "note": "str",
    "recorded_at": "datetime64[us, UTC]",
}
"""The frame's columns and dtypes. ``said_from`` and ``said_on`` are the first and last day that the date may mean
(``said_from`` is missing where it is open), ``said_on_text`` the date as coded; ``stance_to`` equals ``stance`` for a
point; text that is unset is missing."""


def build_statement_frame(records: Sequence[Record]) -> pd.DataFrame:
    """Return statements as one row each, in order of id, with the columns and dtypes of :data:`COLUMNS`."""
    rows = [
        record.statement.model_dump(exclude={"said_on", "stance_to"})
        | {
            "stance_to": record.statement.highest,
            "said_from": record.statement.said_on.first,
            "said_on": record.statement.said_on.last,
            "said_on_text": str(record.statement.said_on),
            "outlet": record.outlet,
            "published_on": record.published_on.last,
            "recorded_at": record.recorded_at,
        }
        for record in records
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(COLUMNS)
