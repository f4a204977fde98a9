"""Complete a statement's fields from the others: offsets, party, voice, directness, id."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from positions.errors import DataError, Finding, QueryError
from positions.model.attribution import RolesWhenSaid
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.quotes.locate import find_quote
from positions.quotes.quotations import is_quoted
from positions.quotes.rungs import RUNGS, is_equal_on_rung

_FOLLOWS: Final[Mapping[str, tuple[str, ...]]] = {
    "quote": ("start", "end"),
    "speaker": ("speaker_party", "voice"),
    "said_on": ("speaker_party", "voice"),
    "holder": ("speaker_party", "voice"),
    "relayed_by": ("voice",),
    "speaker_party": ("voice",),
    "translation": ("translated_by",),
}
"""The fields derived from a field: on a corrected date the speaker may have spoken for another party."""

_DIGITS: Final = 12
"""The most digits of an offset."""


def complete_fields(
    fields: Mapping[str, Any],
    document: Document | None,
    codebook: Codebook,
    *,
    coder: str,
    next_id: Callable[[str], str],
) -> dict[str, Any]:
    """Return a statement's fields with the missing ones completed; given values stay as they are.

    The quote is verified in the document's text and given the document's own characters (``DataError`` if it is not
    there, is no clause, or stands in several places and ``start`` does not say which). Party and voice are those of the
    roles on the day of the utterance (:mod:`positions.model.attribution`). ``next_id`` makes the id of
    a document's next statement (:func:`free_id`).
    """
    whole = {name: value for name, value in fields.items() if value is not None}
    whole.setdefault("coder", coder)
    if document is not None and document.text is not None and "quote" in whole:
        _anchor(whole, document.text)
    elif "quote" in whole:
        whole.setdefault("start", 0)
        whole.setdefault("end", _number(whole["start"]) + len(whole["quote"]))
    _attribute(whole, codebook)
    if whole.get("translation"):
        whole["translated_by"] = whole.get("translated_by") or whole["coder"]
    if "id" not in whole and "document" in whole:
        whole["id"] = next_id(str(whole["document"]))
    return whole


def change_fields(fields: Mapping[str, Any], changes: Mapping[str, Any], codebook: Codebook) -> dict[str, Any]:
    """Return a statement's fields with some changed; fields derived from those are unset, to be completed again.

    The party stays as coded if only the date changes and the speaker speaks for it then, too.
    """
    whole = {**fields, **changes}
    unset = {name for field in changes for name in _FOLLOWS.get(field, ())} - set(changes)
    parties = RolesWhenSaid(codebook, _said_on(whole)).parties(whole.get("speaker"))
    if not {"speaker", "holder"} & set(changes) and whole.get("speaker_party") in parties:
        unset.discard("speaker_party")
    return whole | dict.fromkeys(unset)


def _anchor(whole: dict[str, Any], text: str) -> None:
    start = whole.get("start")
    if start is None or "end" not in whole or _is_stored_otherwise(whole, text):
        try:
            match = find_quote(text, str(whole["quote"]), start=None if start is None else _number(start))
        except QueryError as error:
            where = str(whole.get("id", whole["document"]))
            raise DataError([Finding(where, error.field, error.message)]) from None
        whole |= {"start": match.start, "end": match.end, "quote": text[match.start : match.end]}
    if "directness" not in whole:
        start = str(whole["start"])
        quoted = _is_offset(start) and is_quoted(text, int(start))
        whole["directness"] = "framing" if not whole.get("speaker") else "direct" if quoted else "paraphrase"


def _is_stored_otherwise(whole: Mapping[str, Any], text: str) -> bool:
    """Return whether a quote looks the same as the document's own words at its offsets, but is stored otherwise."""
    start, end, quote = str(whole["start"]), str(whole["end"]), str(whole["quote"])
    if not (_is_offset(start) and _is_offset(end)):
        return False
    own = text[int(start) : int(end)]
    return own != quote and is_equal_on_rung(own, quote, RUNGS[-1])


def _is_offset(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) <= _DIGITS


def _number(value: object) -> int:
    """Read an offset, which a CSV file gives as text."""
    if not (str(value).isascii() and str(value).isdecimal()):
        raise QueryError(f"found {value!r}, allowed: a whole number from 0", field="start")
    return int(str(value))


def _attribute(whole: dict[str, Any], codebook: Codebook) -> None:
    """Complete the speaker's party and the voice."""
    roles = RolesWhenSaid(codebook, _said_on(whole))
    speaker, holder = whole.get("speaker") or None, whole.get("holder")
    if "speaker_party" not in whole and (party := roles.party(speaker, holder=holder)):
        whole["speaker_party"] = party
    if "voice" not in whole:
        party, relay = whole.get("speaker_party"), whole.get("relayed_by") or None
        whole["voice"] = roles.voice(speaker=speaker, party=party, relayed_by=relay, holder=holder)


def _said_on(whole: Mapping[str, Any]) -> PartialDate | None:
    """Return the date of the utterance, ``None`` if it is invalid: the statement's own checks report that."""
    try:
        return PartialDate.parse(str(whole.get("said_on")))
    except ValueError:
        return None


def coder_mark(coder: str) -> str:
    """Return what stands for a coder in ids."""
    return re.sub("[^a-z0-9]", "", coder.lower())[:16]


def free_id(stem: str, is_used: Callable[[str], bool]) -> str:
    """Return the next id of a document's statements, or of one coder's on it, in a few look-ups."""

    def is_taken(number: int) -> bool:
        return is_used(f"{stem}-{number:02d}")

    low, high = 0, 1
    while is_taken(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(middle) else (low, middle)
    return f"{stem}-{high:02d}"
