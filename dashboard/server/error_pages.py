"""What a reader sees while the record book cannot be read: a page that says so, and that goes away by itself."""

from __future__ import annotations

from html import escape

from flask import Flask, Response, request

from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View
from positions.errors import PositionsError

RETRY = 5
"""Seconds after which the page asks again."""


def add_error_pages(server: Flask, source: CaseStore) -> None:
    """Answer errors of the record book with what happened instead of a trace."""

    @server.before_request
    def read_book() -> None:
        # The page itself is the same whatever the book holds: it is looked into before it is promised.
        if request.path.strip("/") in ("", *PAGE_IDS):
            source.case(View())

    @server.errorhandler(PositionsError)
    def broken(error: PositionsError) -> Response:
        told = str(error)
        if request.path.startswith("/_dash") or request.path.endswith((".json", ".csv")) or request.path == "/healthz":
            return Response(told, status=503, mimetype="text/plain", headers={"Retry-After": str(RETRY)})
        return Response(error_page(told), status=503, mimetype="text/html", headers={"Retry-After": str(RETRY)})


def error_page(told: str) -> str:
    """Return the page for an error, which loads itself again."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="{RETRY}">'
        '<meta name="viewport" content="width=device-width"><title>The record book cannot be read</title>'
        '<link rel="stylesheet" href="/assets/dashboard.css"></head><body><main class="page missing">'
        f"<h1>The record book cannot be read</h1><p>{escape(told)}</p>"
        "<p>Nothing was lost by looking. If another program is writing, this page comes back by itself; "
        "otherwise <code>positions verify</code> tells what is wrong.</p></main></body></html>"
    )
