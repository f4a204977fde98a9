"""The method: the rules, the formulas from the toolkit's docstrings, the codebook with its rules, how to cite."""

from __future__ import annotations

import inspect
import re
from itertools import repeat
from typing import Any, Final

import pandas as pd

from dashboard.components.listing import build_listing
from dashboard.frames.issue_history import all_statements_frame
from dashboard.markup import elements as html
from dashboard.pages.base import Page, Styles
from dashboard.query.case import Picture
from dashboard.query.day_frames import rows_of
from dashboard.query.view import View
from positions.analysis import demands, distance, movement
from positions.model.codebook import Codebook
from positions.model.coding_rules import CodingRule
from positions.model.dates import day_in_words
from positions.model.issues import Issue
from positions.model.lists import count_words
from positions.wording.citation import citation_words
from positions.wording.coding_rules import example_lines, scope_words
from positions.wording.method import method_lines

COLUMNS: Final = ("issue", "issue_label", "kind", "element", "element_label", "statements", "parties", "last")
SOURCES: Final = (("Distance", distance), ("Movement", movement), ("Demands", demands))
_ROLE: Final = re.compile(r":[a-z]+:`~?(?:[\w.]*\.)?(\w+)`")
"""A reference of a docstring: ``:func:`` and the like with a name, of which the last part is shown."""


def coverage_frame(picture: Picture) -> pd.DataFrame:
    """Count the statements and parties on every issue and element; ``last`` is the day of the last statement."""
    frame, rows = all_statements_frame(picture.case), []
    for issue in picture.case.codebook.issues:
        issue_rows = frame[frame["issue"] == issue.id]
        for element in issue.elements or (None,):
            element_rows = issue_rows if element is None else issue_rows[issue_rows["element"] == element.id]
            last = max(element_rows["day"]) if len(element_rows) else None
            names = (element.id, element.label) if element else (None, "")
            rows.append(
                (issue.id, issue.label, issue.kind, *names, len(element_rows), element_rows["holder"].nunique(), last)
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def above(picture: Picture, _view: View, _styles: Styles) -> list[Any]:
    """Show the rules, the formulas, the coding rules, the codebook with its coverage, and how to cite."""
    case, codebook = picture.case, picture.case.codebook
    rules = [html.Li(line) for line in method_lines(codebook)]
    parts: list[Any] = [_part("How positions are read", html.Ol(rules, className="rules"))]
    for name, module in SOURCES:
        paragraphs: Any = [html.P(_code_names(text)) for text in (inspect.getdoc(module) or "").split("\n\n")]
        parts.append(_part(name, *paragraphs))
    parts += [_part("Coding rules", *map(_rule, codebook.rules, repeat(codebook)))] if codebook.rules else []
    coverage = coverage_frame(picture)
    parts += [_issue(issue, coverage[coverage["issue"] == issue.id]) for issue in codebook.issues]
    counts = len(case.documents), len(case.records)
    cite = citation_words(codebook.title, counts=counts, head=case.head, as_of=picture.state.as_of)
    note = "The head of the record book names the whole log: the same head gives the same numbers."
    return [*parts, _part("How to cite", html.P(cite), html.P(note, className="silence"))]


def _code_names(text: str) -> list[Any]:
    """Return a docstring's paragraph as nodes, with names in double backticks, or of a role, as code."""
    parts = _ROLE.sub(r"``\1``", " ".join(text.split())).split("``")
    return [html.Code(part) if index % 2 else part for index, part in enumerate(parts)]


def _issue(issue: Issue, coverage: pd.DataFrame) -> html.Node:
    levels = [part for level in issue.levels for part in (html.Dt(level.label), html.Dd(level.definition))]
    elements = [
        (row.element_label, str(row.statements), day_in_words(row.last) if row.last else "nothing yet")
        for row in rows_of(coverage)
        if row.element_label
    ]
    table = [build_listing(("Element", "Statements", "Last"), elements)] if elements else []
    words = f"{count_words(int(coverage['statements'].sum()), 'statement')}, {issue.kind}."
    return _part(f"Issue: {issue.label}", html.P(words), html.Dl(levels, className="levels"), *table)


def _rule(rule: CodingRule, codebook: Codebook) -> html.Node:
    """Show a coding rule with its examples."""
    scope = scope_words(rule, codebook)
    title = f"{rule.title} ({scope})" if scope else rule.title
    examples = [
        part
        for example in rule.examples
        for part in (
            html.Blockquote(example.passage),
            html.Ul([html.Li(line) for line in example_lines(example, codebook)]),
            *([html.P(example.note, className="silence")] if example.note else []),
        )
    ]
    return html.Div([html.H3(title), html.P(rule.text), *examples], className="coding-rule")


def _part(title: str, *content: Any) -> html.Node:
    return html.Section([html.H2(title), *content], className="part")


def tables(picture: Picture, _view: View) -> dict[str, pd.DataFrame]:
    """Return the coverage of the codebook, its levels and its coding rules."""
    rows = [
        (issue.id, level.stance, issue.values[level.stance], level.label, level.definition)
        for issue in picture.case.codebook.issues
        for level in issue.levels
    ]
    levels = pd.DataFrame(rows, columns=["issue", "stance", "value", "label", "definition"])
    rules = [
        (rule.id, rule.title, " ".join(rule.text.split()), " ".join(rule.issues))
        for rule in picture.case.codebook.rules
    ]
    return {
        "coverage": coverage_frame(picture),
        "levels": levels,
        "rules": pd.DataFrame(rules, columns=["id", "title", "text", "issues"]),
    }


PAGE: Final = Page("method", "Method", above, tables, days=False)
