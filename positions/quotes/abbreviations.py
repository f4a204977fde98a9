"""English abbreviations: the one list of words whose full stop ends neither a sentence nor a clause."""

from __future__ import annotations

import re
from typing import Final

ABBREVIATIONS: Final = (
    *("Mr", "Mrs", "Ms", "Dr", "Prof", "St"),
    *("Gen", "Col", "Maj", "Lt", "Capt", "Adm", "Sen", "Rep", "Gov", "Pres"),
    *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
    *("Inc", "Corp", "No", "vs", "approx", "ca", "cf", "art", "p", "pp"),
)
"""Titles, ranks, months and the like, as written before their full stop."""
_BACK: Final = 12
"""Characters looked back at: more than any abbreviation has."""
_WORDS: Final = rf"\b(?:{'|'.join(ABBREVIATIONS)})"
_ENDING: Final = re.compile(rf"(?:{_WORDS}|\b[A-Z](?:\.[A-Z])*|\b[ap]\.m)$")
_ENDING_OR_SIGN: Final = re.compile(rf"(?:{_WORDS}|\b\w(?:\.\w)*)$")


def ends_in_abbreviation(text: str, end: int, *, start: int = 0, or_single_sign: bool = False) -> bool:
    """Return whether the words from ``start`` up to a full stop at ``end`` end in an abbreviation or initials.

    With ``or_single_sign`` a single small letter or digit counts too ("e.g", "5"). Clauses ask for that, because a
    clause that is too wide does no harm; sentences do not, because "on March 5. He said" is two.
    """
    pattern = _ENDING_OR_SIGN if or_single_sign else _ENDING
    return pattern.search(text, max(start, end - _BACK), end) is not None
