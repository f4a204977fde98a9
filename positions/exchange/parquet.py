"""Statements in force as Parquet, with the columns and dtypes of the statement frame."""

from __future__ import annotations

import io

from positions.errors import MissingExtraError
from positions.exchange.content import ONLY, BookContent, Exported


def write_parquet(content: BookContent) -> Exported:
    """Return :func:`~positions.workspace.statement_frame.build_statement_frame` of the statements as a file."""
    from positions.workspace.statement_frame import build_statement_frame

    target = io.BytesIO()
    try:
        build_statement_frame(content.records).to_parquet(target, index=False)
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    return Exported({ONLY: target.getvalue()})
