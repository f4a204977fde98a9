"""Every page as data: ``/overview.csv`` and ``/overview.json`` with the query string of the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
from flask import Flask, Response, request

from dashboard.markup.wording import NOT_FOUND, unknown_words
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_view
from dashboard.server.error_pages import error_answer
from dashboard.shell.suggestions import suggest
from positions.wording.serialise import csv_bytes, json_text


def add_data_routes(server: Flask, source: CaseStore) -> None:
    """Add the routes of each page's CSV and JSON, of a search's suggestions and of the health check to a server."""
    for page in PAGES:
        for kind, answer in (("csv", as_csv), ("json", as_json)):

            def twin(page: str = page, kind: str = kind, answer: Any = answer) -> Response:
                view = source.fit_view(read_view(request.query_string.decode("ascii", "replace"), page))
                if view.unknown:
                    return refuse_view(view, source, as_json=kind == "json")
                response: Response = answer(view, source)
                return response

            server.add_url_rule(f"/{page}.{kind}", f"{page}-{kind}", twin)

    @server.route("/suggest.json")
    def suggestions() -> Response:
        view = read_view(request.query_string.decode("ascii", "replace"))
        found = suggest(source.case(view), view, request.args.get("words", ""))
        return Response(json_text({"suggestions": [one._asdict() for one in found]}), mimetype="application/json")

    @server.route("/healthz")
    def healthz() -> Response:
        return Response(json_text({"status": "ok", "head": source.head}), mimetype="application/json")


def refuse_view(view: View, source: CaseStore, *, as_json: bool) -> Response:
    """Answer 404 if an id in the address does not exist, 400 if another part cannot be read, saying which."""
    words = " ".join(unknown_words(view, source.case(view)))
    status = 404 if any(name in NOT_FOUND for name, _ in view.unknown) else 400
    return error_answer(words, status=status, as_json=as_json)


def frames_of(view: View, source: CaseStore) -> dict[str, pd.DataFrame]:
    """Return the tables of a view by name, the main one first; empty if nothing is known."""
    picture = source.picture(view)
    return PAGES[view.page].tables(picture, view) if picture else {}


def as_csv(view: View, source: CaseStore) -> Response:
    """Return a table as CSV safe for spreadsheets: the one named in the address (``table=marks``) or the main one."""
    frames = frames_of(view, source)
    name = request.args.get("table", "")
    name = name if name in frames else next(iter(frames), "")
    frame = frames.get(name, pd.DataFrame())
    content = csv_bytes(rows_as_data(frame), list(map(str, frame.columns)))
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{view.page}{f"-{name}" if name else ""}.csv"'
    return answer


def as_json(view: View, source: CaseStore) -> Response:
    """Return the view, the head of the log and all tables of the page as JSON."""
    tables = {name: rows_as_data(frame) for name, frame in frames_of(view, source).items()}
    notices = unknown_words(view, source.case(view))
    content: dict[str, Any] = {"page": view.page, "query": view.query_string(), "head": source.head, "notices": notices}
    content["tables"] = tables
    return Response(json_text(content), mimetype="application/json")


def rows_as_data(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as plain values: days as ISO text, missing values as ``None``."""
    columns = {str(name): [_plain(value) for value in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or (isinstance(value, float) and value != value) or value is pd.NaT:
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return value
