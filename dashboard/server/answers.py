"""Answers that many readers ask for at once: computed and compressed once for each state of the record book."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, Final

from dash import Dash
from flask import Flask, Response, request

from dashboard.query.shared_cache import SharedCache
from dashboard.query.source import CaseStore

ANSWERED_BYTES: Final = 32_000_000
"""About how much memory the answers kept take together, each with its question."""
LONGEST_QUESTION: Final = 8_000
"""Bytes of the longest body of a request whose answer is kept."""
SMALLEST: Final = 500
"""Bytes of the smallest answer that is compressed."""
AT_ONCE: Final = 2
"""How many answers are computed at once: Python computes one at a time, and more only make each of them later."""
QUICKEST: Final = 4
"""The level of compression: a third of the time of the strongest for a twentieth more bytes."""
CLOCK: Final = "n_intervals"
"""The property of a page's clock, which asks at each tick what has changed."""
NO_UPDATE: Final = 204
"""The status with which Dash answers that nothing on the page changes."""
_CALLBACK: Final = "/_dash-update-component"
_FILES: Final = "/_dash-component-suites/"
_TEXTS: Final = ("text/", "application/json", "application/javascript", "image/svg+xml")


@dataclass(frozen=True)
class Answer:
    """The body of an answer as it is sent, and the headers that describe it."""

    body: bytes
    content_type: str
    is_compressed: bool
    status: int = 200

    def response(self) -> Response:
        """Return it as a response."""
        answer = Response(self.body, status=self.status, content_type=self.content_type)
        if self.is_compressed:
            answer.headers["Content-Encoding"] = "gzip"
        return answer


def add_compression(server: Flask) -> None:
    """Compress texts for those who take them so, and the files of the components once; call it before other hooks.

    The library that Dash offers for it brings two more compressors, and compresses every file at each request.
    """
    files: dict[str, bytes] = {}

    @server.after_request
    def compress(response: Response) -> Response:
        if response.is_streamed or not (response.content_type or "").startswith(_TEXTS):
            return response
        response.vary.add("Accept-Encoding")
        if not _may_compress(response):
            return response
        is_file = request.path.startswith(_FILES) and bool(response.cache_control.max_age)
        body = files.get(request.path) if is_file else None
        if body is None:
            response.direct_passthrough = False  # waitress would send the file itself
            body = gzip.compress(response.get_data(), QUICKEST, mtime=0)
        if is_file:
            files[request.path] = body
        response.set_data(body)
        response.headers["Content-Encoding"] = "gzip"
        if etag := response.get_etag()[0]:
            response.set_etag(etag, weak=True)
        return response


def _may_compress(response: Response) -> bool:
    return (
        response.status_code == 200
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= SMALLEST
        and _takes_gzip()
    )


def _takes_gzip() -> bool:
    return request.accept_encodings["gzip"] > 0


def share_answers(app: Dash, source: CaseStore, computing: BoundedSemaphore) -> None:
    """Answer the callbacks that rest on their question and the record book alone from what was answered before.

    Many readers look at the same few days, and each change of the book asks for all of them anew. The question is the
    request as it was sent, the answer rests on the head that the question was asked at or on a later one. ``computing``
    bounds how many are computed at once.
    """
    server: Flask = app.server
    answers, dispatch = SharedCache(ANSWERED_BYTES, _body_bytes), server.view_functions[_CALLBACK]
    last = ""

    def compute() -> Answer | Response:
        with computing, source.follow_once():
            return _as_answer(_computed(dispatch))

    def answer() -> Response:
        nonlocal last
        body = request.get_data()
        if len(body) > LONGEST_QUESTION:
            return _computed(dispatch)
        head = source.head
        if head != last:
            last = head
            answers.drop_unless(lambda key: key[0] == head)
        # What rests on a later state is kept for nobody: those who ask for it ask by its own head.
        found = answers.answer_once(
            (head, _without_clock(body, request.get_json()), _takes_gzip()),
            compute,
            is_kept=lambda one: isinstance(one, Answer) and source.head == head,
        )
        return found.response() if isinstance(found, Answer) else found

    server.view_functions[_CALLBACK] = answer


def _computed(dispatch: Callable[..., Any]) -> Response:
    response: Response = dispatch()
    return response


def _without_clock(body: bytes, asked: Any) -> bytes:
    """Return the body of a request without how often its page's clock has ticked: no answer rests on that."""
    if not any(one["property"] == CLOCK for one in asked["inputs"]):
        return body
    inputs = [one if one["property"] != CLOCK else {**one, "value": None} for one in asked["inputs"]]
    return json.dumps({**asked, "inputs": inputs}).encode()


def _as_answer(response: Response) -> Answer | Response:
    """Return an answer that others may get too, or the response itself, which is for one alone."""
    if response.status_code not in (200, NO_UPDATE) or "Set-Cookie" in response.headers:
        return response
    body, content_type = response.get_data(), response.content_type or ""
    if _may_compress(response):
        return Answer(gzip.compress(body, QUICKEST, mtime=0), content_type, is_compressed=True)
    return Answer(body, content_type, is_compressed=False, status=response.status_code)


def _body_bytes(answer: Answer) -> int:
    return len(answer.body)
