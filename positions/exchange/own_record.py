"""A record as a note in another tool's file: TOML that people can read, and that says all that codes cannot."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from positions.files.toml_spans import toml_value
from positions.model.document import Document
from positions.model.statement import Statement
from positions.model.words import Word

_HEADS: Final = {
    Statement: "# A statement's fields, for the way back to its record book.",
    Document: "# A document's fields, for the way back to its record book.",
}
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may hold, not even written as numbers."""
_LEFT_OUT: Final = {Statement: {"start", "end"}, Document: {"text", "file"}}


def record_note(record: Statement | Document) -> str:
    """Return a record's fields as the text of a note; offsets and the text itself stand elsewhere in the file."""
    values = record.model_dump(mode="json", exclude=_LEFT_OUT[type(record)], exclude_none=True, exclude_defaults=True)
    lines = [f"{name} = {_escape(toml_value(_without_none(value)))}" for name, value in values.items()]
    return "\n".join([_HEADS[type(record)], *lines]) + "\n"


def read_record_note(text: str, model: type[Word]) -> Mapping[str, Any] | None:
    """Return the fields in a note that :func:`record_note` wrote for a model, ``None`` for any other note."""
    if not text.lstrip("\ufeff \t\r\n").startswith(_HEADS[model]):
        return None
    try:
        return tomllib.loads(text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    except (ValueError, RecursionError):
        return None


def xml_text(text: str) -> str:
    """Return a text as XML can hold it, with a replacement character for each sign that it cannot."""
    return _NO_XML.sub("\ufffd", text)


def _escape(value: str) -> str:
    return _NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", value)


def _without_none(value: Any) -> Any:
    """Return a value without the keys of nested fields that are not set, which TOML cannot say."""
    return {name: one for name, one in value.items() if one is not None} if isinstance(value, Mapping) else value
