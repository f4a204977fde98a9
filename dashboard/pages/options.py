"""Options: who accepts and rejects which, what is inherited, and what all share; titled by its issues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from dashboard.components.sides_board import build_sides_board
from dashboard.components.statement_list import build_statement_list
from dashboard.figures import Palette
from dashboard.frames.issue_history import statements_frame
from dashboard.markup import elements as html
from dashboard.pages.base import Figures, Page, Styles
from dashboard.query.case import Picture
from dashboard.query.view import View
from dashboard.query.window import compared_days
from positions.analysis.common_ground import find_common_ground
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.issues import Issue
from positions.model.lists import capitalize_first, join_words, with_article
from positions.wording.common_ground import ground_words
from positions.wording.positions import stance_words

COLUMNS: Final = (
    *("issue", "element", "element_label", "depth", "holder", "standing", "stance", "words", "since", "age_days"),
    *("inherited_from", "reported", "contested", "statement"),
)


def matrix_frame(picture: Picture, view: View) -> pd.DataFrame:
    """List party × element for each of the page's issues, elements in the order of their tree; silence has rows too.

    ``standing`` is accepts, rejects, undecided or unstated; ``inherited_from`` is the label of the wider element that
    was spoken of, if it was not this one.
    """
    codebook, state = picture.case.codebook, picture.state
    rows: list[tuple[Any, ...]] = []
    for issue in _issues(picture, view):
        for element in issue.ordered_elements:
            for party in _parties(picture, view):
                labels = (issue.id, element.id, element.label, issue.depth(element.id), party)
                position = state.position(party, issue.id, element.id)
                if position is None:
                    rows.append((*labels, "unstated", None, "", "", None, "", False, False, ""))
                    continue
                standing = "accepts" if position.value > 0.5 else "rejects" if position.value < 0.5 else "undecided"
                inherited_from = (
                    codebook.element(issue.id, position.said_of).label
                    if position.said_of not in (element.id, None)
                    else ""
                )
                marks = inherited_from, position.reported, position.contested, position.basis[0]
                words = stance_words(position, codebook)
                rows.append((*labels, standing, position.stance, words, str(position.since), position.age_days, *marks))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _issues(picture: Picture, view: View) -> list[Issue]:
    return [issue for issue in _matrix_issues(picture.case.codebook) if not view.issues or issue.id in view.issues]


def _matrix_issues(codebook: Codebook) -> list[Issue]:
    return [issue for issue in codebook.issues if kind_of(issue).view.matrix]


def title(codebook: Codebook) -> str:
    """Return the page's title: the labels of its issues."""
    return " · ".join(issue.label for issue in _matrix_issues(codebook)) or "Options"


def _parties(picture: Picture, view: View) -> list[str]:
    codebook = picture.case.codebook
    speakers = {holder for holder, _, _ in picture.state.positions}
    principal = {party.id for party in codebook.principals}
    names = [party.id for party in codebook.parties if party.id in speakers | principal]
    return list(view.parties) or names


def above(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Show for each issue what the parties share, then element by element who is for it, against it and silent."""
    parts: list[Any] = []
    parties, days = _parties(picture, view), compared_days(picture, view)
    before = picture.case.state_on(days[0]) if days else None
    grounds = find_common_ground(picture.state, picture.case.codebook, parties)
    for issue in _issues(picture, view):
        sentences = [
            html.P(ground_words(ground, picture.case.codebook)) for ground in grounds if ground.issue == issue.id
        ]
        board = build_sides_board(picture, issue, parties, styles, before=before)
        parts.append(html.Section([html.H2(issue.label), *sentences, *board], className="part"))
    if not parts:
        return [html.P("The codebook has no issue of options to choose from, or the filters leave none.")]
    since = f"“was” is what a party held on {day_in_words(days[0])}. " if days else ""
    return [html.P(f"{since}{_explain_board(_issues(picture, view))}", className="silence"), *parts]


def _explain_board(issues: Sequence[Issue]) -> str:
    nouns = dict.fromkeys(with_article(issue.noun) for issue in issues if issue.nests)
    inherited = (
        f"{capitalize_first(join_words(nouns, last='or'))} that lies in another takes over what was said of that one, "
        "in pale letters, until something more specific or later is said. "
    )
    return f"{inherited if nouns else ''}Each entry opens the words behind it."


def below(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """List the statements on the elements by the day looked at, the latest first."""
    frame = statements_frame(picture.case, _issues(picture, view), view.parties)
    frame = frame[frame["day"] <= picture.state.as_of].iloc[::-1]
    if frame.empty:
        return []
    return [
        html.Section(
            [html.H2("Over time, the latest first"), build_statement_list(frame, styles, picture.case.codebook)],
            className="part",
        )
    ]


def figures(_picture: Picture, _view: View, _styles: Styles, _palette: Palette) -> Figures:
    """Return no figures: the page is a table."""
    return ()


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the matrix and the statements on its elements."""
    return {
        "places": matrix_frame(picture, view),
        "statements": statements_frame(picture.case, _issues(picture, view), view.parties),
    }


PAGE: Final = Page(
    "venues",
    title,
    above,
    tables,
    below,
    figures,
    compares=lambda _view: True,
    is_listed=lambda codebook: bool(_matrix_issues(codebook)),
)
