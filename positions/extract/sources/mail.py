"""Saved mail (``.eml``) and web pages that a browser saved as one file (``.mhtml``), by the standard library."""

from __future__ import annotations

import email
import email.policy
import re
from contextlib import suppress
from datetime import date
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from typing import Final

from positions.extract.sources.publication_date import PublishedOn, is_possible, parse_date
from positions.extract.sources.source_text import SourceText, source_error
from positions.model.dates import PartialDate

_NOTED: Final = ("Snapshot-Content-Location", "Content-Location")
"""Headers in which browsers note the address of a page."""
_ADDRESS: Final = re.compile(r"https?://\S+")


def read_mail(content: bytes, *, where: str) -> SourceText:
    """Read a message's own text, with its subject, its day as the sender's clock had it, and its sender as author.

    Raises ``DataError`` if it has no text, or one in another encoding than it says.
    """
    message = _parse(content)
    body = message.get_body(("plain", "html"))
    if body is None:
        raise source_error(where, "the mail has no text")
    text = _decoded(body, where=where)
    if body.get_content_subtype() == "html":
        from positions.extract.sources.webpage import read_webpage

        text = read_webpage(text.encode(), where=where).text
    day = _sent_on(message)
    sender = message["From"]
    names = [address.display_name or address.addr_spec for address in sender.addresses] if sender else []
    return SourceText(
        text.replace("\r\n", "\n").strip(),
        title=str(message["Subject"] or "").strip(),
        published_on=PublishedOn(day, "explicit") if day else None,
        author=", ".join(name for name in names if name),
        library="Python's email",
    )


def read_saved_page(content: bytes, *, where: str) -> SourceText:
    """Read the page in a file with all its parts, with the address and the day that the browser noted."""
    from positions.extract.sources.webpage import read_webpage

    message = _parse(content)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if not isinstance(page, EmailMessage):
        raise source_error(where, "the file has no web page")
    source = read_webpage(_decoded(page, where=where).encode(), where=where)
    noted = (str(part[name] or "") for part in (message, page) for name in _NOTED)
    address = next(filter(_ADDRESS.fullmatch, noted), "")
    return source._replace(url=source.url or address, fetched_on=_sent_on(message))


def _parse(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def _decoded(part: Message, *, where: str) -> str:
    """Return a part in the encoding that it declares, else as UTF-8; never guess."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    declared = part.get_content_charset() or "utf-8"
    for name in (declared, "utf-8"):
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(name)
    raise source_error(where, f"the text is neither in {declared!r}, as it says, nor in UTF-8")


def _sent_on(message: EmailMessage) -> PartialDate | None:
    written = str(message["Date"] or "")
    try:
        day: date | None = parsedate_to_datetime(written).date()
    except (TypeError, ValueError):
        day = parse_date(written)
    return PartialDate.of(day) if day and is_possible(day) else None
