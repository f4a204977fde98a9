"""The quotation marks of the world's scripts: which closes which, and what stands beside an opening or closing one."""

from __future__ import annotations

import re
from typing import Final

CLOSERS: Final = {
    "“": "”",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "”": "”“",
    '"': '"”',
    "＂": "＂",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "〝": "〞〟",
}
"""What closes a quotation that a mark opened. Danes angle their marks inwards, Swedes open with the closing mark."""
SINGLE_CLOSERS: Final = {"‘": "’'", "‚": "‘’'", "'": "'’", "’": "’", "‛": "’"}
"""The same for the marks one of which is an apostrophe as well."""
REOPENING: Final = {"«": "«»", "「": "「", "„": "„", "‚": "‚"}
"""What a paragraph begins with that goes on with a quotation, if it is not only the opening mark itself."""
MARK: Final = re.compile("[" + re.escape("".join({*CLOSERS, *"".join(CLOSERS.values())})) + "]")
SINGLE_MARK: Final = re.compile("[‘’‚‛']")
TOGGLES: Final = '"＂'
"""Marks that open and close alike."""
_BEFORE_OPENING: Final = "([{（—–-/:,;¿¡>" + "".join(CLOSERS) + "".join(SINGLE_CLOSERS)

_BEHIND_CLOSING: Final = ",.;:!?)]}，。"


def may_open(text: str, offset: int) -> bool:
    """Return whether a mark stands where a quotation opens: behind a blank or a bracket and before a word."""
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    is_word = bool(after) and not after.isspace() and after not in _BEHIND_CLOSING
    return is_word and (not before or before.isspace() or before in _BEFORE_OPENING)


def may_close(text: str, offset: int) -> bool:
    """Return whether a mark stands where a quotation closes: behind a word or sign and not within a word."""
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return bool(before) and not before.isspace() and not after.isalnum()


def is_spaced(text: str, offset: int) -> bool:
    """Return whether blanks are on both sides of a mark, as the French and careless typists write it."""
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return (not before or before.isspace()) and (not after or after.isspace())


def is_genitive(text: str, offset: int) -> bool:
    """Return whether an apostrophe may be that of "the soldiers’ boots" instead of a closing mark."""
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 3]
    return before.lower() in ("s", "x", "z") and after[:1].isspace() and after[1:].islower()
