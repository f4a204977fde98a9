"""What a box says under its title, which a page leaves out: ``/why.json`` for two parties on a day, and an issue."""

from __future__ import annotations

from threading import BoundedSemaphore

from flask import Flask, Response, request

from dashboard.components.why import WHY_ADDRESS, PairDistance, build_reasons_and_quotes
from dashboard.markup.serialise import serialise_part
from dashboard.query.case import Picture
from dashboard.query.source import CaseStore
from dashboard.query.view import read_view
from dashboard.server.data_routes import refuse_view
from dashboard.server.error_pages import error_answer
from positions.wording.party_style import party_styles
from positions.wording.serialise import json_text


def add_why_route(server: Flask, source: CaseStore, computing: BoundedSemaphore) -> None:
    """Add the route; ``computing`` bounds how many answers of any kind are computed at once."""

    @server.route(WHY_ADDRESS)
    def why() -> Response:
        asked = read_view(request.query_string.decode("ascii", "replace"))
        view = source.fit_view(asked)
        if view.unknown:
            return refuse_view(view, source, as_json=True)
        picture = source.picture(view)
        if len(view.parties) != 2:
            return error_answer("allowed: two parties, parties=ONE,OTHER", status=400, as_json=True)
        # A pair has an order, which a choice of parties has not.
        first, second = asked.parties if set(asked.parties) == set(view.parties) else view.parties
        nodes = []
        if picture is not None:
            with computing:
                nodes = _explain(PairDistance((first, second), picture.state.as_of, view.issue), picture)
        if not nodes:
            return error_answer("Neither party has spoken on the issue by that day.", status=404, as_json=True)
        return Response(json_text({"nodes": nodes}), mimetype="application/json")


def _explain(asked: PairDistance, picture: Picture) -> list[object]:
    return serialise_part(build_reasons_and_quotes(asked, picture, party_styles(picture.case.codebook)))
