"""Opening a source: a text, Markdown, HTML or PDF file as the characters to be stored and what it says about itself.

A text or Markdown file is kept character by character. Of a web page or a PDF the article's text is kept, as a library
finds it; the document's note then names the file that it came from, with its hash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, Final, Literal, TypeAlias

from pydantic import ValidationError

from positions.errors import DataError, Finding, WorkspaceError
from positions.extract.language.masking import mask_markup
from positions.extract.sources.publication_date import PublishedOn, date_in_text, parse_date, strip_date
from positions.extract.sources.source_text import SourceText
from positions.files.reading import decode, model_findings, read_bytes
from positions.model.dates import PartialDate
from positions.model.document import DateBasis, Document, sha256_of

Media: TypeAlias = Literal["text", "markdown", "html", "pdf"]
"""What kind of file a source is; told by its name's ending, everything unknown is taken for text."""

LARGEST: Final = 10_000_000
"""Bytes that a source may have: an article has some ten thousand."""
LONGEST_LINE: Final = 500_000
"""Characters that a line may have: more than any article in one line."""
_MOST_CONTROLS: Final = 100
"""One control character among so many tells a binary file."""
_TITLE: Final = 160
_ENDINGS: Final[dict[str, Media]] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
}
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF file", ".pdf"),
    (b"PK\x03\x04", "a zip or Office file", ""),
    (b"\xff\xfe", "UTF-16 text", ""),
    (b"\xfe\xff", "UTF-16 text", ""),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HEAD: Final = 4_000
_AUTHOR: Final = re.compile(r"^\s{0,9}(?:By|Author:?)\s{1,3}([A-Z][^\n|,\d]{2,60}?)\s{0,9}(?:$|[|,\d])", re.MULTILINE)
_URL: Final = re.compile(
    r"\b(?:url|link|source|original)\b[^\n]{0,20}:\s{0,9}(https?://\S+)((?: [a-z0-9/.-]+)*)$", re.I | re.M
)
_HEADING: Final = re.compile(r"^#{1,2}\s+([^\n]+?)[\s#]*$", re.MULTILINE)
_FRONT: Final = re.compile(r"\A\ufeff?---[^\S\n]*\r?\n(.*?)\n---[^\S\n]*\r?(?:\n|\Z)", re.DOTALL)
_FIELD: Final = re.compile(r"^([A-Za-z_ -]{1,30}):[^\S\n]*([^\n]+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source as opened: the ``text`` to be stored, and what the file tells about itself.

    ``published_on`` is ``None`` where nothing tells it; its basis is ``explicit`` where the text or its metadata print
    it whole, else ``inferred``. ``outlet``, ``author`` and ``url`` are empty where nothing tells them. ``sha256`` is
    the hash of the file's own bytes, ``library`` what found the text in a web page or PDF.
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

    def document(self, **fields: Any) -> Document:
        """Make a document of it; fields that are given and not empty go before those found.

        ``id`` is by default the file's name without its ending. Raises ``DataError`` where a field is impossible or
        the publication date or outlet is neither found nor given.
        """
        kept = self.media in ("text", "markdown")
        given = {name: value for name, value in fields.items() if value is not None and value != ""}
        whole = {
            "id": Path(self.name).stem,
            **{name: getattr(self, name) for name in ("title", "outlet", "author", "url")},
            "file": f"seeds/{self.name}" if kept else f"seeds/{self.name}.txt",
            "text": self.text,
            "sha256": sha256_of(self.text.encode()),
            "published_on": self.published_on,
            "published_on_basis": self.published_on_basis,
            **given,
        }
        if "published_on" in given:
            whole["published_on_basis"] = given.get("published_on_basis", "explicit")
        if not kept:
            origin = f"Text of {self.name} (SHA-256 {self.sha256}) as {self.library} finds it."
            whole["note"] = f"{given.get('note', '')} {origin}".strip()
        if missing := [name for name in ("published_on", "outlet") if not whole[name]]:
            raise DataError(Finding(self.name, name, _MISSING[name]) for name in missing)
        try:
            return Document.model_validate(whole)
        except ValidationError as error:
            raise DataError(model_findings(error, Document, where=self.name)) from None


_MISSING: Final = {
    "published_on": "the text has no publication date (weekdays name none); give --published-on",
    "outlet": "the file does not tell who published it; give --outlet",
}


def read_source(path: Path, *, published_on: PartialDate | None = None) -> SourceFile:
    """Read a source file; ``published_on`` goes before any date found in it.

    Raises ``WorkspaceError`` for a file that cannot be read, ``DataError`` for one that is no text: empty, binary, over
    10 MB, in another encoding than UTF-8 (a web page may declare another), a line without end.
    """
    content = _read_file_bytes(path)
    media = _ENDINGS.get(path.suffix.lower(), "text")
    told = _read_content(content, media, where=str(path))
    _require_text(told.text, where=str(path))
    shown = mask_markup(told.text)
    found = PublishedOn(published_on, "explicit") if published_on else told.published_on
    if found is None:
        found = date_in_text(shown, url=told.url, name=path.name)
        if told.made_on and (found is None or found.basis != "explicit"):
            found = told.made_on
    return SourceFile(
        *(path.name, media, sha256_of(content), told.text, told.title or _first_line(shown)),
        *(found.day if found else None, found.basis if found else None),
        *(told.outlet, told.author, told.url, told.library),
    )


def _read_file_bytes(path: Path) -> bytes:
    try:
        found = path.stat()
    except OSError:
        return read_bytes(path)  # tells why it cannot be read
    if S_ISDIR(found.st_mode):
        raise WorkspaceError(f"{path}: is a folder, allowed: a file")
    if not S_ISREG(found.st_mode):
        raise WorkspaceError(f"{path}: is no regular file")
    if found.st_size > LARGEST:
        told = f"found {found.st_size:,} bytes, allowed: up to {LARGEST:,}; is it a single article?"
        raise _wrong(path, told)
    return read_bytes(path)


def _wrong(where: object, message: str) -> DataError:
    return DataError([Finding(str(where), "", message)])


def _read_content(content: bytes, media: Media, *, where: str) -> SourceText:
    if not content.strip():
        raise _wrong(where, "the document is empty")
    if media == "pdf":
        from positions.extract.sources.pdf import read_pdf

        return read_pdf(content, where=where)
    for signature, kind, ending in _SIGNATURES:
        if content.startswith(signature):
            told = f"name it {ending}" if ending else "save it as plain text in UTF-8"
            raise _wrong(where, f"found {kind}, allowed: text in UTF-8; {told}")
    if media == "html":
        from positions.extract.sources.webpage import read_webpage

        return read_webpage(content, where=where)
    return _read_plain_text(decode(content, where=where), media)


def _require_text(text: str, *, where: str) -> None:
    """Refuse what is no text that somebody wrote to be read."""
    if not text.strip("\ufeff\u200b \t\r\n\f\v"):
        raise _wrong(where, "the document is empty")
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls * _MOST_CONTROLS > len(text):
        place = _CONTROL.search(text)
        assert place is not None
        line = text.count("\n", 0, place.start()) + 1
        raise _wrong(f"{where}:{line}", f"found the control character 0x{ord(place[0]):02x}, allowed: text")
    longest = max(map(len, text.splitlines()))
    if longest > LONGEST_LINE:
        raise _wrong(where, f"found a line of {longest:,} characters, allowed: up to {LONGEST_LINE:,}")


def _read_plain_text(text: str, media: Media) -> SourceText:
    """Read what a text says about itself: Markdown's front matter, an author's line, its address."""
    front = _FRONT.match(text[: 2 * _HEAD])
    named = {key.strip().lower(): value.strip("\"'") for key, value in _FIELD.findall(front[1])} if front else {}
    heading = _HEADING.search(_blank_front_matter(text)[:_HEAD]) if media == "markdown" else None
    ends = f"{text[:_HEAD]}\n{text[_HEAD:][-_HEAD:]}".replace("\r", "")
    author, url = _AUTHOR.search(ends), _URL.search(ends)
    told = SourceText(
        text,
        title=heading[1].strip("*_ ") if heading else "",
        author=author[1] if author else "",
        url=url[1] + (url[2].replace(" ", "") if "-" in url[2] else "") if url else "",
    )
    return _add_front_matter(told, named)


def _blank_front_matter(text: str) -> str:
    """Blank out the front matter alone."""
    front = _FRONT.match(text[: 2 * _HEAD])
    return " " * front.end() + text[front.end() :] if front else text


def _add_front_matter(told: SourceText, named: dict[str, str]) -> SourceText:
    def first(*names: str) -> str:
        return next((named[name] for name in names if named.get(name)), "")

    day = parse_date(first("date", "published", "published_on", "publishdate", "pubdate", "published_at", "created"))
    source, url = first("source"), first("url", "link", "canonical", "canonical_url", "source_url")
    is_address = source.startswith(("http://", "https://"))
    return told._replace(
        title=first("title", "headline") or told.title,
        published_on=PublishedOn(PartialDate.of(day), "explicit") if day else None,
        outlet=first("outlet", "publisher", "publication", "site", "site_name") or ("" if is_address else source),
        author=first("author", "byline", "by", "authors") or told.author,
        url=next((found.split()[0] for found in (url, source if is_address else "", told.url) if found), ""),
    )


def _first_line(shown: str) -> str:
    """Return the first line with words, without the date that it may begin with, cut to a title's length."""
    lines = (" ".join(strip_date(line).split()) for line in shown.split("\n"))
    worded = [line for line in islice(lines, 3 * _TITLE) if any(sign.isalnum() for sign in line)]
    # A section's name, as OPINION, is no title.
    line = next((line for line in worded if not line.isupper() or len(line.split()) > 3), "".join(worded[:1]))
    if len(line) <= _TITLE:
        return line
    return f"{line[:_TITLE].rpartition(' ')[0] or line[:_TITLE]}…"
