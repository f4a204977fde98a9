"""Every view as a picture, card, citation, line to embed or chart to zoom into: ``/issue.svg``, ``/issue.figure``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Final

from flask import Flask, Response, request

from dashboard.figures import CONFIG, Figure, palette_of, zoomable
from dashboard.figures.share_card import can_draw_card, draw_card
from dashboard.figures.svg.picture import PictureWords, draw_picture
from dashboard.pages import PAGES
from dashboard.pages.findings import citation, picture_words
from dashboard.query.case import Picture
from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View, read_view
from dashboard.server.data_routes import refuse_view
from dashboard.server.error_pages import error_answer
from positions.wording.party_style import party_styles

WIDTH: Final = 880
"""The width of a picture, px."""


def add_picture_routes(server: Flask, source: CaseStore) -> None:
    """Add the routes of each page's pictures, cards, citations and lines to embed."""
    answers: dict[str, Callable[[Picture, View], Response]] = {
        "svg": _as_svg,
        "figure": _as_figure,
        "png": _as_card,
        "cite": _as_citation,
        "embed": _as_embedding,
    }
    for page in PAGES:
        for kind, answer in answers.items():

            def drawn(page: str = page, answer: Callable[[Picture, View], Response] = answer) -> Response:
                view = source.fit_view(read_view(request.query_string.decode("ascii", "replace"), page))
                if view.unknown:
                    return refuse_view(view, source, as_json=False)
                picture = source.picture(view)
                return answer(picture, view) if picture else _nothing("Nothing is recorded yet.")

            server.add_url_rule(f"/{page}.{kind}", f"{page}-{kind}", drawn)


def words_of(picture: Picture, view: View, address: str) -> PictureWords:
    """Return what travels with a picture of a view, ``address`` being that of the page."""
    page = PAGES[view.page]
    codebook = picture.case.codebook
    # The first page is about the negotiation alone.
    own = codebook.title if view.page == PAGE_IDS[0] else page.title_in(codebook)
    title = page.heading(picture, view) or own
    return picture_words(picture, view, page.finding(picture, view), title=title, address=address)


def _here(view: View) -> str:
    return request.host_url.rstrip("/") + view.address()


def _chart_number() -> int:
    text = request.args.get("chart", "1")
    return int(text) if text in ("1", "2", "3", "4") else 0


def _chosen_figure(picture: Picture, view: View) -> Figure | Response:
    """Return the chart that the request names by its number, or the answer that there is none."""
    palette = palette_of(request.args.get("scheme"))
    page, styles = PAGES[view.page], party_styles(picture.case.codebook)
    figures = (*page.figures(picture, view, styles, palette), *page.pictures(picture, view, styles, palette))
    number = _chart_number()
    if not 0 < number <= len(figures):
        return _nothing(f"This page has {len(figures) or 'no'} chart{'s' if len(figures) > 1 else ''}.")
    return figures[number - 1]


def _as_svg(picture: Picture, view: View) -> Response:
    figure = _chosen_figure(picture, view)
    if isinstance(figure, Response):
        return figure
    palette = palette_of(request.args.get("scheme"))
    text = draw_picture(figure, words_of(picture, view, _here(view)), palette, width=WIDTH)
    answer = Response(text, content_type="image/svg+xml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{view.page}-{_chart_number()}.svg"'
    return answer


def _as_figure(picture: Picture, view: View) -> Response:
    """Answer with a chart for plotly.js, which the page's script loads for who zooms into it."""
    figure = _chosen_figure(picture, view)
    if isinstance(figure, Response):
        return figure
    from plotly.io.json import to_json_plotly  # takes a moment to load, and few zoom

    return Response(to_json_plotly({**zoomable(figure), "config": CONFIG}), mimetype="application/json")


def _as_card(picture: Picture, view: View) -> Response:
    words = words_of(picture, view, "")
    if not can_draw_card(words):
        return _nothing(
            "A card needs Pillow, which comes with the extra 'pdf', and a font with the letters of its words."
        )
    return Response(draw_card(words), content_type="image/png")


def _as_citation(picture: Picture, view: View) -> Response:
    return Response(f"{citation(picture, _here(view))}\n", content_type="text/plain; charset=utf-8")


def _as_embedding(picture: Picture, view: View) -> Response:
    """Write the picture as a line of HTML, a link to the view; with ``--embed-from`` the page itself in a frame."""
    base, number = request.host_url.rstrip("/"), _chart_number() or 1
    page = PAGES[view.page]
    words = escape(page.finding(picture, view))
    if picture.case.embeddable:
        address = _here(replace(view, embed=True))
        line = f'<iframe src="{escape(address)}" title="{words}" width="100%" height="640"></iframe>'
    else:
        query = view.query_string()
        source = f"{base}/{view.page}.svg{query}{'&' if query else '?'}chart={number}"
        line = f'<a href="{escape(_here(view))}"><img src="{escape(source)}" alt="{words}" width="100%"></a>'
    return Response(f"{line}\n", content_type="text/plain; charset=utf-8")


def _nothing(words: str) -> Response:
    return error_answer(words, status=404, as_json=False)
