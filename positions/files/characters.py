"""Characters that a terminal obeys, hides or cannot show, and what people and programs get in their place.

Documents, file names and options are untrusted: an escape sequence in a quote must not overwrite other output, and a
console that knows no dash must not end a command. What people read goes through :func:`show_controls`, JSON through
:func:`escape_controls`, and the streams themselves have one of the error handlers that are registered here.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

READABLE: Final = "positions.readable"
"""Error handler of streams for people: a sign that the encoding lacks becomes one that looks alike, else its number."""
ESCAPED: Final = "positions.escaped"
"""Error handler for JSON: a sign that the encoding lacks becomes an escape, which means the same there."""

_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters, which move a terminal's cursor or colour it, and marks that change the direction of writing."""
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT: Final = re.compile(rf"[{_RIGHT}]+(?:(?:[^\w\n]|\d)*[{_RIGHT}]+)*")
"""A stretch of Hebrew, Arabic and their neighbours, with the signs and digits within it."""
_LOOKALIKES: Final = {
    **dict.fromkeys("‐‑‒–—―−─━", "-"),
    **dict.fromkeys("‘’‚‛′ʼ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    "…": "...",
    "·": "-",
    "•": "-",
    "⟨": "<",
    "⟩": ">",
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "×": "x",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "│": "|",
    "┃": "|",
    "✓": "+",
    "±": "+/-",
    "α": "alpha",
}

_FILLERS: Final = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Letters and marks that show nothing."""
VISIBLE: Final = r"[^\p{C}\p{Z}\x{034F}\x{115F}\x{1160}\x{2800}\x{3164}\x{FFA0}]"
"""What a text matches, in pydantic's regular expressions, if :func:`is_visible`."""
VISIBLE_OR_BLANK: Final = rf"^[ \t\r\n]*$|{VISIBLE}"
"""What a text matches, in pydantic's regular expressions, if :func:`is_visible_or_blank`."""


def is_visible(text: str) -> bool:
    """Return whether a text shows anything: not only blanks, control characters or signs without width."""
    return any(sign.isprintable() and not sign.isspace() and sign not in _FILLERS for sign in text)


def is_visible_or_blank(text: str) -> bool:
    """Return whether a text is empty to everybody, or shows something: signs without width alone only seem empty."""
    return not text.strip(" \t\r\n") or is_visible(text)


def show_controls(text: str) -> str:
    """Return a text with visible signs for what a terminal would obey or hide; line ends and tabs stay."""
    return _UNSEEN.sub(_control_sign, text.replace("\r\n", "\n"))


def isolate_right_to_left(text: str, marks: tuple[str, str] = ("\u2068", "\u2069")) -> str:
    """Return a text in which each stretch that runs from right to left is laid out by itself.

    What surrounds it keeps its order. ``marks`` stand before and behind it. The text's own marks of direction have to
    be made visible before.
    """
    return _RIGHT_TO_LEFT.sub(rf"{marks[0]}\g<0>{marks[1]}", text)


def right_to_left_spans(text: str) -> list[tuple[int, int]]:
    """Return where those stretches begin and end."""
    return [found.span() for found in _RIGHT_TO_LEFT.finditer(text)]


def escape_controls(json_text: str) -> str:
    """Return JSON in which those characters are escaped: the same values, safe on a screen."""
    return _UNSEEN.sub(lambda match: _json_escape(match[0]), json_text)


def _control_sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"


def _json_escape(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[index : index + 4]}" for index in range(0, len(units), 4))


def _readable_sign(sign: str, encoding: str) -> str:
    """Return what stands for one sign in an encoding that lacks it: always ASCII, unless a base letter is known."""
    import unicodedata  # not at every start: most consoles know every sign

    if "\u2400" <= sign <= "\u241f":
        return f"^{chr(ord(sign) - 0x2400 + 0x40)}"
    base = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    for alike in (_LOOKALIKES.get(sign, ""), base):
        try:
            alike.encode(encoding)
        except UnicodeEncodeError:
            continue
        if alike:
            return alike
    return sign.encode("ascii", "backslashreplace").decode()


def _replace_readably(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wrong = error.object[error.start : error.end]
    # Codecs made of a table call themselves all by one name, which is no encoding: ASCII is in each of them.
    encoding = "ascii" if error.encoding == "charmap" else error.encoding
    return "".join(_readable_sign(sign, encoding) for sign in wrong), error.end


def _replace_escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_json_escape(sign) for sign in error.object[error.start : error.end]), error.end


codecs.register_error(READABLE, _replace_readably)
codecs.register_error(ESCAPED, _replace_escaped)
