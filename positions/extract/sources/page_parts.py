"""The parts of a web page that are of its own story: its headline, and the tree without menus, lists and comments."""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any, Final

from positions.language.reading_words import all_reading_words, name_pattern

_BESIDE_TAGS: Final = frozenset(
    ("nav", "aside", "footer", "form", "menu", "dialog", "template", "select", "iframe", "svg")
)
_KEPT_TAGS: Final = frozenset(("html", "head", "body", "main", "meta", "link", "script", "h1", "title", "time"))
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TEASER: Final = 4
"""Words of a link that is another story's headline, at least."""
_ROW_TAGS: Final = ("li", "tr")
_MOST_DEPTH: Final = 2_000
_WORDS: Final = re.compile(r"\w+")


def same_words(one: str, other: str) -> bool:
    """Return whether two headlines are the same, or the longer one is the shorter with the outlet's name or so."""
    first, second = _WORDS.findall(one.casefold()), _WORDS.findall(other.casefold())
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    return short == long or (len(short) > 2 and f" {' '.join(short)} " in f" {' '.join(long)} ")


def page_titles(tree: Any) -> tuple[str, ...]:
    """Return what the page's head calls the page."""
    titles = [" ".join((title.text or "").split()) for title in tree.iter("title") if _is_of_head(title)][:1]
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in ("og:title", "twitter:title"):
            titles.append(" ".join((meta.get("content") or "").split()))
    return tuple(dict.fromkeys(title for title in titles if title))


def _is_of_head(element: Any) -> bool:
    parent = element.getparent()
    return parent is None or parent.tag != "svg"


def find_headline(tree: Any, titles: tuple[str, ...]) -> Any:
    """Return the element with the story's headline; ``None`` without one.

    It is the heading that says what the title says, else the first of more than two words.
    """
    headings = [(heading, text_of(heading)) for heading in tree.iter("h1")]
    matching = [heading for heading, text in headings if any(same_words(text, title) for title in titles)]
    if matching:
        return matching[0]
    lower = [heading for heading in tree.iter("h2", "h3") if any(same_words(text_of(heading), t) for t in titles)]
    return next(iter([*lower, *(heading for heading, text in headings if len(text.split()) > 2)]), None)


def text_of(element: Any, longest: int = 2_000) -> str:
    """Return the words of an element and what lies in it, with single blanks, cut to a length."""
    parts: list[str] = []
    length = 0
    for part in element.itertext("*"):
        parts.append(part)
        length += len(part)
        if length > longest:
            break
    return " ".join(" ".join(parts).split())[:longest]


def own_story(tree: Any) -> Any:
    """Return a copy of a page without what is not of its story: menus, lists of other stories, comments, mastheads.

    Nothing that holds the headline is left out.
    """
    tree = copy.deepcopy(tree)
    headline = find_headline(tree, page_titles(tree))
    kept = set() if headline is None else {headline, *headline.iterancestors()}
    main = next((element for element in kept if element.tag == "article"), None)
    if main is None:
        main = _longest_article(tree)
    for element in list(tree.iter("*")):
        if element in kept or element.tag in _KEPT_TAGS or not isinstance(element.tag, str):
            continue
        if _is_beside(element, main):
            _drop(element)
    return tree


@cache
def _beside_names() -> re.Pattern[str]:
    """Return the pattern of names of parts that are not of the story, in any language."""
    names = name_pattern(name for words in all_reading_words() for name in words.pages.beside)
    return re.compile(rf"(?<![a-z])(?:{names})(?![a-z])")


def _longest_article(tree: Any) -> Any:
    return max(tree.iter("article"), key=lambda article: len(text_of(article, 20_000)), default=None)


def _is_beside(element: Any, main: Any) -> bool:
    tag = element.tag
    if tag in _BESIDE_TAGS:
        return True
    if tag == "article":
        return element is not main
    if tag == "header":
        return not any(parent.tag in ("article", "main") for parent in element.iterancestors())
    if tag in _ROW_TAGS and _is_teaser(element):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
    return bool(names.strip() and _beside_names().search(_HUMP.sub("-", names).lower().replace("_", "-")))


def _is_teaser(element: Any) -> bool:
    return any(len(text_of(link, 200).split()) >= _TEASER for link in element.iter("a"))


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
