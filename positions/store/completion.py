"""Filling in what follows from the rest of a statement: offsets, party, voice, directness, id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from positions.errors import DataError, Finding, QueryError
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.quotes.locate import find_quote, is_quoted


def filled(
    fields: Mapping[str, Any],
    document: Document | None,
    codebook: Codebook,
    *,
    coder: str,
    taken: Callable[[str], bool],
) -> dict[str, Any]:
    """Return a statement's fields with what is missing filled in; nothing else that was given is changed.

    The quote is verified in the document's text and given the document's own characters (``DataError`` where it is not
    there, is no clause, or stands in several places and ``start`` does not say which). ``taken`` tells whether a
    statement's id was recorded before.
    """
    whole = {name: value for name, value in fields.items() if value is not None}
    whole.setdefault("coder", coder)
    if document is not None and document.text is not None and "quote" in whole:
        _anchor(whole, document.text)
    elif "quote" in whole:
        whole.setdefault("start", 0)
        whole.setdefault("end", whole["start"] + len(whole["quote"]))
    if whole.get("speaker") and "speaker_party" not in whole:
        parties = _parties(whole, "speaker", codebook)
        if len(parties) == 1:
            whole["speaker_party"] = parties[0]
    _give_voice(whole, codebook)
    if "id" not in whole and "document" in whole:
        whole["id"] = _free_id(str(whole["document"]), taken)
    return whole


def _anchor(whole: dict[str, Any], text: str) -> None:
    given = whole.get("start")
    if given is None or "end" not in whole:
        try:
            found = find_quote(text, str(whole["quote"]), start=None if given is None else _number(given))
        except QueryError as error:
            field, _, message = str(error).partition(": ")
            raise DataError([Finding(str(whole.get("id", whole["document"])) + f" {field}", message)]) from None
        whole |= {"start": found.start, "end": found.end, "quote": text[found.start : found.end]}
    if "directness" not in whole:
        quoted = is_quoted(text, whole["start"])
        whole["directness"] = "framing" if not whole.get("speaker") else "direct" if quoted else "paraphrase"


def _number(given: object) -> int:
    """Read an offset, which a CSV file gives as text."""
    if not str(given).isdecimal():
        raise QueryError(f"start: found {given!r}, allowed: a whole number from 0")
    return int(str(given))


def _give_voice(whole: dict[str, Any], codebook: Codebook) -> None:
    if "voice" in whole:
        return
    if not whole.get("speaker"):
        whole["voice"] = "framing"
        return
    holder = whole.get("holder")
    relayed_by_other = bool(whole.get("relayed_by")) and holder not in _parties(whole, "relayed_by", codebook)
    whole["voice"] = "self" if whole.get("speaker_party") == holder and not relayed_by_other else "ascribed"


def _parties(whole: Mapping[str, Any], field: str, codebook: Codebook) -> tuple[str, ...]:
    """Return for which parties a speaker speaks on the day; none where speaker or day are unknown."""
    try:
        return codebook.speaker(whole[field]).parties_on(PartialDate.parse(str(whole.get("said_on"))).last)
    except (QueryError, ValueError):
        return ()  # the statement's own checks tell what is wrong


def _free_id(document: str, taken: Callable[[str], bool]) -> str:
    """Return the document's next number, found in a few look-ups however many statements it has."""

    def is_taken(number: int) -> bool:
        return taken(f"{document}-{number:02d}")

    low, high = 0, 1
    while is_taken(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(middle) else (low, middle)
    return f"{document}-{high:02d}"
