"""Which addresses from sources may be linked."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def web_address(url: str) -> str:
    """Return an address fit for a link, percent-encoded; empty unless it is ``http`` or ``https`` with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:  # such as a bracket without its other half
        return ""
    # White space and invisible characters around an address would hide from the reader where it leads.
    if parts.scheme not in ("http", "https") or not parts.hostname or url != url.strip():
        return ""
    return quote(url, safe=":/?#@!$&'*+,;=%-._~")
