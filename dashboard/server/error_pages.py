"""What is answered where there is nothing to show: an unknown address, a record book that cannot be read."""

from __future__ import annotations

from html import escape

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View
from positions.errors import PositionsError
from positions.wording.serialise import json_text

RETRY = 5
"""Seconds after which the page of a book that cannot be read loads again."""
_ANY = "/<path:path>"
"""The rule by which Dash answers any address with its page."""


def add_error_pages(server: Flask, source: CaseStore) -> None:
    """Answer unknown addresses with status 404, and errors of the record book with 503 and the error's message."""

    @server.before_request
    def check() -> Response | None:
        page = request.path.strip("/")
        if page in ("", *PAGE_IDS):
            # The page is the same whatever the book holds: check that the book can be read before serving it.
            source.case(View())
        elif isinstance(request.routing_exception, NotFound) or (request.url_rule and request.url_rule.rule == _ANY):
            return _not_found()
        return None

    @server.errorhandler(PositionsError)
    def answer_error(error: PositionsError) -> Response:
        if request.path.startswith("/_dash") or request.path.endswith(".csv"):
            answer = Response(f"{error}\n", status=503, mimetype="text/plain")
        elif request.path.endswith(".json") or request.path == "/healthz":
            answer = error_answer(str(error), status=503, as_json=True)
        else:
            answer = Response(_unreadable_page(str(error)), status=503, mimetype="text/html")
        answer.headers["Retry-After"] = str(RETRY)
        return answer


def _not_found() -> Response:
    if request.path.endswith((".json", ".csv")):
        return error_answer(f"There is nothing at {request.path}.", status=404, as_json=request.path.endswith(".json"))
    page = error_page("There is no such page", "<p>Nothing is at this address.</p><p><a href='/'>The overview</a></p>")
    return Response(page, status=404, mimetype="text/html")


def error_answer(words: str, *, status: int, as_json: bool) -> Response:
    """Return an answer for a program: JSON with the field ``error``, or a line of text."""
    if as_json:
        return Response(json_text({"error": words}), status=status, mimetype="application/json")
    return Response(f"{words}\n", status=status, mimetype="text/plain")


def _unreadable_page(message: str) -> str:
    return error_page(
        "The record book cannot be read",
        f"<p>{escape(message)}</p>"
        "<p>Nothing was lost by looking. If another program is writing, this page comes back by itself; "
        "otherwise <code>positions verify</code> tells what is wrong.</p>",
        head=f'<meta http-equiv="refresh" content="{RETRY}">',
    )


def error_page(title: str, body: str, *, head: str = "") -> str:
    """Return a page of HTML that needs no script; ``body`` and ``head`` are HTML."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        '<link rel="stylesheet" href="/assets/dashboard.css"></head><body><main class="page missing">'
        f"<h1>{escape(title)}</h1>{body}</main></body></html>"
    )
