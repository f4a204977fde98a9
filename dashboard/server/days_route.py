"""The page on many days at once: ``/days.json``, from which the browser shows a day while a handle is moved.

Nobody waits for it: the browser asks after everything else, and is answered with status 202 while another such answer
is computed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import BoundedSemaphore, Lock
from typing import Any, Final

from flask import Flask, Response, request

from dashboard.query.shared_cache import SharedCache
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_view
from dashboard.query.window import last_earlier_stop
from dashboard.server.error_pages import error_answer
from dashboard.shell.callbacks import write_moving_parts

STOPS: Final = 16
"""The stops of an answer; the script of the slider counts as many to a chunk."""
MOST_CHUNKS: Final = 10_000
"""A number of chunks that no case has."""
MOST_BYTES: Final = 6_000_000
"""Bytes of different parts after which an answer leaves out its further days: the browser asks for them one by one."""
KEPT_BYTES: Final = 24_000_000
"""About how much memory the answers kept take together."""
RETRY: Final = 1
"""Seconds after which one who was answered with status 202 may ask again."""


@dataclass(frozen=True, slots=True)
class DaysQuestion:
    """Some neighbouring stops of a handle (``as_of`` or ``compare``): of the ``chunk``, from 0, on a view.

    The view has no statement open, and not the handle's own day.
    """

    view: View
    handle: str
    chunk: int


def add_days_route(server: Flask, source: CaseStore, computing: BoundedSemaphore) -> None:
    """Add the route; ``computing`` bounds how many answers of any kind are computed at once, here one day each."""
    answers, turn = SharedCache(KEPT_BYTES, len), Lock()

    @server.route("/days.json")
    def days() -> Response:
        question = read_question(request.args, request.query_string.decode("ascii", "replace"))
        if question is None:
            return error_answer("allowed: handle=as_of, handle=compare; chunk: from 0", status=400, as_json=True)
        head = source.head
        key = head, question
        tag = sha256(repr(key).encode()).hexdigest()[:32]
        if request.if_none_match.contains_weak(tag):
            return _tag(Response(status=304), tag)
        # A second one would occupy a thread of the server while it waits.
        if not turn.acquire(blocking=False):
            return Response(status=202, headers={"Retry-After": str(RETRY)})
        try:
            answers.drop_unless(lambda kept: kept[0] == head)
            body = answers.answer_once(key, lambda: answer_days(question, source, computing))
        finally:
            turn.release()
        return _tag(Response(body, mimetype="application/json"), tag)


def _tag(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    return response


def read_question(values: Mapping[str, str], query: str) -> DaysQuestion | None:
    """Read a question from the query of an address: that of a page, its ``path``, a ``handle`` and a ``chunk``."""
    handle, chunk = values.get("handle", ""), values.get("chunk", "0")
    if handle not in ("as_of", "compare") or not (chunk.isascii() and chunk.isdigit()) or int(chunk[:9]) > MOST_CHUNKS:
        return None
    view = replace(read_view(query, values.get("path")), statement=None)
    view = replace(view, as_of=None) if handle == "as_of" else replace(view, compare=None)
    return DaysQuestion(view, handle, int(chunk))


def answer_days(question: DaysQuestion, source: CaseStore, computing: BoundedSemaphore) -> bytes:
    """Return the parts of the page that follow the handle, for each of its stops, as JSON.

    Equal parts are written once: ``parts`` lists the different ones, and each of ``stops`` names its own by their
    place there. A part follows the same part of the day before, most of whose words it has: so it is compressed well.
    """
    view = source.fit_view(question.view)
    case = source.case(view)
    last = len(case.days) - 1 if question.handle == "as_of" else last_earlier_stop(case.days, view)
    first = question.chunk * STOPS
    kinds: dict[str, str] = {}
    stops: list[tuple[int, str, dict[str, str]]] = []
    size = 0
    for stop in range(first, min(first + STOPS, last + 1)):
        if size > MOST_BYTES:
            break
        day = case.days[stop]
        with computing:
            at_stop = replace(view, as_of=day) if question.handle == "as_of" else replace(view, compare=day)
            texts = {name: _json(part) for name, part in write_moving_parts(at_stop, source).items()}
        size += sum(len(text) for text in texts.values() if text not in kinds)
        kinds |= {text: name for name, text in texts.items() if text not in kinds}
        stops.append((stop, day.isoformat(), texts))
    numbers = {text: place for place, text in enumerate(sorted(kinds, key=kinds.__getitem__))}
    named = [
        {"stop": stop, "day": day, "parts": {name: numbers[text] for name, text in texts.items()}}
        for stop, day, texts in stops
    ]
    return f'{{"head":{_json(case.head)},"stops":{_json(named)},"parts":[{",".join(numbers)}]}}'.encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
