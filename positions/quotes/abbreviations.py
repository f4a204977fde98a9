"""Words whose full stop ends neither a sentence nor a clause: the one list is the language's (``english.toml``)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from positions.language.reading_words import english_reading, word_pattern

_BACK: Final = 12
"""Characters looked back at: more than any abbreviation has."""


def ends_in_abbreviation(text: str, end: int, *, start: int = 0, or_single_sign: bool = False) -> bool:
    """Return whether the words from ``start`` up to a full stop at ``end`` end in an abbreviation or initials.

    With ``or_single_sign`` a single small letter or digit counts too ("e.g", "5"). Clauses ask for that, because a
    clause that is too wide does no harm; sentences do not, because "on March 5. He said" is two.
    """
    return _ending(or_single_sign).search(text, max(start, end - _BACK), end) is not None


@cache
def _ending(or_single_sign: bool) -> re.Pattern[str]:
    initials = r"\w(?:\.\w)*" if or_single_sign else r"[A-Z](?:\.[A-Z])*"
    return re.compile(rf"\b(?:{word_pattern(english_reading().abbreviations)}|{initials})$")
