"""The page shown while the record book cannot be read; it reloads itself."""

from __future__ import annotations

from html import escape

from flask import Flask, Response, request

from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View
from positions.errors import PositionsError

RETRY = 5
"""Seconds after which the page reloads."""


def add_error_pages(server: Flask, source: CaseStore) -> None:
    """Answer errors of the record book with status 503 and the error's message."""

    @server.before_request
    def read_book() -> None:
        # The page is the same whatever the book holds: check that the book can be read before serving it.
        if request.path.strip("/") in ("", *PAGE_IDS):
            source.case(View())

    @server.errorhandler(PositionsError)
    def answer_error(error: PositionsError) -> Response:
        message = str(error)
        if request.path.startswith("/_dash") or request.path.endswith((".json", ".csv")) or request.path == "/healthz":
            return Response(message, status=503, mimetype="text/plain", headers={"Retry-After": str(RETRY)})
        return Response(error_page(message), status=503, mimetype="text/html", headers={"Retry-After": str(RETRY)})


def error_page(message: str) -> str:
    """Return the HTML page for an error message, which reloads itself."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="{RETRY}">'
        '<meta name="viewport" content="width=device-width"><title>The record book cannot be read</title>'
        '<link rel="stylesheet" href="/assets/dashboard.css"></head><body><main class="page missing">'
        f"<h1>The record book cannot be read</h1><p>{escape(message)}</p>"
        "<p>Nothing was lost by looking. If another program is writing, this page comes back by itself; "
        "otherwise <code>positions verify</code> tells what is wrong.</p></main></body></html>"
    )
