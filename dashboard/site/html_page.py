"""A page of a site as the text of a file: its head, its policy, the rules that show a day or a quote, its footer."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Final

from dashboard.markup.html_text import DRAWN_NAMES, DRAWN_TAGS, write_nodes
from dashboard.site.frame import MAIN
from dashboard.site.variant_classes import hidden_on

STAMP: Final = b"\xff"
"""Stands for the words on when and of which log a file was made; no text in UTF-8 has this byte."""
HEAD: Final = b"\xfe"
"""Stands for the head of the log that a file was made of, likewise."""
_FRAME: Final = frozenset({"header", "main", "nav", "footer", "h1", "details", "summary", "aside", "i"})


@dataclass(frozen=True, slots=True)
class PageHead:
    """What the head of a page says.

    ``words`` are what it is about in a sentence or two; ``rules`` the style sheet of the page alone. ``root`` is the
    way to the site's first folder, ``address`` the page's own on the web and ``card`` that of its card (empty if they
    are not known).
    """

    title: str
    words: str
    rules: str
    root: str
    address: str = ""
    card: str = ""


def write_page(head: PageHead, page: str, nodes: Sequence[Any]) -> bytes:
    """Write a page of serialised nodes; ``page`` has its classes, which style sheets know.

    It asks for nothing but the site's style sheet, and runs nothing. Raises ``ValueError`` as
    :func:`dashboard.markup.html_text.write_nodes` does.
    """
    body = write_nodes(nodes, tags=DRAWN_TAGS | _FRAME, names=DRAWN_NAMES)
    about = f'<a href="{head.root}about.html">What this site shows</a>'
    text = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>{_head(head)}</head>\n'
        f'<body><div class="page {page}">{body}<footer><p>'
    )
    return text.encode() + STAMP + f" {about}.</p></footer></div></body>\n</html>\n".encode()


def _head(head: PageHead) -> str:
    digest = b64encode(hashlib.sha256(head.rules.encode()).digest()).decode()
    own = f" 'sha256-{digest}'" if head.rules else ""
    policy = (
        f"default-src 'none'; style-src 'self' file:{own}; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'"
    )
    metas = {"viewport": "width=device-width, initial-scale=1", "color-scheme": "light dark", "description": head.words}
    metas |= {"twitter:card": "summary_large_image"} if head.card else {}
    about = {"og:title": head.title, "og:description": head.words, "og:url": head.address} if head.address else {}
    card = {"og:image": head.card, "og:image:width": "1200", "og:image:height": "630"} if head.card else {}
    properties = {"og:type": "article", **about, **card}
    return "".join(
        (
            f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">',
            *(f'<meta name="{name}" content="{escape(words)}">' for name, words in metas.items() if words),
            *(f'<meta property="{name}" content="{escape(words)}">' for name, words in properties.items() if words),
            f"<title>{escape(head.title)}</title>",
            f'<link rel="stylesheet" href="{head.root}site.css">',
            f'<link rel="alternate" type="application/atom+xml" href="{head.root}feed.xml" title="Changes">',
            f'<link rel="canonical" href="{escape(head.address)}">' if head.address else "",
            f"<style>{head.rules}</style>" if head.rules else "",
        )
    )


def year_class(day: date) -> str:
    """Return the class of a page that has all days of a year."""
    return f"y{day.year}"


def day_rules(days: Sequence[date], offsets: Mapping[date, Mapping[str, float]]) -> str:
    """Return the style sheet of a year's pages: it shows the variants of the day in the address, else of the last.

    ``offsets`` say where the line of a day stands in the parts with an id, in hundredths of their width.
    """
    rules, pages, count = [], f".{year_class(days[0])}", len(days)
    for index, day in enumerate(days):
        chosen = [f':root:has(:is([id="{day}"],[id="{day}.{MAIN}"]):target)']
        if index == count - 1:
            chosen.append(f":root:not(:has(i:target)) {pages}")
        for one in chosen:
            rules.append(f"{one} {hidden_on(index, count)}{{display:none!important}}")
            rules += [f"{one} #{part}{{--now:{place:.2f}%}}" for part, place in offsets[day].items()]
    # Who reads with a browser that does not know the rules sees the last day.
    plain = f"{pages} {hidden_on(count - 1, count)}{{display:none}}"
    return f"{''.join(rules)}@supports not selector(:has(a)){{{plain}}}\n"


def offset_rules(offsets: Mapping[str, float]) -> str:
    """Return the style sheet of a page on one day: where its line stands in the parts with an id."""
    return "".join(f"#{part}{{--now:{place:.2f}%}}" for part, place in offsets.items())


def quote_rules(groups: Mapping[str, int]) -> str:
    """Return the style sheet that shows the record of the quote in the address, and where its words stand.

    ``groups`` are the numbers of the statements' groups by id (:func:`dashboard.site.content.group_quotes`).
    """
    rules = []
    for one, group in groups.items():
        chosen = f':root:has([id="s-{one}"]:target)'
        rules.append(
            f'{chosen} :is([id="r-{one}"],[id="g-{group}"]){{display:block}}'
            f'{chosen} mark[data-in~="{one}"]{{outline:2px solid}}'
        )
    hidden = ".beside>div{display:none}:root:has(.quote-anchor:target) .beside>.hint{display:none}"
    return f"@supports selector(:has(a)){{{hidden}{''.join(rules)}}}"
