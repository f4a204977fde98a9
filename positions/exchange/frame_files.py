"""A table for statisticians as the bytes of a Parquet, Stata or SPSS file, with words for its columns and codes.

Stata and SPSS hold text up to a length and no time zones; what is cut is counted.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from positions.errors import MissingExtraError
from positions.model.lists import count_words

if TYPE_CHECKING:
    import pandas as pd

FRAME_ENDINGS: Final = {".parquet": "parquet", ".dta": "stata", ".sav": "spss"}
"""What a table's file ends in, with its format."""
FRAME_FORMATS: Final = tuple(FRAME_ENDINGS.values())
LONGEST_TEXT: Final = {"stata": 2045, "spss": 32767}
"""Bytes of a text that each format holds."""
_NOT_NAME: Final = re.compile(r"[^A-Za-z0-9_]")
_LONGEST_LABEL: Final = {"stata": 80, "spss": 120}
_LONGEST_TITLE: Final = 64
"""Bytes of a table's title in SPSS; Stata has room for 80 characters."""
_STATA_TIME: Final = re.compile(rb"(?<=<timestamp>.)[^<]{17}(?=</timestamp>)", re.S)
_SPSS_TIME: Final = slice(92, 109)


@dataclass(frozen=True, slots=True)
class FrameLabels:
    """Words for a table: ``columns`` by name, ``values`` by a column's name for each of its whole numbers."""

    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


NO_LABELS: Final = FrameLabels()


def frame_bytes(frame: pd.DataFrame, form: str, labels: FrameLabels = NO_LABELS) -> bytes:
    """Return a table as a file of :data:`FRAME_FORMATS`; raises ``MissingExtraError`` without its library.

    Days are dates and truth values 0 and 1; the same table gives the same bytes.
    """
    if form == "parquet":
        return parquet_bytes(frame)
    try:
        import pyreadstat
    except ImportError:
        raise MissingExtraError("Stata and SPSS", "stats") from None
    plain = _plain_frame(frame, LONGEST_TEXT[form])
    longest = _LONGEST_LABEL[form]
    labelled = [labels.columns.get(name) or (name if name != plain_name else "") for name, plain_name in _names(plain)]
    plain.columns = [plain_name for _, plain_name in _names(plain)]
    words: dict[str, Any] = {
        "file_label": _cut(labels.title, _LONGEST_TITLE),
        "column_labels": [label[:longest] for label in labelled],
        "variable_value_labels": {
            name: {value: label[:longest] for value, label in named.items()} for name, named in labels.values.items()
        },
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{form}"
        if form == "stata":
            pyreadstat.write_dta(plain, path, version=15, **words)
        else:
            pyreadstat.write_sav(plain, path, **words)
        return _without_time(path.read_bytes(), form)


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet; raises ``MissingExtraError`` without the extra ``parquet``."""
    target = BytesIO()
    try:
        frame.to_parquet(target, index=False)
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    return target.getvalue()


def cut_words(frame: pd.DataFrame, form: str) -> tuple[str, ...]:
    """Say how many texts of a table a format cuts, nothing if none."""
    if form not in LONGEST_TEXT:
        return ()
    longest = LONGEST_TEXT[form]
    texts = frame.select_dtypes(["str", "object"])
    cut = sum(len(str(text).encode()) > longest for name in texts for text in texts[name].dropna())
    return (f"the ends of {count_words(cut, 'text')} over {longest:,} bytes",) if cut else ()


def _plain_frame(frame: pd.DataFrame, longest: int) -> pd.DataFrame:
    """Return a table of what both formats hold: numbers, days, and texts up to a length, empty if missing."""
    import pandas as pd

    columns: dict[str, Any] = {}
    for name in frame.columns:
        column = frame[name]
        kind = column.dtype
        if isinstance(kind, pd.DatetimeTZDtype):
            columns[name] = column.dt.strftime("%Y-%m-%dT%H:%M:%SZ").fillna("")
        elif kind.kind == "M":
            columns[name] = column.dt.date.where(column.notna(), None)
        elif kind.kind in "bui" and not pd.api.types.is_extension_array_dtype(kind):
            columns[name] = column.astype("int32")
        elif pd.api.types.is_numeric_dtype(kind):
            columns[name] = column.astype("float64")
        else:
            columns[name] = [_cut("" if _is_missing(value) else str(value), longest) for value in column]
    return pd.DataFrame(columns)


def _names(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Return each column's name with one that both programs allow: letters, digits and lines, 32 at most."""
    names: dict[str, str] = {}
    for name in map(str, frame.columns):
        stem = _NOT_NAME.sub("_", name)[:32]
        stem = stem if stem[:1].isalpha() else f"v_{stem}"[:32]
        taken = set(names.values())
        numbered = (f"{stem[:28]}_{number}" for number in range(2, len(frame.columns) + 2))
        names[name] = stem if stem not in taken else next(one for one in numbered if one not in taken)
    return list(names.items())


def _is_missing(value: object) -> bool:
    return value is None or value != value


def _cut(text: str, longest: int) -> str:
    content = text.replace("\x00", "\ufffd").encode()
    return content[:longest].decode(errors="ignore")


def _without_time(content: bytes, form: str) -> bytes:
    """Return a file without the minute in which it was written."""
    if form == "stata":
        return _STATA_TIME.sub(b"01 Jan 1970 00:00", content, count=1)
    return content[: _SPSS_TIME.start] + b"01 Jan 7000:00:00" + content[_SPSS_TIME.stop :]
