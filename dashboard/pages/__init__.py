"""The pages: each module makes one :class:`dashboard.pages.base.Page` of pure functions."""

from __future__ import annotations

from typing import Final

from dashboard.pages import demands as preconditions
from dashboard.pages import documents, issue, method, movement, overview
from dashboard.pages import options as venues
from dashboard.pages.base import Page as Page

PAGES: Final[dict[str, Page]] = {
    made.id: made
    for made in (
        overview.PAGE,
        issue.PAGE,
        venues.PAGE,
        preconditions.PAGE,
        movement.PAGE,
        documents.PAGE,
        method.PAGE,
    )
}
"""All pages by id, in order of the navigation."""
