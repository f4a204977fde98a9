"""Blank out markup that a page left in its document, keeping every offset.

A document is stored as it was received, with its tags and links. The rules read the masked text instead, which is as
long, so that an offset means the same in both.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Final

_FRONT_MATTER: Final = re.compile(r"\A\ufeff?---[^\S\n]*\n(?:(?!---)[^\n]*\n)*+---[^\S\n]*(?:\n|\Z)")
_TAG: Final = re.compile(r"(?<!<)</?[A-Za-z][^<>]{0,1000}+>|<!(?:[^<>]{0,1000}+)>|<\?[^<>]{0,1000}+>")
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_IMAGE: Final = re.compile(r"!\[[^\[\]\n]*+\]\([^()\[\]\n]*+\)")
_LINK: Final = re.compile(r"(\[)[^\[\]\n]++(\]\((?:[^()\[\]\n]|\([^()\[\]\n]*+\))*+\))")
_REFERENCE: Final = re.compile(r"\[\^?\d{1,4}\](?::(?=\s))?")
_ADDRESS: Final = re.compile(r"(?:https?://|\bwww\.)[^\s<>\[\]\"“”]++")
_HEADING: Final = re.compile(r"^[^\S\n]{0,3}#{1,6}(?=\s)", re.MULTILINE)
_RULE: Final = re.compile(r"^[^\S\n]{0,3}(?:\*[^\S\n]?){3,80}+$|^[^\S\n]{0,3}[-_=]{3,200}+[^\S\n]{0,9}$", re.MULTILINE)
_LINE_SIGN: Final = re.compile(r"^[^\S\n]{0,3}(?:>[^\S\n]?){1,9}|^[^\S\n]{0,9}[*+](?=\s)", re.MULTILINE)
_STARS: Final = re.compile(r"(?<![*\w])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![*\w])")
_LOWLINES: Final = re.compile(r"(?<![_\w])_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?![_\w])")
_TYPED_MARK: Final = r"``(?=[^\s`](?:(?!``|''|\n\n)[\s\S])*+'')|`(?=[^\s`][^`\n]*[\w.,!?…]'(?!\w))"
"""Opening quotation marks of ``''…''`` and of a grave accent, which are no markup."""
_TICKS: Final = re.compile(rf"(?<!`)(?!{_TYPED_MARK})`{{1,3}}(?!`)")
_FIRST: Final = re.compile(r"\A\ufeff")
_TRAILING: Final = ".,;:!?)’'»*_"

_ANY: Final = re.compile(r"[<>&\[*_#`\ufeff]|---|===|://|www\.")
"""Signs one of which every kind of markup has: most texts have none and are returned as they are."""
_WHOLE: Final = (_FRONT_MATTER, _FIRST, _TAG, _IMAGE)
_SIGNS: Final = (_REFERENCE, _RULE, _HEADING, _LINE_SIGN, _STARS, _LOWLINES)


@lru_cache(maxsize=8)
def mask_markup(text: str) -> str:
    """Return a text of the same length with blanks instead of markup; line breaks stay.

    Markup is HTML tags, a byte order mark, Markdown's front matter, emphasis, headings and link targets, and web
    addresses. An HTML entity becomes its character followed by blanks. Linear in the length of the text, and cached,
    because several readers of a document ask for it in a row.
    """
    if not _ANY.search(text):
        return text
    for pattern in _WHOLE:
        text = pattern.sub(_blank, text)
    text = _LINK.sub(_blank_link, text)
    text = _ADDRESS.sub(_blank_address, text)
    text = _ENTITY.sub(_decode_entity, text)
    for pattern in _SIGNS:
        text = pattern.sub(_blank, text)
    return _TICKS.sub(_blank, text) if text.count("`") % 2 == 0 else text


def _blank(match: re.Match[str]) -> str:
    markup = match[0]
    return " " * len(markup) if markup.isprintable() else "".join(s if s.isspace() else " " for s in markup)


def _blank_link(match: re.Match[str]) -> str:
    inner = match[0][1 : match.start(2) - match.start()]
    return f" {inner}{' ' * len(match[2])}"


def _blank_address(match: re.Match[str]) -> str:
    length = len(match[0].rstrip(_TRAILING))
    return " " * length + match[0][length:]


def _decode_entity(match: re.Match[str]) -> str:
    sign: str = html.unescape(match[0])
    if sign == match[0]:
        return sign
    visible_sign = sign if len(sign) == 1 and sign.isprintable() else " "
    return visible_sign.ljust(len(match[0]))
