"""Read a source, a text, Markdown, HTML or PDF file: the characters to be stored, and what it says about itself.

A text or Markdown file is stored character by character. Of a web page or a PDF the article's text is stored, as a
library extracts it; the document then says what it was made from: the file, its hash, the library, and its pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from pydantic import ValidationError

from positions.errors import DataError, Finding
from positions.extract.sources.document_id import plain_id, text_file
from positions.extract.sources.document_language import detect_language
from positions.extract.sources.publication_date import PublishedOn, date_in_text, parse_date, strip_date
from positions.extract.sources.source_text import SourceText, source_error
from positions.files.reading import decode, model_findings, read_bytes, require_file
from positions.language.reading_words import english_reading, word_pattern
from positions.model.dates import PartialDate, publication_problem
from positions.model.document import DateBasis, Document, sha256_of
from positions.quotes.masking import mask_markup

Media: TypeAlias = Literal["text", "markdown", "html", "pdf", "word", "mail", "saved page"]
"""The kind of a source file, by the suffix of its name; a file with an unknown one is read as text."""

PASTED: Final = ("pasted.txt", "pasted.html")
"""The names of a text and a page that came from no file."""
LARGEST: Final = 10_000_000
"""The most bytes of a source: an article has some ten thousand."""
LONGEST_LINE: Final = 500_000
"""The most characters of a line: more than any article in one line."""
_MOST_CONTROLS: Final = 100
"""A file with one control character in so many is binary."""
_TITLE: Final = 160
"""The most characters of a title."""
_ENDINGS: Final[dict[str, Media]] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "word",
    ".eml": "mail",
    ".mhtml": "saved page",
    ".mht": "saved page",
}
UNREAD: Final = (".doc", ".odt", ".rtf", ".pages", ".epub", ".wpd", ".msg", ".ppt", ".pptx", ".xls", ".xlsx", ".ods")
"""Endings of files with text that nothing here reads."""
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF file", ".pdf"),
    (b"PK\x03\x04", "a zip or Office file", ""),
    (b"\xd0\xcf\x11\xe0", "an old Office file", ""),
    (b"{\\rtf", "rich text (RTF)", ""),
    (b"\xff\xfe", "UTF-16 text", ""),
    (b"\xfe\xff", "UTF-16 text", ""),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HEAD: Final = 4_000
_AUTHOR_NAME: Final = r":?\s{1,3}([A-Z][^\n|,\d]{2,60}?)\s{0,9}(?:$|[|,\d])"
_ADDRESS: Final = r"[^\n]{0,20}:\s{0,9}(https?://\S+)((?: [a-z0-9/.-]+)*)$"
_HEADING: Final = re.compile(r"^#{1,2}\s+([^\n]+?)[\s#]*$", re.MULTILINE)
_FRONT: Final = re.compile(r"\A\ufeff?---[^\S\n]*\r?\n(.*?)\n---[^\S\n]*\r?(?:\n|\Z)", re.DOTALL)
_FIELD: Final = re.compile(r"^([A-Za-z_ -]{1,30}):[^\S\n]*([^\n]+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source as read: the ``text`` to be stored, and what the file says about itself.

    ``published_on`` is ``None`` if the file does not say; its basis is ``explicit`` if the text or its metadata have it
    in full, else ``inferred``. ``outlet``, ``author`` and ``url`` are empty if the file does not say. ``sha256`` is the
    hash of the file's own bytes, ``library`` what extracted the text from a web page or PDF, ``pages`` the offsets at
    which the pages begin.
    """

    name: str
    media: Media
    sha256: str
    text: str
    title: str
    published_on: PartialDate | None
    published_on_basis: DateBasis | None
    outlet: str
    author: str
    url: str
    library: str
    pages: tuple[int, ...] | None
    fetched_on: PartialDate | None

    def document(self, **fields: Any) -> Document:
        """Return the source as a document; fields that are given and not empty override those found.

        ``id`` is by default the file's name without its suffix. Raises ``DataError`` if a field is impossible or the
        publication date or outlet is neither found nor given.
        """
        is_verbatim = self.media in ("text", "markdown")
        known_fields = {name: value for name, value in fields.items() if value is not None and value != ""}
        values = {
            "id": plain_id(Path(self.name).stem) or f"document-{self.sha256[:8]}",
            **{name: getattr(self, name) for name in ("title", "outlet", "author", "url")},
            "text": self.text,
            "sha256": sha256_of(self.text.encode()),
            "language": detect_language(self.text),
            "published_on": self.published_on,
            "published_on_basis": self.published_on_basis,
            **known_fields,
        }
        own_name = values["id"] if self.name in PASTED else self.name
        ending = "" if is_verbatim and self.name not in PASTED else ".txt"
        values.setdefault("file", f"seeds/{text_file(values['id'], own_name, ending=ending)}")
        if "published_on" in known_fields:
            values["published_on_basis"] = known_fields.get("published_on_basis", "explicit")
        fetched_on = values.pop("fetched_on", None) or self.fetched_on
        if not is_verbatim or fetched_on:
            values["made_from"] = {
                "name": self.name,
                "sha256": self.sha256,
                "tool": self.library or None,
                "pages": self.pages,
                "fetched_on": fetched_on,
            }
        if missing := [name for name in ("published_on", "outlet") if not values[name]]:
            raise DataError(Finding(self.name, name, _MISSING[name]) for name in missing)
        try:
            document = Document.model_validate(values)
        except ValidationError as error:
            raise DataError(model_findings(error, Document, where=self.name)) from None
        if wrong := publication_problem(document.published_on):
            raise DataError([Finding(self.name, "published_on", wrong)])
        return document


_MISSING: Final = {
    "published_on": "the text has no publication date (weekdays name none); give --published-on",
    "outlet": "the file does not tell who published it; give --outlet",
}


def read_source(path: Path, *, published_on: PartialDate | None = None) -> SourceFile:
    """Read a source file; ``published_on`` overrides any date found in it.

    Raises ``WorkspaceError`` for a file that cannot be read, ``DataError`` for one that is not a text: empty, binary,
    over :data:`LARGEST`, not in UTF-8 (a web page may declare another encoding), or with a line over
    :data:`LONGEST_LINE`.
    """
    content = _read_file_bytes(path)
    return read_content(content, path, published_on=published_on)


def read_content(content: bytes, path: Path, *, published_on: PartialDate | None = None) -> SourceFile:
    """Read the bytes of a file of that name, as :func:`read_source` does."""
    media = _ENDINGS.get(path.suffix.lower(), "text")
    if path.suffix.lower() in UNREAD:
        raise source_error(path, unsupported_words(path))
    source = _read_content(content, media, where=str(path))
    _require_text(source.text, where=str(path))
    plain = mask_markup(source.text)
    published = PublishedOn(published_on, "explicit") if published_on else source.published_on
    if published is None:
        published = date_in_text(plain, url=source.url, name=path.name)
        if source.made_on and (published is None or published.basis != "explicit"):
            published = source.made_on
        published = published or _in_other_words(plain)
    return SourceFile(
        *(path.name, media, sha256_of(content), source.text, source.title or _first_line(plain)),
        *(published.day if published else None, published.basis if published else None),
        *(source.outlet, source.author, source.url, source.library),
        pages=source.pages,
        fetched_on=source.fetched_on,
    )


def _in_other_words(text: str) -> PublishedOn | None:
    """Return the day that a text prints in another language than English."""
    from positions.extract.sources.printed_date import day_in_lines

    day = day_in_lines(text)
    return PublishedOn(PartialDate.of(day), "explicit") if day else None


def unsupported_words(path: Path) -> str:
    """Say that a file of that ending is not read, and what to do."""
    remedy = "save it as .docx, .pdf or plain text (.txt) in the program that wrote it"
    return f"{path.suffix.lower()} files are not read; {remedy}"


def _read_file_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
    except OSError:
        return read_bytes(path)  # its error says why the file cannot be read
    require_file(path)
    if status.st_size > LARGEST:
        raise source_error(path, f"found {status.st_size:,} bytes, allowed: up to {LARGEST:,}; is it a single article?")
    return read_bytes(path)


def _read_content(content: bytes, media: Media, *, where: str) -> SourceText:
    if not content.strip():
        raise source_error(where, "the document is empty")
    parse = _parser(media)
    if media in ("pdf", "word") and parse:
        return parse(content, where=where)
    for signature, kind, ending in _SIGNATURES:
        if content.startswith(signature):
            remedy = f"name it {ending}" if ending else "save it as plain text in UTF-8"
            raise source_error(where, f"found {kind}, allowed: text in UTF-8; {remedy}")
    if parse:
        return parse(content, where=where)
    return _read_plain_text(decode(content, where=where), media)


def _parser(media: Media) -> Callable[..., SourceText] | None:
    """Return what reads a kind of file that is no text as it stands; deferred, since it imports parsers."""
    if media == "pdf":
        from positions.extract.sources.pdf import read_pdf

        return read_pdf
    if media == "word":
        from positions.extract.sources.word import read_word

        return read_word
    if media in ("mail", "saved page"):
        from positions.extract.sources.mail import read_mail, read_saved_page

        return read_mail if media == "mail" else read_saved_page
    if media == "html":
        from positions.extract.sources.webpage import read_webpage

        return read_webpage
    return None


def _require_text(text: str, *, where: str) -> None:
    """Raise ``DataError`` for what is not a text that somebody wrote to be read."""
    if not text.strip("\ufeff\u200b \t\r\n\f\v"):
        raise source_error(where, "the document is empty")
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls * _MOST_CONTROLS > len(text):
        control = _CONTROL.search(text)
        assert control is not None
        line = text.count("\n", 0, control.start()) + 1
        raise source_error(f"{where}:{line}", f"found the control character 0x{ord(control[0]):02x}, allowed: text")
    longest = max(map(len, text.splitlines()))
    if longest > LONGEST_LINE:
        raise source_error(where, f"found a line of {longest:,} characters, allowed: up to {LONGEST_LINE:,}")


def _read_plain_text(text: str, media: Media) -> SourceText:
    """Return a text with what it says about itself: Markdown's front matter, an author's line, its address."""
    front = _FRONT.match(text[: 2 * _HEAD])
    fields = {key.strip().lower(): value.strip("\"'") for key, value in _FIELD.findall(front[1])} if front else {}
    heading = _HEADING.search(_blank_front_matter(text)[:_HEAD]) if media == "markdown" else None
    ends = f"{text[:_HEAD]}\n{text[_HEAD:][-_HEAD:]}".replace("\r", "")
    author, url = _author().search(ends), _address().search(ends)
    source = SourceText(
        text,
        title=heading[1].strip("*_ ") if heading else "",
        author=author[1] if author else "",
        url=url[1] + (url[2].replace(" ", "") if "-" in url[2] else "") if url else "",
    )
    return _add_front_matter(source, fields)


@cache
def _author() -> re.Pattern[str]:
    authors = word_pattern(english_reading().publication.authors)
    return re.compile(rf"^\s{{0,9}}(?:{authors}){_AUTHOR_NAME}", re.MULTILINE)


@cache
def _address() -> re.Pattern[str]:
    """Return the pattern of a line with the text's own address; a hard wrap may have parted that."""
    return re.compile(rf"\b(?:{word_pattern(english_reading().publication.addresses)})\b{_ADDRESS}", re.I | re.M)


def _blank_front_matter(text: str) -> str:
    """Return a text with blanks instead of its front matter."""
    front = _FRONT.match(text[: 2 * _HEAD])
    return " " * front.end() + text[front.end() :] if front else text


def _add_front_matter(text: SourceText, fields: dict[str, str]) -> SourceText:
    def first(*names: str) -> str:
        return next((fields[name] for name in names if fields.get(name)), "")

    day = parse_date(first("date", "published", "published_on", "publishdate", "pubdate", "published_at", "created"))
    source, url = first("source"), first("url", "link", "canonical", "canonical_url", "source_url")
    is_address = source.startswith(("http://", "https://"))
    return text._replace(
        title=first("title", "headline") or text.title,
        published_on=PublishedOn(PartialDate.of(day), "explicit") if day else None,
        outlet=first("outlet", "publisher", "publication", "site", "site_name") or ("" if is_address else source),
        author=first("author", "byline", "by", "authors") or text.author,
        url=next((address.split()[0] for address in (url, source if is_address else "", text.url) if address), ""),
    )


def _first_line(text: str) -> str:
    """Return the first line with words, without the date that it may begin with, cut to a title's length."""
    lines = (" ".join(strip_date(line).split()) for line in text.split("\n"))
    worded = [line for line in islice(lines, 3 * _TITLE) if any(sign.isalnum() for sign in line)]
    # A section's name, such as OPINION, is not a title.
    line = next((line for line in worded if not line.isupper() or len(line.split()) > 3), "".join(worded[:1]))
    if len(line) <= _TITLE:
        return line
    return f"{line[:_TITLE].rpartition(' ')[0] or line[:_TITLE]}…"
