"""Make text from sources harmless: quotes are untrusted and must neither mark up nor link nor turn the line around."""

from __future__ import annotations

import re
from typing import Final

from positions.wording.links import web_address

# Control characters are invalid in HTML, and those of text direction would reorder what follows the quote.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|~#&$])")
# A code host links bare addresses, mail addresses, mentions and names of commits without being asked.
_LINKED: Final = re.compile(r"(?i)(https?|ftp)(:)(?=//)|(www)(\.)")


class Ready(str):
    """Text that is Markdown already and is written as it is."""

    __slots__ = ()


def seen(text: str) -> str:
    """Replace control characters, those of text direction included, by the sign for an unknown character."""
    return _UNSEEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Write text on one line: every run of spaces and line ends becomes one space."""
    return re.sub(r"\s+", " ", seen(text))


def markdown(text: object) -> str:
    """Write text so that Markdown shows its characters and reads no markup, table, link or mention in it."""
    if isinstance(text, Ready):
        return text
    line = _MARKUP.sub(r"\\\1", one_line(str(text)))
    line = _LINKED.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", line)
    return re.sub(r"@(?=\w)", "@\u2060", line)


def markdown_link(text: str, url: str) -> Ready:
    """Write a link where the address is a web address, the mere text otherwise."""
    shown = markdown(text)
    return Ready(f"[{shown}](<{web_address(url)}>)" if web_address(url) else shown)


def excerpt(text: str, most: int = 320) -> str:
    """Shorten a long quote at a word's end; the whole of it stands in its note."""
    line = one_line(text).strip()
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
