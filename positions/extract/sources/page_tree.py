"""A web page as a tree of elements, parsed once, without the markup that no reader of articles looks at."""

from __future__ import annotations

import re
from typing import Any, Final

from positions.extract.sources.source_text import source_error

MOST_ELEMENTS: Final = 20_000
"""Elements of a page at most; an article has some hundreds, a long page with its menus a few thousand."""
MOST_ATTRIBUTES: Final = 5_000
"""Attributes of one tag at most; pages have a few dozen."""
MANY_ELEMENTS: Final = 4_000
"""Elements from which on a page is read by its first way alone: those tried beside it compare all its paragraphs."""
_CROWDED: Final = 8
"""Attributes of one element that cost nothing; those of one with more are looked through."""
_READ: Final = (
    *("class", "id", "itemprop", "itemtype", "itemscope", "property", "name", "content", "datetime", "pubdate"),
    *("title", "rel", "href", "src", "alt", "type", "role", "style", "lang", "http-equiv", "charset", "hidden"),
    *("aria-hidden", "rowspan", "colspan", "data-component", "data-testid", "data-utime", "data-preloaded"),
    "data-lp-replacement-content",
)
"""The attributes by which trafilatura, htmldate and the modules beside this one tell what an element is."""
_LONGEST_NAMES: Final = 400
"""Characters of an element's classes that are read."""
_OPENS: Final = re.compile(r"(?!script\b|style\b)[a-z][\w:-]{0,60}\s", re.I)
_BODY: Final = re.compile(r"<body\b", re.I)


def parse_page(page: str, *, where: str) -> Any:
    """Return the tree of a page's elements; ``None`` for what is no page at all.

    Takes time in proportion to the page's length. Raises ``DataError`` for a page with more than
    :data:`MOST_ELEMENTS`, or a tag with more than :data:`MOST_ATTRIBUTES`.
    """
    from trafilatura.utils import load_html

    most = _most_attributes(page)
    if most > MOST_ATTRIBUTES:
        message = f"found a tag with {most:,} attributes, allowed: up to {MOST_ATTRIBUTES:,}"
        raise source_error(where, message)
    tree = load_html(page if _BODY.search(page) else f"<html><body>{page}</body></html>")
    if tree is None:
        return None
    count = _trim_attributes(tree)
    if count > MOST_ELEMENTS:
        message = f"found a page of {count:,} elements, allowed: up to {MOST_ELEMENTS:,}; is it a single article?"
        raise source_error(where, message)
    return tree


def has_many_elements(tree: Any) -> bool:
    """Return whether a page is so long that only ways of reading it in linear time are open."""
    return sum(1 for _ in tree.iter("*")) > MANY_ELEMENTS


def _trim_attributes(tree: Any) -> int:
    """Drop what nobody reads of crowded elements' attributes and long lists of classes; return how many elements."""
    count = 0
    for element in tree.iter("*"):
        count += 1
        attributes = element.attrib
        if len(attributes) > _CROWDED:
            kept = {name: value for name in _READ if (value := attributes.get(name)) is not None}
            attributes.clear()
            attributes.update(kept)
        if len(names := attributes.get("class") or "") > _LONGEST_NAMES:
            attributes["class"] = names[:_LONGEST_NAMES].rpartition(" ")[0]
    return count


def _most_attributes(page: str) -> int:
    """Return about how many attributes the tag with the most of them has: the parser compares each with each."""
    tags = (part for part in page.split("<") if len(part) > 2 * MOST_ATTRIBUTES and _OPENS.match(part))
    return max((sum("=" in word for word in tag.split()) for tag in tags), default=0)
