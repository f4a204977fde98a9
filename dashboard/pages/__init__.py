"""The pages: each module defines one :class:`dashboard.pages.base.Page` from pure functions."""

from __future__ import annotations

from typing import Final

from dashboard.pages import demands as preconditions
from dashboard.pages import documents, issue, method, movement, overview, party, statements
from dashboard.pages import options as venues
from dashboard.pages.base import Page as Page
from dashboard.query.view import PAGE_IDS
from positions.model.codebook import Codebook

_MODULES: Final = (documents, issue, method, movement, overview, party, preconditions, statements, venues)
_PAGES: Final = {module.PAGE.id: module.PAGE for module in _MODULES}
PAGES: Final[dict[str, Page]] = {page: _PAGES[page] for page in PAGE_IDS}
"""All pages by id, in the order of the navigation (:data:`dashboard.query.view.PAGE_IDS`)."""


def listed_titles(codebook: Codebook) -> dict[str, str]:
    """Return the titles, by id, of the pages that the navigation lists: those that a case has a use for."""
    return {name: page.title_in(codebook) for name, page in PAGES.items() if page.is_listed(codebook)}
