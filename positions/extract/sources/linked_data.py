"""What a web page says about itself for programs: JSON-LD, as schema.org names its things.

Only what the page says of its own story counts. Lists of other stories, comments, reviews, pictures and the entries of
a live page are things that a story has beside it, and are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from positions.extract.sources.page_parts import same_words

_LONGEST: Final = 3_000_000
"""Characters of a script that are read."""
_MOST: Final = 200
"""Items of a page that are looked at: a page describes a handful."""
_STORY: Final = re.compile(r"(?:article|posting|report)$", re.IGNORECASE)
_BESIDE: Final = re.compile(
    r"(?:comment|review|rating|list|listitem|image\w*|video\w*|audio\w*|media\w*|person|\w*organization|event|offer|product"
    r"|answer|question|clip|claim|action|brand|place|\w*series|movie|book|\w*site|dataset)$",
    re.IGNORECASE,
)
_OWN: Final = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where an item's own story lies within it."""
_WRAP: Final = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
_COMMA: Final = re.compile(r",(?=\s{0,99}[}\]])")
_STRING: Final = r'"{}"\s{{0,9}}:\s{{0,9}}"((?:[^"\\]|\\.)*+)"'
_FIELDS: Final = ("headline", "datePublished", "articleBody", "url")


def story_items(tree: Any, titles: tuple[str, ...], address: str) -> list[dict[str, Any]]:
    """Return the items that describe the page's own story, the surest first.

    Of several stories those count whose headline is one of the page's ``titles`` or whose address is its own; if none
    is, a page with several stories has none of its own.
    """
    items = [item for item in _read_items(tree) if not any(_BESIDE.fullmatch(kind) for kind in _kinds(item))]
    stories = [item for item in items if any(_STORY.search(kind) for kind in _kinds(item))]
    others = [item for item in items if item not in stories]
    if len(stories) > 1:
        stories = [item for item in stories if _is_own(item, titles, address)]
    return stories + others


def item_text(item: dict[str, Any], *names: str) -> str:
    """Return the first of an item's fields that holds a text, or the first text of a list; empty without one."""
    for name in names:
        value = item.get(name)
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict):
            first = first.get("@value") or first.get("name") or first.get("@id")
        if isinstance(first, str) and first.strip():
            return first.strip()
    return ""


def first_text(items: list[dict[str, Any]], name: str) -> str:
    """Return a field of the first of several items that has it; empty if none does."""
    return next((text for item in items if (text := item_text(item, name))), "")


def is_story(item: dict[str, Any]) -> bool:
    """Return whether an item is an article or posting, rather than the page or something else that has a date."""
    return any(_STORY.search(kind) for kind in _kinds(item))


def _kinds(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type") or []
    return [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _is_own(item: dict[str, Any], titles: tuple[str, ...], address: str) -> bool:
    headline = item_text(item, "headline", "name")
    if any(same_words(headline, title) for title in titles):
        return True
    own = item_text(item, "url", "@id", "mainEntityOfPage").split("#")[0].rstrip("/")
    return bool(own and address and own == address.split("#")[0].rstrip("/"))


def _read_items(tree: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for value in _read_json((script.text or "")[:_LONGEST]):
                items.extend(_own_items(value, 4))
        if len(items) > _MOST:
            break
    return items[:_MOST]


def _own_items(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _own_items(part, depth)
    elif isinstance(value, dict) and depth:
        yield value
        for name in _OWN:
            yield from _own_items(value.get(name), depth - 1)


def _read_json(written: str) -> list[Any]:
    """Return the values of a script: several may follow each other, and pages break them in a few known ways."""
    plain = _WRAP.sub("", _WRAP.sub("", written)).strip()
    decoder = json.JSONDecoder(strict=False)  # line ends within a text are a common slip
    for text in (plain, _COMMA.sub("", plain)):
        values: list[Any] = []
        rest = text
        try:
            while rest:
                value, end = decoder.raw_decode(rest)
                values.append(value)
                rest = rest[end:].lstrip(" \t\r\n;,")
        except (ValueError, RecursionError):
            if not values:
                continue
        return values
    return _rescue_fields(plain)


def _rescue_fields(written: str) -> list[Any]:
    """Return a broken script's one story: with two of a kind it is not known which is whose."""
    fields: dict[str, Any] = {"@type": "NewsArticle"}
    for name in _FIELDS:
        texts = re.findall(_STRING.format(name), written)
        if len(texts) == 1:
            fields[name] = _unescape(texts[0])
    return [fields] if len(fields) > 1 and not re.search(r'"ItemList"|"Comment"|liveBlogUpdate', written) else []


def _unescape(written: str) -> str:
    try:
        return str(json.JSONDecoder(strict=False).decode(f'"{written}"'))
    except ValueError:
        return written
