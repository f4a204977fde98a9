"""Escape text from sources: a quote is untrusted and must not add markup, links or a change of text direction."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

from positions.files.characters import isolate_right_to_left
from positions.wording.links import web_address
from positions.wording.quotes import readable_quote

# Control characters are invalid in HTML, and those of text direction would reorder what follows the quote.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|~#&$])")
# Code hosts turn bare addresses, mail addresses, mentions and commit names into links.
_LINKED: Final = re.compile(r"(?i)(https?|ftp)(:)(?=//)|(www)(\.)")


class MarkdownText(str):
    """Text that is Markdown already, so it is not escaped."""

    __slots__ = ()


def replace_control_characters(text: str) -> str:
    """Return a text with U+FFFD in place of control characters, including those of text direction."""
    return _UNSEEN.sub("\ufffd", text)


def isolate(text: str) -> Markup:
    """Return a text as HTML in which each stretch from right to left leaves the order of what surrounds it alone."""
    visible = str(escape(replace_control_characters(text)))
    return Markup(isolate_right_to_left(visible, ("<bdi>", "</bdi>")))  # noqa: S704 escaped before


def one_line(text: str) -> str:
    """Return a text on one line: every run of spaces and line ends becomes one space."""
    return re.sub(r"\s+", " ", replace_control_characters(text))


def escape_markdown(text: object) -> str:
    """Escape a text so that Markdown shows its characters and sees no markup, table, link or mention in it."""
    if isinstance(text, MarkdownText):
        return text
    line = _MARKUP.sub(r"\\\1", one_line(str(text)))
    line = _LINKED.sub(lambda match: f"{match[1] or match[3]}\\{match[2] or match[4]}", line)
    return re.sub(r"@(?=\w)", "@\u2060", line)


def markdown_link(text: str, url: str) -> MarkdownText:
    """Return a Markdown link if the address is a web address, else the escaped text alone."""
    label = escape_markdown(text)
    return MarkdownText(f"[{label}](<{web_address(url)}>)" if web_address(url) else label)


def excerpt(text: str, most: int = 320) -> str:
    """Shorten a quote to at most ``most`` characters at the end of a word; its note has the whole quote."""
    line = one_line(readable_quote(text)).strip()
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
