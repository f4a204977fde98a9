"""A page: pure functions from a picture and a view to nodes, figures and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures import Figure, Palette
from dashboard.pages.findings import pair_finding
from dashboard.query.case import Picture
from dashboard.query.view import View
from positions.model.codebook import Codebook
from positions.wording.party_style import PartyStyle

Styles = Mapping[str, PartyStyle]
Figures = tuple[Figure, ...]


def no_figures(_picture: Picture, _view: View, _styles: Styles, _palette: Palette) -> Figures:
    """Return no figures, for a page of text and tables."""
    return ()


@dataclass(frozen=True)
class Page:
    """A page, served at ``/`` and its id.

    ``above`` and ``below`` return the nodes before and after its figures, of which there are at most two; ``captions``
    the text above each figure; ``tables`` the tidy frames of its CSV and JSON by name, the main one first. ``days``:
    the page depends on the day of the slider. ``compares``: whether a view of it compares with an earlier day, so that
    the slider has its second handle. ``heading``: what it is about at the moment, empty for its title.
    ``pictures``: figures that the page draws by other means, for their pictures alone; they count after ``figures``.
    ``finding``: what it finds, in a sentence, for its pictures and for whoever shares its address.
    ``is_listed``: whether the navigation lists it in a case with a codebook; its address works in any.
    """

    id: str
    title: str | Callable[[Codebook], str]
    above: Callable[[Picture, View, Styles], Any]
    tables: Callable[[Picture, View], dict[str, pd.DataFrame]]
    below: Callable[[Picture, View, Styles], Any] = lambda _picture, _view, _styles: None
    figures: Callable[[Picture, View, Styles, Palette], Figures] = no_figures
    captions: Callable[[Picture, View], tuple[Any, ...]] = lambda _picture, _view: ()
    days: bool = True
    pictures: Callable[[Picture, View, Styles, Palette], Figures] = no_figures
    compares: Callable[[View], bool] = lambda _view: False
    heading: Callable[[Picture, View], str] = lambda _picture, _view: ""
    finding: Callable[[Picture, View], str] = pair_finding
    is_listed: Callable[[Codebook], bool] = lambda _codebook: True

    def title_in(self, codebook: Codebook) -> str:
        """Return the page's title; a page about certain issues takes it from the codebook."""
        return self.title if isinstance(self.title, str) else self.title(codebook)

    @property
    def path(self) -> str:
        """The page's path without the slash, which also names its CSV and JSON."""
        return self.id
