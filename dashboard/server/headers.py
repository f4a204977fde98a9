"""The headers that keep hostile text in a quote harmless, whatever else goes wrong."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from dash import Dash
from flask import Flask, Response, request

from dashboard.query.view import PAGE_IDS
from dashboard.settings import Settings
from positions.errors import WorkspaceError

_ORIGIN: Final = re.compile(
    r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9A-Fa-f:.]+\](:\d{1,5})?", re.ASCII
)
_KEPT: Final = ("/assets/", "/_dash-component-suites/", "/edit/static/")
"""Where files are served that are the same for everybody; everything else may hold what only some may read."""


def add_security_headers(app: Dash, settings: Settings) -> None:
    """Add the headers to every response; call it once all scripts of the app are known.

    Raises ``WorkspaceError`` if what may embed the pages is not an origin.
    """
    server: Flask = app.server
    for origin in settings.embed_from:
        if not _ORIGIN.fullmatch(origin):
            raise WorkspaceError(f"--embed-from: found {origin!r}, allowed: an origin such as https://example.org")

    @cache
    def policy(ancestors: str, *, by_dash: bool) -> str:
        # Dash, its components and plotly place what they draw by style attributes and, while they run, add some twenty
        # style elements of their own, which take no nonce. Only the pages that they draw may do so; no text of a
        # document becomes a style, since all of it is escaped.
        scripts = " ".join(app.csp_hashes()) if by_dash else ""
        styles = "style-src 'self' 'unsafe-inline'" if by_dash else "style-src 'self'; style-src-attr 'unsafe-inline'"
        return (
            f"default-src 'self'; script-src 'self' {scripts}; {styles}; "
            "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; "
            f"form-action 'self'; frame-ancestors {ancestors}"
        )

    @server.after_request
    def harden(response: Response) -> Response:
        is_page = request.path.strip("/") in ("", *PAGE_IDS)
        may_embed = bool(settings.embed_from) and is_page
        ancestors = " ".join(settings.embed_from) if may_embed else "'none'"
        response.headers["Content-Security-Policy"] = policy(ancestors, by_dash=is_page)
        if not may_embed:
            response.headers["X-Frame-Options"] = "DENY"  # which cannot name origins
        if not request.path.startswith(_KEPT):
            response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return response
