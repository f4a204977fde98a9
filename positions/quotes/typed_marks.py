"""Quotation marks as typewriters, TeX and mails write them, shown as the usual ones: ``''…''``, ``,,…''``, ``<<…>>``.

A text keeps its length, so that offsets mean the same. Apostrophes that look like opening marks ("rock 'n' roll", "the
'90s") become letters.
"""

from __future__ import annotations

import re
from typing import Final

_ANY: Final = re.compile(r"``|''|,,|<<|`|´|\s['‘’](?:n['’]\s|\dd?0s|\d\ds)")
_ANGLED: Final = re.compile(r"(?<!\w)<<([^<>\n]*)>>(?!\w)")
_LOW: Final = re.compile(r"(?<!\w),,(?=\w)")
_GRAVES: Final = re.compile(r"(?<![\w`])``(?=[^\s`])")
_OPENING: Final = re.compile(r"(?<![\w'.,!?…])''(?=[^\s'.,;:!?)])")
_INCH: Final = re.compile(r"(?<=\d)''(?=[^\n`“]{0,300}?[^\d\s']''(?!\w))")
_CLOSING: Final = re.compile(r"(?<=[^\s'])''(?![\w'])")
_GRAVE: Final = re.compile(r"(?<![\w`])`(?=[^\s`][^`\n]*[\w.,!?…]'(?!\w))")
_ACUTE: Final = re.compile(r"(?<!\w)´(?=\w)")
_ACUTE_BEHIND: Final = re.compile(r"(?<=[\w.,!?…])´(?!\w)")
_AND: Final = re.compile(r"(?<=\s)['‘’]n['’](?=\s)")
_DECADE: Final = re.compile(r"(?<!\w)['‘’](?=\d\ds\b)")
_APOSTROPHE: Final = "ʼ"


def show_usual_marks(text: str) -> str:
    """Return a text of the same length with the usual signs instead of typed ones. Linear, a paragraph a line."""
    if not _ANY.search(f" {text}"):
        return text
    text = _ANGLED.sub(r" «\1» ", text)
    text = _LOW.sub(" „", text)
    text = _GRAVES.sub(" “", text)
    text = _OPENING.sub(" “", text)
    text = _INCH.sub("″ ", text)
    text = _CLOSING.sub("” ", text)
    text = _GRAVE.sub("‘", text)
    text = _ACUTE_BEHIND.sub("’", _ACUTE.sub("‘", text))
    text = _AND.sub(f"{_APOSTROPHE}n{_APOSTROPHE}", text)
    return _DECADE.sub(_APOSTROPHE, text)
