"""Write a report as HTML, Markdown or JSON: one template per format, no clock and no network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from positions.errors import QueryError, allowed
from positions.model.dates import day_in_words
from positions.model.lists import capitalize_first, join_words
from positions.snapshot.escape import (
    MarkdownText,
    escape_markdown,
    excerpt,
    isolate,
    markdown_link,
    replace_control_characters,
)
from positions.snapshot.report import Report
from positions.snapshot.report_distances import PairIssue
from positions.snapshot.sparkline import course_line, percent
from positions.wording.links import web_address
from positions.wording.mark_paths import PATHS
from positions.wording.matrix import level_verb
from positions.wording.quotes import readable_quote

if TYPE_CHECKING:
    from jinja2 import Environment

Format: TypeAlias = Literal["html", "md", "json"]
FORMATS: Final[tuple[str, ...]] = get_args(Format)
TEMPLATES: Final = Path(__file__).parent / "templates"
PARTS: Final = (
    *("headlines", "glance", "contents", "changes", "positions", "options", "demands", "distances"),
    *("disputed", "silence", "others", "statements", "method"),
)
"""The parts of a page in order; each is a template, which a user's own folder may replace."""
SECTIONS: Final = {
    "demands": "Demands and answers",
    "distances": "Distances",
    "silence": "Where nothing is recorded",
    "changes": "What changed",
    "positions": "Positions by issue",
}


def render_report(report: Report, fmt: str, *, template: Path | None = None) -> str:
    """Write a report in a format of :data:`FORMATS`; raise ``QueryError`` for another.

    HTML is one file without external resources; JSON is the model itself. Every format ends with a line end. Templates
    in the folder ``template`` replace those of the same name here.
    """
    if fmt not in FORMATS:
        raise QueryError(f"format: {allowed(fmt, FORMATS)}")
    if fmt == "json":
        return report.model_dump_json(indent=2) + "\n"
    if template is None:
        return _render_page(report, fmt, None)
    from positions.snapshot.user_templates import run_apart

    return run_apart(_render_page, report, fmt, _template_folder(template))


def _template_folder(template: Path) -> Path:
    if not template.is_dir():
        raise QueryError(f"template: found {str(template)!r}, which is no folder")
    return template.absolute()


def _render_page(report: Report, fmt: str, template: Path | None) -> str:
    environment = _html_environment(template) if fmt == "html" else _markdown_environment(template)
    words = {
        "report": report,
        "asked": describe_report(report),
        "marks": {mark.party: mark for mark in report.parties},
        "paths": PATHS,
        "agenda": _agenda(report),
        "sections": SECTIONS,
        "parts_in_order": PARTS,
    }
    return _render(environment, f"report.{fmt}.j2", words)


def _render(environment: Environment, name: str, words: Mapping[str, Any]) -> str:
    """Fill in a template; raise ``QueryError`` for an error in a user's own template."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return environment.get_template(name).render(words).rstrip() + "\n"
    except TemplateSyntaxError as error:
        raise QueryError(f"template: {error.filename or error.name}:{error.lineno}: {error.message}") from None
    except TemplateError as error:
        raise QueryError(f"template: {error.message or name}") from None


def render_index(words: Mapping[str, Any], *, template: Path | None = None) -> str:
    """Write the index page of a series; ``words`` are the variables of its template."""
    if template is None:
        return _render_index(words, None)
    from positions.snapshot.user_templates import run_apart

    return run_apart(_render_index, dict(words), _template_folder(template))


def _render_index(words: Mapping[str, Any], template: Path | None) -> str:
    return _render(_html_environment(template), "index.html.j2", words)


def describe_report(report: Report) -> str:
    """Return a report's arguments and the head of its log as JSON on one line: all that is needed to build it again."""
    return json.dumps({"head": report.head, **report.asked.model_dump(mode="json")}, ensure_ascii=False)


def _environment(template: Path | None, **options: Any) -> Environment:
    # Jinja loads slowly, and JSON does not need it.
    from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

    from positions.snapshot.user_templates import SandboxedTemplates, contained_loader

    shipped = FileSystemLoader(TEMPLATES, encoding="utf-8")
    environment = SandboxedTemplates(  # each format below sets its own escaping
        loader=ChoiceLoader([contained_loader(template), shipped]) if template else shipped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    del environment.globals["lipsum"]  # another text each time
    environment.filters |= {
        "two": _two_decimals,
        "excerpt": excerpt,
        "verb": level_verb,
        "listed": _join_at_most,
        "opened": capitalize_first,
        "percent": percent,
        "readable": readable_quote,
        "day": day_in_words,
        "moment": _day_of_instant,
    }
    return environment


@cache
def _html_environment(template: Path | None) -> Environment:
    environment = _environment(
        template,
        autoescape=True,
        finalize=lambda value: replace_control_characters(value) if type(value) is str else value,
    )
    environment.filters |= {"address": web_address, "course": course_line, "isolate": isolate}
    return environment


@cache
def _markdown_environment(template: Path | None) -> Environment:
    # Every value is escaped when it is written, except text marked as ready.
    environment = _environment(template, autoescape=False, finalize=escape_markdown)
    environment.filters |= {"ready": MarkdownText, "slug": _slug}
    environment.globals["link"] = markdown_link
    return environment


def _join_at_most(words: Sequence[str], most: int) -> str:
    return join_words(words, most=most)


def _day_of_instant(text: str) -> str:
    """Write the day of an instant in UTC: ``29 November 2026``."""
    return day_in_words(datetime.fromisoformat(text).date())


def _two_decimals(number: float) -> str:
    return f"{number:.2f}"


def _slug(date_words: str) -> MarkdownText:
    """Return the anchor that code hosts give to a heading made of digits, letters and spaces."""
    return MarkdownText(date_words.lower().replace(" ", "-"))


def _agenda(report: Report) -> list[tuple[str, list[PairIssue | None]]]:
    """Return the pairs' issues as rows, one column per pair: the largest distance first, the incomparable last."""
    rows: dict[str, list[PairIssue | None]] = {}
    for column, pair in enumerate(report.pairs):
        for item in pair.issues:
            rows.setdefault(item.label, [None] * len(report.pairs))[column] = item

    def largest(row: tuple[str, list[PairIssue | None]]) -> float:
        return -max((item.distance for item in row[1] if item and item.distance is not None), default=-1.0)

    return sorted(rows.items(), key=largest)
