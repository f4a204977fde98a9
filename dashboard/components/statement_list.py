"""Statements as rows of a table that open their records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from dashboard.components.listing import build_listing
from dashboard.markup import elements as html
from dashboard.markup.parts import party_name, statement_button
from dashboard.query.day_frames import rows_of
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.quotes.word_search import SearchTerm, find_terms
from positions.wording.fields import VOICE_WORDS
from positions.wording.party_style import PartyStyle
from positions.wording.quotes import readable_quote

MOST_STATEMENTS: Final = 100
"""The most statements listed; the page's CSV and JSON have all."""


def build_statement_list(
    frame: pd.DataFrame,
    styles: Mapping[str, PartyStyle],
    codebook: Codebook,
    *,
    named: bool = True,
    terms: Sequence[SearchTerm] = (),
) -> html.Node:
    """List statements of a :func:`dashboard.frames.issue_history.statements_frame` as rows that open them.

    ``named``: each row names its issue. The words of ``terms`` are marked in the quotes.
    """
    rows = [
        (
            day_in_words(row.day),
            party_name(row.holder, styles),
            [*_about(row, codebook, named=named), row.words, html.Small(VOICE_WORDS[row.voice])],
            [
                statement_button(row.statement, ["“", *mark_terms(readable_quote(row.quote), terms), "”"]),
                html.Small(f"{row.by} · {row.outlet}"),
            ],
        )
        for row in rows_of(frame.head(MOST_STATEMENTS))
    ]
    return build_listing(("Said on", "Party", "Position", "Quote"), rows, name="listing said-list")


def mark_terms(text: str, terms: Sequence[SearchTerm]) -> list[Any]:
    """Return a text as nodes with the words of a search marked."""
    nodes: list[Any] = []
    done = 0
    for start, end in find_terms(text, terms):
        nodes += [text[done:start], html.Mark(text[start:end], className="hit")]
        done = end
    return [*nodes, text[done:]]


def _about(row: Any, codebook: Codebook, *, named: bool) -> list[Any]:
    element = row.element if isinstance(row.element, str) else None
    if named:
        return [html.B(codebook.path_label(row.issue, element)), " · "]
    return [html.B(codebook.element(row.issue, element).label), " · "] if element else []
