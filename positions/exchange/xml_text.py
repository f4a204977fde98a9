"""What XML can hold of a text."""

from __future__ import annotations

import re
from typing import Final

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def writable_in_xml(text: str) -> str:
    """Return a text with a visible sign for each character that XML 1.0 has no place for.

    A carriage return is one: a reader would make a line feed of it.
    """
    return _UNWRITABLE.sub(lambda sign: chr(0x2400 + ord(sign[0])) if ord(sign[0]) < 0x20 else "\ufffd", text)
