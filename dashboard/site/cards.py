"""The cards of a site's pages: the pictures that other sites show beside the address of one that is shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from dashboard.figures.share_card import can_draw_card, draw_card
from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View
from dashboard.server.picture_routes import words_of
from dashboard.site.addresses import FIRST


def draw_cards(source: CaseStore, views: Mapping[str, View], day: date) -> Iterator[tuple[str, bytes]]:
    """Yield the cards of the pages on a day, by path; none with words that cannot be drawn, or without Pillow."""
    for name, view in views.items():
        shown = source.fit_view(replace(view, as_of=day))
        picture = source.picture(shown)
        if picture is None or not has_own_card(view):
            continue
        words = words_of(picture, shown, "")
        if can_draw_card(words):
            yield card_path(name, day), draw_card(words)


def has_own_card(view: View) -> bool:
    """Return whether a page has a card: the first one and each issue; the others are shared with that of the first.

    A card takes as many bytes as half a page of words.
    """
    return view.page in (PAGE_IDS[0], "issue")


def card_path(name: str, day: date) -> str:
    """Return the path of a page's card of a day, the last one of its year."""
    return f"cards/{day.year:04d}/{name}.png"


def card_of(name: str, view: View, day: date) -> str:
    """Return the path of the card that stands for a page."""
    return card_path(name if has_own_card(view) else FIRST, day)
