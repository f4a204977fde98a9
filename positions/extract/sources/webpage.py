"""The text of a web page: trafilatura finds the article and leaves out menus, notices and lists of other stories.

It was chosen because it is maintained well, comes first in the published comparisons of such libraries, and gives the
same text every time. The date is read here, because its position matters: in the page's metadata, beside the headline,
or in the address.
"""

from __future__ import annotations

import copy
import logging
import re
from functools import lru_cache
from typing import Any, Final

from positions.errors import DataError, MissingExtraError
from positions.extract.sources.article_body import fuller_text
from positions.extract.sources.linked_data import first_text, story_items
from positions.extract.sources.page_date import find_page_date, own_address
from positions.extract.sources.page_parts import page_titles
from positions.extract.sources.page_tree import has_many_elements, parse_page
from positions.extract.sources.publication_date import parse_date
from positions.extract.sources.source_text import SourceText, source_error
from positions.model.dates import PartialDate

_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset=[\"']?\s{0,3}([\w.:-]{2,40})|<\?xml[^>]{0,60}encoding=[\"']([\w.-]{2,40})", re.I
)
_LATIN: Final = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
}
"""How browsers read these names."""
_OPENING: Final = 400
_HEAD: Final = 5_000
_SAVED_FROM: Final = re.compile(
    r"<!--\s{0,9}saved from url=\(\d{1,9}\)(https?://[^\s>]+)|<!--[^>]{0,200}?\burl:\s{1,9}(https?://\S+)", re.I
)
_SAVED_ON: Final = re.compile(r"saved date:\s{1,9}(?:\w{3} )?([^\n(]{8,40})", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://\S+")
_LOGGERS: Final = ("trafilatura", "htmldate", "justext", "courlan", "readability")


def read_webpage(content: bytes, *, where: str) -> SourceText:
    """Find the article in a web page, with its title, date, outlet, author and address.

    The text begins with the title unless the article repeats it. Raises ``DataError`` for a page in an encoding that it
    does not declare, and for one without an article, ``MissingExtraError`` without trafilatura.
    """
    page = _decode_page(content, where=where)
    if "\x00" in page:
        raise source_error(where, "found a NUL character, allowed: text")
    try:
        import trafilatura
    except ImportError:
        raise MissingExtraError(f"{where}: reading web pages", "documents") from None
    for name in _LOGGERS:  # readers of articles have no use for warnings about odd pages
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        tree = parse_page(page, where=where)
        article = _extract_article(trafilatura, copy.deepcopy(tree)) if tree is not None else None
        stories = story_items(tree, page_titles(tree), own_address(tree)) if tree is not None else []
        text = fuller_text((article.text or "").strip() if article is not None else "", stories)
        published = find_page_date(tree, text, address=saved_from(page)) if tree is not None else None
    except DataError:
        raise
    except Exception as error:  # a parser may raise anything on a broken page
        raise source_error(where, f"cannot be read as a web page: {type(error).__name__}: {str(error)[:100]}") from None
    if not text:
        raise source_error(where, "no article was found in the page")
    title = ((article.title if article is not None else "") or first_text(stories, "headline")).strip()
    if title and _letters_only(title) not in _letters_only(text[: _OPENING + 2 * len(title)]):
        text = f"{title}\n{text}"
    return SourceText(
        text,
        title=title,
        published_on=published,
        outlet=_field(article, "sitename", "hostname") or first_text(stories, "publisher"),
        author=_field(article, "author") or first_text(stories, "author"),
        url=next(filter(_ADDRESS.fullmatch, (_field(article, "url"), own_address(tree), saved_from(page))), ""),
        fetched_on=saved_on(page),
        library=f"trafilatura {trafilatura.__version__}",
    )


def saved_from(page: str) -> str:
    """Return the address that a browser or its extension noted in a comment when it saved a page; empty without one."""
    match = _SAVED_FROM.search(page[:_HEAD])
    return (match[1] or match[2]) if match else ""


def saved_on(page: str) -> PartialDate | None:
    """Return the day that such a comment gives; ``None`` without one."""
    match = _SAVED_ON.search(page[:_HEAD])
    day = parse_date(match[1]) if match else None
    return PartialDate.of(day) if day else None


def _field(article: Any, *names: str) -> str:
    return next((value.strip() for name in names if (value := getattr(article, name, None))), "")


def _extract_article(library: Any, tree: Any) -> Any:
    return library.bare_extraction(
        tree,
        fast=has_many_elements(tree),
        config=_extraction_settings(),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


@lru_cache(maxsize=1)
def _extraction_settings() -> Any:
    """Return settings with which short notices keep their paragraphs; by default these are merged."""
    from trafilatura.settings import DEFAULT_CONFIG

    config = copy.deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "20")
    return config


def _decode_page(content: bytes, *, where: str) -> str:
    """Decode a page as UTF-8, else in the encoding that it declares; never guess."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "utf-16"
    else:
        declared = _CHARSET.search(content[:4096])
        name = (declared[1] or declared[2]).decode().lower() if declared else ""
    try:
        return content.decode(_LATIN.get(name, name)) if name else content.decode()
    except (LookupError, UnicodeDecodeError):
        wrong = f"declares {name!r} and is not" if name.replace("-", "") not in ("", "utf8") else "is not UTF-8"
        raise source_error(where, f"the page {wrong}, allowed: UTF-8 or the encoding that it declares") from None


def _letters_only(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
