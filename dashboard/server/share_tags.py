"""What other sites show of a shared address: its title, its finding, and a card if one can be drawn."""

from __future__ import annotations

from contextlib import suppress
from html import escape
from typing import Any

from dash import Dash
from flask import request

from dashboard.figures.share_card import can_draw_card
from dashboard.figures.svg.picture import PictureWords
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_view
from dashboard.server.picture_routes import words_of
from dashboard.shell.first_content import write_first_content
from positions.errors import BusyError


class SharedPages(Dash):
    """A Dash application whose pages name themselves in their heads and hold their content before any script runs."""

    share_from: CaseStore | None = None

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """Return the page around the application, with its own title and what is shown of it when it is shared."""
        if self.share_from is not None:
            view = self.share_from.fit_view(read_view(request.query_string.decode("ascii", "replace"), request.path))
            # While another program writes, the page comes without them, and its scripts ask again.
            with suppress(BusyError):
                title, tags = build_share_tags(view, self.share_from, request.host_url.rstrip("/"))
                parts |= {"title": escape(title), "metas": f"{parts['metas']}{tags}"}
                first = write_first_content(self.layout, view, self.share_from)
                parts["app_entry"] = f'{parts["app_entry"]}<div id="first">{first}</div>'
        return str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]


def build_share_tags(view: View, source: CaseStore, base: str) -> tuple[str, str]:
    """Return the title of a view's page, and the meta elements by which it is shown elsewhere; ``base`` is the site's.

    Nothing but the title is said of a very long record, whose verdict takes longer than its page.
    """
    case, picture = source.case(view), source.picture(view)
    if picture is None or case.is_long:
        return case.codebook.title, _meta("og:title", case.codebook.title)
    words = words_of(picture, view, "")
    tags = {
        "og:type": "article",
        "og:site_name": case.codebook.title,
        "og:title": words.title,
        "og:description": describe(words),
        "og:url": f"{base}{view.address()}",
    }
    if can_draw_card(words):
        tags["og:image"] = f"{base}/{view.page}.png{view.query_string()}"
        tags |= {"og:image:width": "1200", "og:image:height": "630", "twitter:card": "summary_large_image"}
    description = f'<meta name="description" content="{escape(words.finding)}">'
    return words.title, description + "".join(_meta(name, text) for name, text in tags.items())


def describe(words: PictureWords) -> str:
    """Write what a view finds and of which day, in sentences."""
    return f"{words.finding.removesuffix('.')}. {words.days}."


def _meta(name: str, text: str) -> str:
    return f'<meta property="{name}" content="{escape(text)}">'
