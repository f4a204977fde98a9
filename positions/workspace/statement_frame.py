"""Records as tidy pandas frames, for analysts' own scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from positions.model.field_use import Holds, declared_fields
from positions.model.revision import Record
from positions.model.statement import Claim, Statement

_DTYPES: Final[Mapping[Holds, str]] = {
    "offset": "int64",
    "level": "int8",
    "range": "int8",
    "share": "float64",
    "word": "category",
}
_DAY: Final = "datetime64[us]"


def frame_columns(model: type[Claim]) -> dict[str, str]:
    """Return the frame's columns and dtypes for a model's fields, in its order, with what the document adds."""
    columns: dict[str, str] = {}
    for field in declared_fields(model):
        if field.use.holds == "date":
            columns |= {"said_from": _DAY, field.name: _DAY, f"{field.name}_text": "str"}
        else:
            columns[field.name] = _DTYPES.get(field.use.holds, "str")
        if field.use.holds == "document":
            columns |= {"outlet": "str", "published_on": _DAY}
    return columns | {"recorded_at": "datetime64[us, UTC]"}


COLUMNS: Final = frame_columns(Statement)
"""The frame's columns and dtypes. ``said_from`` and ``said_on`` are the first and last day that the date may mean
(``said_from`` is missing if it is open), ``said_on_text`` the date as coded; ``stance_to`` equals ``stance`` for a
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
