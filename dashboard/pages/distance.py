"""The parts of the distance between two parties on one day; a mode of the page of movements."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.components.evidence import build_quotes
from dashboard.components.statement_list import build_statement_list
from dashboard.components.why import build_reasons, deciding_statements
from dashboard.figures import Palette
from dashboard.figures.contributions import contributions_figure
from dashboard.frames.issue_history import statements_frame
from dashboard.markup import elements as html
from dashboard.pages.base import Figures, Styles
from dashboard.query.case import Picture
from dashboard.query.day_frames import choose_pairs, rows_of
from dashboard.query.view import View
from positions.analysis.distance import Comparison, compare
from positions.analysis.explanation import DistanceExplanation, issue_parts
from positions.kinds.records import IssueDistance
from positions.wording.distance import comparison_words
from positions.wording.explanation import distance_phrase, silence_words

COLUMNS: Final = (
    *("issue", "issue_label", "kind", "comparable", "distance", "lo", "hi", "weight", "share", "contribution"),
    *("start", "end", "silent"),
)


def comparison_of(picture: Picture, view: View) -> Comparison | None:
    """Return the comparison of the first pair on the day; ``None`` if there are fewer than two parties."""
    chosen = choose_pairs(picture.case.codebook, view.parties)[:1]
    return compare(picture.state, picture.case.codebook, *chosen[0]) if chosen else None


def gap_frame(comparison: Comparison, picture: Picture) -> pd.DataFrame:
    """List the parts of a distance: the issues that can be compared, the largest part first, then the others.

    ``contribution`` is the issue's weight × distance over the comparable weight, so that the contributions add up to
    the distance; laid end to end, each runs from ``start`` to ``end``. ``share`` is the issue's share of the agenda's
    weight, in [0, 1]; ``silent`` names who has not spoken if the issue cannot be compared.
    """
    codebook = picture.case.codebook
    agenda = sum(issue.weight for issue in comparison.issues)
    parts = issue_parts(comparison)
    rows: list[tuple[Any, ...]] = []
    for issue in comparison.issues:
        part = parts.get(issue.issue)
        numbers = issue.distance, issue.lo, issue.hi, issue.weight, issue.weight / agenda if agenda else 0.0, part
        silent = "" if part is not None else silence_words(comparison.parties, issue, codebook)
        label = codebook.issue(issue.issue).label
        rows.append((issue.issue, label, issue.kind, part is not None, *numbers, None, None, silent))
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"contribution": float, "distance": float, "comparable": bool}
    )
    frame = frame.sort_values("contribution", ascending=False, kind="stable", na_position="last", ignore_index=True)
    end = frame["contribution"].cumsum()
    return frame.assign(end=end, start=end - frame["contribution"])


def above(picture: Picture, view: View) -> list[Any]:
    """Return the distance in sentences, and what it rests on."""
    comparison = comparison_of(picture, view)
    if comparison is None:
        return [html.P("A distance needs two parties.")]
    explanation = picture.case.explanation(comparison.parties, comparison.as_of)
    reasons = [build_reasons(explanation, picture.case.codebook)] if explanation and comparison.issues else []
    return [html.P(comparison_words(comparison, picture.case.codebook), className="verdict"), *reasons]


def captions(_picture: Picture, _view: View) -> tuple[Any, ...]:
    """Explain how to read the chart."""
    words = (
        "Each issue adds its own distance, by its weight among those that can be compared; end to end they are the "
        "distance. The bracket is where it could lie once the silent have spoken: issues that cannot be compared "
        "widen it and add nothing else."
    )
    return ([html.H2("What the distance is made of"), html.P(words)],)


def figures(picture: Picture, view: View, palette: Palette) -> Figures:
    """Draw the parts of the distance; no figure if there is nothing to compare."""
    comparison = comparison_of(picture, view)
    if comparison is None or not comparison.issues:
        return ()
    bounds = comparison.lo or 0.0, 1.0 if comparison.hi is None else comparison.hi
    frame, coverage = gap_frame(comparison, picture), comparison.coverage or 0.0
    return (contributions_figure(frame, palette, distance=comparison.distance, bounds=bounds, coverage=coverage),)


def below(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """List where the two parties stand on each issue, and the statements that decide it."""
    comparison = comparison_of(picture, view)
    if comparison is None or not comparison.issues:
        return []
    case, day = picture.case, comparison.as_of
    explained = (
        case.explanation(comparison.parties, day, row.issue) for row in rows_of(gap_frame(comparison, picture))
    )
    issues = [_issue_part(one, one.issue, picture, styles) for one in explained if one and one.issue]
    frame = _deciding_statements(comparison, picture).iloc[::-1]
    statements = build_statement_list(frame, styles, picture.case.codebook)
    return [
        html.Section([html.H2("By issue"), html.Div(issues, className="cards")], className="part"),
        html.Section([html.H2("The statements behind it"), statements], className="part"),
    ]


def _issue_part(explanation: DistanceExplanation, issue: IssueDistance, picture: Picture, styles: Styles) -> html.Node:
    """Show why two parties are as far apart on an issue as they are, in full."""
    codebook = picture.case.codebook
    return html.Section(
        [
            html.H3(f"{codebook.issue(issue.issue).label}: {distance_phrase(issue.distance)}"),
            *build_quotes(deciding_statements(issue), picture, styles),
            build_reasons(explanation, codebook),
        ],
        className="card",
    )


def _deciding_statements(comparison: Comparison, picture: Picture) -> pd.DataFrame:
    """List the statements that decide the compared positions, in order of day."""
    refs = {ref for issue in comparison.issues for ref in issue.basis}
    codebook = picture.case.codebook
    issues = [codebook.issue(issue.issue) for issue in comparison.issues]
    frame = statements_frame(picture.case, issues, comparison.parties)
    return frame[frame["statement"].isin(refs)]


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the parts of the distance and the statements behind it."""
    comparison = comparison_of(picture, view)
    if comparison is None:
        return {"parts": pd.DataFrame(columns=list(COLUMNS)), "statements": pd.DataFrame()}
    return {"parts": gap_frame(comparison, picture), "statements": _deciding_statements(comparison, picture)}
